"""Spans from a trace: what happened to each event, in order, with the reason in words."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from operator import itemgetter
from typing import Final

from studyapp.simulator.lives import END, HELD, RECEIVE, REFUSAL, RUN, Life, Mark, Teller
from studyapp.simulator.parts import Scenario
from studyapp.simulator.spans import Span
from studyapp.simulator.story_words import RESET_BY_TIMEOUT
from studyapp.simulator.trace import Trace

__all__ = ["RESET_BY_TIMEOUT", "spans"]

NOTHING: Final[Sequence[Mark]] = ()
NEVER: Final[Sequence[int]] = ()
ORDER: Final = itemgetter(1, 3, 2)
"""By start, event, end."""


def spans(scenario: Scenario, trace: Trace) -> tuple[Span, ...]:
    """All spans of a run, in order of start, then of event. An event in a batch has spans of its own."""
    return tuple(sorted((span for life in lives(scenario, trace) for span in life), key=ORDER))


def lives(scenario: Scenario, trace: Trace) -> Iterator[list[Span]]:
    """The spans of each event, one event after the other: for counting those of millions without keeping them."""
    teller = Teller(scenario, trace)
    marks = _marks(trace)
    for event in range(len(trace.arrived)):
        found: list[Span] = []
        Life(teller, event, found).tell(sorted(marks.pop(event, NOTHING)))
        yield found


def _marks(trace: Trace) -> dict[int, list[Mark]]:
    """All that happened to each event."""
    marks: dict[int, list[Mark]] = defaultdict(list)
    for row, (event, at) in enumerate(zip(trace.received_event, trace.received_at, strict=True)):
        marks[event].append((at, RECEIVE, row, 0))
    for row, event, place in _handed(trace):
        marks[event].append((trace.start[row], RUN, row, place))
    for row, (event, at) in enumerate(zip(trace.refused_event, trace.refused_at, strict=True)):
        marks[event].append((at, REFUSAL, row, 0))
    for row, (event, at) in enumerate(zip(trace.ended_event, trace.ended_at, strict=True)):
        marks[event].append((at, END, row, 0))
    for event, at in _held_back(trace):
        marks[event].append((at, HELD, 0, 0))
    return marks


def _handed(trace: Trace) -> Iterator[tuple[int, int, int]]:
    """(run, event, its place in the batch columns or -1) of every event that a run took."""
    batches = {row: (first, upto) for row, first, upto in trace.batches()}
    for row, event in enumerate(trace.event):
        if row not in batches:
            yield row, event, -1
            continue
        for place in range(*batches[row]):
            yield row, trace.batch_event[place], place


def _held_back(trace: Trace) -> Iterator[tuple[int, int]]:
    """(event, moment) of what waits because its batch was throttled: the refusal itself names the first event alone."""
    refused: dict[int, list[int]] = defaultdict(list)
    for event, at in zip(trace.refused_event, trace.refused_at, strict=True):
        refused[event].append(at)
    if not refused:
        return
    since: dict[int, int] = {}
    for row, first, upto in trace.batches():
        lead, start = trace.batch_event[first], trace.start[row]
        moments = refused.get(lead, NEVER)
        place = bisect_right(moments, since.get(lead, -1))
        since[lead] = start
        if place < len(moments) and moments[place] <= start:
            yield from ((event, moments[place]) for event in trace.batch_event[first + 1 : upto])
