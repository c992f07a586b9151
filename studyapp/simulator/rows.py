"""The rows of a trace that belong to one function, or to all of them: events, runs, refusals, batches, ends."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any, Final, NamedTuple

from studyapp.simulator.parts import Scenario, Source
from studyapp.simulator.rulebook import Rulebook
from studyapp.simulator.spans import Span
from studyapp.simulator.split import Split
from studyapp.simulator.trace import API_RATE, DEAD_LETTERED, DROPPED, OK, SYSTEM_ERROR, TOO_LARGE, Trace

GONE: Final = (DEAD_LETTERED, DROPPED)
NOT_LAMBDAS: Final = (TOO_LARGE, API_RATE, SYSTEM_ERROR)
"""Refusals that are no throttles: in front of Lambda, which never sees the request, or by an error of its own."""


class Handed(NamedTuple):
    """One event in one run: the run's row, the event, whether the run was ok and did not give it back, and whether it had
    left its queue before that: then nothing was left to be done."""

    row: int
    event: int
    is_done: bool
    is_late: bool = False


class Rows:
    """Rows of a trace that belong to one function, by its number, or to all of them (None)."""

    def __init__(
        self, split: Split, rulebook: Rulebook, function: int | None, all_spans: Callable[[], Sequence[Span]]
    ) -> None:
        self.scenario: Scenario = split.scenario
        self.trace: Trace = split.trace
        self.rulebook = rulebook
        self.functions = None if function is None else frozenset([function])
        self._split = split
        self._function = function
        self.memo: dict[str, Any] = {}  # what several metrics need, made by the first that does
        self._all_spans = all_spans

    @property
    def window_us(self) -> int:
        return self._split.window_us

    @cached_property
    def spans(self) -> Sequence[Span]:
        """What happened to the events, in order of start."""
        if self.functions is None:
            return self._all_spans()
        names = {self.scenario.functions[number].name for number in self.functions}
        return [span for span in self._all_spans() if span.function in names]

    @property
    def events(self) -> Sequence[int]:
        return range(len(self.trace.function)) if self._function is None else self._split.events[self._function]

    @property
    def runs(self) -> Sequence[int]:
        """Row numbers of runs, in order of start."""
        return range(len(self.trace.event)) if self._function is None else self._split.runs[self._function]

    @property
    def refusals(self) -> Sequence[int]:
        return range(len(self.trace.refused_event)) if self._function is None else self._split.refusals[self._function]

    @property
    def received(self) -> Sequence[int]:
        return range(len(self.trace.received_event)) if self._function is None else self._split.received[self._function]

    @property
    def ended(self) -> Sequence[int]:
        return range(len(self.trace.ended_event)) if self._function is None else self._split.ended[self._function]

    @cached_property
    def is_async(self) -> tuple[bool, ...]:
        """By source number."""
        return tuple(source.is_async for source in self.scenario.sources)

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """The sources that call one of the functions."""
        names = {self.scenario.functions[number].name for number in self.functions or ()}
        return tuple(
            source
            for source in self.scenario.sources
            if self.functions is None or any(name in names for name, _ in source.calls)
        )

    def of_kinds(self, kinds: Sequence[str]) -> list[int]:
        """Events from sources of these kinds."""
        wanted = [source.kind in kinds for source in self.scenario.sources]
        source = self.trace.source
        return [event for event in self.events if wanted[source[event]]]

    @cached_property
    def index_in_source(self) -> Sequence[int]:
        """For each event of the whole trace, how many came before it from its source."""
        seen = [0] * len(self.scenario.sources)
        found = []
        for source in self.trace.source:
            found.append(seen[source])
            seen[source] += 1
        return found

    def has_kind(self, event: int, kinds: Sequence[str]) -> bool:
        return self.scenario.sources[self.trace.source[event]].kind in kinds

    @cached_property
    def batches(self) -> list[tuple[int, Sequence[int], Sequence[int]]]:
        """(run, its events, for each of them whether it was given back) of every batch, in order of start."""
        trace = self.trace
        runs = None if self.functions is None else set(self.runs)
        return [
            (row, trace.batch_event[first:upto], trace.batch_failed[first:upto])
            for row, first, upto in trace.batches()
            if runs is None or row in runs
        ]

    @cached_property
    def handed(self) -> list[Handed]:
        """Every event in every run that took it, in order of start; events of one batch in the batch's order."""
        trace, left_at = self.trace, self._left_at
        batches = {row: (events, failed) for row, events, failed in self.batches}
        found = []
        for row in self.runs:
            is_ok = trace.status[row] == OK
            if row not in batches:
                found.append(Handed(row, trace.event[row], is_ok))
                continue
            end = trace.start[row] + trace.init[row] + trace.run[row]
            for event, back in zip(*batches[row], strict=True):
                is_late = event in left_at and left_at[event] <= end
                found.append(Handed(row, event, is_ok and not back and not is_late, is_ok and not back and is_late))
        return found

    @cached_property
    def _left_at(self) -> dict[int, int]:
        """When each message that a queue moved or dropped was moved or dropped; a run of it may still have been going on."""
        trace, is_queue = self.trace, [source.queue is not None for source in self.scenario.sources]
        ends = zip(trace.ended_event, trace.ended_at, trace.ended_kind, strict=True)
        return {event: at for event, at, kind in ends if kind in GONE and is_queue[trace.source[event]]}

    def extra_deliveries(self) -> Iterator[Handed]:
        """Runs of an event that nothing asked for: duplicates, and what came after a run that had done a message, or ended
        well when the message had left its queue."""
        trace, done = self.trace, set[int]()
        is_sync = [source.is_sync for source in self.scenario.sources]
        for each in self.handed:
            if (
                each.is_late
                or each.event in done
                or (trace.attempt[each.row] == 0 and trace.event[each.row] == each.event)
            ):
                yield each
            elif each.is_done and not is_sync[trace.source[each.event]]:
                done.add(each.event)

    def count(self, column: Sequence[int], rows: Sequence[int], values: Iterable[int]) -> int:
        wanted = set(values)
        if self.functions is None and hasattr(column, "count"):
            return sum(column.count(value) for value in wanted)
        return sum(column[row] in wanted for row in rows)

    @cached_property
    def durations(self) -> Sequence[int]:
        """Handler times of all runs, shortest first."""
        return sorted(self.trace.run[row] for row in self.runs)

    def spans_of_use(self) -> Iterator[tuple[int, int]]:
        """(start, end) of each run, init included, in order of start."""
        trace = self.trace
        for row in self.runs:
            start = trace.start[row]
            yield start, start + trace.init[row] + trace.run[row]

    def async_rows(self) -> list[int]:
        trace = self.trace
        return [row for row in self.runs if self.is_async[trace.source[trace.event[row]]]]
