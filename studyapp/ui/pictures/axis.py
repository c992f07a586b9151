"""The one ruler of a chart: time, from left to right."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import cycle

from studyapp.ui.pictures.shapes import Label, Line, Sheet
from studyapp.ui.pictures.words import NBSP

GUTTER, EDGE = 84, 26
"""Room at the left for labels, and at the right for half of the last one."""
MOST_STEPS = 8


@dataclass(frozen=True, slots=True)
class Axis:
    """Microseconds to x. Times outside the axis are held at its ends."""

    start_us: int
    end_us: int
    width: int

    @property
    def left(self) -> int:
        return GUTTER

    @property
    def right(self) -> int:
        return self.width - EDGE

    def x(self, at_us: int) -> float:
        share = (at_us - self.start_us) / (self.end_us - self.start_us)
        held = 0.0 if share < 0.0 else 1.0 if share > 1.0 else share
        return round(GUTTER + (self.width - EDGE - GUTTER) * held, 1)

    def shows(self, start_us: int, end_us: int) -> bool:
        """Whether any of that time lies on the axis."""
        return start_us < self.end_us and end_us >= self.start_us


def step_us(length_us: int) -> int:
    """The smallest of 1, 2 or 5 x 10^n (microseconds, so seconds too) that makes at most eight steps."""
    step, factors = 1.0, cycle((2, 2.5, 2))
    while length_us / step > MOST_STEPS:
        step *= next(factors)
    return round(step)


def round_up(end_us: int) -> int:
    """The first half tick at or after `end_us`; one second for a run in which nothing lasts."""
    if end_us <= 0:
        return 1_000_000
    half = max(step_us(end_us) // 2, 1)
    return -(-end_us // half) * half


def ticks(axis: Axis) -> list[int]:
    """The times that are marked, in microseconds."""
    step = step_us(axis.end_us - axis.start_us)
    return list(range(-(-axis.start_us // step) * step, axis.end_us + 1, step))


def draw(sheet: Sheet, axis: Axis, top: float, bottom: float) -> None:
    """Hairlines over the whole height, and under each its time."""
    for at_us in ticks(axis):
        x = axis.x(at_us)
        sheet.grid.append(Line("grid", x, top, x, bottom))
        sheet.labels.append(Label("tick", x, bottom + 18, tick_label(at_us), "middle"))


def tick_label(at_us: int) -> str:
    """'0 s', '0.5 s', '20,000 s'."""
    whole, rest = divmod(at_us, 1_000_000)
    return f"{whole:,}" + f".{rest:06}".rstrip("0").rstrip(".") + f"{NBSP}s"
