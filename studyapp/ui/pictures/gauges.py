"""A gauge: something that rises and falls over time, as an area under a line, on a scale that the gauges of one picture share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from studyapp.ui.pictures.axis import Axis
from studyapp.ui.pictures.levels import points_of_steps
from studyapp.ui.pictures.shapes import Curve, Label, Line, Sheet
from studyapp.ui.pictures.words import shortened

HEAD = 26
"""Room for the title, above the scale."""
Steps = Sequence[tuple[int, int]]
Ages = Sequence[tuple[int, float]]
Corners = Sequence[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Scale:
    """What the top of a gauge stands for, how that is written, and how high the gauge is."""

    most: float
    says: str
    height: int

    @property
    def unit(self) -> float:
        return self.height / (self.most or 1)


def draw(sheet: Sheet, axis: Axis, title: str, scale: Scale, top: float) -> float:
    """The title, the foot and the numbers of the scale. Returns the y of the foot."""
    foot = top + HEAD + scale.height
    sheet.labels.append(Label("title", axis.left, top + 14, shortened(title, axis.right - axis.left, 14)))
    sheet.labels.append(Label("tick", axis.left - 8, foot + 4.5, "0", "end"))
    if scale.most:
        sheet.labels.append(Label("tick", axis.left - 8, foot - scale.height + 4.5, scale.says, "end"))
    sheet.lines.append(Line("axis", axis.left, foot, axis.right, foot))
    return foot


def fill(sheet: Sheet, axis: Axis, corners: Corners, foot: float) -> None:
    """A line over a tinted area."""
    line = _joined(corners)
    sheet.curves.append(Curve("busy", f"M{axis.left} {foot:g} L{line} L{corners[-1][0]:g} {foot:g} Z"))
    sheet.curves.append(Curve("busy-line", f"M{line}"))


def dash(sheet: Sheet, corners: Corners) -> None:
    """A second line, of something else."""
    sheet.curves.append(Curve("held-line", f"M{_joined(corners)}"))


def _joined(corners: Corners) -> str:
    return " ".join(f"{x:g} {y:g}" for x, y in corners)


def stairs(axis: Axis, steps: Steps, foot: float, unit: float) -> Corners:
    """The corners of a line that goes in steps, which are in order. Of those on one pixel the highest and the last are drawn."""
    return points_of_steps(axis, _thinned(steps, axis), foot, unit)


def _thinned(steps: Steps, axis: Axis) -> Steps:
    """A plain loop: there may be as many steps as messages."""
    share = (axis.right - axis.left) / (axis.end_us - axis.start_us)
    kept: list[tuple[int, int]] = []
    column, highest, last = -1, steps[0], steps[0]
    for step in steps:
        if step[0] > axis.end_us:
            break
        here = int((step[0] - axis.start_us) * share)
        if here != column:
            kept += (highest, last)
            column, highest = here, step
        elif step[1] > highest[1]:
            highest = step
        last = step
    return list(dict.fromkeys([*kept, highest, last]))


def slopes(axis: Axis, ages: Ages, foot: float, unit: float) -> Corners:
    """The corners of a line that goes from one of `ages` to the next. Of those on one pixel four are drawn: the first, the
    last, the lowest and the highest."""
    columns: dict[int, list[tuple[float, float]]] = {}
    for at_us, age in _within(axis, ages):
        x = axis.x(at_us)
        columns.setdefault(int(x), []).append((x, round(foot - age * unit, 1)))
    return [corner for own in columns.values() for corner in _telling(own)]


def _within(axis: Axis, ages: Ages) -> Iterator[tuple[int, float]]:
    """The corners up to the end of the axis, and the point at which the line leaves it."""
    before = ages[0]
    for corner in ages:
        if corner[0] > axis.end_us:
            share = (axis.end_us - before[0]) / (corner[0] - before[0])
            yield axis.end_us, before[1] + share * (corner[1] - before[1])
            return
        before = corner
        yield corner


def _telling(own: list[tuple[float, float]]) -> list[tuple[float, float]]:
    if len(own) <= 4:
        return own
    places = {0, len(own) - 1}
    places |= {f(range(len(own)), key=lambda place: own[place][1]) for f in (min, max)}
    return [own[place] for place in sorted(places)]
