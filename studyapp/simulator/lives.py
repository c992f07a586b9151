"""The life of one event, told from its marks: what it waits for, where it runs, how it ends."""

from collections.abc import Sequence
from functools import cached_property
from typing import Final

from studyapp.simulator import story_words
from studyapp.simulator.marks import END, HELD, RECEIVE, REFUSAL, RUN, Mark, Marks
from studyapp.simulator.parts import Scenario
from studyapp.simulator.spans import Span
from studyapp.simulator.story_words import GIVEN_BACK
from studyapp.simulator.trace import (
    DEAD_LETTER_ERROR,
    DEAD_LETTERED,
    DESTINATION,
    DESTINATION_ERROR,
    DROPPED,
    END_REASONS,
    FILTERED,
    GONE,
    NEW,
    NOT_LAMBDAS,
    OK,
    PROVISIONED,
    READY,
    REASONS,
    RECORD_TOO_LARGE,
    STATUS,
    Trace,
)
from studyapp.simulator.watched import window_us

KEPT: Final = (DEAD_LETTERED, DESTINATION)
_END_KINDS: Final = {DEAD_LETTERED: "dead_lettered", DESTINATION: "destination", FILTERED: "filtered"}
_ERRORS: Final = {
    DEAD_LETTER_ERROR: ("dead_letter_error", story_words.REFUSED_QUEUE),
    DESTINATION_ERROR: ("destination_error", story_words.REFUSED_DESTINATION),
}


def kind_of_refusal(code: int) -> str:
    """By Lambda, or in front of it."""
    return "refused" if code in NOT_LAMBDAS else "throttled"


class Teller:
    """What is the same for all events of a trace."""

    def __init__(self, scenario: Scenario, trace: Trace) -> None:
        self.trace = trace
        self.sources = scenario.sources
        self.words = [story_words.words(source) for source in scenario.sources]
        self.functions = [function.name for function in scenario.functions]
        self.scenario = scenario
        self.marks = Marks(trace)

    @cached_property
    def ends(self) -> Sequence[int]:
        """When each run ended, in order of start; microseconds."""
        return list(self.trace.ends())

    @cached_property
    def until(self) -> int:
        """How long was watched."""
        return window_us(self.scenario, self.trace, self.ends)

    @cached_property
    def sizes(self) -> dict[int, int]:
        """How many events each run that took a batch has taken, by its row. Made for the first run that is told."""
        return dict(zip(self.trace.batch_run, self.trace.batch_sizes(), strict=True))


