"""What becomes of a request that was refused or of a run that failed: another try, later, or the end of the event."""

from studyapp.simulator.engine.floor import Floor, Ran
from studyapp.simulator.engine.lanes import Caller, Lane
from studyapp.simulator.trace import (
    DEAD_LETTER_ERROR,
    DEAD_LETTERED,
    DESTINATION,
    DROPPED,
    ERROR,
    OK,
    RETRIES_EXHAUSTED,
    SUCCESS,
    TIMEOUT,
    TOO_OLD,
)


class Fates(Floor):
    """The tries of one event that is not part of a batch, and the rules that plan them."""

    def attempt(self, event: int, attempt: int, tries: int) -> None:
        """Run number `attempt` of `event`, after `tries` throttled tries in a row."""
        lane = self.world.lanes[self.trace.function[event]]
        caller = self.world.callers[self.trace.source[event]]
        ran = self.invoke(lane, caller, event, attempt)
        if isinstance(ran, int):
            self.refused(lane, caller, event, attempt, tries, ran)
        else:
            self.follow(lane, caller, event, attempt, ran)

    def follow(self, lane: Lane, caller: Caller, event: int, attempt: int, ran: Ran) -> None:
        if ran.status != OK:
            self.failed(lane, caller, event, attempt, self.now, ran.end, ran.status)
        elif lane.rules.on_success and caller.is_async:
            self.end(event, ran.end, DESTINATION, SUCCESS)

    def refused(self, lane: Lane, caller: Caller, event: int, attempt: int, tries: int, reason: int) -> None:
        """A synchronous caller gets its 429; an event goes back to the queue and is tried again, later and later."""
        self.trace.add_refusal(event, self.now, reason)
        if not caller.is_async:
            return
        rules = lane.rules
        if rules.throttles_use_retries:
            self.failed(lane, caller, event, attempt, self.now, self.now, ERROR)
            return
        due = self.now + rules.backoff(tries)
        too_old = self.trace.arrived[event] + rules.max_age
        if due > too_old:
            self.give_up(lane, event, too_old, TOO_OLD)
        else:
            self.plan(due, self.attempt, event, attempt, tries + 1)

    def failed(self, lane: Lane, caller: Caller, event: int, attempt: int, start: int, end: int, status: int) -> None:
        """Plan the retry of a failed run, or give the event up. A synchronous caller must retry by itself."""
        if not caller.is_async:
            if attempt <= caller.retries:
                self.plan(end, self.attempt, event, attempt + 1, 0)
            return
        rules = lane.rules
        is_counted = status != TIMEOUT or rules.timeouts_use_retries
        if is_counted and attempt > rules.retries:
            self.give_up(lane, event, end, RETRIES_EXHAUSTED)
            return
        due = max((start if rules.waits_from_start else end) + rules.wait(attempt), end)
        too_old = self.trace.arrived[event] + rules.max_age
        if due > too_old:
            self.give_up(lane, event, max(end, too_old), TOO_OLD)
        else:
            self.plan(due, self.attempt, event, attempt + 1, 0)

    def give_up(self, lane: Lane, event: int, at: int, reason: int) -> None:
        """The event will not run again. Source: Lambda asynchronous invocation, retaining records."""
        self.end(event, at, DROPPED, reason)
        if lane.rules.dead_letter_queue != "no":
            is_allowed = lane.rules.dead_letter_queue == "yes"
            self.end(event, at, DEAD_LETTERED if is_allowed else DEAD_LETTER_ERROR, reason)
        if lane.rules.on_failure:
            self.end(event, at, DESTINATION, reason)

    def end(self, event: int, at: int, kind: int, reason: int) -> None:
        if self.world.horizon_us is None or at <= self.world.horizon_us:
            self.trace.add_end(event, at, kind, reason)
