"""A ruler of amounts, from 0 at the left: MB, USD, memory sizes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil, floor, log10

from studyapp.ui.pictures.shapes import Label, Line, Sheet
from studyapp.ui.pictures.words import wide

STEPS = 6
ROUND = (1.0, 2.0, 5.0, 10.0)


@dataclass(frozen=True, slots=True)
class Ruler:
    """`left` and `right` are where 0 and `end` lie. Amounts beyond it are held at its end."""

    left: float
    right: float
    end: float

    def x(self, amount: float) -> float:
        return round(self.left + (self.right - self.left) * min(max(amount / self.end, 0.0), 1.0), 1)


def ruler(left: float, right: float, most: float) -> Ruler:
    """One on which `most` has room: it ends at the half step at or after it, and measures 1 where there is nothing."""
    if most <= 0:
        return Ruler(left, right, 1.0)
    half = step(most) / 2
    return Ruler(left, right, ceil(round(most / half, 6)) * half)


def step(length: float) -> float:
    """The smallest of 1, 2 or 5 x 10^n that makes at most six steps."""
    least = length / STEPS
    power = 10.0 ** floor(log10(least))
    return next(each * power for each in ROUND if each * power >= least * 0.999999)


def ticks(one: Ruler) -> list[float]:
    each = step(one.end)
    return [number * each for number in range(floor(one.end / each + 0.000001) + 1)]


def draw(sheet: Sheet, one: Ruler, top: float, foot: float, written: Callable[[float], str]) -> float:
    """Hairlines from `top` to `foot`, and under each its amount, if there is room. Returns the y of the foot of the words."""
    sheet.lines.append(Line("axis", one.left, foot, one.right, foot))
    free = 0.0
    for amount in ticks(one):
        x, text = one.x(amount), written(amount)
        sheet.grid.append(Line("grid", x, top, x, foot))
        if x - wide(text) / 2 >= free:
            sheet.labels.append(Label("tick", x, foot + 18, text, "middle"))
            free = x + wide(text) / 2 + 6
    return foot + 24
