"""What became of each event in each run that took it: done, given back, done too late, or once more than it should."""

from collections.abc import Container, Iterator, Sequence
from functools import cached_property
from itertools import compress, count
from operator import and_, ne, not_, or_
from typing import NamedTuple

from studyapp.simulator.rows import Rows
from studyapp.simulator.trace import GONE, OK


class Handed(NamedTuple):
    """One event in one run: the run's row, the event, whether the run was ok and did not give it back, and whether it had
    left its queue before that: then nothing was left to be done."""

    row: int
    event: int
    is_done: bool
    is_late: bool = False


class Handings(Rows):
    """The rows, and what they did to events."""

    def handed(self, events: Container[int]) -> list[Handed]:
        """Each of these events in every run that took it, in order of start; events of one batch in the batch's order."""
        trace, left_at = self.trace, self._left_at
        found = [
            Handed(row, trace.event[row], trace.status[row] == OK) for row in self._alone if trace.event[row] in events
        ]
        for row, place in [
            (row, place)
            for place, (event, row) in enumerate(zip(trace.batch_event, self._row_of_place, strict=True))
            if event in events and self.sees(event)
        ]:
            event, end = trace.batch_event[place], trace.start[row] + trace.init[row] + trace.run[row]
            is_ok = trace.status[row] == OK and not trace.batch_failed[place]
            is_late = is_ok and left_at.get(event, end + 1) <= end
            found.append(Handed(row, event, is_ok and not is_late, is_late))
        return sorted(found, key=lambda each: each.row)

    def in_batches(self) -> list[tuple[int, int]]:
        """(event, run) of every event in a batch, in order of start."""
        pairs = zip(self.trace.batch_event, self._row_of_place, strict=True)
        return list(pairs) if self.functions is None else [each for each in pairs if self.sees(each[0])]

    @cached_property
    def went_well(self) -> tuple[list[int], list[int]]:
        """(events, runs) of every event in a batch whose run was ok and did not give it back, in order of start."""
        trace, rows = self.trace, self._row_of_place
        flags = list(map(not_, map(or_, trace.batch_failed, map(trace.status.__getitem__, rows))))
        if self.functions is not None:
            seen = map(self.functions.__contains__, map(trace.function.__getitem__, trace.batch_event))
            flags = list(map(and_, flags, seen))
        return list(compress(trace.batch_event, flags)), list(compress(rows, flags))

    @cached_property
    def done(self) -> dict[int, int]:
        """The first run that has done each event, by its row: it was ok and did not give the event back, nor came too late."""
        trace, (events, rows) = self.trace, self.went_well
        if not self._left_at.keys().isdisjoint(events):
            flags = list(map(self._is_in_time, events, rows))
            events, rows = list(compress(events, flags)), list(compress(rows, flags))
        done = dict(zip(reversed(events), reversed(rows), strict=True))
        done.update((trace.event[row], row) for row in reversed(self._alone) if trace.status[row] == OK)
        return done

    def _is_in_time(self, event: int, row: int) -> bool:
        left_at = self._left_at.get(event)
        return left_at is None or left_at > self.all_ends[row]

    def sees(self, event: int) -> bool:
        return self.functions is None or self.trace.function[event] in self.functions

    @property
    def _row_of_place(self) -> Sequence[int]:
        return self._split.teller.marks.row_of_place

    @cached_property
    def _alone(self) -> Sequence[int]:
        """Runs that took one event, not as a batch; in order of start."""
        if not self.trace.batch_run:
            return self.runs
        alone = self._split.teller.marks.alone
        return alone if self.functions is None else [row for row in alone if self.sees(self.trace.event[row])]

    @cached_property
    def _left_at(self) -> dict[int, int]:
        """When each message that a queue moved or dropped was moved or dropped; a run of it may still have been going on."""
        trace, is_queue = self.trace, [source.queue is not None for source in self.scenario.sources]
        ends = zip(trace.ended_event, trace.ended_at, trace.ended_kind, strict=True)
        return {event: at for event, at, kind in ends if kind in GONE and is_queue[trace.source[event]]}

    @property
    def _perhaps_extra(self) -> set[int]:
        """Events that were run once more when a run had done them, for which a run came too late, or that came twice."""
        trace = self.trace
        if not trace.batch_run and all(trace.attempt):
            return set()
        done, run_of = self.done, self._split.teller.marks.run_of
        found = set(compress(done, map(ne, done.values(), map(run_of.__getitem__, done))))
        if self._left_at:
            found.update(filter(self._left_at.__contains__, self.went_well[0]))
        if not all(trace.attempt):
            found.update(map(trace.event.__getitem__, compress(count(), map(not_, trace.attempt))))
        return found

    def extra_deliveries(self) -> Iterator[Handed]:
        """Runs of an event that nothing asked for: duplicates, and what came after a run that had done a message, or ended
        well when the message had left its queue."""
        trace, done = self.trace, set[int]()
        is_sync = [source.is_sync for source in self.scenario.sources]
        for each in self.handed(self._perhaps_extra):
            if (
                each.is_late
                or each.event in done
                or (trace.attempt[each.row] == 0 and trace.event[each.row] == each.event)
            ):
                yield each
            elif each.is_done and not is_sync[trace.source[each.event]]:
                done.add(each.event)
