"""Spans from a trace: what happened to each event, in order, with the reason in words."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from itertools import chain, count, repeat
from operator import itemgetter
from typing import Final

from studyapp.simulator.lives import END, HELD, RECEIVE, REFUSAL, RUN, Life, Mark, Teller
from studyapp.simulator.parts import Scenario
from studyapp.simulator.plain import Plain
from studyapp.simulator.spans import Span
from studyapp.simulator.story_words import RESET_BY_TIMEOUT
from studyapp.simulator.trace import Trace

__all__ = ["RESET_BY_TIMEOUT", "spans", "tell"]

NOTHING: Final[Sequence[Mark]] = ()
NEVER: Final[Sequence[int]] = ()
ORDER: Final = itemgetter(1, 3, 2)
"""By start, event, end."""


def spans(plain: Plain, troubled: Mapping[int, Sequence[Span]]) -> tuple[Span, ...]:
    """All spans of a run, in order of start, then of event. An event in a batch has spans of its own. `troubled` are the lives
    that are not plain."""
    lives = (troubled[event] if event in troubled else plain.spans(event) for event in range(plain.events))
    return tuple(sorted((span for life in lives for span in life), key=ORDER))


def tell(scenario: Scenario, trace: Trace, events: Collection[int]) -> dict[int, list[Span]]:
    """The spans of some events alone, by their numbers from 0; each in order."""
    teller, marks = Teller(scenario, trace), _marks(trace, set(events))
    return {event: _told(teller, event, marks) for event in events}


def _told(teller: Teller, event: int, marks: Mapping[int, list[Mark]]) -> list[Span]:
    found: list[Span] = []
    Life(teller, event, found).tell(sorted(marks.get(event, NOTHING)))
    return found


def _marks(trace: Trace, wanted: Container[int]) -> dict[int, list[Mark]]:
    """All that happened to each of the events that are wanted."""
    marks: dict[int, list[Mark]] = defaultdict(list)
    happened = ((RECEIVE, trace.received_event), (REFUSAL, trace.refused_event), (END, trace.ended_event))
    moments = {RECEIVE: trace.received_at, REFUSAL: trace.refused_at, END: trace.ended_at}
    for what, events in happened:
        for row, event in [each for each in enumerate(events) if each[1] in wanted]:
            marks[event].append((moments[what][row], what, row, 0))
    for row, event, place in _handed(trace):
        if event in wanted:
            marks[event].append((trace.start[row], RUN, row, place))
    for event, at in _held_back(trace):
        if event in wanted:
            marks[event].append((at, HELD, 0, 0))
    return marks


def _handed(trace: Trace) -> Iterable[tuple[int, int, int]]:
    """(run, event, its place in the batch columns or -1) of every event that a run took, those in batches first."""
    if not trace.batch_run:
        return zip(range(len(trace.event)), trace.event, repeat(-1))
    alone = trace.alone()
    return chain(
        zip(trace.batch_rows(), trace.batch_event, count()),
        zip(alone, map(trace.event.__getitem__, alone), repeat(-1)),
    )


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
