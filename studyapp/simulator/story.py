"""Spans from a trace: what happened to each event, in order, with the reason in words."""

from collections.abc import Collection, Mapping, Sequence
from operator import itemgetter
from typing import Final

from studyapp.simulator.lives import Life, Teller
from studyapp.simulator.marks import Mark
from studyapp.simulator.parts import Scenario
from studyapp.simulator.plain import Plain
from studyapp.simulator.spans import Span
from studyapp.simulator.story_words import RESET_BY_TIMEOUT
from studyapp.simulator.trace import Trace

__all__ = ["RESET_BY_TIMEOUT", "spans", "tell", "tell_by"]

NOTHING: Final[Sequence[Mark]] = ()
ORDER: Final = itemgetter(1, 3, 2)
"""By start, event, end."""


def spans(plain: Plain, troubled: Mapping[int, Sequence[Span]]) -> tuple[Span, ...]:
    """All spans of a run, in order of start, then of event. An event in a batch has spans of its own. `troubled` are the lives
    that are not plain."""
    lives = (troubled[event] if event in troubled else plain.spans(event) for event in range(plain.events))
    return tuple(sorted((span for life in lives for span in life), key=ORDER))


def tell(scenario: Scenario, trace: Trace, events: Collection[int]) -> dict[int, list[Span]]:
    """The spans of some events alone, by their numbers from 0; each in order."""
    return tell_by(Teller(scenario, trace), events)


def tell_by(teller: Teller, events: Collection[int]) -> dict[int, list[Span]]:
    """The same by one who has perhaps told of others: it knows where to look."""
    marks = teller.marks.of(events)
    return {event: _told(teller, event, marks.get(event, NOTHING)) for event in events}


def _told(teller: Teller, event: int, marks: Sequence[Mark]) -> list[Span]:
    found: list[Span] = []
    Life(teller, event, found).tell(marks)
    return found
