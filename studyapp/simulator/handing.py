"""What became of each event in each run that took it: done, given back, done too late, or once more than it should."""

from collections.abc import Container, Iterator
from functools import cached_property
from itertools import compress
from operator import not_, or_
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
            if event in events and self._sees(event)
        ]:
            event, end = trace.batch_event[place], trace.start[row] + trace.init[row] + trace.run[row]
            is_ok = trace.status[row] == OK and not trace.batch_failed[place]
            is_late = is_ok and left_at.get(event, end + 1) <= end
            found.append(Handed(row, event, is_ok and not is_late, is_late))
        return sorted(found, key=lambda each: each.row)

    def in_batches(self) -> list[tuple[int, int]]:
        """(event, run) of every event in a batch, in order of start."""
        pairs = zip(self.trace.batch_event, self._row_of_place, strict=True)
        return list(pairs) if self.functions is None else [each for each in pairs if self._sees(each[0])]

    @cached_property
    def done(self) -> dict[int, int]:
        """The first run that has done each event, by its row: it was ok and did not give the event back, nor came too late."""
        trace = self.trace
        flags = map(or_, trace.batch_failed, map(trace.status.__getitem__, self._row_of_place))
        good = list(compress(zip(trace.batch_event, self._row_of_place, strict=True), map(not_, flags)))
        if self._left_at:
            good = [(event, row) for event, row in good if self._is_in_time(event, row)]
        if self.functions is not None:
            good = [each for each in good if self._sees(each[0])]
        good.reverse()
        alone = [(trace.event[row], row) for row in reversed(self._alone) if trace.status[row] == OK]
        return dict(good) | dict(alone)

    def _is_in_time(self, event: int, row: int) -> bool:
        trace, left_at = self.trace, self._left_at.get(event)
        return left_at is None or left_at > trace.start[row] + trace.init[row] + trace.run[row]

    def _sees(self, event: int) -> bool:
        return self.functions is None or self.trace.function[event] in self.functions

    @cached_property
    def _row_of_place(self) -> list[int]:
        return self.trace.batch_rows()

    @cached_property
    def _alone(self) -> list[int]:
        """Runs that took one event, not as a batch; in order of start."""
        if not self.trace.batch_run:
            return list(self.runs)
        return [row for row in self.trace.alone() if self._sees(self.trace.event[row])]

    @cached_property
    def _left_at(self) -> dict[int, int]:
        """When each message that a queue moved or dropped was moved or dropped; a run of it may still have been going on."""
        trace, is_queue = self.trace, [source.queue is not None for source in self.scenario.sources]
        ends = zip(trace.ended_event, trace.ended_at, trace.ended_kind, strict=True)
        return {event: at for event, at, kind in ends if kind in GONE and is_queue[trace.source[event]]}

    def extra_deliveries(self) -> Iterator[Handed]:
        """Runs of an event that nothing asked for: duplicates, and what came after a run that had done a message, or ended
        well when the message had left its queue."""
        trace, done = self.trace, set[int]()
        if not trace.batch_run and 0 not in trace.attempt:
            return
        is_sync = [source.is_sync for source in self.scenario.sources]
        for each in self.handed(self.plain.troubled):
            if (
                each.is_late
                or each.event in done
                or (trace.attempt[each.row] == 0 and trace.event[each.row] == each.event)
            ):
                yield each
            elif each.is_done and not is_sync[trace.source[each.event]]:
                done.add(each.event)
