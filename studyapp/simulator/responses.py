"""What callers see: how long they wait, how often they ask, and how many get a 429 or a 5xx in the end.

Each public function takes a View and makes a metric of it.
"""

from array import array
from collections.abc import Iterator, Sequence
from itertools import compress
from operator import and_, sub
from typing import Final, NamedTuple

from studyapp.simulator.engine.clients import answer
from studyapp.simulator.engine.set_up_callers import HEARS_ERRORS, caller_limit
from studyapp.simulator.parts import Source
from studyapp.simulator.rulebook import Rulebook
from studyapp.simulator.trace import API_RATE, NOT_LAMBDAS, OK
from studyapp.simulator.view import View

NEVER: Final = (0, -1)


class Heard(NamedTuple):
    """The end of a synchronous request: when its caller had the last answer or had waited enough (microseconds), whether
    it was content, how often it had asked, and whether any of that reached a function."""

    event: int
    at_us: int
    is_content: bool
    tries: int
    has_run: bool


class Heards(NamedTuple):
    """All requests together: their response times, shortest first, and how many callers got no content, asked, were."""

    times: Sequence[int]
    errors: int
    tries: int
    requests: int


def response_times(view: View) -> Sequence[int]:
    """From arrival to the answer that the caller heard, or to its giving up; of what nobody waits for to the end of its
    last run. Microseconds, shortest first. What was refused at once and not tried again took no time and is left out."""
    return _in_all(view).times


def caller_errors(view: View) -> int:
    """Synchronous requests that in the end got a 429, 413, 502, 503 (an HTTP API that waited too long), 504 (a REST API)
    or no answer in time."""
    return _in_all(view).errors


def client_tries(view: View) -> int:
    """How often synchronous callers asked, retries included."""
    return _in_all(view).tries


def client_retries(view: View) -> int:
    """Tries beyond the first of each request."""
    everybody = _in_all(view)
    return everybody.tries - everybody.requests


def _in_all(view: View) -> Heards:
    """Counted once for all metrics: of millions of requests that takes seconds."""
    if "heards" not in view.memo and _ask_once(view):
        view.memo["heards"] = _in_columns(view)
    elif "heards" not in view.memo:
        arrived = view.trace.arrived
        times = array("q", (end - arrived[event] for event, end in _ends_unheard(view).items()))
        errors = tries = requests = 0
        for each in heard(view):
            errors += not each.is_content
            tries += each.tries
            requests += 1
            if each.has_run or each.tries > 1:
                times.append(each.at_us - arrived[each.event])
        view.memo["heards"] = Heards(array("q", sorted(times)), errors, tries, requests)
    found: Heards = view.memo["heards"]
    return found


def _ask_once(view: View) -> bool:
    """Whether all are callers that wait for their answer as long as it takes, and nobody tries anything again."""
    sources = view.scenario.sources
    return (
        all(source.is_sync and source.retrying is None for source in sources)
        and all(caller_limit(source, view.rulebook) is None for source in sources)
        and not view.rulebook.sync_retries
        and max(view.of(view.trace.attempt, view.runs), default=1) == 1
    )


def _in_columns(view: View) -> Heards:
    """The same, of callers that ask once."""
    trace, sources = view.trace, view.scenario.sources
    events, refused = view.of(trace.event, view.runs), len(view.refusals)
    times = array("q", sorted(map(sub, view.ends, map(trace.arrived.__getitem__, events))))
    errors = len(events) - view.count(trace.status, view.runs, [OK])
    hears = [source.kind in HEARS_ERRORS for source in sources]
    if errors and not all(hears):
        bad = (row for row in view.runs if trace.status[row] != OK)
        errors = sum(hears[trace.source[trace.event[row]]] for row in bad)
    return Heards(times, errors + refused, len(events) + refused, len(events) + refused)


def too_many_requests(view: View) -> int:
    """Tries that got a 429: of the front door, or of Lambda to those who invoke it directly or by a function URL.

    An API turns Lambda's refusal into a 500. Source: Lambda with API Gateway, handling errors.
    """
    trace, sources = view.trace, view.scenario.sources
    return sum(
        trace.refused_reason[row] == API_RATE
        or (
            trace.refused_reason[row] not in NOT_LAMBDAS
            and sources[trace.source[trace.refused_event[row]]].kind in ("sync", "url")
        )
        for row in view.refusals
    )


