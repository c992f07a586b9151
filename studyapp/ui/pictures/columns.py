"""Busy lines and lanes from the columns of a trace: no span is told but those that a picture shows."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import overload

from studyapp.simulator import story_words
from studyapp.simulator.lives import kind_of_refusal
from studyapp.simulator.outcome import Span
from studyapp.simulator.trace import NEW, OK, REASONS, STATUS
from studyapp.simulator.view import View
from studyapp.ui.pictures.axis import Axis
from studyapp.ui.pictures.batches import Once


def noun_of(view: View, event: int) -> str:
    return story_words.words(view.scenario.sources[view.trace.source[event]]).noun


class Refusals(Sequence[Span]):
    """The refusals of a function as spans, in order of time, then of event; each is made as it is looked at. They do not say
    which attempt it was."""

    def __init__(self, view: View) -> None:
        self._view = view

    @cached_property
    def _rows(self) -> Sequence[int]:
        trace, rows = self._view.trace, self._view.refusals
        times, events = (self._view.of(column, rows) for column in (trace.refused_at, trace.refused_event))
        return [row for _, _, row in sorted(zip(times, events, rows, strict=True))]

    def __len__(self) -> int:
        return len(self._view.refusals)

    @overload
    def __getitem__(self, place: int) -> Span: ...

    @overload
    def __getitem__(self, place: slice) -> list[Span]: ...

    def __getitem__(self, place: int | slice) -> Span | list[Span]:
        if isinstance(place, slice):
            return [self._span(row) for row in self._rows[place]]
        return self._span(self._rows[place])

    def _span(self, row: int) -> Span:
        trace = self._view.trace
        event, at_us, code = trace.refused_event[row], trace.refused_at[row], trace.refused_reason[row]
        kind = kind_of_refusal(code)
        function, noun = self._view.scenario.functions[trace.function[event]].name, noun_of(self._view, event)
        return Span(kind, at_us, at_us, event + 1, function, None, 0, REASONS[code], "", 1, noun)


class ColumnLanes:
    """The lanes of a function. What lasts no time has no place in them, and an environment with nothing else no lane."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._kept: dict[int, dict[int, list[int]]] = {}

    def __len__(self) -> int:
        return len(self._environments)

    @property
    def noun(self) -> str:
        first = next(row for row in self._view.runs if self._view.trace.environment[row] == self._environments[0])
        return noun_of(self._view, self._view.trace.event[first])

    @cached_property
    def _environments(self) -> Sequence[int]:
        """Those that were busy for any time, in order of birth."""
        trace, runs = self._view.trace, self._view.runs
        if 0 not in trace.run:
            return sorted(set(self._view.of(trace.environment, runs)))
        return sorted({trace.environment[row] for row in runs if trace.run[row] or self._has_start(row)})

    def _has_start(self, row: int) -> bool:
        return self._view.trace.cold[row] == NEW and self._view.trace.init[row] > 0

    def _rows(self, most: int) -> dict[int, list[int]]:
        """The runs in each of the first `most` environments, in order."""
        if most not in self._kept:
            found: dict[int, list[int]] = {environment: [] for environment in self._environments[:most]}
            environment = self._view.trace.environment
            for row in self._view.runs:
                if environment[row] in found:
                    found[environment[row]].append(row)
            self._kept[most] = found
        return self._kept[most]

    def starts(self, most: int) -> Sequence[int]:
        trace, starts = self._view.trace, list[int]()
        for rows in self._rows(most).values():
            starts += [trace.start[row] for row in rows if self._has_start(row)]
            starts += [trace.start[row] + trace.init[row] for row in rows if trace.run[row]]
        return starts

    def shown(self, most: int, axis: Axis) -> Mapping[int, Sequence[Once]]:
        near = {environment: self._near(rows, axis) for environment, rows in self._rows(most).items()}
        attempts = self._attempts([row for rows in near.values() for row in rows])
        return {
            environment + 1: [each for row in rows for each in self._once(row, attempts[row])]
            for environment, rows in near.items()
        }

    def _near(self, rows: Sequence[int], axis: Axis) -> Sequence[int]:
        """Those on the axis, the one before, and the one after."""
        trace = self._view.trace
        upto = bisect_left(rows, axis.end_us, key=trace.start.__getitem__)
        first = bisect_left(rows, axis.start_us, key=lambda row: trace.start[row] + trace.init[row] + trace.run[row])
        return rows[max(first - 1, 0) : upto + 1]

    def _batch(self, row: int) -> tuple[Sequence[int], Sequence[int]]:
        """The events that a run took, and for each whether it was given back; in order of their numbers."""
        trace = self._view.trace
        first, upto = trace.batch_of(row)
        if first == upto:
            return (trace.event[row],), (0,)
        if upto - first == 1:
            return trace.batch_event[first:upto], trace.batch_failed[first:upto]
        pairs = sorted(zip(trace.batch_event[first:upto], trace.batch_failed[first:upto], strict=True))
        return [event for event, _ in pairs], [back for _, back in pairs]

    def _attempts(self, rows: Sequence[int]) -> dict[int, int]:
        """Which attempt each run was for the first of its events."""
        trace = self._view.trace
        if not trace.batch_run:
            return {row: trace.attempt[row] for row in rows}
        troubled = self._view.troubled
        found = {}
        for row in rows:
            life = troubled.get(self._batch(row)[0][0], ())
            ready, environment = trace.start[row] + trace.init[row], trace.environment[row] + 1
            of_row = (
                span
                for span in life
                if span.kind == "invoke" and (span.start_us, span.environment) == (ready, environment)
            )
            found[row] = next((span.attempt for span in of_row), 1)
        return found

    def _once(self, row: int, attempt: int) -> list[Once]:
        trace, view = self._view.trace, self._view
        events, back = self._batch(row)
        first = events[0]
        ready = trace.start[row] + trace.init[row]
        end, status = ready + trace.run[row], trace.status[row]
        said = story_words.GIVEN_BACK if back[0] and status == OK else STATUS[status]
        function, noun = view.scenario.functions[trace.function[first]].name, noun_of(view, first)
        where, size, numbers = trace.environment[row] + 1, len(events), [event + 1 for event in events]
        found = []
        if self._has_start(row):
            starts = story_words.STARTS
            init = Span("init", trace.start[row], ready, first + 1, function, where, attempt, starts, "", size, noun)
            found.append(Once(init, numbers))
        if end > ready:
            reason = story_words.FOUND[trace.cold[row]]
            run = Span("invoke", ready, end, first + 1, function, where, attempt, reason, said, size, noun)
            found.append(Once(run, numbers, sum(back) if status == OK else 0))
        return found
