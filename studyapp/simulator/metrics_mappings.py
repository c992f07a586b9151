"""Metrics of event source mappings: batches, queues, streams. Times are seconds.

Sources: Lambda metric types (event source mapping metrics), Amazon SQS CloudWatch metrics.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import repeat
from operator import sub
from typing import Final

from studyapp.simulator.metric import Group, Metric, when_kind
from studyapp.simulator.parts import MAPPING_KINDS, QUEUE_KINDS, STREAM_KINDS
from studyapp.simulator.series import highest, waiting_and_held
from studyapp.simulator.sums import Stretches
from studyapp.simulator.trace import DEAD_LETTERED, DESTINATION, DROPPED, FILTERED, RETRIES_EXHAUSTED, TOO_OLD
from studyapp.simulator.units import SECOND
from studyapp.simulator.view import View


def _sizes(view: View) -> list[int]:
    return [len(events) for _, events, _ in view.batches]


def _mean_size(view: View) -> float | None:
    sizes = _sizes(view)
    return sum(sizes) / len(sizes) if sizes else None


def _ended(view: View, *kinds: int) -> Iterator[int]:
    """Rows of ends of one of these kinds, of events of mappings."""
    trace = view.trace
    for row in view.ended:
        if trace.ended_kind[row] in kinds and view.has_kind(trace.ended_event[row], MAPPING_KINDS):
            yield row


def _done(view: View) -> dict[int, int]:
    """The row of the run that has done it, for each event of a mapping."""
    is_mapping = [source.is_mapping for source in view.scenario.sources]
    if all(is_mapping):
        return view.done
    return {event: row for event, row in view.done.items() if is_mapping[view.trace.source[event]]}


def _by_row(view: View, times: Sequence[int]) -> Sequence[int] | Mapping[int, int]:
    """Times of the runs of `view`, in their order, by the row of the run."""
    return times if view.functions is None else dict(zip(view.runs, times, strict=True))


def _gone_at(view: View, events: Sequence[int], times: Sequence[int], never: int) -> Iterator[int]:
    """When each of `events` left its source, in their order: at the time, of `times` of all runs, of the one that has done
    it, or as it was kept elsewhere, dropped or filtered out; `never` for one that is still there."""
    time_of, over = _by_row(view, times), _over(view)
    gone = dict(zip(view.done, map(time_of.__getitem__, view.done.values()), strict=True))
    for event, at in over.items():
        gone[event] = min(gone.get(event, never), at)
    return map(gone.get, events, repeat(never))


def _over(view: View) -> dict[int, int]:
    """When each event of a mapping was kept elsewhere, dropped or filtered out."""
    trace = view.trace
    return {trace.ended_event[row]: trace.ended_at[row] for row in _ended(view, DEAD_LETTERED, DROPPED, FILTERED)}


def _drained_at(view: View) -> float | None:
    """When the most that ever waited had been worked off: the end of the runs under way at the first moment, after the
    one at which most waited, at which nothing waits. An event waits until the run begins that will have done it."""
    events, never = view.of_kinds(MAPPING_KINDS), view.window_us + 1
    came = list(map(view.trace.arrived.__getitem__, events))
    empty_at = _first_empty(came, (min(at, never) for at in _gone_at(view, events, view.starts, never)))
    if not events or empty_at > view.window_us:
        return None
    starts, ends = _by_row(view, view.starts), _by_row(view, view.ends)
    return max([empty_at, *(ends[row] for row in _done(view).values() if starts[row] <= empty_at)]) / SECOND


def _first_empty(came: Sequence[int], went: Iterable[int]) -> int:
    """The first moment, after that at which most stay, at which nobody does. If nobody ever stays: the last arrival."""
    stretches = Stretches(came, went)
    steps = stretches.steps(0, max(stretches.ends, default=0))
    most = highest(steps)
    if not most:
        return max(came, default=0)
    peak_at = next(at for at, level in steps if level == most)
    return next(at for at, level in steps if at > peak_at and not level)


def _oldest_age(view: View) -> float:
    """The age of the oldest message that is not deleted yet, at its highest. AWS leaves out what is received over and over."""
    events, window = view.of_kinds(QUEUE_KINDS), view.window_us
    left = map(min, _gone_at(view, events, view.ends, window), repeat(window))
    return max(map(sub, left, map(view.trace.arrived.__getitem__, events)), default=0) / SECOND


def _receive_time(place: int) -> Metric:
    def at(view: View) -> float | None:
        """Of the first message."""
        first = next(iter(view.of_kinds(QUEUE_KINDS)), None)
        trace = view.trace
        times = sorted(at for event, at in zip(trace.received_event, trace.received_at, strict=True) if event == first)
        return times[place] / SECOND if len(times) > max(place, -1 - place) else None

    return at


def _receives(view: View) -> int:
    return len(view.received)


def _moved_at(view: View) -> float | None:
    """When the first message went to the queue's dead-letter queue."""
    first = min((view.trace.ended_at[row] for row in _ended(view, DEAD_LETTERED)), default=None)
    return None if first is None else first / SECOND


