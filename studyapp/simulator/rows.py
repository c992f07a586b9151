"""The rows of a trace that belong to one function, or to all of them: events, runs, refusals, batches, ends."""

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import compress
from operator import add
from typing import Any

from studyapp.simulator.lives import Teller
from studyapp.simulator.parts import Scenario, Source
from studyapp.simulator.plain import Plain
from studyapp.simulator.rulebook import Rulebook
from studyapp.simulator.spans import Span
from studyapp.simulator.split import Split
from studyapp.simulator.sums import Stretches
from studyapp.simulator.trace import GONE, Trace

__all__ = ["GONE", "Rows"]


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

    @property
    def teller(self) -> Teller:
        """Of the whole trace."""
        return self._split.teller

    @property
    def shared(self) -> dict[str, Any]:
        """What several views of one trace need, made by the first that does."""
        return self._split.memo

    @property
    def all_ends(self) -> Sequence[int]:
        """When each run of the whole trace ended, by its row."""
        return self._split.teller.ends

    @property
    def plain(self) -> Plain:
        """Which events of the whole trace lead a plain life."""
        return self._split.plain

    @property
    def troubled(self) -> Mapping[int, Sequence[Span]]:
        """The lives of the others, by event."""
        return self._split.troubled

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

    def runs_of(self, function: int) -> Sequence[int]:
        """Row numbers of the runs of one function, by its number, as far as this view sees them."""
        if self._function not in (None, function):
            return ()
        return self.runs if len(self.scenario.functions) == 1 else self._split.runs[function]

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
        if all(wanted) or not any(wanted):
            return list(self.events) if all(wanted) else []
        source = self.trace.source
        return [event for event in self.events if wanted[source[event]]]

    def of_source(self, number: int) -> Sequence[int]:
        """Events from one source."""
        if len(self.scenario.sources) == 1:
            return self.events
        return list(compress(self.events, map(number.__eq__, self.of(self.trace.source, self.events))))

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

    def of(self, column: Sequence[int], rows: Sequence[int]) -> Sequence[int]:
        """Of `column`, the values in `rows`, which are those of this view: all of them, unless it is of one function."""
        return column if self._function is None else [column[row] for row in rows]

    def count(self, column: "array[int]", rows: Sequence[int], values: Iterable[int]) -> int:
        """How often a column of codes (one byte each) holds one of `values` in `rows`, which are those of this view."""
        codes = column.tobytes() if self._function is None else bytes(self.of(column, rows))
        return sum(codes.count(value) for value in set(values))

    @cached_property
    def durations(self) -> Sequence[int]:
        """Handler times of all runs, shortest first."""
        return sorted(self.of(self.trace.run, self.runs))

    @cached_property
    def starts(self) -> Sequence[int]:
        """When each run, with its init, began; in order."""
        return self.of(self.trace.start, self.runs)

    @cached_property
    def ends(self) -> Sequence[int]:
        """When each run ended, in order of start."""
        if self._function is None:
            return self._split.teller.ends
        trace, runs = self.trace, self.runs
        init, run = self.of(trace.init, runs), self.of(trace.run, runs)
        return list(map(add, map(add, self.starts, init), run))

    @cached_property
    def used(self) -> Stretches:
        """All runs at once, those in init included."""
        return Stretches(self.starts, self.ends)

    def spans_of_use(self) -> Iterator[tuple[int, int]]:
        """(start, end) of each run, init included, in order of start."""
        return zip(self.starts, self.ends, strict=True)

    def async_rows(self) -> list[int]:
        trace = self.trace
        return [row for row in self.runs if self.is_async[trace.source[trace.event[row]]]]
