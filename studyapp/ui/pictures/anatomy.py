"""One batch of a queue taken apart: when its messages were received, held, run, and what became of each."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import compress, count
from operator import mul
from typing import Literal

from studyapp.simulator.outcome import Outcome, Span
from studyapp.simulator.parts import Queue
from studyapp.simulator.rows import GONE
from studyapp.simulator.trace import DEAD_LETTERED, OK, STATUS, Trace
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
    trace, sizes = outcome.trace, _sizes(outcome)
    most = max(sizes, default=0)
    if not most:
        return None
    worst = max(_failed(trace, sizes, most), key=lambda batch: (sizes[batch], -batch), default=None)
    batch = sizes.index(most) if worst is None else worst
    return _anatomy(outcome, trace.batch_run[batch], trace.batch_first[batch], trace.batch_first[batch] + sizes[batch])


def _sizes(outcome: Outcome) -> list[int]:
    """How many messages each batch of the trace holds: 0 for one of a stream."""
    trace, sources = outcome.trace, outcome.scenario.sources
    sizes = trace.batch_sizes()
    if not any(source.stream for source in sources):
        return sizes
    is_queue = [source.queue is not None for source in sources]
    by = map(trace.source.__getitem__, map(trace.event.__getitem__, trace.batch_run))
    return list(map(mul, sizes, map(is_queue.__getitem__, by)))


def _failed(trace: Trace, sizes: Sequence[int], most: int) -> Iterator[int]:
    """The batches of a queue, by number, with a message that was given back; none after the first that holds `most`."""
    failed = trace.batch_failed.tobytes()
    place = failed.find(1)
    while place >= 0:
        batch = bisect_right(trace.batch_first, place) - 1
        if sizes[batch]:
            yield batch
        if sizes[batch] == most or batch + 1 == len(sizes):
            return
        place = failed.find(1, trace.batch_first[batch + 1])


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
    upto = bisect_right(trace.received_at, start)
    received = trace.received_event[:upto]
    own = zip(received, trace.received_at[:upto], strict=True)
    taken.update(compress(own, map(taken.__contains__, received)))
    return taken


def _ends(outcome: Outcome, taken: dict[int, int], end: int, queue: Queue) -> dict[int, tuple[End, int]]:
    """What becomes of each message if the run gives it back: it is visible again after its visibility timeout, or it goes."""
    trace, ends = outcome.trace, dict[int, tuple[End, int]]()
    for event, at in taken.items():
        shown = at + queue.visibility_us
        ends[event] = "back", max(shown, end) if queue.is_fifo else shown
    first = bisect_right(trace.received_at, min(taken.values()))
    upto = bisect_left(trace.received_at, max(at for _, at in ends.values()))
    for event, at in zip(trace.received_event[first:upto], trace.received_at[first:upto], strict=True):
        if event in ends and taken[event] < at < ends[event][1]:
            ends[event] = "back", at
    for row in compress(count(), map(ends.__contains__, trace.ended_event)):
        event, at, kind = trace.ended_event[row], trace.ended_at[row], trace.ended_kind[row]
        if kind in GONE and taken[event] < at <= ends[event][1]:
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
    before = trace.source[: min(events)].count(number)
    place = dict(_places(trace.source, number, min(events), max(events), before))
    return [event for event in events if place[event] in failing.events]


def _places(sources: Sequence[int], number: int, start: int, last: int, before: int) -> Iterator[tuple[int, int]]:
    """(event, its place among those of source `number`, from 1)."""
    for event in range(start, last + 1):
        if sources[event] == number:
            before += 1
            yield event, before
