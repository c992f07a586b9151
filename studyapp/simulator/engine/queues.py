"""The pollers of one queue: they read it while they may invoke, and what becomes of their batches.

Sources: Lambda with Amazon SQS (scaling, errors, configuration). Long polling adds no time here (our reading): a poller
sees a message as it becomes visible.
"""

from collections.abc import Sequence
from heapq import heappush
from typing import NamedTuple

from studyapp.simulator.engine.clock import LAST
from studyapp.simulator.engine.fates import Fates
from studyapp.simulator.engine.floor import Ran
from studyapp.simulator.engine.lanes import Caller
from studyapp.simulator.engine.queue_messages import Messages, Taken
from studyapp.simulator.engine.queue_slots import Slots
from studyapp.simulator.parts import Queue
from studyapp.simulator.trace import OK


class Hidden(NamedTuple):
    """Until when all messages of a batch are hidden, and the last of them."""

    all_until: int
    upto: int


class QueuePoller:
    """Reads one queue without a batch window: a batch is what is visible now, up to the batch size."""

    def __init__(self, floor: Fates, caller: Caller, queue: Queue, payload: int = 1) -> None:
        rulebook = floor.world.rulebook
        self.floor = floor
        self.caller = caller
        self.queue = queue
        self.lane = caller.lanes[0][0]
        self.messages = Messages(floor, caller, queue, self.look_soon)
        slows_down = rulebook.sqs_errors_slow_down and not queue.partial_responses
        first = None if queue.is_fifo else rulebook.sqs_first_pollers
        self.slots = Slots(rulebook, queue.max_concurrency, first=first, slows_down=slows_down)
        self.limit = batch_limit(queue.batch_size, payload, rulebook.mapping_payload_max)
        self.backoff = rulebook.mapping_backoff_min, rulebook.mapping_backoff_max
        self.line = self.messages.order.line
        self.will_look = False
        self._grows_at: int | None = None

    @property
    def backlog(self) -> int:
        return self.queue.backlog or 0

    def begin(self) -> None:
        """The backlog is visible from the beginning."""
        for index in range(self.backlog):
            self.floor.spend()
            event = self.floor.add_event(self.caller, self.lane, index)
            self.messages.arrive(event, 0)
        if self.queue.backlog is None:
            self.messages.never_end()
        if self.queue.backlog != 0:
            self.look_soon()

    def arrive(self, event: int) -> None:
        self.messages.arrive(event, self.queue.delay_us)

    def look_soon(self) -> None:
        """Look at the queue once all of this moment has come."""
        if not self.will_look:
            self.will_look = True
            floor = self.floor
            floor.order += 1
            heappush(floor.agenda, (floor.now, LAST + floor.order, self.look, ()))

    def read(self) -> bool:
        """Take batches while there are messages, and places to run them; whether messages are left that wait for a place.

        A poller that may not invoke does not receive.
        """
        messages, slots, now = self.messages, self.slots, self.floor.now
        order = messages.order
        while (self.line or order.supply is not None) and order.waits():
            if not slots.has_free(now):
                return True
            taken = messages.receive(self.limit)
            if taken.events:
                slots.busy += 1
                slots.empty_since = None
                self.hand_over(taken, 0)
        return False

    def hand_over(self, taken: Taken, tries: int, hidden: Hidden | None = None) -> None:
        """Invoke the function with a batch, after `tries` throttled tries; `hidden` until is known after the first."""
        events, attempts, _ = taken
        ran = self.floor.invoke(self.lane, self.caller, events[0], attempts[0], taken)
        if isinstance(ran, int):
            self.refused(taken, tries, ran, hidden)
            return
        if tries:
            self.slots.throttled -= 1
            self.look_soon()
        self.follow_up(taken, ran)

    def follow_up(self, taken: Taken, ran: Ran) -> None:
        """What a run leads to is planned as it starts."""
        floor = self.floor
        self.follow(taken, ran)
        floor.order += 1
        heappush(floor.agenda, (ran.end, floor.order, self.finish, (taken, ran)))

    def follow(self, taken: Taken, ran: Ran) -> None:
        """A message whose visibility timeout ends within its run is visible again meanwhile: AWS asks for six times the
        function's timeout. A FIFO group waits for its batch all the same (our reading)."""
        if not self.queue.is_fifo and taken.visible_at[0] < ran.end:
            self.messages.hand(taken)
            self.floor.plan(taken.visible_at[0], self.messages.come_back, taken.events)

    def failed(self, part: Taken) -> None:
        """What a run has given back stays invisible until its visibility timeout, counted from the receive, is over."""
        visible_at, now = part.visible_at[0], self.floor.now
        if self.queue.is_fifo or visible_at >= now:
            self.floor.plan(max(visible_at, now), self.messages.come_back, part.events)

    def give_up(self, part: Taken) -> None:
        """Messages of a batch that was throttled until they were visible again."""
        self.messages.come_back(part.events)

    def look(self) -> None:
        self.will_look = False
        now, slots = self.floor.now, self.slots
        if slots.empty_since is not None:
            slots.wake(now)
        if self.read():
            self.grow(slots.wait(now))
        elif not slots.busy:
            slots.empty(now)
        elif slots.growing_since is not None:
            slots.rest(now)

    def grow(self, at: int | None) -> None:
        if at is not None and (self._grows_at is None or at < self._grows_at):
            self._grows_at = at
            self.floor.plan(at, self._grown)

    def _grown(self) -> None:
        self._grows_at = None
        self.look_soon()

    def refused(self, taken: Taken, tries: int, reason: int, hidden: Hidden | None) -> None:
        """A throttled poller keeps its batch and tries again, later and later, inside the visibility timeout.

        Source: Lambda with Amazon SQS, errors; B20 of the facts: the messages reappear, they are not lost.
        """
        self.floor.trace.add_refusal(taken.events[0], self.floor.now, reason)
        if hidden is None:
            hidden = Hidden(min(taken.visible_at), max(taken.visible_at))
        if not tries:
            self.slots.throttle(self.floor.now)
        shortest, longest = self.backoff
        due = min(self.floor.now + min(shortest << min(tries, 40), longest), hidden.upto)
        self.floor.plan(max(due, self.floor.now), self._try_again, taken, tries + 1, hidden)

    def _try_again(self, taken: Taken, tries: int, hidden: Hidden) -> None:
        """Messages that are visible again are no longer the poller's; with none left its place is free."""
        now = self.floor.now
        if hidden.all_until > now:
            self.hand_over(taken, tries, hidden)
            return
        gone = part_of(taken, [at <= now for at in taken.visible_at])
        left = part_of(taken, [at > now for at in taken.visible_at])
        if gone.events:
            self.messages.let_go(gone.events)
            self.give_up(gone)
        if left.events:
            self.hand_over(left, tries)
            return
        self.slots.throttled -= 1
        self.slots.give_back()
        self.look_soon()

    def finish(self, taken: Taken, ran: Ran) -> None:
        """Success deletes; what is given back waits. Source: Lambda with Amazon SQS, partial batch responses."""
        messages, slots, order = self.messages, self.slots, self.messages.order
        events, _, visible_at = taken
        _, status, failed = ran
        slots.busy -= 1
        if slots.slows_down:
            slots.note(failed=status != OK)
        if 1 not in failed:
            messages.delete(events, visible_at)
            if self.queue.is_fifo:
                order.free(events[0])
        else:
            if 0 in failed:
                gone = part_of(taken, [not is_failed for is_failed in failed])
                messages.delete(gone.events, gone.visible_at)
                taken = part_of(taken, failed)
            self._keep(taken)
        if (self.line or order.supply is not None) and order.waits():
            self.look_soon()
        elif not slots.busy:
            slots.empty(self.floor.now)

    def _keep(self, part: Taken) -> None:
        """The part of a batch that its run has given back."""
        self.messages.hand(part)
        self.messages.let_go(part.events)
        self.failed(part)


def batch_limit(batch_size: int, payload: int, most: int) -> int:
    """Messages of a batch: its size, or what fits into one invocation (both in KB). Source: Lambda quotas."""
    return batch_size if payload <= 0 else max(min(batch_size, most // payload), 1)


def part_of(taken: Taken, flags: Sequence[int]) -> Taken:
    """The messages whose flag is set."""
    rows = [row for row, flag in enumerate(flags) if flag]
    return Taken(*([column[row] for row in rows] for column in taken))
