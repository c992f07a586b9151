"""One span of a run and what a reason needs to look up: the life that it is part of, its run, who else is busy.

All is read from the trace's columns. Nothing is built for events that are not asked about.
"""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from studyapp.simulator.engine.believed import believed
from studyapp.simulator.outcome import Outcome
from studyapp.simulator.parts import Function, Scenario, Source
from studyapp.simulator.rulebook import Rulebook
from studyapp.simulator.spans import Span
from studyapp.simulator.trace import PROVISIONED, Trace


class Reason(NamedTuple):
    """One or two sentences, and the names of the rules that decided, most important first."""

    says: str
    rules: tuple[str, ...]


@dataclass(frozen=True)
class Case:
    """The span at `place` of `life`, the spans of its event in order of start. Events and rows count from 0 here."""

    outcome: Outcome
    life: Sequence[Span]
    place: int

    @property
    def span(self) -> Span:
        return self.life[self.place]

    @property
    def before(self) -> Sequence[Span]:
        return self.life[: self.place]

    @property
    def after(self) -> Sequence[Span]:
        return self.life[self.place + 1 :]

    @property
    def trace(self) -> Trace:
        return self.outcome.trace

    @property
    def rulebook(self) -> Rulebook:
        return self.outcome.rulebook

    @cached_property
    def scenario(self) -> Scenario:
        """As its rulebook sees it: false ones have no room for some settings of a mapping."""
        return believed(self.outcome.scenario, self.outcome.rulebook)

    @property
    def event(self) -> int:
        return self.span.event - 1

    @property
    def source(self) -> Source:
        return self.scenario.sources[self.trace.source[self.event]]

    @property
    def number(self) -> int:
        """Of the function that the event was routed to."""
        return self.trace.function[self.event]

    @property
    def function(self) -> Function:
        return self.scenario.functions[self.number]

    @property
    def is_cut_off(self) -> bool:
        """Whether it lasted until the end of what was watched, and nothing came after it."""
        return not self.after and self.span.end_us > self.span.start_us and self.span.end_us == self.outcome.end_us

    @cached_property
    def row(self) -> int:
        """Of the run that an init or invoke span belongs to."""
        trace, span = self.trace, self.span
        for row, _ in handed(trace, self.event):
            at = trace.start[row] + (trace.init[row] if span.kind == "invoke" else 0)
            if (at, trace.environment[row] + 1) == (span.start_us, span.environment):
                return row
        raise LookupError(span)

    def last(self, *kinds: str) -> Span | None:
        """The last span before this one that is of one of these kinds."""
        return next((span for span in reversed(self.before) if span.kind in kinds), None)

    def end(self, row: int) -> int:
        trace = self.trace
        return trace.start[row] + trace.init[row] + trace.run[row]

    def runs_at(self, at: int, before: int | None = None) -> Iterator[int]:
        """Rows of the runs that go on at `at`: begun by then (with a smaller number than `before`) and not yet over."""
        trace, rulebook = self.trace, self.rulebook
        longest = max(function.timeout for function in self.scenario.functions)
        first = bisect_left(trace.start, at - longest - rulebook.init_limit - rulebook.vpc_interface_wait)
        upto = bisect_right(trace.start, at) if before is None else before
        return (row for row in range(first, upto) if self.end(row) > at)

    def busy(self, at: int, functions: Collection[int], before: int | None = None) -> list[int]:
        """Rows of the runs of these functions that go on at `at` in environments which are not provisioned."""
        trace = self.trace
        function, kind = trace.function, trace.environment_kind
        return [
            row
            for row in self.runs_at(at, before)
            if function[trace.event[row]] in functions and kind[trace.environment[row]] != PROVISIONED
        ]

    def events_of(self, row: int) -> Sequence[int]:
        """The events that a run took, in order."""
        batch = batch_of(self.trace, row)
        return [self.trace.event[row]] if batch is None else self.trace.batch_event[batch[0] : batch[1]]

    def is_failed(self, row: int) -> bool:
        """Whether a run failed or gave something of its batch back."""
        batch = batch_of(self.trace, row)
        return bool(self.trace.status[row]) or (batch is not None and 1 in self.trace.batch_failed[slice(*batch)])

    def index(self, event: int) -> int:
        """How many came before an event from its source."""
        source = self.trace.source
        if len(self.scenario.sources) == 1:
            return event
        return source[:event].tobytes().count(source[event])


def places(column: "array[int]", value: int) -> Iterator[int]:
    """Where a value stands in a column, in order. Its bytes are looked for: 20 times as fast as comparing numbers."""
    width, bytes_of = column.itemsize, column.tobytes()
    wanted = array(column.typecode, [value]).tobytes()
    at = bytes_of.find(wanted)
    while at >= 0:
        if at % width == 0:
            yield at // width
        at = bytes_of.find(wanted, at + 1)


def handed(trace: Trace, event: int) -> list[tuple[int, int]]:
    """(run, place in the batch columns or -1) of every run that took an event, in order of start."""
    batched = [(_run_at(trace, place), place) for place in places(trace.batch_event, event)]
    in_batch = {row for row, _ in batched}
    alone = [(row, -1) for row in places(trace.event, event) if row not in in_batch]
    return sorted(batched + alone)


def batch_of(trace: Trace, row: int) -> tuple[int, int] | None:
    """From where to where a run's batch stands in the batch columns; None for a run of one event alone."""
    at = bisect_left(trace.batch_run, row)
    if at == len(trace.batch_run) or trace.batch_run[at] != row:
        return None
    return trace.batch_first[at], (*trace.batch_first[at + 1 : at + 2], len(trace.batch_event))[0]


def _run_at(trace: Trace, place: int) -> int:
    """The run whose batch holds this place of the batch columns."""
    return trace.batch_run[bisect_right(trace.batch_first, place) - 1]
