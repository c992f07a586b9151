"""Writes: what a student works towards, on which days, and the address of their calendar."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from secrets import token_urlsafe

from django.db import transaction

from studyapp.accounts.models import User
from studyapp.memory import daily
from studyapp.memory.models import Goal
from studyapp.scheduling.days import study_day
from studyapp.scheduling.fsrs6 import RETENTION

KEY_BYTES = 24
"""32 letters that may stand in an address."""
MOST_DATES = 60


@dataclass(frozen=True)
class Aim:
    """All that a student says of their goal. `days_off`: weekdays, 0 Monday to 6 Sunday; `time_zone`: blank is the server's."""

    exam: str
    exam_on: date | None
    minutes: int
    days_off: tuple[int, ...] = ()
    dates_off: tuple[date, ...] = ()
    retention: float = RETENTION
    time_zone: str = ""


@transaction.atomic
def set_goal(*, student: User, aim: Aim, now: datetime) -> Goal:
    """Keep it. Another exam, or another day for it, is a new one: how the former went is asked no more. Of the days without
    study those that have passed are dropped. In another time zone the days are counted again."""
    goal = _held(student)
    if (goal.exam, goal.exam_on) != (aim.exam, aim.exam_on):
        goal.went = goal.went_at = None
    goal.exam, goal.exam_on, goal.minutes = aim.exam, aim.exam_on, aim.minutes
    goal.days_off, goal.retention = sorted(set(aim.days_off)), aim.retention
    goal.dates_off = _kept(aim.dates_off, study_day(now, student.zone))
    goal.save()
    if aim.time_zone != student.time_zone:
        _move(student, aim.time_zone, now)
    return goal


@transaction.atomic
def set_date(*, student: User, exam: str, exam_on: date, time_zone: str | None = None, now: datetime) -> Goal:
    """The short way: the exam and its day, and the time zone if the browser has told it; the rest stays."""
    goal = _held(student)
    wanted = Aim(
        exam,
        exam_on,
        goal.minutes,
        tuple(goal.days_off),
        tuple(map(date.fromisoformat, goal.dates_off)),
        goal.retention,
        student.time_zone if time_zone is None else time_zone,
    )
    return set_goal(student=student, aim=wanted, now=now)


@transaction.atomic
def take_off(*, student: User, day: date, now: datetime) -> Goal:
    """No time on `day`. Twice is once; past days are dropped."""
    goal = _held(student)
    days = {*map(date.fromisoformat, goal.dates_off), day}
    goal.dates_off = _kept(days, study_day(now, student.zone))
    goal.save()
    return goal


@transaction.atomic
def put_back(*, student: User, day: date) -> Goal:
    """There is time on `day` after all."""
    goal = _held(student)
    goal.dates_off = [off for off in goal.dates_off if off != day.isoformat()]
    goal.save()
    return goal


@transaction.atomic
def open_feed(*, student: User) -> Goal:
    """A new secret for the calendar's address; the one before, if there was one, leads nowhere now."""
    goal = _held(student)
    goal.feed_key = token_urlsafe(KEY_BYTES)
    goal.save()
    return goal


@transaction.atomic
def close_feed(*, student: User) -> Goal:
    goal = _held(student)
    goal.feed_key = None
    goal.save()
    return goal


def _held(student: User) -> Goal:
    """The student's row, held until the transaction ends; made if there is none."""
    goal, _ = Goal.objects.select_for_update(of=("self",)).get_or_create(student=student)
    return goal


def _kept(days: Collection[date], today: date) -> list[str]:
    return sorted(day.isoformat() for day in set(days) if day >= today)


def _move(student: User, time_zone: str, now: datetime) -> None:
    """The student's days begin elsewhere: those that were counted are counted anew."""
    student.time_zone = time_zone
    student.save(update_fields=["time_zone"])
    daily.rebuild(student, now)
