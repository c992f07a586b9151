"""The poller of a plain standard queue with a batch window: it does what `WindowPoller` does, in fewer steps for each
message. Every receive ends in the order in which it began, so only the next of them stands in the agenda."""

from collections import deque
from collections.abc import Callable
from heapq import heappop, heappush

from studyapp.simulator.engine.fates import Fates
from studyapp.simulator.engine.lanes import Caller
from studyapp.simulator.engine.queue_flow import Walks
from studyapp.simulator.engine.queue_messages import MOST_ATTEMPTS
from studyapp.simulator.engine.queue_windows import WindowPoller
from studyapp.simulator.parts import Queue


class ShortWindowPoller(WindowPoller):
    """For a queue that `is_plain`. `receives` are those whose messages are hidden: (until when, its order in the agenda,
    the messages)."""

    def __init__(self, floor: Fates, caller: Caller, queue: Queue, payload: int = 1) -> None:
        super().__init__(floor, caller, queue, payload)
        self.receives: deque[tuple[int, int, list[int]]] = deque()
        self.return_: Callable[[], None] = self._return

    def hide(self, until: int, events: list[int]) -> None:
        floor = self.floor
        floor.order += 1
        self.receives.append((until, floor.order, events))
        if len(self.receives) == 1:
            heappush(floor.agenda, (until, floor.order, self.return_, ()))

    def ended(self) -> list[int]:
        """The messages of the receive that ends now; the next one takes its place in the agenda."""
        _, _, events = self.receives.popleft()
        if self.receives:
            until, order, _ = self.receives[0]
            heappush(self.floor.agenda, (until, order, self.return_, ()))
        return events

    def _return(self) -> None:
        self.messages.come_back(self.ended())


def gathering_walks(floor: Fates, poller: ShortWindowPoller) -> Walks:  # noqa: C901, its two loops are long on purpose
    """How the agenda is walked, quicker at what `poller` does with one message at a time."""
    agenda, line, slots, messages, return_ = floor.agenda, poller.line, poller.slots, poller.messages, poller.return_
    kept, handed, trace, most = messages.kept, messages.handed, floor.trace, poller.limit
    add_received, add_moment = trace.received_event.append, trace.received_at.append
    visibility = poller.queue.visibility_us

    def look_at(now: int) -> None:
        gathering = poller.gathering
        if not line:
            if slots.empty_since is not None:
                slots.wake(now)
            if not slots.busy:
                slots.empty(now)
            elif slots.growing_since is not None:
                slots.rest(now)
            return
        if gathering is None or len(line) != 1 or slots.empty_since is not None:
            poller.look()
            return
        event = line[0]
        if event not in kept or event in poller.rows:
            poller.look()
            return
        line.popleft()
        kept[event] += 1
        floor.room -= 1
        if floor.room < 0:
            floor.hold(0)
        add_received(event)
        add_moment(now)
        poller.hide(now + visibility, [event])
        events = gathering.events
        poller.rows[event] = len(events)
        events.append(event)
        gathering.attempts.append(min(handed[event] + 1, MOST_ATTEMPTS) if event in handed else 1)
        gathering.visible_at.append(now + visibility)
        if len(events) >= most:
            poller.close(gathering)
        if slots.growing_since is not None:
            slots.rest(now)

    def walk(at: int, order: int) -> None:
        until = (at, order)
        while agenda and agenda[0] < until:
            now, _, do, what = heappop(agenda)
            floor.now = now
            floor.left -= 1
            if floor.left < 0:
                floor.take_stock()
            if do is not return_:
                do(*what)
                continue
            events = poller.ended()
            if poller.will_look or now >= at or (agenda and agenda[0][0] <= now):
                messages.come_back(events)
                continue
            messages.reappear(events)
            floor.left -= 1
            if floor.left < 0:
                floor.take_stock()
            look_at(now)

    return Walks(walk, look_at)
