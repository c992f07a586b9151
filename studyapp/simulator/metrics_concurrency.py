"""Metrics of what is busy at once, what is claimed of the account, and what is provisioned."""

from collections.abc import Iterator
from itertools import accumulate
from typing import Final

from studyapp.simulator.engine.provisioning import provisioned_count
from studyapp.simulator.metric import Group, always
from studyapp.simulator.series import concurrency, highest
from studyapp.simulator.sums import peak
from studyapp.simulator.trace import OUT_OF_MEMORY, PROVISIONED, TIMEOUT
from studyapp.simulator.units import SECOND
from studyapp.simulator.view import View

Change = tuple[int, int]
"""A moment in microseconds, and by how much a number changes then."""


def _peak(view: View) -> int:
    """Environments busy at once, those in init included."""
    return -(-view.used.peak // view.rulebook.requests_per_environment)


def _peak_at(view: View) -> float | None:
    """When as many environments were first busy as ever are at once; None when nothing ran."""
    steps = concurrency(view)
    most = highest(steps)
    return next(at for at, level in steps if level == most) / SECOND if most else None


def _grows_for_some_time(view: View) -> bool:
    """More than one function may gain at once, or the batches of a queue, of which each minute brings some more."""
    rate = view.rulebook.scaling_rate
    is_capped = any(source.queue is not None and source.queue.max_concurrency for source in view.sources)
    return is_capped or (rate is not None and _peak(view) > rate.count)


def _mean_concurrency(view: View) -> float:
    return view.used.within(view.window_us) / view.window_us if view.window_us else 0.0


def _unreserved(view: View) -> Iterator[Change]:
    """Runs that take from the account's shared pool: of functions without a reservation, outside provisioned concurrency."""
    trace, functions = view.trace, view.scenario.functions
    reserved = {function.name for function in functions if function.reserved is not None}
    shares = [(function.version_of or function.name) not in reserved for function in functions]
    for row, (start, end) in zip(view.runs, view.spans_of_use(), strict=True):
        is_provisioned = trace.environment_kind[trace.environment[row]] == PROVISIONED
        if shares[trace.function[trace.event[row]]] and not is_provisioned:
            yield start, 1
            yield end, -1


def _claimed(view: View) -> Iterator[Change]:
    """The unreserved in use, all reserved, and what is provisioned outside a reservation. Source: monitoring concurrency."""
    functions, trace = view.scenario.functions, view.trace
    claimed = dict(zip(trace.provisioned_function, trace.provisioned_claimed_at, strict=True))
    for number, function in enumerate(functions):
        if view.functions is not None and number not in view.functions:
            continue
        if function.reserved is not None:
            yield 0, function.reserved
        elif function.provisioned and number in claimed:
            yield claimed[number], function.provisioned
    yield from _unreserved(view)


def _unreserved_peak(view: View) -> int:
    return view.used.peak if _all_share(view) else _highest(list(_unreserved(view)))


def _claimed_peak(view: View) -> int:
    return view.used.peak if _all_share(view) else _highest(list(_claimed(view)))


def _claimed_mean(view: View) -> float:
    return _mean_concurrency(view) if _all_share(view) else _mean_level(view, list(_claimed(view)))


def _all_share(view: View) -> bool:
    """Whether every run takes from the shared pool, and nothing else is claimed of the account."""
    return all(function.reserved is None and not function.provisioned for function in view.scenario.functions)


def _highest(changes: list[Change]) -> int:
    """What ends at a moment makes room for what begins then."""
    return max(accumulate(change for _, change in sorted(changes)), default=0)


def _mean_level(view: View, changes: list[Change]) -> float:
    """The time average of a level, from 0 to the end of what was watched."""
    window = view.window_us
    return sum(change * max(window - at, 0) for at, change in changes) / window if window else 0.0


def _peak_connections(view: View) -> int:
    """Connections that are open at the most. Those to a database that the scenario names are in the trace; any others are
    held by each environment, busy or idle, from its start until it is reclaimed."""
    functions = view.scenario.functions
    changes = [*_to_databases(view)]
    for _, function, born, gone in view.existences():
        if not functions[function].database:
            changes.append((born, functions[function].holds_connections))
            if gone is not None:
                changes.append((gone, -functions[function].holds_connections))
    return _highest(changes)


def _to_databases(view: View) -> Iterator[Change]:
    """A connection ends with its environment; behind a proxy, or with an environment that is reset, with a run."""
    trace, functions = view.trace, view.scenario.functions
    gone = {environment: until for environment, _, _, until in view.existences()}
    closing = _closing_runs(view)
    for at, environment in zip(trace.connected_at, trace.connected_environment, strict=True):
        if environment not in gone:
            continue
        held = functions[trace.environment_function[environment]].holds_connections
        ends = (end for start, end in closing.get(environment, iter(())) if start >= at)
        until = next(ends, gone[environment])
        yield at, held
        if until is not None:
            yield until, -held


def _closing_runs(view: View) -> dict[int, Iterator[tuple[int, int]]]:
    """(start, end) of the runs that closed the connections of their environment, in order. A timeout or a crash resets.

    Each closes what was opened at its start or before, once, and may take no time at all.
    """
    trace, functions = view.trace, view.scenario.functions
    proxies = {database.name for database in view.scenario.databases if database.has_proxy}
    resetting = (TIMEOUT, OUT_OF_MEMORY) if view.rulebook.timeout_resets_environment else ()
    without = set(trace.unconnected_run)
    closing: dict[int, list[tuple[int, int]]] = {}
    for row, use in zip(view.runs, view.spans_of_use(), strict=True):
        environment = trace.environment[row]
        is_proxied = functions[trace.environment_function[environment]].database in proxies
        if row not in without and (is_proxied or trace.status[row] in resetting):
            closing.setdefault(environment, []).append(use)
    return {environment: iter(uses) for environment, uses in closing.items()}


def _provisioned(view: View) -> int:
    kind = view.trace.environment_kind
    return sum(kind[view.trace.environment[row]] == PROVISIONED for row in view.runs)


def _spillover(view: View) -> int:
    """Runs outside provisioned concurrency while there is some to be used. Source: Lambda metric types."""
    trace, functions = view.trace, view.scenario.functions
    spills_from = {
        number: ready for number, ready in view.provisioned_ready_at.items() if functions[number].provisioned
    }
    return sum(
        trace.start[row] >= spills_from.get(trace.function[trace.event[row]], view.window_us + 1)
        and trace.environment_kind[trace.environment[row]] != PROVISIONED
        for row in view.runs
    )


def _utilization(view: View) -> float | None:
    """The most of a function's provisioned concurrency that is busy at once, as a share of it; None while nothing ran in it."""
    trace, uses = view.trace, dict[int, list[tuple[int, int]]]()
    for row, use in zip(view.runs, view.spans_of_use(), strict=True):
        environment = trace.environment[row]
        if trace.environment_kind[environment] == PROVISIONED:
            uses.setdefault(trace.environment_function[environment], []).append(use)
    kept = [provisioned_count(function, view.rulebook) for function in view.scenario.functions]
    return max((peak(spans) / kept[number] for number, spans in uses.items()), default=None)


def _has_provisioned(view: View) -> bool:
    functions = view.scenario.functions
    chosen = range(len(functions)) if view.functions is None else view.functions
    return any(functions[number].provisioned for number in chosen)


def _has_connections(view: View) -> bool:
    return any(function.holds_connections for function in view.scenario.functions)


GROUPS: Final = (
    Group(
        always,
        {
            "peak_concurrency": _peak,
            "mean_concurrency": _mean_concurrency,
            "unreserved_peak": _unreserved_peak,
            "claimed_peak": _claimed_peak,
            "claimed_mean": _claimed_mean,
        },
    ),
    Group(_grows_for_some_time, {"peak_concurrency_at": _peak_at}),
    Group(
        _has_provisioned,
        {
            "provisioned_invocations": _provisioned,
            "spillover_invocations": _spillover,
            "provisioned_utilization_max": _utilization,
        },
    ),
    Group(_has_connections, {"peak_connections": _peak_connections}),
)
