"""Metrics of events of every kind, and of those that Lambda's own queue holds. Times are seconds."""

from collections.abc import Sequence
from operator import sub
from typing import Final

from studyapp.simulator.metric import Group, Metric, always, when_kind
from studyapp.simulator.parts import ASYNC_KINDS, MAPPING_KINDS, QUEUE_KINDS
from studyapp.simulator.sums import percentile
from studyapp.simulator.trace import (
    DEAD_LETTER_ERROR,
    DEAD_LETTERED,
    DESTINATION,
    DESTINATION_ERROR,
    DROPPED,
    OK,
    TOO_LARGE,
)
from studyapp.simulator.units import SECOND
from studyapp.simulator.view import View


def _ends(*kinds: int) -> Metric:
    return lambda view: view.count(view.trace.ended_kind, view.ended, kinds)


def _async_dropped(view: View) -> int:
    trace = view.trace
    return sum(
        trace.ended_kind[row] == DROPPED and view.has_kind(trace.ended_event[row], ASYNC_KINDS) for row in view.ended
    )


def _delivered(view: View) -> int:
    """Events that a run has done; of a batch, those that it did not give back. A duplicate is not another one."""
    if not view.trace.batch_run and 0 not in view.trace.attempt and not any(source.retrying for source in view.sources):
        return view.count(view.trace.status, view.runs, [OK])
    if 0 not in view.trace.attempt:
        return len(view.done)
    extra = {(each.row, each.event) for each in view.extra_deliveries()}
    found = view.handed(range(len(view.trace.arrived)))
    return len({each.event for each in found if each.is_done and (each.row, each.event) not in extra})


def _duplicates(view: View) -> int:
    """Deliveries of an event beyond the one that counts: it was delivered at least once, not exactly once."""
    return sum(1 for _ in view.extra_deliveries())


def _events_lost(view: View) -> int:
    """Dropped events that no queue and no destination has kept."""
    trace = view.trace
    kept = {trace.ended_event[row] for row in view.ended if trace.ended_kind[row] in (DEAD_LETTERED, DESTINATION)}
    dropped = {trace.ended_event[row] for row in view.ended if trace.ended_kind[row] == DROPPED}
    return len(dropped - kept)


def waits_us(view: View) -> Sequence[int]:
    """How long each event waited for its first run, shortest first; events that ran only."""
    if "waits" not in view.memo:
        arrived = view.trace.arrived
        view.memo["waits"] = sorted(start - arrived[event] for event, start in _first_starts(view).items())
    found: Sequence[int] = view.memo["waits"]
    return found


def _first_starts(view: View) -> dict[int, int]:
    """When the first run of each event began. What began later is written first, and then written over."""
    events = view.of(view.trace.event, view.runs)
    first = dict(zip(reversed(events), reversed(view.starts), strict=True))
    first |= {event: view.trace.start[row] for event, row in reversed(view.in_batches())}
    return first


def _mean_wait(view: View) -> float | None:
    waits = waits_us(view)
    return sum(waits) / len(waits) / SECOND if waits else None


def _p_wait(view: View) -> float | None:
    """The share of events that did not run as soon as they were there."""
    waits = waits_us(view)
    return sum(wait > 0 for wait in waits) / len(waits) if waits else None


def _async_received(view: View) -> int:
    """Events that Lambda has queued; what is too large never comes so far. Source: Lambda metric types."""
    trace = view.trace
    too_large = {trace.refused_event[row] for row in view.refusals if trace.refused_reason[row] == TOO_LARGE}
    return sum(event not in too_large for event in view.of_kinds(ASYNC_KINDS))


def _async_age_max(view: View) -> float | None:
    """How old an event was when it was run, at the most; None when none was."""
    trace = view.trace
    if all(view.is_async):
        events = view.of(trace.event, view.runs)
        ages = list(map(sub, view.starts, map(trace.arrived.__getitem__, events)))
    else:
        ages = [trace.start[row] - trace.arrived[trace.event[row]] for row in view.async_rows()]
    return max(ages) / SECOND if ages else None


def _rows_of_first(view: View) -> list[int]:
    """The runs that the first event was in; its duplicates are left out."""
    if "rows of first" not in view.memo:
        view.memo["rows of first"] = _with_first(view)
    found: list[int] = view.memo["rows of first"]
    return found


def _with_first(view: View) -> list[int]:
    if not view.events:
        return []
    first, trace = view.events[0], view.trace
    if not view.trace.batch_run:
        return [row for row in view.runs if trace.event[row] == first and trace.attempt[row]]
    extra = {each.row for each in view.extra_deliveries() if each.event == first}
    return [each.row for each in view.handed((first,)) if each.row not in extra]


def _attempt_start(place: int) -> Metric:
    def start(view: View) -> float | None:
        rows = _rows_of_first(view)
        return view.trace.start[rows[place]] / SECOND if len(rows) > max(place, -1 - place) else None

    return start


def _dead_lettered_at(view: View) -> float | None:
    times = (view.trace.ended_at[row] for row in view.ended if view.trace.ended_kind[row] == DEAD_LETTERED)
    first = min(times, default=None)
    return None if first is None else first / SECOND


def _destination_deliveries(view: View) -> int:
    """Records that were sent: one for each event of Lambda's own queue, and one for each batch that a stream gave up."""
    trace, sources = view.trace, view.scenario.sources
    rows = [row for row in view.ended if trace.ended_kind[row] == DESTINATION]
    batches = set[tuple[int, int, int]]()
    alone = 0
    for row in rows:
        event = trace.ended_event[row]
        stream = sources[trace.source[event]].stream
        if stream is None:
            alone += 1
        else:
            batches.add((trace.source[event], stream.track(view.index_in_source[event]), trace.ended_at[row]))
    return alone + len(batches)


def _has_destination(view: View) -> bool:
    functions = view.scenario.functions
    chosen = range(len(functions)) if view.functions is None else view.functions
    of_functions = any({functions[number].on_failure, functions[number].on_success} != {"none"} for number in chosen)
    return of_functions or any(
        source.stream is not None and source.stream.on_failure != "none" for source in view.sources
    )


GROUPS: Final = (
    Group(
        always,
        {
            "requests": lambda view: len(view.events),
            "delivered": _delivered,
            "attempts": lambda view: len(_rows_of_first(view)),
            "first_attempt_start": _attempt_start(0),
            "second_attempt_start": _attempt_start(1),
            "last_attempt_start": _attempt_start(-1),
        },
    ),
    Group(
        when_kind(*ASYNC_KINDS, *MAPPING_KINDS),
        {
            "wait_mean": _mean_wait,
            "wait_p95": lambda view: percentile(waits_us(view), 0.95),
            "p_wait": _p_wait,
            "duplicates": _duplicates,
            "events_lost": _events_lost,
        },
    ),
    Group(
        _has_destination,
        {"destination_deliveries": _destination_deliveries, "destination_errors": _ends(DESTINATION_ERROR)},
    ),
    Group(
        when_kind(*ASYNC_KINDS, *QUEUE_KINDS),
        {"dead_letters": _ends(DEAD_LETTERED), "dead_lettered_at": _dead_lettered_at},
    ),
    Group(
        when_kind(*ASYNC_KINDS),
        {
            "async_received": _async_received,
            "async_age_max": _async_age_max,
            "async_dropped": _async_dropped,
            "dead_letter_errors": _ends(DEAD_LETTER_ERROR),
        },
    ),
)
