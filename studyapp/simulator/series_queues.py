"""What one queue holds, from the columns of a trace: when each message waits, when it is in flight, when it has left.

A message is hidden from its receive until its visibility timeout is over, or it is received again, or it is gone: that is all
there is to most messages, whether they are run once or fail over and over. Those that are visible within a run of theirs,
that come twice, or that have a stranger life still are told one by one (counted.py). Times are microseconds. Source: Amazon
SQS visibility timeout.
"""

from bisect import bisect_right
from collections.abc import Container, Iterable, Iterator, Sequence
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
    """The queue that is source number `source`, the same each time, and for each view that sees all who are called. Raises
    ValueError if that is no queue."""
    key, memo = f"queue {source}", view.shared if _sees_all(view, source) else view.memo
    if key not in memo:
        memo[key] = QueueColumns(view, source)
    found: QueueColumns = memo[key]
    return found


def _sees_all(view: View, source: int) -> bool:
    if view.functions is None:
        return True
    seen = {view.scenario.functions[number].name for number in view.functions}
    return all(name in seen for name, _ in view.scenario.sources[source].calls)


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
        gone = map(self._gone.get, self.events, repeat(until))
        return [at if at < until else until for at in gone]  # a call of min takes as long as the rest

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
        since, until, last = self._received_again(gone)
        since += last.values()
        until += map(gone.__getitem__, last)
        visible = list(map(add, since, repeat(visibility)))
        received += since
        hidden += [at if at < end else end for at, end in zip(visible, until, strict=True)]
        _add_stretches(shown, taken, visible, until)
        return found

    def _received_again(self, wanted: Container[int]) -> tuple[list[int], list[int], dict[int, int]]:
        """Of some messages, each receive but the last and, in the same order, the next of the same message; then the last of
        each."""
        trace, since, until, last = self.trace, list[int](), list[int](), dict[int, int]()
        pairs = zip(trace.received_event, trace.received_at, strict=True)
        for event, at in compress(pairs, map(wanted.__contains__, trace.received_event)):
            if event in last:
                since.append(last[event])
                until.append(at)
            last[event] = at
        return since, until, last

    def _stays(self, events: Sequence[int]) -> Iterator[int]:
        """Until when each of the messages would be there if it did not go: a run may go on after what was watched."""
        until, ends, trace = self.view.window_us, self.view.all_ends, self.trace
        stays = dict[int, int]()
        for row in compress(count(), map(until.__lt__, ends)):
            first, after = trace.batch_of(row)
            for event in trace.batch_event[first:after] or trace.event[row : row + 1]:
                if self.marks.run_of[event] == row:
                    stays[event] = ends[row]
        return map(stays.get, events, repeat(until))

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

    def _seen_meanwhile(self) -> Iterable[int]:
        """What is visible again within a run of it. Without a batch window all messages of a batch are received at once."""
        trace, marks = self.trace, self.marks
        if len(marks.received_at) < len(trace.received_event):
            return self._seen_by_run()
        is_one = not self.queue.window_us
        events = list(map(trace.batch_event.__getitem__, trace.batch_first)) if is_one else trace.batch_event
        rows = trace.batch_run if is_one else marks.row_of_place
        since = map(marks.received_at.get, events, repeat(self.view.window_us))
        ends = map(self.view.all_ends.__getitem__, rows)
        late = set(compress(rows, map(gt, ends, map(add, since, repeat(self.queue.visibility_us)))))
        return self._seen_by_run(late) if late else ()

    def _seen_by_run(self, runs: Container[int] | None = None) -> Iterator[int]:
        """The same by a look at each of some runs, or of all, with the last receives before it."""
        trace, ends, visibility, never = self.trace, self.view.all_ends, self.queue.visibility_us, self.view.window_us
        received, moments, last, upto = trace.received_event, trace.received_at, dict[int, int](), 0
        for row, first, after in trace.batches():
            if runs is not None and row not in runs:
                continue
            place, upto = upto, bisect_right(moments, trace.start[row], upto)
            last.update(zip(received[place:upto], moments[place:upto], strict=True))
            events = trace.batch_event[first:after]
            asked = events if self.queue.window_us else events[:1]
            flags = list(map(lt, map(last.get, asked, repeat(never)), repeat(ends[row] - visibility)))
            yield from compress(events, flags if self.queue.window_us else flags * len(events))


def _add_stretches(starts: list[int], ends: list[int], since: Sequence[int], until: Sequence[int]) -> None:
    """Those that last for any time."""
    flags = list(map(lt, since, until))
    starts.extend(compress(since, flags))
    ends.extend(compress(until, flags))
