"""The environments of one function as a run finds them: which are busy, which idle and since when, which are gone."""

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from studyapp.simulator.trace import NEW, PROVISIONED, WARM
from studyapp.simulator.why_case import Case


class Environments(NamedTuple):
    """Numbers of environments, from 0. `idle` has those that could be used, with the moment since when; `reclaimed` are
    those that had been idle for too long, with the moment at which they were given up; `old` have lived too long;
    `provisioned_busy` of `provisioned` are busy, if those are ready."""

    busy: list[int]
    idle: dict[int, int]
    reclaimed: dict[int, int]
    old: list[int]
    lost: list[int]
    provisioned: int
    provisioned_busy: int


def environments(case: Case) -> Environments:
    """Those of the function of a run, just before it starts. Microseconds."""
    trace, row = case.trace, case.row
    at, used, lost = trace.start[row], last_uses(case, row), set(trace.lost_environment)
    own = _own(case, used)
    provisioned = [number for number in own if trace.environment_kind[number] == PROVISIONED]
    ready = ready_at(case)
    found = Environments([], {}, {}, [], [], 0, 0)
    if ready is not None and ready <= at:
        busy = sum(used.get(number, 0) > at for number in provisioned)
        found = found._replace(provisioned=len(provisioned), provisioned_busy=busy)
    for number in own:
        if trace.environment_kind[number] != PROVISIONED:
            _sort_in(case, found, number, used.get(number, 0), is_lost=number in lost)
    return found


def _sort_in(case: Case, found: Environments, number: int, ended: int, *, is_lost: bool) -> None:
    """Put an environment whose last run ended at `ended` where it belongs."""
    rulebook, at = case.rulebook, case.trace.start[case.row]
    if ended > at:
        found.busy.append(number)
    elif is_lost:
        found.lost.append(number)
    elif rulebook.idle_lifetime is not None and at - ended > rulebook.idle_lifetime:
        found.reclaimed[number] = ended + rulebook.idle_lifetime
    elif rulebook.environment_lifetime is not None and born(case, number) < at - rulebook.environment_lifetime:
        found.old.append(number)
    else:
        found.idle[number] = ended


def last_uses(case: Case, before: int) -> dict[int, int]:
    """For each environment the end of the last run that began there before row `before`."""
    last = dict(zip(case.trace.environment[:before], range(before), strict=True))
    return {number: case.end(row) for number, row in last.items()}


def last_run(case: Case, environment: int, before: int) -> int | None:
    """The row of the last run in an environment before row `before`."""
    column = case.trace.environment
    return next((row for row in range(before - 1, -1, -1) if column[row] == environment), None)


def born(case: Case, environment: int) -> int:
    """When an on-demand environment came to be: with its first run, or at the beginning if it was warm then."""
    trace = case.trace
    return 0 if trace.environment_kind[environment] == WARM else trace.start[trace.environment.index(environment)]


def ready_at(case: Case) -> int | None:
    """When the provisioned concurrency of the function could be used; None for a function that has none in this run."""
    trace = case.trace
    found = zip(trace.provisioned_function, trace.provisioned_ready_at, strict=True)
    return next((at for number, at in found if number == case.number), None)


def started(case: Case, functions: Sequence[int], since: int, until: int) -> int:
    """How many environments of these functions were started after `since` and until `until`."""
    trace = case.trace
    rows = range(bisect_left(trace.start, since + 1), bisect_left(trace.start, until + 1))
    return sum(trace.cold[row] == NEW and trace.function[trace.event[row]] in functions for row in rows)


def _own(case: Case, used: dict[int, int]) -> list[int]:
    """What exists by now: environments are numbered as they are made, but warm and provisioned ones stand first."""
    trace = case.trace
    return [
        number
        for number, function in enumerate(trace.environment_function)
        if function == case.number and (number in used or trace.environment_kind[number] in (PROVISIONED, WARM))
    ]
