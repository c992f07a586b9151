"""The life of one event, told from its marks: what it waits for, where it runs, how it ends."""

from collections.abc import Iterator, Sequence
from typing import Final

from studyapp.simulator import story_words
from studyapp.simulator.parts import Scenario
from studyapp.simulator.spans import Span
from studyapp.simulator.story_words import GIVEN_BACK
from studyapp.simulator.trace import (
    API_RATE,
    DEAD_LETTER_ERROR,
    DEAD_LETTERED,
    DESTINATION,
    DROPPED,
    FILTERED,
    NEW,
    OK,
    PROVISIONED,
    READY,
    REASONS,
    STATUS,
    TOO_LARGE,
    Trace,
)
from studyapp.simulator.view import window_us

RECEIVE, RUN, REFUSAL, HELD, END = range(5)
"""What a mark tells of; of two at one moment, in this order."""
KEPT: Final = (DEAD_LETTERED, DESTINATION)
NEVER_LET_THROUGH: Final = (TOO_LARGE, API_RATE)
_END_KINDS: Final = {DEAD_LETTERED: "dead_lettered", DESTINATION: "destination", FILTERED: "filtered"}

Mark = tuple[int, int, int, int]
"""(moment, what, row of its table, place in the batch columns or -1)"""


class Teller:
    """What is the same for all events of a trace."""

    def __init__(self, scenario: Scenario, trace: Trace) -> None:
        self.trace = trace
        self.sources = scenario.sources
        self.words = [story_words.words(source) for source in scenario.sources]
        self.functions = [function.name for function in scenario.functions]
        self.until = window_us(scenario, trace)
        self.sizes = {row: upto - first for row, first, upto in trace.batches()}


