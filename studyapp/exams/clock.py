"""What a page tells about time: how much is left, and where one is against an even pace."""

from dataclasses import dataclass
from datetime import datetime
from math import ceil

from studyapp.exams.models import Sitting
from studyapp.exams.spans import spoken

FIRST, LAST = 4.0, 96.0
"""Where a ruler begins and ends, in percent of the picture: what stands at its ends needs room."""


@dataclass(frozen=True)
class Tick:
    """A mark of the ruler: its place in percent, and what stands at it."""

    at: str
    label: str


@dataclass(frozen=True)
class Clock:
    """Seconds are of the time that counts, without pauses. `pace` is where an even pace would be after what is answered."""

    left: float
    allowed: float
    pace: float

    @property
    def text(self) -> str:
        return spoken(self.left)

    @property
    def now_at(self) -> str:
        return _place(self.allowed - self.left, self.allowed)

    @property
    def pace_at(self) -> str:
        return _place(self.pace, self.allowed)

    @property
    def ticks(self) -> list[Tick]:
        """About twelve, at whole minutes; the first, the last and the full hours have their number."""
        minutes = self.allowed / 60
        step = next((step for step in (1, 2, 5, 10, 20, 30) if minutes / step <= 14), 60)
        inner = [
            Tick(_place(each * 60, self.allowed), "" if each % 60 else str(each))
            for each in range(step, ceil(minutes), step)
        ]
        return [Tick(_place(0, 1), "0"), *inner, Tick(_place(1, 1), f"{minutes:g}")]

    @property
    def words(self) -> str:
        """Where one is, for who sees no ruler."""
        gone = round((self.allowed - self.left) / 60)
        even = round(self.pace / 60)
        return f"{gone} of {self.allowed / 60:g} minutes are gone; what is answered takes {even} at an even pace."


def clock(sitting: Sitting, answered: int, now: datetime) -> Clock:
    allowed = sitting.allowed.total_seconds()
    return Clock(sitting.left(now).total_seconds(), allowed, allowed * answered / sitting.size)


def _place(part: float, whole: float) -> str:
    share = min(max(part / whole, 0.0), 1.0)
    return f"{FIRST + (LAST - FIRST) * share:.2f}"