class Life:
    """One event. `since` is when its last stretch ended, `waits_as` what it has been doing from then on."""

    def __init__(self, teller: Teller, number: int, found: list[Span]) -> None:
        self.teller = teller
        self.found = found
        self.number = number
        self.event = number + 1
        self.source = teller.sources[teller.trace.source[number]]
        self.words = teller.words[teller.trace.source[number]]
        self.function = teller.functions[teller.trace.function[number]]
        self.since = teller.trace.arrived[number]
        self.waits_as, self.said = "queued", self.words.queued
        self.attempt = self.hidden_until = 0
        self.is_over = False
        self.left_at: int | None = None

    def tell(self, marks: Sequence[Mark]) -> None:
        """Add the spans, in order. What has not ended by the end of the run waits until then."""
        kinds = self.teller.trace.ended_kind
        is_kept = bool(kinds) and any(what == END and kinds[row] in KEPT for _, what, row, _ in marks)
        if kinds and self.source.queue is not None:
            self.left_at = next((at for at, what, row, _ in marks if what == END and kinds[row] in GONE), None)
        for at, what, row, place in marks:
            if what == RECEIVE:
                self._receive(at)
            elif what == RUN:
                self._run(at, row, place)
            elif what == REFUSAL:
                self._refuse(at, row)
            elif what == HELD:
                self._hold(at)
            else:
                self._end(at, row, is_kept=is_kept)
        if not self.is_over and not self.source.is_sync:
            self._show_again(self.teller.until)
            self._wait(self.teller.until)

    def _wait(self, at: int) -> None:
        """What the event did from `since` until now."""
        if at <= self.since or self.is_over:
            return
        start, queue = self.since, self.source.queue
        if self.waits_as == "queued" and queue is not None and not self.attempt:
            visible = self.teller.trace.arrived[self.number] + queue.delay_us
            if start < visible:
                self._add("queued", start, min(visible, at), story_words.DELAYED)
                start = visible
        if start < at:
            self._add(self.waits_as, start, at, self.said)

    def _show_again(self, at: int) -> None:
        """A message that is not deleted is hidden until its visibility timeout is over, then waits in its queue again."""
        if self.hidden_until:
            until = min(self.hidden_until, at)
            self.waits_as, self.said = "visibility_wait", story_words.HIDDEN
            self._wait(until)
            self.since = max(self.since, until)
            self.waits_as, self.said = "queued", self.words.queued
            self.hidden_until = 0

    def _receive(self, at: int) -> None:
        self._show_again(at)
        self._wait(at)
        self.since, self.waits_as, self.said = at, "batch_window", self.words.held
        if self.source.queue is not None:
            self.hidden_until = at + self.source.queue.visibility_us

    def _hold(self, at: int) -> None:
        """The batch that this event is in was throttled, in the name of its first event."""
        if at < self.since or (self.source.queue is not None and self.waits_as != "batch_window"):
            return
        self._wait(at)
        self.since, self.waits_as, self.said = at, "retry_wait", story_words.THROTTLED_BATCH

    def _refuse(self, at: int, row: int) -> None:
        if at > self.since:
            self._wait(at)
        code, attempt, noun = self.teller.trace.refused_reason[row], self.attempt, self.words.noun
        kind, reason = kind_of_refusal(code), REASONS[code]
        self.found.append(Span(kind, at, at, self.event, self.function, None, attempt, reason, "", 1, noun))
        self.since = at
        if self.source.is_mapping:
            self.waits_as, self.said = "retry_wait", story_words.THROTTLED_BATCH
        elif self.source.is_sync:
            self.waits_as, self.said = "retry_wait", self.words.retried
        else:
            self.waits_as, self.said = "queued", self.words.queued

    def _run(self, at: int, row: int, place: int) -> None:
        trace = self.teller.trace
        attempt = trace.attempt[row]
        is_repeat = attempt == 0 and trace.event[row] == self.number
        is_extra = is_repeat or self.is_over
        if place >= 0 and not is_repeat:
            attempt = self.attempt + 1
        if not is_extra:
            if at > self.since:
                self._wait(at)
            self.attempt = attempt
        is_back = place >= 0 and trace.batch_failed[place] == 1
        end = self._stretches(at, row, attempt, is_back=is_back)
        is_done = trace.status[row] == OK and not is_back
        is_late = is_done and self.left_at is not None and self.left_at <= end
        if is_done and not self.source.is_sync:
            reason = story_words.LATE if is_late else story_words.AGAIN[self.words.noun] if is_extra else ""
            self._add("delivered", end, end, reason, environment=trace.environment[row] + 1, attempt=attempt)
        if not is_extra:
            self._after(at, end, is_done=is_done and not is_late)

    def _stretches(self, at: int, row: int, attempt: int, *, is_back: bool) -> int:
        """The start of a new environment, and the run. Returns when it ends."""
        teller, number, function, noun = self.teller, self.event, self.function, self.words.noun
        trace, environment, batch = teller.trace, teller.trace.environment[row], teller.sizes.get(row, 1)
        ready, found = at + trace.init[row], trace.cold[row]
        end, status, name = ready + trace.run[row], trace.status[row], environment + 1
        if found == NEW:
            starts = story_words.STARTS
            self.found.append(Span("init", at, ready, number, function, name, attempt, starts, "", batch, noun))
        reason = story_words.FOUND[found]
        if found == READY and trace.environment_kind[environment] == PROVISIONED:
            reason = story_words.PROVISIONED
        said = GIVEN_BACK if is_back and status == OK else STATUS[status]
        self.found.append(Span("invoke", ready, end, number, function, name, attempt, reason, said, batch, noun))
        return end

    def _after(self, at: int, end: int, *, is_done: bool) -> None:
        self.since, self.is_over = end, is_done and not self.source.is_sync
        self.waits_as, self.said = "retry_wait", self.words.retried
        if self.source.queue is not None:
            self.hidden_until = max(self.hidden_until or at + self.source.queue.visibility_us, end)

    def _end(self, at: int, row: int, *, is_kept: bool) -> None:
        if not self.is_over:
            self._show_again(at)
            self._wait(at)
            self.since = at
        kind, reason, noun = self.teller.trace.ended_kind[row], self.teller.trace.ended_reason[row], self.words.noun
        if kind in _ERRORS:
            error, refused = _ERRORS[kind]
            self._add(error, at, at, END_REASONS[reason] if reason == RECORD_TOO_LARGE else refused)
        elif kind == DROPPED and not is_kept:
            self._add("dropped", at, at, story_words.lost(reason, noun))
        elif kind != DROPPED:
            self._add(_END_KINDS[kind], at, at, story_words.ended(reason, noun))
        self.is_over = True

    def _add(
        self,
        kind: str,
        start: int,
        end: int,
        reason: str,
        *,
        environment: int | None = None,
        attempt: int | None = None,
    ) -> None:
        tries = self.attempt if attempt is None else attempt
        self.found.append(
            Span(kind, start, end, self.event, self.function, environment, tries, reason, "", 1, self.words.noun)
        )
