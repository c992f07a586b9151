"""What one queue holds, from the columns of a trace: when each message waits, when it is in flight, when it has left.

A message is hidden from its receive until its visibility timeout is over, or it is received again, or it is gone: that is all
there is to most messages, whether they are run once or fail over and over. Those that are visible within a run of theirs,
that come twice, or that have a stranger life still are told one by one (counted.py). Times are microseconds. Source: Amazon
SQS visibility timeout.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import compress, count, repeat
from operator import add, gt, lt, not_
from typing import Final

from studyapp.simulator.counted import Counted, plainly, told
from studyapp.simulator.sums import Stretches
from studyapp.simulator.trace import FILTERED, GONE
from studyapp.simulator.view import View

_OUT: Final = (*GONE, FILTERED)
"""Ends after which a message is no longer in its queue."""


def queue_of(view: View, source: int) -> "QueueColumns":
    """The queue that is source number `source`, the same each time. Raises ValueError if that is no queue."""
    key = f"queue {source}"
    if key not in view.memo:
        view.memo[key] = QueueColumns(view, source)
    found: QueueColumns = view.memo[key]
    return found


class QueueColumns:
    """The messages of one queue, as far as `view` sees them, by the numbers of their events."""

    def __init__(self, view: View, source: int) -> None:
        queue = view.scenario.sources[source].queue
        if queue is None:
            raise ValueError(f"source {source} is no queue")
        self.view, self.trace, self.marks, self.queue = view, view.trace, view.teller.marks, queue
        self.events = view.of_source(source)

    @cached_property
    def waiting(self) -> Stretches:
        """Messages that are visible."""
        return Stretches(*self.counted.waits)

    @cached_property
    def in_flight(self) -> Stretches:
        """Messages that are received and hidden."""
        return Stretches(*self.counted.holds)

    @cached_property
    def counted(self) -> Counted:
        if not self._troubled:
            return plainly(self.view, self.events)
        troubled, odd = self._troubled, self._odd
        found = plainly(self.view, [event for event in self.events if event not in troubled])
        found.add(self._hidden(sorted(troubled - odd)))
        found.add(told(self.view.teller, sorted(odd)))
        return found

    @cached_property
    def left(self) -> list[int]:
        """When each of the events left: as a run ended that has done it, or it was moved, dropped or filtered out; or at the
        end of what was watched."""
        until = self.view.window_us
        return list(map(min, map(self._gone.get, self.events, repeat(until)), repeat(until)))

    @cached_property
    def _gone(self) -> dict[int, int]:
        """The same of all that has left any queue, be it after what was watched."""
        trace, (events, rows) = self.trace, self.view.went_well
        ends = list(map(self.view.all_ends.__getitem__, rows))
        gone = dict(zip(events, ends, strict=True))
        if len(gone) < len(events):
            for event, end in zip(events, ends, strict=True):
                gone[event] = min(gone[event], end)
        for event, at, kind in zip(trace.ended_event, trace.ended_at, trace.ended_kind, strict=True):
            if kind in _OUT:
                gone[event] = min(gone.get(event, at), at)
        return gone

    @cached_property
    def _troubled(self) -> frozenset[int]:
        troubled = self.view.plain.troubled
        return frozenset(filter(troubled.__contains__, self.events) if troubled else ())

    def _hidden(self, events: Sequence[int]) -> Counted:
        """Of messages that each receive hides until the visibility timeout is over, unless they go before."""
        trace, visibility, found = self.trace, self.queue.visibility_us, Counted.none()
        (shown, taken), (received, hidden) = found
        gone = dict(zip(events, map(self._gone.get, events, self._stays(events)), strict=True))
        came = list(map(add, map(trace.arrived.__getitem__, events), repeat(self.queue.delay_us)))
        first = list(map(self.marks.first_received_at.get, events, gone.values()))
        _add_stretches(shown, taken, came, first)
        last = dict[int, int]()
        for event, at in self._receives(gone):
            if event in last:
                until = min(last[event] + visibility, at)
                received.append(last[event])
                hidden.append(until)
                if until < at:
                    shown.append(until)
                    taken.append(at)
            last[event] = at
        left = list(map(gone.__getitem__, last))
        until_us = list(map(min, map(add, last.values(), repeat(visibility)), left))
        received += last.values()
        hidden += until_us
        _add_stretches(shown, taken, until_us, left)
        return found

    def _receives(self, wanted: dict[int, int]) -> Iterator[tuple[int, int]]:
        """(event, moment) of all receives of some messages, in order."""
        trace = self.trace
        pairs = zip(trace.received_event, trace.received_at, strict=True)
        return compress(pairs, map(wanted.__contains__, trace.received_event))

    def _stays(self, events: Sequence[int]) -> Iterator[int]:
        """Until when each of the messages would be there if it did not go: a run may go on after what was watched."""
        until, ends, run_of = self.view.window_us, self.view.all_ends, self.marks.run_of
        if max(ends, default=0) <= until:
            return repeat(until)
        return (max(until, ends[run_of[event]]) if event in run_of else until for event in events)

    @cached_property
    def _odd(self) -> frozenset[int]:
        """Of the troubled those whose receives do not say it all, or that nobody has received although they ran."""
        trace, own, marks = self.trace, self._troubled, self.marks
        odd = set(filter(marks.run_of.__contains__, own.difference(marks.received_at)))
        if not all(trace.attempt):
            odd |= own.intersection(map(trace.event.__getitem__, compress(count(), map(not_, trace.attempt))))
        if trace.batch_run:
            odd |= own.intersection(marks.events_alone)
        if self.queue.delay_us:
            odd.update(self._before_they_show())
        odd.update(self._after_all())
        odd.update(self._at_strange_ends())
        odd |= own.intersection(self._seen_meanwhile())
        return frozenset(odd)

    def _before_they_show(self) -> Iterator[int]:
        """What is received before its queue's delay is over, as a backlog is: told lives wait for the delay after it."""
        first, arrived, delay = self.marks.first_received_at, self.trace.arrived, self.queue.delay_us
        return (event for event in self._troubled if event in first and first[event] < arrived[event] + delay)

    def _after_all(self) -> Iterator[int]:
        """What was received or run once more when a run had done it, or was about to."""
        done, run_of, received_at, start = self.view.done, self.marks.run_of, self.marks.received_at, self.trace.start
        for event in filter(done.__contains__, self._troubled):
            if run_of[event] != done[event] or received_at.get(event, 0) > start[done[event]]:
                yield event

    def _at_strange_ends(self) -> Iterator[int]:
        """What ended twice, in another way than messages do, or before the last that happened to it."""
        trace, marks, ends = self.trace, self.marks, self.view.all_ends
        rows = zip(count(), trace.ended_event, trace.ended_at, trace.ended_kind, strict=False)
        for row, event, at, kind in rows:
            last = ends[marks.run_of[event]] if event in marks.run_of else 0
            is_last = marks.end_of[event] == row and max(marks.received_at.get(event, 0), last) <= at
            if event in self._troubled and not (is_last and kind in _OUT):
                yield event

    def _seen_meanwhile(self) -> Iterator[int]:
        """What is visible again within a run of it. Without a batch window all messages of a batch are received at once."""
        trace, marks, visibility = self.trace, self.marks, self.queue.visibility_us
        is_one = not self.queue.window_us
        events = list(map(trace.batch_event.__getitem__, trace.batch_first)) if is_one else trace.batch_event
        rows = trace.batch_run if is_one else marks.row_of_place
        ends, start = self.view.all_ends, trace.start
        shown = map(add, self._received_for(events, rows), repeat(visibility))
        late = map(gt, map(ends.__getitem__, rows), shown)
        candidates = list(compress(zip(events, rows, strict=True), late))
        times = self._times({event for event, _ in candidates})
        for event, row in candidates:
            moments = times.get(event, ())
            place = bisect_right(moments, start[row])
            if moments[place - 1 : place] and moments[place - 1] + visibility < ends[row]:
                yield from trace.batch_event[slice(*trace.batch_of(row))] if is_one else (event,)

    def _received_for(self, events: Sequence[int], rows: Sequence[int]) -> Iterable[int]:
        """When each of `events` was received for its run in `rows`, or before."""
        first, last, run_of = self.marks.first_received_at, self.marks.received_at, self.marks.run_of
        never = self.view.window_us
        if first is last:
            return map(first.get, events, repeat(never))
        start = self.trace.start
        return [
            at if (at := last.get(event, never)) <= start[row] and run_of[event] == row else first.get(event, never)
            for event, row in zip(events, rows, strict=True)
        ]

    def _times(self, events: set[int]) -> dict[int, list[int]]:
        """All receives of some messages, each one's in order."""
        found = dict[int, list[int]]()
        for event, at in self._receives(dict.fromkeys(events, 0)):
            found.setdefault(event, []).append(at)
        return found


def _add_stretches(starts: list[int], ends: list[int], since: Sequence[int], until: Sequence[int]) -> None:
    """Those that last for any time."""
    flags = list(map(lt, since, until))
    starts.extend(compress(since, flags))
    ends.extend(compress(until, flags))
