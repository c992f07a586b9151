"""What becomes of a request that was refused or of a run that failed: another try, later, or the end of the event."""

from heapq import heappush

from studyapp.simulator.engine.lanes import Caller, Lane, World
from studyapp.simulator.errors import RunTooLong
from studyapp.simulator.trace import (
    DEAD_LETTER_ERROR,
    DEAD_LETTERED,
    DESTINATION,
    DROPPED,
    ERROR,
    RETRIES_EXHAUSTED,
    TIMEOUT,
    TOO_OLD,
    Trace,
)


class Fates:
    """The agenda of one run, and the rules that put tries on it: tuples `(time, order, event, attempt, tries)`."""

    def __init__(self, world: World, trace: Trace) -> None:
        self.world = world
        self.trace = trace
        self.now = 0
        self.agenda: list[tuple[int, int, int, int, int]] = []
        self.order = 0
        self.left = world.max_events

    def _plan(self, at: int, event: int, attempt: int, tries: int) -> None:
        self.order += 1
        heappush(self.agenda, (at, self.order, event, attempt, tries))

    def _spend(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise too_long(self.world.max_events, self.now)

    def _refused(self, lane: Lane, caller: Caller, event: int, attempt: int, tries: int, reason: int) -> None:
        """A synchronous caller gets its 429; an event goes back to the queue and is tried again, later and later."""
        self.trace.add_refusal(event, self.now, reason)
        if caller.is_sync:
            return
        rules = lane.rules
        if rules.throttles_use_retries:
            self._failed(lane, caller, event, attempt, self.now, self.now, ERROR)
            return
        due = self.now + rules.backoff(tries)
        too_old = self.trace.arrived[event] + rules.max_age
        if due > too_old:
            self._give_up(lane, event, too_old, TOO_OLD)
        else:
            self._plan(due, event, attempt, tries + 1)

    def _failed(self, lane: Lane, caller: Caller, event: int, attempt: int, start: int, end: int, status: int) -> None:
        """Plan the retry of a failed run, or give the event up. A synchronous caller must retry by itself."""
        if caller.is_sync:
            if attempt <= caller.retries:
                self._plan(end, event, attempt + 1, 0)
            return
        rules = lane.rules
        is_counted = status != TIMEOUT or rules.timeouts_use_retries
        if is_counted and attempt > rules.retries:
            self._give_up(lane, event, end, RETRIES_EXHAUSTED)
            return
        due = max((start if rules.waits_from_start else end) + rules.wait(attempt), end)
        too_old = self.trace.arrived[event] + rules.max_age
        if due > too_old:
            self._give_up(lane, event, max(end, too_old), TOO_OLD)
        else:
            self._plan(due, event, attempt + 1, 0)

    def _give_up(self, lane: Lane, event: int, at: int, reason: int) -> None:
        """The event will not run again. Source: Lambda asynchronous invocation, retaining records."""
        self._end(event, at, DROPPED, reason)
        if lane.rules.dead_letter_queue != "no":
            is_allowed = lane.rules.dead_letter_queue == "yes"
            self._end(event, at, DEAD_LETTERED if is_allowed else DEAD_LETTER_ERROR, reason)
        if lane.rules.on_failure:
            self._end(event, at, DESTINATION, reason)

    def _end(self, event: int, at: int, kind: int, reason: int) -> None:
        if self.world.horizon_us is None or at <= self.world.horizon_us:
            self.trace.add_end(event, at, kind, reason)


def too_long(max_events: int, now: int) -> RunTooLong:
    return RunTooLong(
        f"The run was stopped after {max_events:,} tries, at {now / 1e6:,.1f} s of its clock. "
        "Shorten it, lower the rate or raise max_events."
    )
