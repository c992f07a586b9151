"""The poller of a standard queue with a batch window."""

from studyapp.simulator.engine.fates import Fates
from studyapp.simulator.engine.floor import Ran
from studyapp.simulator.engine.lanes import Caller
from studyapp.simulator.engine.queue_messages import Taken
from studyapp.simulator.engine.queues import QueuePoller
from studyapp.simulator.parts import Queue


class WindowPoller(QueuePoller):
    """Gathers one batch at a time, in a place of its own, from its first message until it is full or the window ends.

    Each message's visibility timeout runs from its own receive: with a window that is longer it is visible again
    while its batch is gathered (AWS asks for six times the function's timeout and the window). The batch then holds it
    once, as it was received last (our reading). A window that little traffic does not fill may last longer than was set:
    an assumption of the rulebook. Source: Lambda with Amazon SQS, batching.
    """

    def __init__(self, floor: Fates, caller: Caller, queue: Queue, payload: int = 1) -> None:
        super().__init__(floor, caller, queue, payload)
        self.window = max(queue.window_us, floor.world.rulebook.sqs_quiet_window)
        self.gathering: Taken | None = None
        self.rows: dict[int, int] = {}

    def read(self) -> bool:
        now = self.floor.now
        while self.messages.order.waits():
            if self.gathering is None and not self.slots.has_free(now):
                return True
            room = self.limit - (len(self.gathering.events) if self.gathering is not None else 0)
            taken = self.messages.receive(room)
            if taken.events:
                self.hide(taken.visible_at[0], taken.events)
                self._gather(taken)
        return False

    def hide(self, until: int, events: list[int]) -> None:
        """Messages of one receive are visible again `until` then."""
        self.floor.plan(until, self.messages.come_back, events)

    def follow(self, taken: Taken, ran: Ran) -> None:
        """When its messages are visible again was planned as they were received."""
        if min(taken.visible_at) < ran.end:
            self.messages.hand(taken)

    def failed(self, part: Taken) -> None:
        """They come back by themselves."""

    def give_up(self, part: Taken) -> None:
        """They come back by themselves."""

    def _gather(self, taken: Taken) -> None:
        if self.gathering is None:
            self.slots.take()
            self.gathering = Taken(*map(list, taken))
            self.rows = {event: row for row, event in enumerate(taken.events)}
            self.floor.plan(self.floor.now + self.window, self.close, self.gathering)
        else:
            self._add(self.gathering, taken)
        if len(self.gathering.events) >= self.limit:
            self.close(self.gathering)

    def _add(self, gathering: Taken, taken: Taken) -> None:
        for event, attempt, visible_at in zip(*taken, strict=True):
            row = self.rows.get(event)
            if row is not None and attempt:
                gathering.visible_at[row] = visible_at
                self.messages.let_go([event])
                continue
            self.rows[event] = len(gathering.events)
            gathering.events.append(event)
            gathering.attempts.append(attempt)
            gathering.visible_at.append(visible_at)

    def close(self, gathering: Taken) -> None:
        if gathering is self.gathering:
            self.gathering = None
            self.hand_over(gathering, 0)
