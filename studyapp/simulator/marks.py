"""Where the events of a trace stand in its tables, so that a few lives are told without a look at all the others.

Each table names its events in order of time. The last row of each event is noted once; what is asked for lies between the
first row after its arrival and that one. Times are microseconds.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import compress, count, repeat
from typing import Final

from studyapp.simulator.trace import Trace

RECEIVE, RUN, REFUSAL, HELD, END = range(5)
"""What a mark tells of; of two at one moment, in this order."""
Mark = tuple[int, int, int, int]
"""(moment, what, row of its table, place in the batch columns or -1)"""
_NONE: Final = -1


class Marks:
    """What happened to the events of one trace."""

    def __init__(self, trace: Trace) -> None:
        self.trace = trace

    @cached_property
    def row_of_place(self) -> Sequence[int]:
        """The run that each place in the batch columns belongs to."""
        return self.trace.batch_rows()

    @cached_property
    def alone(self) -> Sequence[int]:
        """The runs that took no batch but their one event."""
        return self.trace.alone() if self.trace.batch_run else range(len(self.trace.event))

    @cached_property
    def events_alone(self) -> Sequence[int]:
        """The events of those runs, in their order."""
        event = self.trace.event
        return list(map(event.__getitem__, self.alone)) if self.trace.batch_run else event

    @cached_property
    def run_of(self) -> dict[int, int]:
        """The last run of each event."""
        trace = self.trace
        found = dict(zip(trace.batch_event, self.row_of_place, strict=True)) if trace.batch_run else {}
        found.update(zip(self.events_alone, self.alone, strict=True))
        return found

    @cached_property
    def received_at(self) -> dict[int, int]:
        """When each message was last received."""
        return dict(zip(self.trace.received_event, self.trace.received_at, strict=True))

    @cached_property
    def first_received_at(self) -> Mapping[int, int]:
        """When each message was first received."""
        if len(self.received_at) == len(self.trace.received_event):
            return self.received_at
        return dict(zip(reversed(self.trace.received_event), reversed(self.trace.received_at), strict=True))

    @cached_property
    def refusal_of(self) -> dict[int, int]:
        """The last refusal of each event."""
        return dict(zip(self.trace.refused_event, count()))

    @cached_property
    def end_of(self) -> dict[int, int]:
        """The last end of each event."""
        return dict(zip(self.trace.ended_event, count()))

    @cached_property
    def held_back(self) -> Mapping[int, Sequence[int]]:
        """When each event began to wait because its batch was throttled: the refusal names the first event alone."""
        trace, found = self.trace, dict[int, list[int]]()
        for first, upto, at in _throttled_batches(trace, self.refusal_of):
            for event in trace.batch_event[first + 1 : upto]:
                found.setdefault(event, []).append(at)
        return found

    def of(self, events: Collection[int]) -> dict[int, list[Mark]]:
        """All that happened to each of some events, in order; nothing of an event to which nothing happened."""
        trace, wanted, found = self.trace, set(events), defaultdict[int, list[Mark]](list)
        if not wanted:
            return found
        since = min(map(trace.arrived.__getitem__, wanted))
        received, refused = self._received(wanted, since), self._refused(wanted, since)
        for row in received:
            found[trace.received_event[row]].append((trace.received_at[row], RECEIVE, row, _NONE))
        for row in refused:
            found[trace.refused_event[row]].append((trace.refused_at[row], REFUSAL, row, _NONE))
        for row in self._ended(wanted):
            found[trace.ended_event[row]].append((trace.ended_at[row], END, row, _NONE))
        for event, row, place in self._handed(wanted, since):
            found[event].append((trace.start[row], RUN, row, place))
        for event in wanted & self.held_back.keys():
            found[event] += ((at, HELD, 0, _NONE) for at in self.held_back[event])
        for marks in found.values():
            marks.sort()
        return found

    def _received(self, wanted: set[int], since: int) -> list[int]:
        trace = self.trace
        last = max(map(self.received_at.get, wanted, repeat(_NONE)))
        first, upto = bisect_left(trace.received_at, since), bisect_right(trace.received_at, last)
        return _rows(trace.received_event, wanted, first, upto)

    def _refused(self, wanted: set[int], since: int) -> list[int]:
        trace = self.trace
        upto = max(map(self.refusal_of.get, wanted, repeat(_NONE))) + 1
        return _rows(trace.refused_event, wanted, bisect_left(trace.refused_at, since), upto)

    def _ended(self, wanted: set[int]) -> list[int]:
        """An end may be written down before its time has come, so that these stand in no order."""
        return _rows(self.trace.ended_event, wanted, 0, max(map(self.end_of.get, wanted, repeat(_NONE))) + 1)

    def _handed(self, wanted: set[int], since: int) -> Iterator[tuple[int, int, int]]:
        """(event, run, its place in the batch columns or -1) of every run that took one of them."""
        trace = self.trace
        first, last = bisect_left(trace.start, since), max(map(self.run_of.get, wanted, repeat(_NONE)))
        batch, after = bisect_left(trace.batch_run, first), bisect_right(trace.batch_run, last)
        if batch < after:
            upto = trace.batch_first[after] if after < len(trace.batch_first) else len(trace.batch_event)
            for place in _rows(trace.batch_event, wanted, trace.batch_first[batch], upto):
                yield trace.batch_event[place], self.row_of_place[place], place
        alone = self.alone
        for number in _rows(self.events_alone, wanted, bisect_left(alone, first), bisect_right(alone, last)):
            yield self.events_alone[number], alone[number], _NONE


def _rows(events: Sequence[int], wanted: set[int], first: int, upto: int) -> list[int]:
    """Where between `first` and `upto` one of the events that are wanted stands."""
    if first >= upto:
        return []
    return list(compress(range(first, upto), map(wanted.__contains__, events[first:upto])))


def _throttled_batches(trace: Trace, refused: Collection[int]) -> Iterator[tuple[int, int, int]]:
    """(from, to, moment) of each batch that was throttled before it ran, and when it first was; none where no batch holds
    more than its first event."""
    if not refused or len(trace.batch_first) == len(trace.batch_event):  # each is alone in its batch
        return
    leads = map(trace.batch_event.__getitem__, trace.batch_first)
    batches = list(compress(trace.batches(), map(refused.__contains__, leads)))
    if not batches:
        return
    moments = defaultdict[int, list[int]](list)
    for event, at in zip(trace.refused_event, trace.refused_at, strict=True):
        moments[event].append(at)
    since = dict[int, int]()
    for row, first, upto in batches:
        lead, start = trace.batch_event[first], trace.start[row]
        times = moments[lead]
        place = bisect_right(times, since.get(lead, -1))
        since[lead] = start
        if place < len(times) and times[place] <= start:
            yield first, upto, times[place]
