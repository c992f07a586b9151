"""Busy lines and lanes from the columns of a trace: no span is told but those that a picture shows."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence, Set
from functools import cached_property
from itertools import compress
from operator import add

from studyapp.simulator import story_words
from studyapp.simulator.lives import kind_of_refusal
from studyapp.simulator.outcome import Span
from studyapp.simulator.trace import NEW, OK, REASONS, STATUS, Trace
from studyapp.simulator.view import View
from studyapp.ui.pictures.axis import Axis
from studyapp.ui.pictures.batches import Once
from studyapp.ui.pictures.busy import Group


def noun_of(view: View, event: int) -> str:
    nouns: list[str] | None = view.memo.get("nouns")
    if nouns is None:
        nouns = view.memo["nouns"] = [story_words.words(source).noun for source in view.scenario.sources]
    return nouns[view.trace.source[event]]


def batch_of(trace: Trace, row: int) -> tuple[Sequence[int], Sequence[int]]:
    """The events that a run took, in order of their numbers, and for each whether it was given back; one 0 if none was."""
    first, upto = trace.batch_of(row) if trace.batch_run else (0, 0)
    if first == upto:
        return (trace.event[row],), (0,)
    if upto - first == 1:
        return trace.batch_event[first:upto], trace.batch_failed[first:upto]
    if 1 not in trace.batch_failed[first:upto]:
        return sorted(trace.batch_event[first:upto]), (0,)
    pairs = sorted(zip(trace.batch_event[first:upto], trace.batch_failed[first:upto], strict=True))
    return [event for event, _ in pairs], [back for _, back in pairs]


class ColumnRefusals:
    """The refusals of a function, in order of time, then of event."""

    def __init__(self, view: View) -> None:
        self._view = view

    @cached_property
    def moments(self) -> Sequence[int]:
        return self._view.of(self._view.trace.refused_at, self._view.refusals)

    def group(self, first: int, upto: int) -> Group:
        trace, rows = self._view.trace, self._view.refusals[first:upto]
        refused = sorted((trace.refused_at[row], trace.refused_event[row], row) for row in rows)
        at_us, event, _ = refused[0]
        codes = dict.fromkeys(trace.refused_reason[row] for _, _, row in refused)
        return Group(
            at_us,
            event + 1,
            noun_of(self._view, event),
            len(refused),
            tuple(dict.fromkeys(map(kind_of_refusal, codes))),
            tuple(REASONS[code] for code in codes),
        )


class ColumnLanes:
    """The lanes of a function. What lasts no time has no place in them, and an environment with nothing else no lane.
    `tell` is that of the outcome."""

    def __init__(self, view: View, tell: Callable[[Collection[int]], Mapping[int, Sequence[Span]]]) -> None:
        self._view = view
        self._tell = tell
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

    @cached_property
    def _names(self) -> Sequence[str]:
        return [function.name for function in self._view.scenario.functions]

    def _rows(self, most: int) -> dict[int, list[int]]:
        """The runs in each of the first `most` environments, in order."""
        if most not in self._kept:
            found: dict[int, list[int]] = {environment: [] for environment in self._environments[:most]}
            runs = self._view.runs
            environments = self._view.of(self._view.trace.environment, runs)
            own = compress(zip(runs, environments, strict=True), map(found.__contains__, environments))
            for row, environment in own:
                found[environment].append(row)
            self._kept[most] = found
        return self._kept[most]

    def starts(self, most: int) -> Sequence[int]:
        trace, starts = self._view.trace, list[int]()
        for rows in self._rows(most).values():
            came, inits, runs = (list(map(each.__getitem__, rows)) for each in (trace.start, trace.init, trace.run))
            starts += compress(map(add, came, inits), runs)
            if any(inits):
                starts += [trace.start[row] for row in compress(rows, inits) if self._has_start(row)]
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

    def _attempts(self, rows: Sequence[int]) -> dict[int, int]:
        """Which attempt each run was for the first of its events."""
        trace = self._view.trace
        found = {row: trace.attempt[row] for row in rows}
        if not trace.batch_run:
            return found
        batches = {row: trace.batch_event[slice(*trace.batch_of(row))] for row in rows}
        first = {row: min(events) for row, events in batches.items() if events}
        lives = self._tell(self._tried_again(set(first.values())))
        for row, event in first.items():
            life = lives.get(event, ())
            ready, environment = trace.start[row] + trace.init[row], trace.environment[row] + 1
            of_row = (
                span
                for span in life
                if span.kind == "invoke" and (span.start_us, span.environment) == (ready, environment)
            )
            found[row] = next((span.attempt for span in of_row), 1)
        return found

    def _tried_again(self, events: Set[int]) -> Set[int]:
        """Those of these events that are in more than one batch: others are at their first attempt. All, where something may
        be delivered that nothing asked for."""
        if not all(self._view.trace.attempt):
            return events
        batch_event = self._view.trace.batch_event
        times = Counter(compress(batch_event, map(events.__contains__, batch_event)))
        return {event for event, number in times.items() if number > 1}

    def _once(self, row: int, attempt: int) -> list[Once]:
        trace, view = self._view.trace, self._view
        events, back = batch_of(trace, row)
        first, start, status = events[0], trace.start[row], trace.status[row]
        ready = start + trace.init[row]
        end = ready + trace.run[row]
        said = story_words.GIVEN_BACK if back[0] and status == OK else STATUS[status]
        function, noun = self._names[trace.function[first]], noun_of(view, first)
        where, size, numbers = trace.environment[row] + 1, len(events), [event + 1 for event in events]
        found = []
        if trace.cold[row] == NEW and ready > start:
            starts = story_words.STARTS
            init = Span("init", start, ready, first + 1, function, where, attempt, starts, "", size, noun)
            found.append(Once(init, numbers))
        if end > ready:
            reason = story_words.FOUND[trace.cold[row]]
            run = Span("invoke", ready, end, first + 1, function, where, attempt, reason, said, size, noun)
            found.append(Once(run, numbers, sum(back) if status == OK else 0))
        return found
