"""What becomes of a request that was refused or of a run that failed: another try, later, or the end of the event.

A client that waits for its answer tries again by itself (clients.py); an asynchronous event is tried again by Lambda.
"""

from studyapp.simulator.engine.clients import answer, next_try
from studyapp.simulator.engine.floor import Floor, Ran
from studyapp.simulator.engine.lanes import Caller, Lane
from studyapp.simulator.trace import (
    API_RATE,
    DEAD_LETTER_ERROR,
    DEAD_LETTERED,
    DESTINATION,
    DESTINATION_ERROR,
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
        """Run number `attempt` of `event`, after `tries` refusals: of an asynchronous event those in a row, else all."""
        lane = self.world.lanes[self.trace.function[event]]
        caller = self.world.callers[self.trace.source[event]]
        if caller.door is not None and not caller.door.take(self.now):
            self.refused(lane, caller, event, attempt, tries, API_RATE)
        else:
            self.enter(lane, caller, event, attempt, tries)

    def enter(self, lane: Lane, caller: Caller, event: int, attempt: int, tries: int) -> None:
        """The same, past API Gateway's front door."""
        ran = self.invoke(lane, caller, event, attempt)
        if isinstance(ran, int):
            self.refused(lane, caller, event, attempt, tries, ran)
        elif caller.is_async:
            self.follow(lane, event, attempt, ran)
        else:
            self.answered(caller, event, attempt, tries, ran)

    def refused(self, lane: Lane, caller: Caller, event: int, attempt: int, tries: int, reason: int) -> None:
        """A synchronous caller gets its 429; an event goes back to the queue and is tried again, later and later."""
        self.trace.add_refusal(event, self.now, reason)
        if caller.is_async:
            self.back_off(lane, event, attempt, tries)
        else:
            self.try_again(caller, event, attempt, tries + 1, self.now)

    def answered(self, caller: Caller, event: int, attempt: int, refusals: int, ran: Ran) -> None:
        """The caller will hear of a run that has been started, or will have had enough of waiting before it ends.

        (A belief: Lambda itself repeats a synchronous call that failed.)
        """
        if ran.status != OK and attempt <= caller.retries:
            self.plan(ran.end, self.attempt, event, attempt + 1, refusals)
        elif caller.retrying is not None:
            asked = self.trace.arrived[event] if attempt == 1 and not refusals else self.now
            at, is_content = answer(asked, ran.end, ran.status, caller.limit, caller.hears_errors)
            if not is_content:
                self.try_again(caller, event, attempt + 1, refusals, max(at, self.now))

    def try_again(self, caller: Caller, event: int, attempt: int, refusals: int, at: int) -> None:
        """A caller that knows at `at` that its last try has failed waits and tries again, unless it has tried enough."""
        tried = attempt - 1 + refusals
        due = next_try(caller.retrying, tried, at, lambda: self.draw(caller, "jitter", event, tried))
        if due is not None:
            self.plan(due, self.attempt, event, attempt, refusals)

    def follow(self, lane: Lane, event: int, attempt: int, ran: Ran) -> None:
        if ran.status != OK:
            self.failed(lane, event, attempt, self.now, ran.end, ran.status)
        elif lane.rules.on_success:
            self.end(event, ran.end, DESTINATION, SUCCESS)

    def back_off(self, lane: Lane, event: int, attempt: int, tries: int) -> None:
        """An event that was throttled, or met an error of Lambda's own, waits in its queue, from 1 s to 5 min, until it is
        too old. Source: Lambda asynchronous errors."""
        rules = lane.rules
        if rules.throttles_use_retries:
            self.failed(lane, event, attempt, self.now, self.now, ERROR)
            return
        due = self.now + rules.backoff(tries)
        too_old = self.trace.arrived[event] + rules.max_age
        if due > too_old:
            self.give_up(lane, event, too_old, TOO_OLD)
        else:
            self.plan(due, self.attempt, event, attempt, tries + 1)

    def failed(self, lane: Lane, event: int, attempt: int, start: int, end: int, status: int) -> None:
        """Plan the retry of a failed run of an asynchronous event, or give the event up."""
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

    def duplicate(self, event: int) -> None:
        """Deliver an event once more: attempt 0, of which nothing follows. Source: Lambda asynchronous invocation."""
        lane = self.world.lanes[self.trace.function[event]]
        self.invoke(lane, self.world.callers[self.trace.source[event]], event, 0)

    def give_up(self, lane: Lane, event: int, at: int, reason: int) -> None:
        """The event will not run again. Source: Lambda asynchronous invocation, retaining records."""
        self.end(event, at, DROPPED, reason)
        if lane.rules.dead_letter_queue != "no":
            is_allowed = lane.rules.dead_letter_queue == "yes"
            self.end(event, at, DEAD_LETTERED if is_allowed else DEAD_LETTER_ERROR, reason)
        if lane.rules.on_failure:
            is_denied = lane.rules.destination_is_denied
            self.end(event, at, DESTINATION_ERROR if is_denied else DESTINATION, reason)

    def end(self, event: int, at: int, kind: int, reason: int) -> None:
        if self.world.horizon_us is None or at <= self.world.horizon_us:
            self.trace.add_end(event, at, kind, reason)
