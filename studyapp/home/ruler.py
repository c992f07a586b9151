"""The days until the exam as the ticks of a ruler. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from studyapp.memory.models import Goal

MOST_DAYS = 45
"""An exam that is further off has a tick for each week."""
WEEK = 7


@dataclass(frozen=True)
class Tick:
    """`kind`: today, study, off or exam; `label` stands beside it, most have none."""

    kind: str
    label: str = ""


@dataclass(frozen=True)
class Ruler:
    """`first` and `last` are the days at its ends in words; `says` is all of it for who does not see it."""

    ticks: tuple[Tick, ...]
    first: str
    last: str
    says: str


def ruler(goal: Goal, today: date) -> Ruler | None:
    """None without an exam, and once its day has come."""
    exam_on = goal.exam_on
    if exam_on is None or exam_on <= today:
        return None
    days = (exam_on - today).days
    ticks = _weeks(today, days) if days > MOST_DAYS else _days(goal, today, days)
    return Ruler(tuple(ticks), short(today), short(exam_on), _says(goal, today, exam_on))


def short(day: date) -> str:
    """23 Nov"""
    return f"{day.day}\u00a0{day:%b}"


def _days(goal: Goal, today: date, days: int) -> Iterator[Tick]:
    yield Tick("today", "today")
    for n in range(1, days):
        day = today + timedelta(days=n)
        has_label = n % WEEK == 0 and days - n > 1
        yield Tick("off" if goal.is_off(day) else "study", short(day) if has_label else "")
    yield Tick("exam", short(today + timedelta(days=days)))


def _weeks(today: date, days: int) -> Iterator[Tick]:
    """The last tick is the exam; the one before may be less than a week away from it."""
    yield Tick("today", "today")
    for n in range(WEEK, days, WEEK):
        has_label = n % (4 * WEEK) == 0 and days - n > WEEK
        yield Tick("study", short(today + timedelta(days=n)) if has_label else "")
    yield Tick("exam", short(today + timedelta(days=days)))


def _says(goal: Goal, today: date, exam_on: date) -> str:
    days = (exam_on - today).days
    off = sum(goal.is_off(today + timedelta(days=n)) for n in range(days))
    free = f", {off} of them without study" if off else ""
    return f"From today, {today.day} {today:%B}, to the exam on {exam_on.day} {exam_on:%B}: {days} days{free}."
