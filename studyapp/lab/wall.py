"""A run at the projector, one thing at a time: the question, the numbers, then moment after moment of the picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from studyapp.lab import drawing, screens, telling
from studyapp.lab.screens import Bench
from studyapp.simulator import why
from studyapp.ui.pictures.shapes import Bar, Chart, Cross, Picture

MOST_MOMENTS = 12
QUESTION, NUMBERS, PICTURE = 1, 2, 3
"""Steps; those after PICTURE are moments."""


@dataclass(frozen=True)
class Moment:
    """A mark of the picture, and why it is as it is."""

    mark: str
    title: str
    says: str


def steps(bench: Bench, step: int) -> dict[str, Any]:
    """Context of one step; a step beyond the last is the last. Raises what a run raises."""
    drawn = drawing.alone(bench.ran).main
    marks = marks_of(drawn)
    last = PICTURE + len(marks)
    at = min(max(step, QUESTION), last)
    return {
        "at": at,
        "last": last,
        "question": bench.question,
        "story": screens.story(bench),
        "readouts": telling.readouts(bench.ran.outcome, bench.question, None)[:3] if at == NUMBERS else (),
        "picture": drawn if at >= PICTURE else None,
        "moment": _moment(bench, marks[at - PICTURE - 1]) if at > PICTURE else None,
        "back_url": bench.address(name="wall", step=str(at - 1)) if at > QUESTION else "",
        "next_url": bench.address(name="wall", step=str(at + 1)) if at < last else "",
    }


def marks_of(drawn: Picture) -> Sequence[str]:
    """The marks of a picture in the order of time; of many, those that tell most come first and are put in order again."""
    if drawn.chart is None:
        return [step.mark for route in drawn.routes for step in route.steps if step.mark][:MOST_MOMENTS]
    told = sorted(_told(drawn.chart), key=lambda each: each.x)
    if len(told) > MOST_MOMENTS:
        dull = {"invoke"}
        telling_ones = [each for each in told if not (isinstance(each, Bar) and each.look in dull)][:MOST_MOMENTS]
        told = telling_ones or told[:MOST_MOMENTS]
    return list(dict.fromkeys(each.mark for each in told))


def _told(chart: Chart) -> list[Bar | Cross]:
    marks: list[Bar | Cross] = [*chart.bars, *chart.crosses]
    return [each for each in marks if each.mark]


def _moment(bench: Bench, mark: str) -> Moment:
    found = why.why(bench.ran.outcome, mark)
    return Moment(mark, found.title, found.says)
