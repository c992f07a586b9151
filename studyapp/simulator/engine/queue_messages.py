"""The messages of one queue, from their arrival until they are deleted, moved or dropped.

Sources: Amazon SQS visibility timeout, dead-letter queues, message retention and at-least-once delivery; Lambda event
filtering. A message is in the queue as long as `kept` has it, with the number of batches that hold it now: more than
one when its visibility timeout was over before a run of it was.
"""

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from studyapp.simulator.engine.fates import Fates
from studyapp.simulator.engine.lanes import Caller
from studyapp.simulator.engine.queue_orders import Grouped, Loose, Order
from studyapp.simulator.engine.short import new
from studyapp.simulator.parts import Queue
from studyapp.simulator.trace import DEAD_LETTERED, DROPPED, EXPIRED, FILTERED, NO_MATCH, RECEIVES_USED_UP

MOST_ATTEMPTS: Final = 65_535
"""As far as a trace can count."""


class Taken(NamedTuple):
    """What a poller holds: events, how often each has been handed over (this time included; 0: a second copy of what was
    deleted), and when each is visible again."""

    events: list[int]
    attempts: list[int]
    visible_at: list[int]


class Messages:
    """All that one queue keeps. Events are those of the trace; a second copy of one is its complement.

    `look_soon` is called when messages have become visible in a queue that had none.
    """

    def __init__(self, floor: Fates, caller: Caller, queue: Queue, look_soon: Callable[[], None]) -> None:
        self.floor = floor
        self.look_soon = look_soon
        self.caller = caller
        self.queue = queue
        self.is_filtered = caller.matches < 1
        self.kept: dict[int, int] = {}
        self.order: Order = Loose(self.kept)
        if queue.is_fifo:
            self.order = Grouped(self.kept, floor.index_in_source, queue.groups)
        self._returned: dict[int, int] = {}
        self.handed: dict[int, int] = {}
        self._copies = 0
        self._oldest = 0
        self.is_watched = False
        self._made = [0] * queue.groups

    def arrive(self, event: int, delay: int) -> None:
        """A message is in the queue, and visible after `delay`. Source: Amazon SQS delay queues."""
        self._keep(event)
        if delay:
            self.floor.plan(self.floor.now + delay, self._appear, event)
        else:
            self._show(event)

    def never_end(self) -> None:
        """A backlog without end, until retention has dropped it."""
        if isinstance(self.order, Grouped):
            self.order.begin_endless(self._make)
        else:
            self.order.supply = self._make
        self.floor.plan(self.queue.retention_us, self._run_dry)

    def receive(self, most: int) -> Taken:
        """Up to `most` visible messages that match the filter. What does not match is deleted here and now.

        Nothing says whether what was filtered out still counts for the batch size; here it does not (our reading).
        """
        order, kept, floor = self.order, self.kept, self.floor
        found = order.take(most)
        if self.is_filtered:
            found = self._sifted(found, most)
        if self.queue.is_fifo:
            order.close()
        size = len(found)
        floor.room -= size
        if floor.room < 0:
            floor.hold(0)
        for event in found:
            kept[event] += 1
        events, attempts = self.known(found)
        trace, now = floor.trace, floor.now
        trace.received_event.extend(events)
        trace.received_at.extend([now] * size)
        return new(Taken, (events, attempts, [now + self.queue.visibility_us] * size))

    def hand(self, taken: Taken) -> None:
        """Remember that the messages have been handed over, as they will be seen again."""
        for event, attempt in zip(taken.events, taken.attempts, strict=True):
            if event in self.kept:
                self.handed[event] = attempt

    def delete(self, events: Sequence[int], visible_at: Sequence[int]) -> None:
        """A run that succeeded deletes its messages, whoever else holds them. Source: Lambda with Amazon SQS.

        At least once: some messages are delivered again all the same. The copy that one server has kept shows when the
        visibility timeout is over (our reading), and is deleted with its receive.
        """
        kept = self.kept
        if self.caller.duplicates:
            self._leave_copies(events, visible_at)
        for event in events:
            if kept.pop(event, None) is not None and (self.handed or self._returned):
                self._forget(event)

    def _leave_copies(self, events: Sequence[int], visible_at: Sequence[int]) -> None:
        share = self.caller.duplicates
        for event, again_at in zip(events, visible_at, strict=True):
            if event in self.kept and self.floor.draw(self.caller, "duplicate", event) < share:
                self.floor.plan(max(again_at, self.floor.now), self._show_copy, event)

    def let_go(self, events: list[int]) -> None:
        """A batch no longer holds these messages, which have not been dealt with."""
        kept, arrived, old = self.kept, self.floor.trace.arrived, self.floor.now - self.queue.retention_us
        for event in events:
            if event in kept:
                kept[event] -= 1
                if arrived[event] <= old:
                    self._expire(event)

    def come_back(self, events: list[int]) -> None:
        """The visibility timeout of messages of one receive is over."""
        self.reappear(events)
        self.look_soon()

    def reappear(self, events: list[int]) -> None:
        """What has been received often enough is moved to the dead-letter queue as the next receive would come, at once.
        Source: Amazon SQS dead-letter queues.
        """
        kept, returned, most = self.kept, self._returned, self.queue.max_receives
        arrived, old = self.floor.trace.arrived, self.floor.now - self.queue.retention_us
        back = []
        for event in events:
            if event not in kept or arrived[event] <= old:
                continue
            times = returned[event] = returned.get(event, 0) + 1
            if most is not None and times >= most:
                self._end(event, DEAD_LETTERED, RECEIVES_USED_UP)
            else:
                back.append(event)
        self.order.put_back(back)
        self.order.free(events[0])

    def _keep(self, event: int) -> None:
        self.kept[event] = 0
        if not self.is_watched:
            self.watch(event)

    def watch(self, event: int) -> None:
        self.is_watched = True
        self.floor.plan(self._expires(event), self._drop_old)

    def _appear(self, event: int) -> None:
        """The delay is over; the message may have been dropped before."""
        if event in self.kept:
            self._show(event)

    def _sifted(self, found: list[int], most: int) -> list[int]:
        """What of `found` passes the filter, and more of the same receive in the place of what does not."""
        passed: list[int] = []
        last: list[int] = []
        while found:
            passed += [event for event in found if event < 0 or self._passes(event)]
            last = found
            found = self.order.take(most - len(passed))
        if last and not passed:
            self.order.free(last[-1])
        return passed

    def _passes(self, event: int) -> bool:
        """Source: Lambda event filtering. What a queue's filter refuses is deleted from the queue."""
        if self.floor.draw(self.caller, "filter", event) < self.caller.matches:
            return True
        self.floor.trace.add_receive(event, self.floor.now)
        self._end(event, FILTERED, NO_MATCH)
        return False

    def known(self, found: list[int]) -> tuple[list[int], list[int]]:
        """The events of what was received, and how often each has been handed over. Copies leave the queue at once."""
        handed = self.handed
        if not handed and not self._copies:
            return found, [1] * len(found)
        if not self._copies:
            return found, [min(handed[event] + 1, MOST_ATTEMPTS) if event in handed else 1 for event in found]
        for copy in [event for event in found if event < 0]:
            del self.kept[copy]
            self._copies -= 1
        events = [event if event >= 0 else ~event for event in found]
        return events, [min(handed.get(event, 0) + 1, MOST_ATTEMPTS) if event >= 0 else 0 for event in found]

    def _show_copy(self, event: int) -> None:
        if self._expires(event) > self.floor.now:
            self.kept[~event] = 0
            self._copies += 1
            self._show(~event)

    def _show(self, event: int) -> None:
        """Behind other visible messages nothing new happens: a look is planned, or all places are taken."""
        if self.order.put(event):
            self.look_soon()

    def _make(self, group: int) -> int:
        """The next message of a backlog without end; it has been there since the beginning."""
        floor = self.floor
        floor.spend()
        floor.index_in_source.append(group + self._made[group] * len(self._made))
        self._made[group] += 1
        event = floor.trace.add_event(0, self.caller.number, self.caller.lanes[0][0].index)
        self._keep(event)
        return event

    def _run_dry(self) -> None:
        self.order.supply = None

    def _drop_old(self) -> None:
        """Drop what has been kept for the retention period, oldest first; look again when the next is due."""
        trace, now = self.floor.trace, self.floor.now
        if not self.kept:
            self._oldest = len(trace.arrived)
        while self._oldest < len(trace.arrived):
            event = self._oldest
            if event in self.kept and trace.source[event] == self.caller.number:
                due = self._expires(event)
                if due > now:
                    self.floor.plan(due, self._drop_old)
                    return
                self._expire(event)
            self._oldest += 1
        self.is_watched = False

    def _expire(self, event: int) -> None:
        """Retention is over. What a run has in hand is dropped only if it fails (our reading)."""
        if self.kept[event] == 0:
            self._end(event, DROPPED, EXPIRED)

    def _expires(self, event: int) -> int:
        return self.floor.trace.arrived[event] + self.queue.retention_us

    def _end(self, event: int, kind: int, reason: int) -> None:
        self.floor.end(event, self.floor.now, kind, reason)
        del self.kept[event]
        self._forget(event)

    def _forget(self, event: int) -> None:
        if self.handed:
            self.handed.pop(event, None)
        if self._returned:
            self._returned.pop(event, None)