class Life:
    """One event. `since` is when its last stretch ended, `waits_as` what it has been doing from then on."""

    __slots__ = (
        "attempt", "event", "function", "hidden_until", "is_over", "number", "said", "source", "since", "teller", "waits_as",
        "words",
    )  # fmt: skip

    def __init__(self, teller: Teller, number: int) -> None:
        self.teller = teller
        self.number = number
        self.event = number + 1
        self.source = teller.sources[teller.trace.source[number]]
        self.words = teller.words[teller.trace.source[number]]
        self.function = teller.functions[teller.trace.function[number]]
        self.since = teller.trace.arrived[number]
        self.waits_as, self.said = "queued", self.words.queued
        self.attempt = self.hidden_until = 0
        self.is_over = False

    def tell(self, marks: Sequence[Mark]) -> Iterator[Span]:
        """The spans, in order. What has not ended by the end of the run waits until then."""
        is_kept = any(what == END and self.teller.trace.ended_kind[row] in KEPT for _, what, row, _ in marks)
        for at, what, row, place in marks:
            if what == RECEIVE:
                yield from self._receive(at)
            elif what == RUN:
                yield from self._run(at, row, place)
            elif what == REFUSAL:
                yield from self._refuse(at, row)
            elif what == HELD:
                yield from self._hold(at)
            else:
                yield from self._end(at, row, is_kept=is_kept)
        if not self.is_over and not self.source.is_sync:
            yield from self._show_again(self.teller.until)
            yield from self._wait(self.teller.until)

    def _wait(self, at: int) -> Iterator[Span]:
        """What the event did from `since` until now."""
        if at <= self.since or self.is_over:
            return
        start, queue = self.since, self.source.queue
        if self.waits_as == "queued" and queue is not None and not self.attempt:
            visible = self.teller.trace.arrived[self.number] + queue.delay_us
            if start < visible:
                yield self._span("queued", start, min(visible, at), story_words.DELAYED)
                start = visible
        if start < at:
            yield self._span(self.waits_as, start, at, self.said)

    def _show_again(self, at: int) -> Iterator[Span]:
        """A message that is not deleted is hidden until its visibility timeout is over, then waits in its queue again."""
        if self.hidden_until:
            until = min(self.hidden_until, at)
            self.waits_as, self.said = "visibility_wait", story_words.HIDDEN
            yield from self._wait(until)
            self.since = max(self.since, until)
            self.waits_as, self.said = "queued", self.words.queued
            self.hidden_until = 0

    def _receive(self, at: int) -> Iterator[Span]:
        yield from self._show_again(at)
        yield from self._wait(at)
        self.since, self.waits_as, self.said = at, "batch_window", self.words.held
        if self.source.queue is not None:
            self.hidden_until = at + self.source.queue.visibility_us

    def _hold(self, at: int) -> Iterator[Span]:
        """The batch that this event is in was throttled, in the name of its first event."""
        if at < self.since or (self.source.queue is not None and self.waits_as != "batch_window"):
            return
        yield from self._wait(at)
        self.since, self.waits_as, self.said = at, "retry_wait", story_words.THROTTLED_BATCH

    def _refuse(self, at: int, row: int) -> Iterator[Span]:
        yield from self._wait(at)
        code = self.teller.trace.refused_reason[row]
        yield self._span("refused" if code in NEVER_LET_THROUGH else "throttled", at, at, REASONS[code])
        self.since = at
        if self.source.is_mapping:
            self.waits_as, self.said = "retry_wait", story_words.THROTTLED_BATCH
        elif self.source.is_sync:
            self.waits_as, self.said = "retry_wait", self.words.retried
        else:
            self.waits_as, self.said = "queued", self.words.queued

    def _run(self, at: int, row: int, place: int) -> Iterator[Span]:
        trace = self.teller.trace
        is_repeat = trace.attempt[row] == 0 and trace.event[row] == self.number
        is_extra = is_repeat or self.is_over
        attempt = trace.attempt[row] if place < 0 else 0 if is_repeat else self.attempt + 1
        if not is_extra:
            yield from self._wait(at)
            self.attempt = attempt
        is_back = place >= 0 and bool(trace.batch_failed[place])
        yield from self._stretches(at, row, attempt, is_back=is_back)
        end = at + trace.init[row] + trace.run[row]
        is_done = trace.status[row] == OK and not is_back
        if is_done and not self.source.is_sync:
            reason = story_words.AGAIN[self.words.noun] if is_extra else ""
            yield self._span("delivered", end, end, reason, environment=trace.environment[row] + 1, attempt=attempt)
        if not is_extra:
            self._after(at, end, is_done=is_done)

    def _stretches(self, at: int, row: int, attempt: int, *, is_back: bool) -> Iterator[Span]:
        """The start of a new environment, and the run."""
        trace, environment = self.teller.trace, self.teller.trace.environment[row]
        ready, found, status = at + trace.init[row], trace.cold[row], STATUS[trace.status[row]]
        rest = {"environment": environment + 1, "attempt": attempt, "batch": self.teller.sizes.get(row, 1)}
        if found == NEW:
            yield self._span("init", at, ready, story_words.STARTS, **rest)
        is_provisioned = found == READY and trace.environment_kind[environment] == PROVISIONED
        reason = story_words.PROVISIONED if is_provisioned else story_words.FOUND[found]
        status = GIVEN_BACK if is_back and trace.status[row] == OK else status
        yield self._span("invoke", ready, ready + trace.run[row], reason, status, **rest)

    def _after(self, at: int, end: int, *, is_done: bool) -> None:
        self.since, self.is_over = end, is_done
        self.waits_as, self.said = "retry_wait", self.words.retried
        if self.source.queue is not None:
            self.hidden_until = max(self.hidden_until or at + self.source.queue.visibility_us, end)

    def _end(self, at: int, row: int, *, is_kept: bool) -> Iterator[Span]:
        if not self.is_over:
            yield from self._show_again(at)
            yield from self._wait(at)
            self.since = at
        kind, reason = self.teller.trace.ended_kind[row], self.teller.trace.ended_reason[row]
        if kind == DEAD_LETTER_ERROR:
            yield self._span("dead_letter_error", at, at, story_words.REFUSED_QUEUE)
        elif kind == DROPPED and not is_kept:
            yield self._span("dropped", at, at, story_words.lost(reason, self.words.noun))
        elif kind != DROPPED:
            yield self._span(_END_KINDS[kind], at, at, story_words.ended(reason, self.words.noun))
        self.is_over = True

    def _span(
        self, kind: str, start: int, end: int, reason: str, status: str = "", *,
        environment: int | None = None, attempt: int | None = None, batch: int = 1,
    ) -> Span:  # fmt: skip
        tries = self.attempt if attempt is None else attempt
        return Span(
            kind, start, end, self.event, self.function, environment, tries, reason, status, batch, self.words.noun
        )