def front_door_throttles(view: View) -> int:
    """Requests that API Gateway refused by its own rate: Lambda has not seen them, so they are none of its throttles."""
    return sum(view.trace.refused_reason[row] == API_RATE for row in view.refusals)


def heard(view: View) -> Iterator[Heard]:
    """Every synchronous request that was tried, as its caller saw it end."""
    trace, source_of = view.trace, view.trace.source
    if not any(source.is_sync for source in view.scenario.sources):
        return
    patience = [_patience(source, view.rulebook) for source in view.scenario.sources]
    is_heard = [each.is_sync for each in view.scenario.sources]
    rows, refusals, repeats = _last_runs(view, is_heard), _refusals(view), _repeats(view, is_heard)
    for event, row in rows.items():
        _, tries_again, limit, hears_errors = patience[source_of[event]]
        start, attempt = trace.start[row], trace.attempt[row]
        refused, last = refusals.pop(event, NEVER)
        asked = start if tries_again and (refused or attempt > 1) else trace.arrived[event]
        at, is_content = answer(asked, start + trace.init[row] + trace.run[row], trace.status[row], limit, hears_errors)
        if last > start or (last == start and not is_content):
            at, is_content = last, False
        yield Heard(event, at, is_content, attempt + refused - repeats.get(event, 0), True)
    for event, (refused, last) in refusals.items():
        if patience[source_of[event]][0]:
            yield Heard(event, last, False, refused, False)


def _patience(source: Source, rulebook: Rulebook) -> tuple[bool, bool, int | None, bool]:
    """(waits for its answer, tries again, how long it waits for one try, hears of function errors)."""
    return source.is_sync, source.retrying is not None, caller_limit(source, rulebook), source.kind in HEARS_ERRORS


def _last_runs(view: View, wanted: Sequence[bool]) -> dict[int, int]:
    """The last run of each event of the sources that are wanted, which nothing hands over in batches: {event: row}. A
    duplicate's runs are not counted."""
    trace, runs = view.trace, view.runs
    events, attempts = view.of(trace.event, runs), view.of(trace.attempt, runs)
    if not all(wanted):
        flags = list(map(wanted.__getitem__, map(trace.source.__getitem__, events)))
        events, runs, attempts = (list(compress(each, flags)) for each in (events, runs, attempts))
    return dict(compress(zip(events, runs, strict=True), attempts))


def _refusals(view: View) -> dict[int, tuple[int, int]]:
    """How often each event was refused, and when last."""
    trace = view.trace
    found: dict[int, tuple[int, int]] = {}
    for row in view.refusals:
        event = trace.refused_event[row]
        found[event] = (found[event][0] + 1 if event in found else 1, trace.refused_at[row])
    return found


def _repeats(view: View, wanted: Sequence[bool]) -> dict[int, int]:
    """How often Lambda itself repeated a synchronous call, which no caller asked for. (A belief; in truth never.)"""
    trace, most = view.trace, view.rulebook.sync_retries
    found: dict[int, int] = {}
    if most:
        for row in view.runs:
            if trace.status[row] != OK and trace.attempt[row] <= most:
                found[trace.event[row]] = found.get(trace.event[row], 0) + 1
    return {event: min(count, trace.attempt[row] - 1) for event, row in _last_runs(view, wanted).items()
            if (count := found.get(event, 0))}  # fmt: skip


def _ends_unheard(view: View) -> dict[int, int]:
    """When the last run of each event ended that nobody waits for, those in batches included."""
    trace = view.trace
    is_sync = [source.is_sync for source in view.scenario.sources]
    is_unheard = [not each for each in is_sync]
    if not any(is_sync) and not trace.batch_run and 0 not in trace.attempt:
        return dict(zip(view.of(trace.event, view.runs), view.ends, strict=True))
    marks, all_ends = view.teller.marks, view.all_ends
    events = [*trace.batch_event, *marks.events_alone]
    rows = [*marks.row_of_place, *marks.alone] if trace.batch_run else marks.alone
    flags = list(map(trace.attempt.__getitem__, rows))
    if any(is_sync):
        flags = list(map(and_, map(bool, flags), map(is_unheard.__getitem__, map(trace.source.__getitem__, events))))
    if view.functions is not None:
        flags = list(map(and_, map(bool, flags), map(view.sees, events)))
    return dict(compress(zip(events, map(all_ends.__getitem__, rows), strict=True), flags))
