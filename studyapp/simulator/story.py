"""Spans from a trace: what happened to each event, in order, with the reason in words."""

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
ORDER: Final = itemgetter(1, 3, 2)
"""By start, event, end."""


def spans(scenario: Scenario, trace: Trace) -> tuple[Span, ...]:
    """All spans of a run, in order of start, then of event. An event in a batch has spans of its own."""
    teller = Teller(scenario, trace)
    marks = _marks(trace)
    found: list[Span] = []
    for event in range(len(trace.arrived)):
        Life(teller, event, found).tell(sorted(marks.get(event, NOTHING)))
    return tuple(sorted(found, key=ORDER))


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
        moments = [at for at in refused.get(lead, ()) if since.get(lead, -1) < at <= start]
        since[lead] = start
        if moments:
            yield from ((event, moments[0]) for event in trace.batch_event[first + 1 : upto])
