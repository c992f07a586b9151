"""Runs of so many events that only those in the picture are told, and which kind of run is drawn how."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Final

from studyapp.simulator import story as stories
from studyapp.simulator.outcome import Outcome, Span
from studyapp.simulator.parts import QUEUE_KINDS, STREAM_KINDS
from studyapp.simulator.series import waiting_and_held
from studyapp.simulator.trace import DEAD_LETTER_ERROR, DEAD_LETTERED, DESTINATION, DESTINATION_ERROR, DROPPED, OK
from studyapp.simulator.view import View
from studyapp.ui.pictures import busy, columns, levels, story
from studyapp.ui.pictures.levels import Level
from studyapp.ui.pictures.runs import ColumnRun, Panel, Run
from studyapp.ui.pictures.shapes import Table
from studyapp.ui.pictures.story import TELLING, Story
from studyapp.ui.pictures.tables import MOST_ROWS, beginning
from studyapp.ui.pictures.tallies import of_view

FEW: Final = 40
"""Up to so many rows of a trace, its spans are the quickest way to a picture."""
LONG: Final = 3_000
"""From so many on, they are not told any more."""
AT_ONCE: Final = 64
"""Lives that are told together while one is looked for."""
MOST_LOOKED_AT: Final = 2_048
LAST_ENDS: Final = (DEAD_LETTERED, DEAD_LETTER_ERROR, DESTINATION, DESTINATION_ERROR, DROPPED)


def run_of(heading: str, outcome: Outcome) -> Run:
    """What is drawn of `outcome`."""
    pool = frozenset(function.name for function in outcome.scenario.functions if function.reserved is None)
    sharing = pool if len(pool) > 1 else frozenset()
    limits, idle_us = outcome.limits, outcome.rulebook.idle_lifetime
    rows = max(len(outcome.trace.event), len(outcome.trace.arrived)) + len(outcome.trace.refused_event)
    if rows > LONG and outcome.rulebook.requests_per_environment == 1:
        return LongRun(heading, (), limits, idle_us, sharing, outcome)
    if rows + len(outcome.trace.batch_event) > FEW and outcome.rulebook.requests_per_environment == 1:
        return ColumnRun(heading, outcome.spans, limits, idle_us, sharing, outcome)
    return Run(heading, outcome.spans, limits, idle_us, sharing)


@dataclass(frozen=True)
class LongRun(ColumnRun):
    """A run of which no more is told than is drawn. Its `spans` are empty; its table is that of its beginning."""

    @property
    def is_empty(self) -> bool:
        return False

    @property
    def noun(self) -> str:
        return columns.noun_of(self.whole.view_of(), 0)

    @cached_property
    def events(self) -> int:
        return len(self.whole.trace.arrived)

    @cached_property
    def panels(self) -> tuple[Panel, ...]:
        """Of the functions to which anything happened, in the order in which it first did."""
        views = [(self.whole.view_of(function.name), function.name) for function in self.whole.functions]
        seen = [(view.events[0], name, view) for view, name in views if view.events]
        return tuple(self._panel_of(name, view) for _, name, view in sorted(seen, key=lambda each: each[0]))

    def _panel_of(self, function: str, view: View) -> Panel:
        limit, is_shared = self.limits.get(function), function in self.sharing
        noun = columns.noun_of(view, view.events[0])
        return Panel(
            function,
            busy.of_view(view, columns.Refusals(view), limit, is_shared=is_shared),
            columns.ColumnLanes(view),
            of_view(view, self._end_us(view), noun),
            _levels(view),
        )

    def _end_us(self, view: View) -> int:
        """When the last thing ends: a run, a refusal, an event; what is still waiting waits to the end."""
        trace, until = view.trace, view.window_us
        ends = chain(view.ends, view.of(trace.refused_at, view.refusals), view.of(trace.ended_at, view.ended))
        last = max(ends, default=0)
        is_sync = [source.is_sync for source in view.scenario.sources]
        if last >= until or all(is_sync):
            return last
        over = {*view.done, *trace.ended_event}
        waiting = [event for event in view.events if event not in over and not is_sync[trace.source[event]]]
        lives = self._lives(waiting[:AT_ONCE])
        return max(last, *(span.end_us for life in lives.values() for span in life[-1:]), 0)

    def is_about_retries(self) -> bool:
        """Of a long run: whether an event had an end but the good one, or Lambda's own queue had to try one again."""
        trace, sources = self.whole.trace, self.whole.scenario.sources
        if any(kind in LAST_ENDS for kind in set(trace.ended_kind)):
            return True
        is_async = [source.is_async for source in sources]
        if not any(is_async):
            return False
        until = self.whole.end_us
        failed = (row for row, status in enumerate(trace.status) if status != OK and trace.attempt[row])
        return any(
            is_async[trace.source[trace.event[row]]] and trace.start[row] + trace.init[row] + trace.run[row] < until
            for row in failed
        )

    def story(self, event: int) -> Story:
        return Story(event, tuple(self._lives([event - 1])[event - 1]))

    def _lives(self, events: Sequence[int]) -> dict[int, list[Span]]:
        """Each is told once: to begin to tell costs a look at every row."""
        missing = [event for event in events if event not in self._told]
        if missing:
            self._told.update(stories.tell(self.whole.scenario, self.whole.trace, missing))
        return {event: self._told[event] for event in events}

    @cached_property
    def _told(self) -> dict[int, list[Span]]:
        return {}

    def table(self) -> Table:
        """The first rows, told from the first events: as many as have come before the last of those rows."""
        arrived, told = self.whole.trace.arrived, 2 * MOST_ROWS
        while True:
            lives = self._lives(range(min(told, len(arrived))))
            until = arrived[told] if told < len(arrived) else None
            spans = [span for life in lives.values() for span in life if until is None or span.start_us < until]
            found = beginning(spans, self.heading)
            if until is None or len(found.rows) == MOST_ROWS or told >= MOST_LOOKED_AT:
                return found if until is not None else beginning(spans, self.heading, is_all=True)
            told *= 4

    def tried_most(self) -> Iterator[tuple[int, list[Span]]]:
        """Events that ran more than once or never, or were refused: those that ran most often first, each with its life."""
        trace, view = self.whole.trace, self.whole.view_of()
        times = Counter(trace.batch_event)
        times.update(trace.event[row] for row in (trace.alone() if trace.batch_run else range(len(trace.event))))
        odd = sorted(view.plain.troubled, key=lambda event: (-times[event], event))[:MOST_LOOKED_AT]
        for first in range(0, len(odd), AT_ONCE):
            yield from self._lives(odd[first : first + AT_ONCE]).items()


