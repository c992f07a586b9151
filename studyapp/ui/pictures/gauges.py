"""A gauge: something that rises and falls over time, as an area under a line, on a scale that the gauges of one picture share."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter

from studyapp.simulator.sums import Stretches
from studyapp.ui.pictures.axis import Axis
from studyapp.ui.pictures.levels import line_of_steps
from studyapp.ui.pictures.shapes import Curve, Label, Line, Sheet
from studyapp.ui.pictures.words import shortened

HEAD = 26
"""Room for the title, above the scale."""
Step = tuple[int, int]
"""(moment, level from then on)"""
Column = Callable[[int], int]
"""The number of the pixel that a moment lies in."""
Ages = Sequence[tuple[int, float]]


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


def fill(sheet: Sheet, axis: Axis, line: str, foot: float) -> None:
    """The line over a tinted area, down to where it ends."""
    end = line.rpartition(" ")[0].rpartition(" ")[2]
    sheet.curves.append(Curve("busy", f"M{axis.left} {foot:g} L{line} L{end} {foot:g} Z"))
    sheet.curves.append(Curve("busy-line", f"M{line}"))


def dash(sheet: Sheet, line: str) -> None:
    """A second line, of something else."""
    sheet.curves.append(Curve("held-line", f"M{line}"))


def stairs(axis: Axis, held: Stretches, last_us: int, foot: float, unit: float) -> str:
    """The line of how many hold up to `last_us`, as a path has it. Of the steps on one pixel the highest and the last are drawn."""
    return line_of_steps(axis, _thinned(axis, held, last_us), foot, unit)


def _thinned(axis: Axis, held: Stretches, last_us: int) -> Sequence[Step]:
    """The first step; of each pixel the highest, the first of them, and the last."""
    start_us, share = axis.start_us, (axis.right - axis.left) / (axis.end_us - axis.start_us)

    def column(at_us: int) -> int:
        return int((at_us - start_us) * share)

    steps = held.steps(start_us, last_us)
    moments, levels = [at_us for at_us, _ in steps], [level for _, level in steps]
    kept, first, upto = [0], 0, len(steps)
    while first < upto:
        number = column(moments[first])
        ends_us = start_us + int((number + 1) / share)
        after = _after(moments, column, number, bisect_left(moments, ends_us, first + 1, upto))
        own = levels[first:after]
        kept += (first + own.index(max(own)), after - 1)
        first = after
    return [steps[place] for place in dict.fromkeys(kept)]


def _after(moments: Sequence[int], column: Column, number: int, place: int) -> int:
    """The first place of a moment behind column `number`, looked for from a place near it, which is behind one that is in it."""
    while column(moments[place - 1]) > number:
        place -= 1
    while place < len(moments) and column(moments[place]) == number:
        place += 1
    return place


def slopes(axis: Axis, ages: Ages, foot: float, unit: float) -> str:
    """The line from one of `ages` to the next. Of those on one pixel four are drawn: the first, the last, the lowest and the
    highest."""
    start_us, length, left, room = axis.start_us, axis.end_us - axis.start_us, axis.left, axis.right - axis.left
    corners = [
        f"{left + room * ((at_us - start_us) / length):.1f} {foot - age * unit:.1f} "
        for at_us, age in _drawn(axis, ages, foot, unit)
    ]
    return "".join(corners).replace(".0 ", " ").rstrip()


def _drawn(axis: Axis, ages: Ages, foot: float, unit: float) -> Iterator[tuple[int, float]]:
    corners = _within(axis, ages)
    moments, heights = [at_us for at_us, _ in corners], [age for _, age in corners]
    length, room = axis.end_us - axis.start_us, axis.right - axis.left

    def column(at_us: int) -> int:
        return int(round(axis.left + room * ((at_us - axis.start_us) / length), 1))

    first, upto = 0, len(moments)
    while first < upto:
        number = column(moments[first])
        ends_us = axis.start_us + int((number + 0.95 - axis.left) / room * length)  # an x is rounded to tenths
        after = _after(moments, column, number, bisect_left(moments, ends_us, first + 1, upto))
        for chosen in _telling(heights[first:after], foot, unit):
            yield corners[first + chosen]
        first = after


def _within(axis: Axis, ages: Ages) -> Ages:
    """The corners up to the end of the axis, and the point at which the line leaves it."""
    upto = bisect_right(ages, axis.end_us, key=itemgetter(0))
    if upto == len(ages):
        return ages
    (came_us, before), (after_us, after) = ages[max(upto - 1, 0)], ages[upto]
    share = (axis.end_us - came_us) / (after_us - came_us)
    return [*ages[:upto], (axis.end_us, before + share * (after - before))]


def _telling(own: Sequence[float], foot: float, unit: float) -> Sequence[int]:
    """The places of the corners of one pixel that are drawn. Of several at one height, in tenths of a pixel, it is the first."""
    if len(own) <= 4:
        return range(len(own))
    oldest, youngest, close = max(own), min(own), 0.2 / unit
    top, low = round(foot - oldest * unit, 1), round(foot - youngest * unit, 1)
    highest = (place for place, age in enumerate(own) if age >= oldest - close and round(foot - age * unit, 1) == top)
    lowest = (place for place, age in enumerate(own) if age <= youngest + close and round(foot - age * unit, 1) == low)
    return sorted({0, next(highest), next(lowest), len(own) - 1})
