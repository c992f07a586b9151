"""The table of a run from the columns of its trace, and from the lives of those events that have more to tell: all of its rows
are counted, and only those are told that are shown."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from operator import add
from typing import Final, TypeAlias

from studyapp.simulator import story_words
from studyapp.simulator.lives import kind_of_refusal
from studyapp.simulator.outcome import Span
from studyapp.simulator.trace import NEW, OK, REASONS
from studyapp.simulator.view import View
from studyapp.ui.pictures.batches import Once
from studyapp.ui.pictures.columns import batch_of
from studyapp.ui.pictures.shapes import Row, Table
from studyapp.ui.pictures.tables import MOST_ROWS, POINTS, STRETCHES, row_of

What: TypeAlias = tuple[str, int, int, str, int, str, str]
"""What makes waits, refusals and ends one row: kind, start, end, function, attempt, reason, noun."""
Place: TypeAlias = tuple[int, int, int, int, int]
"""Of a row: when it begins, when that begins which it is about, its first event, RUN or OTHER, and its number among those."""
RUN: Final = 0
OTHER: Final = 1


def are_apart(view: View) -> bool:
    """Whether no two runs began at one moment in one environment: such runs of no length might share a row."""
    trace = view.trace
    moments = set(zip(trace.environment, map(add, trace.start, trace.init), strict=True))
    return len(moments) == len(trace.event)


def table(view: View, heading: str, most: int = MOST_ROWS) -> Table:
    """What `tables.table` has of all spans. `view` is of a whole run in which no queue delays its messages; its runs
    `are_apart`, so that each has a row, with its start."""
    others = list(_alike(view).items())
    until = _until(view, others, most)
    shown = sorted([*_runs(view, until), *_others(others, until)])[:most]
    rows = [_row_of_run(view, number) if kind == RUN else _row_of_others(*others[number]) for *_, kind, number in shown]
    return Table(heading, tuple(rows), max(len(view.trace.event) + len(others) - most, 0))


def _until(view: View, others: Sequence[tuple[What, Sequence[int]]], most: int) -> int:
    """A moment by which so many rows have begun, if there are so many."""
    ends = [view.window_us]
    if len(view.trace.event) >= most:
        ends.append(max(_begins(view, row) for row in range(most)))
    if len(others) >= most:
        ends.append(sorted(what[1] for what, _ in others)[most - 1])
    return min(ends)


def _begins(view: View, row: int) -> int:
    """When the row of a run begins: with the start of its environment, if that is told."""
    trace = view.trace
    return trace.start[row] if trace.cold[row] == NEW else trace.start[row] + trace.init[row]


def _runs(view: View, until: int) -> Iterator[Place]:
    trace = view.trace
    for row in range(bisect_right(trace.start, until)):
        event = batch_of(trace, row)[0][0] if trace.batch_run else trace.event[row]
        start, ready = trace.start[row], trace.start[row] + trace.init[row]
        yield start if trace.cold[row] == NEW else ready, ready, event + 1, RUN, row


def _others(others: Sequence[tuple[What, Sequence[int]]], until: int) -> Iterator[Place]:
    for number, (what, events) in enumerate(others):
        if what[1] <= until:
            yield what[1], what[1], min(events), OTHER, number


def _row_of_run(view: View, row: int) -> Row:
    """Told from the life of its first event."""
    trace = view.trace
    events, back = batch_of(trace, row)
    life = view.troubled.get(events[0]) or view.plain.spans(events[0])
    began, where, numbers = trace.start[row], trace.environment[row] + 1, [event + 1 for event in events]
    spans = {(span.kind, span.start_us): span for span in life if span.environment == where}
    run = Once(spans["invoke", began + trace.init[row]], numbers, sum(back) if trace.status[row] == OK else 0)
    return row_of(run, Once(spans["init", began], numbers) if trace.cold[row] == NEW else None)


def _row_of_others(what: What, events: Sequence[int]) -> Row:
    kind, start, end, function, attempt, reason, noun = what
    numbers = sorted(events)
    return row_of(Once(Span(kind, start, end, numbers[0], function, None, attempt, reason, "", 1, noun), numbers), None)


def _alike(view: View) -> dict[What, list[int]]:
    """Waits, refusals and ends, and the numbers of the events that share them. Of an event with several at one moment they
    stand in the order of its life."""
    found: dict[What, list[int]] = {}
    for event in sorted(view.troubled):
        for kind, start, end, number, function, _, attempt, reason, _, _, noun in view.troubled[event]:
            if kind in POINTS or (kind in STRETCHES and end > start):
                found.setdefault((kind, start, end, function, attempt, reason, noun), []).append(number)
    for what, event in (*_turned_away(view), *_waits(view)):
        found.setdefault(what, []).append(event + 1)
    return found


def _turned_away(view: View) -> Iterator[tuple[What, int]]:
    trace, nouns, functions = view.trace, _nouns(view), [function.name for function in view.scenario.functions]
    for event, row in view.plain.turned_away.items():
        at_us, code = trace.refused_at[row], trace.refused_reason[row]
        function, noun = functions[trace.function[event]], nouns[trace.source[event]]
        yield (kind_of_refusal(code), at_us, at_us, function, 0, REASONS[code], noun), event


def _waits(view: View) -> Iterator[tuple[What, int]]:
    """Of plain lives: in the queue, then for the batch."""
    trace, plain = view.trace, view.plain
    words = [story_words.words(source) for source in view.scenario.sources]
    functions = [function.name for function in view.scenario.functions]
    for event, row in plain.run_of.items():
        came, start = trace.arrived[event], trace.start[row]
        if came >= start or event in plain.troubled:
            continue
        said, function, taken = (
            words[trace.source[event]],
            functions[trace.function[event]],
            plain.received_at.get(event, start),
        )
        if came < taken:
            yield ("queued", came, taken, function, 0, said.queued, said.noun), event
        if taken < start:
            yield ("batch_window", taken, start, function, 0, said.held, said.noun), event


def _nouns(view: View) -> list[str]:
    return [story_words.words(source).noun for source in view.scenario.sources]
