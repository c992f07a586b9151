"""One batch of a queue taken apart: when its messages were received, held, run, and what became of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from studyapp.simulator.outcome import Outcome, Span
from studyapp.simulator.parts import Queue
from studyapp.simulator.rows import GONE
from studyapp.simulator.trace import DEAD_LETTERED, OK, STATUS
from studyapp.ui.pictures.marks import of_span

End = Literal["done", "back", "moved", "dropped"]
SIGNS: dict[End, str] = {"done": "✓", "back": "✗", "moved": "→", "dropped": "✗"}


@dataclass(frozen=True, slots=True)
class Message:
    """One message of the batch. `event` counts from 1; `end_us` is when it was deleted, visible again, moved or dropped.

    `is_bad`: it is known that this message made the run fail.
    """

    event: int
    end: End
    end_us: int
    is_bad: bool
    mark: str


@dataclass(frozen=True, slots=True)
class Anatomy:
    """One batch of `queue`. It was received from `received_us` on, and run from `start_us` to `end_us` (microseconds)."""

    queue: str
    function: str
    environment: int
    status: str
    received_us: int
    start_us: int
    end_us: int
    window_us: int
    reports: bool
    messages: tuple[Message, ...]

    @property
    def until_us(self) -> int:
        """When all that there is to tell is over."""
        return max([self.end_us, *(message.end_us for message in self.messages if message.end != "done")])

    def ended(self, end: End) -> list[Message]:
        return [message for message in self.messages if message.end == end]

    @property
    def not_done(self) -> int:
        return sum(message.end != "done" for message in self.messages)


def most_telling(outcome: Outcome) -> Anatomy | None:
    """The first of the largest batches with a message that was given back; if there is none, of all. None: no batch."""
    trace = outcome.trace
    is_queue = [source.queue is not None for source in outcome.scenario.sources]
    best, row = (False, 0), None
    for batch in trace.batches():
        run, first, upto = batch
        rank = (1 in trace.batch_failed[first:upto], upto - first)
        if rank > best and is_queue[trace.source[trace.event[run]]]:
            best, row = rank, batch
    return None if row is None else _anatomy(outcome, *row)


def _anatomy(outcome: Outcome, run: int, first: int, upto: int) -> Anatomy:
    trace = outcome.trace
    events, failed = trace.batch_event[first:upto], trace.batch_failed[first:upto]
    source = outcome.scenario.sources[trace.source[events[0]]]
    queue = source.queue or Queue(is_fifo=False, batch_size=1)
    start, ready = trace.start[run], trace.start[run] + trace.init[run]
    end = ready + trace.run[run]
    taken = _taken(outcome, events, start)
    ends = _ends(outcome, taken, end, queue)
    bad = _bad(outcome, events, failed, is_ok=trace.status[run] == OK, is_fifo=queue.is_fifo)
    return Anatomy(
        queue=source.name,
        function=outcome.scenario.functions[trace.function[events[0]]].name,
        environment=trace.environment[run] + 1,
        status=STATUS[trace.status[run]],
        received_us=min(taken.values()),
        start_us=start,
        end_us=end,
        window_us=queue.window_us,
        reports=queue.partial_responses,
        messages=tuple(
            Message(event + 1, *(ends[event] if back else ("done", end)), event in bad, mark_of(event + 1, ready))
            for event, back in zip(events, failed, strict=True)
        ),
    )


def mark_of(event: int, ready_us: int) -> str:
    """The mark of the run of `event` (from 1) that begins at `ready_us`, after its init."""
    return of_span(Span("invoke", ready_us, ready_us, event, ""))


def _taken(outcome: Outcome, events: Sequence[int], start: int) -> dict[int, int]:
    """When each message was received for the run that begins at `start`."""
    trace, taken = outcome.trace, dict.fromkeys(events, start)
    for event, at in zip(trace.received_event, trace.received_at, strict=True):
        if at > start:
            break
        if event in taken:
            taken[event] = at
    return taken


def _ends(outcome: Outcome, taken: dict[int, int], end: int, queue: Queue) -> dict[int, tuple[End, int]]:
    """What becomes of each message if the run gives it back: it is visible again after its visibility timeout, or it goes."""
    trace, ends = outcome.trace, dict[int, tuple[End, int]]()
    for event, at in taken.items():
        shown = at + queue.visibility_us
        ends[event] = "back", max(shown, end) if queue.is_fifo else shown
    for event, at in zip(trace.received_event, trace.received_at, strict=True):
        if event in ends and taken[event] < at < ends[event][1]:
            ends[event] = "back", at
    for event, at, kind in zip(trace.ended_event, trace.ended_at, trace.ended_kind, strict=True):
        if event in ends and kind in GONE and taken[event] < at <= ends[event][1]:
            ends[event] = ("moved" if kind == DEAD_LETTERED else "dropped"), at
    return ends


def _bad(outcome: Outcome, events: Sequence[int], failed: Sequence[int], *, is_ok: bool, is_fifo: bool) -> set[int]:
    """The messages that are to blame, as far as that is known: those that the scenario names; those that a handler
    reported (where there is an order, all behind the first go back too); or the only one."""
    back = [event for event, is_back in zip(events, failed, strict=True) if is_back]
    named = spoilt(outcome, back)
    if named or not back:
        return set(named)
    if is_ok:
        return set(back[:1] if is_fifo else back)
    return set(back) if len(events) == 1 else set()


def spoilt(outcome: Outcome, events: Sequence[int]) -> list[int]:
    """Those of `events` (of one source) of which the scenario says that they fail whenever they run."""
    if not events:
        return []
    trace = outcome.trace
    failing = outcome.scenario.functions[trace.function[events[0]]].fails
    if failing.kind != "events":
        return []
    number = trace.source[events[0]]
    before = sum(1 for source in trace.source[: min(events)] if source == number)
    place = dict(_places(trace.source, number, min(events), max(events), before))
    return [event for event in events if place[event] in failing.events]


def _places(sources: Sequence[int], number: int, start: int, last: int, before: int) -> Iterator[tuple[int, int]]:
    """(event, its place among those of source `number`, from 1)."""
    for event in range(start, last + 1):
        if sources[event] == number:
            before += 1
            yield event, before
