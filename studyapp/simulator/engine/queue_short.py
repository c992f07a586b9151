"""The poller of a plain standard queue: it does what `QueuePoller` does, in fewer steps for each message."""

from heapq import heappush

from studyapp.simulator.engine.clock import LAST
from studyapp.simulator.engine.floor import Ran
from studyapp.simulator.engine.lanes import Caller
from studyapp.simulator.engine.queue_messages import Taken
from studyapp.simulator.engine.queues import QueuePoller
from studyapp.simulator.engine.short import new
from studyapp.simulator.parts import Queue
from studyapp.simulator.trace import OK


class ShortPoller(QueuePoller):
    """For a queue that `is_plain`. The test that holds the two equal on random scenarios takes the plain one as its twin."""

    def arrive(self, event: int) -> None:
        messages, line = self.messages, self.line
        messages.kept[event] = 0
        if not messages.is_watched:
            messages.watch(event)
        line.append(event)
        if len(line) == 1 and not self.will_look:
            self.will_look = True
            floor = self.floor
            floor.order += 1
            heappush(floor.agenda, (floor.now, LAST + floor.order, self.look, ()))

    def read(self) -> bool:
        """Take batches while there are messages and places: `Loose.take`, `Messages.receive` and `hand_over` in one."""
        floor, messages, slots, line, most = self.floor, self.messages, self.slots, self.line, self.limit
        kept, trace, now = messages.kept, floor.trace, floor.now
        visible_at = now + self.queue.visibility_us
        while line:
            if line[0] not in kept:
                line.popleft()
                continue
            if (slots.failures or slots.busy >= slots.sure) and not slots.has_free(now):
                return True
            found: list[int] = []
            while line and len(found) < most:
                event = line.popleft()
                if event in kept:
                    found.append(event)
                    kept[event] += 1
            size = len(found)
            floor.room -= size
            if floor.room < 0:
                floor.hold(0)
            trace.received_event.extend(found)
            trace.received_at.extend([now] * size)
            slots.busy += 1
            slots.empty_since = None
            events, attempts = messages.known(found)
            taken = new(Taken, (events, attempts, [visible_at] * size))
            ran = floor.invoke(self.lane, self.caller, events[0], attempts[0], taken)
            if isinstance(ran, int):
                self.refused(taken, 0, ran, None)
            else:
                self.follow_up(taken, ran)
        return False

    def follow_up(self, taken: Taken, ran: Ran) -> None:
        end, status, failed = ran
        if status != OK or 1 in failed or taken.visible_at[0] < end:
            super().follow_up(taken, ran)
            return
        floor = self.floor
        floor.order += 1
        heappush(floor.agenda, (end, floor.order, self.done, tuple(taken.events)))

    def done(self, *events: int) -> None:
        """A run has ended well, and its messages have been hidden until now: what `finish` does then."""
        self.slots.busy -= 1
        if self.slots.slows_down:
            self.slots.failures = 0
        self.messages.delete(events, ())
        if self.messages.order.waits():
            self.look_soon()
        elif not self.slots.busy:
            self.slots.empty(self.floor.now)


def is_plain(queue: Queue, caller: Caller) -> bool:
    """Whether nothing is filtered, comes twice, or keeps an order, and nothing is without end."""
    return (
        not queue.is_fifo
        and not queue.delay_us
        and queue.backlog is not None
        and caller.matches >= 1
        and not caller.duplicates
    )