def _levels(view: View) -> tuple[Level, ...]:
    """What waits, as levels.of has it of spans; and how often callers ask that try again."""
    waits = [waiting_and_held(view, kinds)[0] for kinds in (QUEUE_KINDS, STREAM_KINDS)]
    found = [levels.waiting(noun, held) for noun, held in zip(("message", "record"), waits, strict=True) if held.starts]
    return tuple(level for level in (*found, _tries(view)) if level is not None)


def _tries(view: View) -> Level | None:
    trace, sources = view.trace, view.scenario.sources
    if not any(source.is_sync and (source.retrying or view.rulebook.sync_retries) for source in sources):
        return None
    is_sync = [source.is_sync for source in sources]
    runs = ((trace.event[row], trace.start[row]) for row in view.runs)
    refused = ((trace.refused_event[row], trace.refused_at[row]) for row in view.refusals)
    tries = {(at, event) for event, at in chain(runs, refused) if is_sync[trace.source[event]]}
    first = {event: at for at, event in sorted(tries, reverse=True)}
    if len(first) == len(tries):
        return None
    return levels.asked([at for at, _ in tries], list(first.values()))


def most_telling(runs: Sequence[Run]) -> int:
    """The event whose life differs most between two runs; with one run, the event that is tried most often."""
    one, others = runs[0], runs[1:]
    if not isinstance(one, LongRun) and not any(isinstance(other, LongRun) for other in others):
        return story.most_telling(one.spans, others[0].spans if others else None)
    long = one if isinstance(one, LongRun) else next(run for run in others if isinstance(run, LongRun))
    for event, life in long.tried_most():
        is_telling = any(span.kind in TELLING for span in life)
        if is_telling and not any(run.story(event + 1).spans == tuple(life) for run in runs if run is not long):
            return event + 1
    return 1
