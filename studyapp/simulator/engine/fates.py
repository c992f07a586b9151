"""What becomes of a request that was refused or of a run that failed: another try, later, or the end of the event.

A client that waits for its answer tries again by itself (clients.py); an asynchronous event is tried again by Lambda.
"""

from heapq import heappush

from studyapp.simulator.engine.clients import answer, next_try
from studyapp.simulator.engine.floor import Ran
from studyapp.simulator.engine.lanes import FOREVER, Caller, Keeper, Lane, World
from studyapp.simulator.engine.short import ShortWay
from studyapp.simulator.trace import (
    API_RATE,
    DEAD_LETTER_ERROR,
    DEAD_LETTERED,
    DESTINATION,
    DESTINATION_ERROR,
    DROPPED,
    ERROR,
    OK,
    RECORD_TOO_LARGE,
    RETRIES_EXHAUSTED,
    SUCCESS,
    TIMEOUT,
    TOO_OLD,
    Trace,
)


class Fates(ShortWay):
    """The tries of one event that is not part of a batch, and the rules that plan them. No end after `ends_by` is told."""

    def __init__(self, world: World, trace: Trace) -> None:
        super().__init__(world, trace)
        self.ends_by = FOREVER if world.horizon_us is None else world.horizon_us

    def attempt(self, event: int, attempt: int, tries: int) -> None:
        """Run number `attempt` of `event`, after `tries` refusals: of an asynchronous event those in a row, else all."""
        lane = self.world.lanes[self.trace.function[event]]
        caller = self.world.callers[self.trace.source[event]]
        if tries and caller.is_async:
            lane.backing_off -= 1
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
            end, status, _ = ran
            if status != OK:
                self.failed(lane, caller, event, attempt, end, status)
            elif lane.rules.on_success is not None:
                self._succeeded(lane, event, end, lane.rules.on_success)
        elif ran.status != OK or caller.retrying is not None:
            self.answered(caller, event, attempt, tries, ran)

    def refused(self, lane: Lane, caller: Caller, event: int, attempt: int, tries: int, reason: int) -> None:
        """A synchronous caller gets its 429; an event goes back to the queue and is tried again, later and later."""
        self.trace.add_refusal(event, self.now, reason)
        if caller.is_async:
            self.back_off(lane, caller, event, attempt, tries)
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

    def _succeeded(self, lane: Lane, event: int, end: int, keeper: Keeper) -> None:
        self._keep(event, end, SUCCESS, keeper, lane.rules.response, sent=DESTINATION, lost=DESTINATION_ERROR)

    def back_off(self, lane: Lane, caller: Caller, event: int, attempt: int, tries: int) -> None:
        """An event that was throttled, or met an error of Lambda's own, waits in its queue, from 1 s to 5 min, until it is
        too old. Source: Lambda asynchronous errors."""
        rules = lane.rules
        if rules.throttles_use_retries:
            self.failed(lane, caller, event, attempt, self.now, ERROR)
            return
        due = self.now + lane.backoff(tries)
        too_old = self.trace.arrived[event] + rules.max_age
        if due > too_old:
            self.give_up(lane, event, too_old, TOO_OLD)
        else:
            lane.backing_off += 1
            lane.refusals = tries
            self.order += 1
            heappush(self.agenda, (due, self.order, self.attempt, (event, attempt, tries + 1)))

    def join(self, lane: Lane, caller: Caller, event: int) -> None:
        """A new event is tried at once; or, by an assumption, it waits as long as the last that was refused while any do.

        Source: Lambda asynchronous errors: from a long queue events are read at a lower rate, and some grow too old unseen.
        """
        if lane.rules.new_events_wait and lane.backing_off:
            self.back_off(lane, caller, event, 1, lane.refusals)
        else:
            self.enter(lane, caller, event, 1, 0)

    def failed(self, lane: Lane, caller: Caller, event: int, attempt: int, end: int, status: int) -> None:
        """Plan the retry of an asynchronous event whose run begins now and will have failed at `end`, or give the event up.
        After the last of `waits` it waits as long as then."""
        rules = lane.rules
        is_counted = status != TIMEOUT or rules.timeouts_use_retries
        if is_counted and attempt > rules.retries:
            self.give_up(lane, event, end, RETRIES_EXHAUSTED)
            return
        waits = rules.waits
        due = (self.now if rules.waits_from_start else end) + waits[attempt - 1 if attempt < len(waits) else -1]
        if due < end:
            due = end
        too_old = self.trace.arrived[event] + rules.max_age
        if due > too_old:
            self.give_up(lane, event, max(end, too_old), TOO_OLD)
        else:
            self.order += 1
            heappush(self.agenda, (due, self.order, self.enter, (lane, caller, event, attempt + 1, 0)))

    def duplicate(self, event: int, tries: int = 0) -> None:
        """Deliver an event once more: attempt 0, of which nothing follows but another try if it is refused.

        Source: Lambda asynchronous invocation.
        """
        lane = self.world.lanes[self.trace.function[event]]
        refusal = self.invoke(lane, self.world.callers[self.trace.source[event]], event, 0)
        if isinstance(refusal, int):
            self.trace.add_refusal(event, self.now, refusal)
            due = self.now + lane.backoff(tries)
            if due <= self.trace.arrived[event] + lane.rules.max_age:
                self.plan(due, self.duplicate, event, tries + 1)

    def give_up(self, lane: Lane, event: int, at: int, reason: int) -> None:
        """The event will not run again. Source: Lambda asynchronous invocation, retaining records."""
        rules = lane.rules
        self.end(event, at, DROPPED, reason)
        if rules.dead_letters is not None:
            self._keep(event, at, reason, rules.dead_letters, 0, sent=DEAD_LETTERED, lost=DEAD_LETTER_ERROR)
        if rules.on_failure is not None:
            self._keep(event, at, reason, rules.on_failure, 0, sent=DESTINATION, lost=DESTINATION_ERROR)

    def _keep(self, event: int, at: int, reason: int, keeper: Keeper, answer: int, *, sent: int, lost: int) -> None:
        """Send a record of an event and its `answer`, in KB: an end of the kind `sent`, or `lost` if it may not or cannot be
        sent."""
        if keeper.is_denied:
            self.end(event, at, lost, reason)
        elif keeper.most is not None and self._payload(event) + answer > keeper.most:
            self.end(event, at, lost, RECORD_TOO_LARGE)
        else:
            self.end(event, at, sent, reason)

    def _payload(self, event: int) -> int:
        return self.world.callers[self.trace.source[event]].payload

    def end(self, event: int, at: int, kind: int, reason: int) -> None:
        if at <= self.ends_by:
            self.trace.add_end(event, at, kind, reason)
