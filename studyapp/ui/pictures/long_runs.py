"""Runs of so many events that only those in the picture are told, and which kind of run is drawn how."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain, islice
from typing import Final

from studyapp.simulator.outcome import Outcome, Span
from studyapp.simulator.trace import DEAD_LETTER_ERROR, DEAD_LETTERED, DESTINATION, DESTINATION_ERROR, DROPPED, OK
from studyapp.simulator.view import View
from studyapp.ui.pictures import busy, column_levels, columns, entries, story, tables
from studyapp.ui.pictures.runs import ColumnRun, Panel, Run
from studyapp.ui.pictures.shapes import Table
from studyapp.ui.pictures.story import TELLING, Story
from studyapp.ui.pictures.tables import MOST_ROWS
from studyapp.ui.pictures.tallies import of_view

FEW: Final = 40
"""Up to so many rows of a trace, its spans are the quickest way to a picture."""
MIDDLING: Final = 100
"""From so many on, the lives of those that nothing happens to are not told any more."""
LONG: Final = 3_000
"""From so many on, others are not either."""
AT_ONCE: Final = 64
"""Lives that are told together while one is looked for."""
AT_FIRST: Final = 2 * MOST_ROWS
"""The first lives, which the table mostly has enough of."""
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
    if rows > MIDDLING and outcome.rulebook.requests_per_environment == 1 and not _is_odd(outcome):
        return MiddlingRun(heading, (), limits, idle_us, sharing, outcome)
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
        return Panel(
            function,
            busy.of_view(view, columns.ColumnRefusals(view), limit, is_shared=is_shared),
            columns.ColumnLanes(view, self.whole.tell),
            of_view(view, self._end_us(view), self._noun_of(view)),
            column_levels.of_view(view),
        )

    def _noun_of(self, view: View) -> str:
        """What is counted in batches, if anything is."""
        return columns.noun_of(view, view.events[0])

    def _end_us(self, view: View) -> int:
        """When the last thing ends: a run, a refusal, an event; what is still waiting waits to the end."""
        trace, until = view.trace, view.window_us
        ends = (view.ends, view.of(trace.refused_at, view.refusals), view.of(trace.ended_at, view.ended))
        last = max(max(each, default=0) for each in ends)
        is_sync = [source.is_sync for source in view.scenario.sources]
        if last >= until or all(is_sync):
            return last
        over = {*view.done, *trace.ended_event}
        waiting = (event for event in view.events if event not in over and not is_sync[trace.source[event]])
        lives = self._lives(list(islice(waiting, AT_ONCE)))
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
        """Each is told once, and with the first those that the table tells of: to begin to tell costs a look at every row."""
        missing = [event for event in events if event not in self._told]
        if missing and not self._told:
            missing += set(range(min(AT_FIRST, len(self.whole.trace.arrived)))).difference(missing)
        if missing:
            self._told.update(self.whole.tell(missing))
        return {event: self._told[event] for event in events}

    @cached_property
    def _told(self) -> dict[int, list[Span]]:
        return {}

    def table(self) -> Table:
        """The first rows, told from the first events: as many as have come before the last of those rows."""
        arrived, told = self.whole.trace.arrived, AT_FIRST
        while True:
            if (
                told < len(arrived) and arrived[told] == arrived[0]
            ):  # all came at one moment: nothing is before the next
                told = min(bisect_right(arrived, arrived[0]), MOST_LOOKED_AT)
            lives = self._lives(range(min(told, len(arrived))))
            until = arrived[told] if told < len(arrived) else None
            spans = [span for life in lives.values() for span in life if until is None or span.start_us < until]
            found = tables.entries(spans)
            if until is None:
                return tables.of_entries(found, self.heading)
            if len(found) >= MOST_ROWS or told >= MOST_LOOKED_AT:
                return replace(tables.of_entries(found, self.heading), left_out=None)
            told *= 4

    def tried_most(self) -> Iterator[tuple[int, list[Span]]]:
        """Events that ran more than once or never, or were refused: those that ran most often first, each with its life."""
        odd = islice(self._odd(), MOST_LOOKED_AT)
        while some := list(islice(odd, AT_ONCE)):
            yield from self._lives(some).items()

    def _odd(self) -> Iterator[int]:
        """The numbers of these events. Which of those that ran once are troubled is asked for last: it takes longest."""
        trace = self.whole.trace
        times = Counter(trace.batch_event)
        times.update(map(trace.event.__getitem__, trace.alone()) if trace.batch_run else trace.event)
        for most in sorted({*times.values()} - {1}, reverse=True):
            yield from sorted(event for event, number in times.items() if number == most)
        troubled = self.whole.view_of().plain.troubled
        yield from sorted(event for event in troubled if times.get(event) == 1)
        yield from sorted(event for event in troubled if event not in times)


@dataclass(frozen=True)
class MiddlingRun(LongRun):
    """A run of which the lives in trouble are told, and of the others what is drawn. All rows of its table are counted."""

    def is_about_retries(self) -> bool:
        return story.is_about_retries(chain.from_iterable(self.whole.view_of().troubled.values()), self.events)

    def _noun_of(self, view: View) -> str:
        trace = view.trace
        sizes = zip(trace.batch_run, trace.batch_sizes(), strict=True)
        own = {trace.event[run] for run, size in sizes if size > 1}
        return next((columns.noun_of(view, event) for event in view.events if event in own), "")

    def _lives(self, events: Sequence[int]) -> dict[int, list[Span]]:
        view = self.whole.view_of()
        troubled, plain = view.troubled, view.plain
        return {event: list(troubled[event]) if event in troubled else plain.spans(event) for event in events}

    def table(self) -> Table:
        view = self.whole.view_of()
        return entries.table(view, self.heading) if entries.are_apart(view) else tables.table(view.spans, self.heading)


def _is_odd(outcome: Outcome) -> bool:
    """Whether a function's spans have more to tell than its columns: of what comes twice or is called again, of a queue that
    delays, of several kinds of source."""
    sources = outcome.scenario.sources
    times = Counter(name for source in sources for name, _ in source.calls if not source.is_sync)
    return (
        (any(source.is_sync for source in sources) and bool(outcome.rulebook.sync_retries))
        or any(number > 1 for number in times.values())
        or any(source.duplicates or source.retrying or (source.queue and source.queue.delay_us) for source in sources)
    )


def most_telling(runs: Sequence[Run]) -> int:
    """The event whose life differs most between two runs; with one run, the event that is tried most often."""
    one, others = runs[0], runs[1:]
    if not any(_is_long(run) for run in runs):
        return story.most_telling(_spans(one), _spans(others[0]) if others else None)
    long = next(run for run in runs if isinstance(run, LongRun) and _is_long(run))
    for event, life in long.tried_most():
        is_telling = any(span.kind in TELLING for span in life)
        if is_telling and not any(run.story(event + 1).spans == tuple(life) for run in runs if run is not long):
            return event + 1
    return 1


def _is_long(run: Run) -> bool:
    return isinstance(run, LongRun) and not isinstance(run, MiddlingRun)


def _spans(run: Run) -> Sequence[Span]:
    return run.whole.spans if isinstance(run, ColumnRun) else run.spans