def _iterator_ages(view: View) -> list[int]:
    """How old the last record of each batch was when it was handed to the function, in order of start."""
    trace = view.trace
    return [
        trace.start[row] - trace.arrived[events[-1]]
        for row, events, _ in view.batches
        if view.has_kind(events[-1], STREAM_KINDS)
    ]


def _iterator_age_max(view: View) -> float | None:
    ages = _iterator_ages(view)
    return max(ages) / SECOND if ages else None


def _iterator_age_last(view: View) -> float | None:
    ages = _iterator_ages(view)
    return ages[-1] / SECOND if ages else None


def _polled(view: View) -> int:
    """Messages each time that they are received; records once, as soon as something shows that they were read."""
    trace, read = view.trace, set[int]()
    for _, events, _ in view.batches:
        read.update(events)
    read.update(trace.refused_event[row] for row in view.refusals)
    read.update(
        trace.ended_event[row]
        for row in _ended(view, FILTERED, DROPPED)
        if trace.ended_kind[row] == FILTERED or trace.ended_reason[row] in (RETRIES_EXHAUSTED, TOO_OLD)
    )
    return _receives(view) + sum(view.has_kind(event, STREAM_KINDS) for event in read)


def _failed_events(view: View) -> int:
    """Events that went into a run that failed, or that a handler gave back."""
    return sum(sum(failed) for _, _, failed in view.batches)


def _dropped_events(view: View) -> int:
    """Records given up after their retries or their age, which no destination keeps; what the source let expire is not in it."""
    trace = view.trace
    kept = {trace.ended_event[row] for row in _ended(view, DESTINATION)}
    return sum(
        trace.ended_reason[row] in (RETRIES_EXHAUSTED, TOO_OLD)
        and trace.ended_event[row] not in kept
        and view.has_kind(trace.ended_event[row], STREAM_KINDS)
        for row in _ended(view, DROPPED)
    )


def _deleted(view: View) -> int:
    """Messages that Lambda deletes from their queue because a run has done them."""
    return sum(view.has_kind(event, QUEUE_KINDS) for event in _done(view))


def _count(kind: int) -> Metric:
    return lambda view: sum(1 for _ in _ended(view, kind))


GROUPS: Final = (
    Group(
        when_kind(*MAPPING_KINDS),
        {
            "batches": lambda view: len(view.batches),
            "batch_size_mean": _mean_size,
            "batch_size_max": lambda view: max(_sizes(view), default=0),
            "polled_events": _polled,
            "filtered_out": _count(FILTERED),
            "invoked_events": lambda view: sum(_sizes(view)),
            "failed_invoke_events": _failed_events,
            "records_delivered": lambda view: len(_done(view)),
            "records_to_destination": _count(DESTINATION),
            "drained_at": _drained_at,
        },
    ),
    Group(
        when_kind(*QUEUE_KINDS),
        {
            "receives": _receives,
            "first_receive_at": _receive_time(0),
            "second_receive_at": _receive_time(1),
            "last_receive_at": _receive_time(-1),
            "moved_to_dlq_at": _moved_at,
            "deleted_events": _deleted,
            "messages_waiting_max": lambda view: waiting_and_held(view, QUEUE_KINDS)[0].peak,
            "messages_in_flight_max": lambda view: waiting_and_held(view, QUEUE_KINDS)[1].peak,
            "oldest_message_age_max": _oldest_age,
        },
    ),
    Group(
        when_kind(*STREAM_KINDS),
        {
            "iterator_age_max": _iterator_age_max,
            "iterator_age_last": _iterator_age_last,
            "dropped_events": _dropped_events,
        },
    ),
)
