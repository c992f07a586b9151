"""Predicted against what came: a dot for each band of predictions, with its interval, beside the diagonal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor

from studyapp.ui.pictures.drawn import Drawn
from studyapp.ui.pictures.shapes import Bar, Grid, Label, Line, Sheet
from studyapp.ui.pictures.words import NBSP, count, wide

SIDE, LEFT, EDGE, TOP, FOOT = 360, 62, 24, 34, 86
DOT, END = 9.0, 4.0
WIDTH = LEFT + SIDE + EDGE
STEPS = 8
"""At most so many steps on an axis."""
ROWS = (38, 54)
"""Below the axis: where the numbers of answers stand, the second for those that the first has no room for."""
APART = 4
LARGEST = 15
"""The size of letters on a phone, where this chart is made to fit."""
HIGHEST = 0.5
"""An axis begins no higher, so that dots close together look it."""


@dataclass(frozen=True, slots=True)
class Point:
    """One band. Shares from 0 to 1; `low` and `high` are the interval of `came`."""

    name: str
    predicted: float
    came: float
    low: float
    high: float
    answers: int


@dataclass(frozen=True, slots=True)
class _Frame:
    """Both axes run from `first`, a tenth, to 1."""

    first: float

    def x(self, share: float) -> float:
        return round(LEFT + SIDE * self._along(share), 1)

    def y(self, share: float) -> float:
        return round(TOP + SIDE * (1 - self._along(share)), 1)

    def _along(self, share: float) -> float:
        return min(max((share - self.first) / (1 - self.first), 0.0), 1.0)


def drawn(points: Sequence[Point], twin: Sequence[Point]) -> Drawn | None:
    """`points` are drawn, the lowest first; `twin` also has bands with too few answers for a dot. None without a point."""
    if not points:
        return None
    frame, sheet = _Frame(_first(points)), Sheet()
    _axes(sheet, frame)
    free = [0.0, 0.0]
    for point in points:
        _dot(sheet, frame, point)
        _number(sheet, frame, point, free)
    sheet.labels.append(Label("tick", LEFT - 8, TOP + SIDE + ROWS[0], "answers", "end"))
    return Drawn(
        chart=sheet.chart(WIDTH, TOP + SIDE + FOOT),
        title="Recalled against predicted",
        desc=" ".join(f"Predicted {_percent(each.predicted)}: {_came(each)}." for each in points),
        note="",
        twin=_twin(points, twin),
    )


def _first(points: Sequence[Point]) -> float:
    lowest = min(min(point.predicted, point.low) for point in points)
    return min(floor(lowest * 10) / 10, HIGHEST)


def _axes(sheet: Sheet, frame: _Frame) -> None:
    left, right, top, foot = LEFT, LEFT + SIDE, TOP, TOP + SIDE
    tenths = range(round(frame.first * 10), 11)
    step = 2 if len(tenths) > STEPS else 1
    for tenth in range(10, tenths.start - 1, -step):
        x, y = frame.x(tenth / 10), frame.y(tenth / 10)
        sheet.grid += [Line("grid", x, top, x, foot), Line("grid", left, y, right, y)]
        sheet.labels.append(Label("tick", x, foot + 18, _percent(tenth / 10), "middle"))
        sheet.labels.append(Label("tick", left - 8, y + 4.5, _percent(tenth / 10), "end"))
    sheet.lines += [
        Line("rest", left, foot, right, top),
        Line("axis", left, foot, right, foot),
        Line("axis", left, top, left, foot),
    ]
    sheet.labels.append(Label("title", left, top - 16, "Recalled"))
    sheet.labels.append(Label("title", right, foot + 76, "Predicted", "end"))


def _dot(sheet: Sheet, frame: _Frame, point: Point) -> None:
    """The interval as a line with ends, the share as a dot."""
    x, y, low, high = frame.x(point.predicted), frame.y(point.came), frame.y(point.low), frame.y(point.high)
    sheet.lines.append(Line("span", x, low, x, high))
    sheet.lines += [Line("span", x - END, end, x + END, end) for end in (low, high)]
    says = f"Predicted {_percent(point.predicted)}: {_came(point)}"
    sheet.bars.append(Bar("mean", round(x - DOT / 2, 1), round(y - DOT / 2, 1), DOT, DOT, says))


def _number(sheet: Sheet, frame: _Frame, point: Point, free: list[float]) -> None:
    """How many answers a dot rests on, in the first row with room. `free`: where the next number of each row may begin."""
    x, text = frame.x(point.predicted), f"{point.answers:,}"
    half = wide(text, LARGEST) / 2 + APART
    row = next((number for number, begins in enumerate(free) if x - half >= begins), None)
    if row is not None:
        sheet.labels.append(Label("said", x, TOP + SIDE + ROWS[row], text, "middle"))
        free[row] = x + half


def _percent(share: float) -> str:
    return f"{round(100 * share)}{NBSP}%"


def _came(point: Point) -> str:
    span = f"{round(100 * point.low)} to {round(100 * point.high)}"
    return f"{_percent(point.came)} recalled, {span}, {count(point.answers, 'answer')}"


def _twin(points: Sequence[Point], twin: Sequence[Point]) -> Grid:
    told = {point.name for point in points}
    rows = tuple(
        (
            point.name,
            _percent(point.predicted),
            _percent(point.came) if point.name in told else "too few answers",
            f"{round(100 * point.low)} to {round(100 * point.high)}{NBSP}%" if point.name in told else "",
            f"{point.answers:,}",
        )
        for point in twin
    )
    return Grid(
        "Recalled against predicted, band by band", ("Band", "Predicted", "Recalled", "90 % interval", "Answers"), rows
    )
