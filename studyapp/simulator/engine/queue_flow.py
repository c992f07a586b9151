"""The arrivals of a run whose queue is plain: those of the queue in blocks, cut wherever anything else happens between.

While messages wait for a place, one more of them changes nothing but the length of the line. It gives what the loop over
all arrivals, one by one, would give.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from itertools import chain, repeat
from typing import Final, NamedTuple

from studyapp.simulator.engine.clock import LAST
from studyapp.simulator.engine.fates import Fates
from studyapp.simulator.engine.queues import QueuePoller

END: Final = 1 << 80
Arrival = tuple[int, int, int]
"""(time, source, index within the source)"""


class Walks(NamedTuple):
    """`walk` does what `Clock.play_until` does; `look` looks at the queue, at a moment at which nothing else happens first."""

    walk: Callable[[int, int], None]
    look: Callable[[int], None]


class QueueFlow:
    """Gives a plain queue its messages, and the other sources their arrivals between them."""

    def __init__(
        self,
        floor: Fates,
        poller: QueuePoller,
        walks: Walks,
        others: Iterator[Arrival],
        arrive: list[Callable[[int], None]],
    ) -> None:
        self.floor = floor
        self.poller = poller
        self.walks = walks
        self.arrive = arrive
        self.number = poller.caller.number
        self.function = poller.lane.index
        self.kept = poller.messages.kept
        self.line = poller.line
        self.others = chain(others, repeat((END, 0, 0)))
        self.other = next(self.others)

    def play(self, blocks: Iterator[list[int]]) -> None:
        """Until all has arrived."""
        index = self.poller.backlog
        for block in blocks:
            self._block(block, index)
            index += len(block)
        self._others_before(END, 0)

    def _block(self, block: list[int], index: int) -> None:
        floor, agenda, number = self.floor, self.floor.agenda, self.number
        (walk, look), line, messages = self.walks, self.line, self.poller.messages
        first = 0
        while first < len(block):
            at = block[first]
            if self.other[0] <= at:
                self._others_before(at, number)
            if agenda and agenda[0][0] <= at:
                walk(at, LAST)
            upto = first + 1
            if floor.left < 1 or not messages.is_watched:
                self._arrive(at, number, index + first)
            elif line:
                upto = min(self._upto(block, first), first + floor.left)
                self._add(block[first:upto], index + first)
            elif upto < len(block) and self._is_quiet(at, block[upto]):
                self._add_one(at, index + first)
                floor.left -= 1
                if floor.left < 0:
                    floor.take_stock()
                look(at)
            else:
                self._arrive(at, number, index + first)
            first = upto

    def _is_quiet(self, at: int, following: int) -> bool:
        """Whether what has arrived at `at` is all of its moment, and the look at it is the next that happens."""
        agenda = self.floor.agenda
        return following > at and self.other[0] > at and (not agenda or agenda[0][0] > at)

    def _upto(self, block: list[int], first: int) -> int:
        """Behind the last of the messages that nothing else comes between."""
        agenda, (other_at, source, _) = self.floor.agenda, self.other
        at = block[first]
        upto = len(block)
        if agenda:
            due = agenda[0][0]
            upto = bisect_left(block, due, first) if due > at else bisect_right(block, at, first)
        if other_at <= block[upto - 1]:
            cut = bisect_left if source < self.number else bisect_right
            upto = cut(block, other_at, first, upto)
        return upto

    def _add(self, times: list[int], index: int) -> None:
        floor, trace = self.floor, self.floor.trace
        size = len(times)
        events = range(len(trace.arrived), len(trace.arrived) + size)
        floor.left -= size
        floor.now = times[-1]
        trace.arrived.extend(times)
        trace.source.frombytes(bytes((self.number,)) * size)
        trace.function.frombytes(bytes((self.function,)) * size)
        floor.index_in_source.extend(range(index, index + size))
        self.kept.update(dict.fromkeys(events, 0))
        self.line.extend(events)

    def _add_one(self, at: int, index: int) -> None:
        floor, trace = self.floor, self.floor.trace
        event = len(trace.arrived)
        floor.left -= 1
        floor.now = at
        trace.arrived.append(at)
        trace.source.append(self.number)
        trace.function.append(self.function)
        floor.index_in_source.append(index)
        self.kept[event] = 0
        self.line.append(event)

    def _others_before(self, at: int, number: int) -> None:
        """What arrives at the other sources before the source `number` has its turn at `at`."""
        agenda, other = self.floor.agenda, self.other
        while other[0] < at or (other[0] == at < END and other[1] < number):
            if agenda and agenda[0][0] <= other[0]:
                self.walks.walk(other[0], LAST)
            self._arrive(*other)
            other = self.other = next(self.others)

    def _arrive(self, at: int, source: int, index: int) -> None:
        self.floor.now = at
        self.floor.spend()
        self.arrive[source](index)
