"""How many rows the table of a run has: from the columns, and from the lives of those events that have more to tell."""

from __future__ import annotations

from collections.abc import Hashable, Iterator

from studyapp.simulator import story_words
from studyapp.simulator.lives import kind_of_refusal
from studyapp.simulator.trace import REASONS
from studyapp.simulator.view import View
from studyapp.ui.pictures.batches import what
from studyapp.ui.pictures.tables import POINTS, STRETCHES


def count(view: View) -> int:
    """The rows that `tables.table` would have of all spans. `view` is of the whole run, in which no queue delays its messages."""
    others: set[Hashable] = set(_of_troubled(view))
    others.update(_turned_away(view))
    others.update(_waits(view))
    return _runs(view) + len(others)


def _runs(view: View) -> int:
    """Each run has one, with its start; batches that one environment takes at one moment have it together."""
    trace = view.trace
    sizes = dict(zip(trace.batch_run, trace.batch_sizes(), strict=True))
    batches = [row for row, size in sizes.items() if size > 1]
    apart = {(trace.environment[row], trace.start[row] + trace.init[row]) for row in batches}
    return len(trace.event) - len(batches) + len(apart)


def _of_troubled(view: View) -> Iterator[Hashable]:
    """Waits and points of the lives that have to be told."""
    for life in view.troubled.values():
        for span in life:
            if span.kind in POINTS or (span.kind in STRETCHES and span.end_us > span.start_us):
                yield what(span)


def _turned_away(view: View) -> Iterator[Hashable]:
    trace, nouns, functions = view.trace, _nouns(view), [function.name for function in view.scenario.functions]
    for event, row in view.plain.turned_away.items():
        at_us, code = trace.refused_at[row], trace.refused_reason[row]
        function, noun = functions[trace.function[event]], nouns[trace.source[event]]
        yield kind_of_refusal(code), at_us, at_us, function, 0, REASONS[code], noun


def _waits(view: View) -> Iterator[Hashable]:
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
            yield "queued", came, taken, function, 0, said.queued, said.noun
        if taken < start:
            yield "batch_window", taken, start, function, 0, said.held, said.noun


def _nouns(view: View) -> list[str]:
    return [story_words.words(source).noun for source in view.scenario.sources]
