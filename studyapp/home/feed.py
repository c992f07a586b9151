"""The calendar that a student subscribes to: a day of study is an event, and so is the exam."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from math import ceil

from django.utils.crypto import salted_hmac

from studyapp.accounts.models import User
from studyapp.home.icalendar import Event, calendar
from studyapp.memory.models import Card, Goal
from studyapp.memory.tempo import TIME_DUE
from studyapp.scheduling.days import begins, study_day

DAYS = 30
MINUTE = timedelta(minutes=1)


def goal_at(key: str) -> Goal | None:
    """Whose calendar has this secret in its address, or None. One query."""
    return Goal.objects.select_related("student").filter(feed_key=key).first()


def text(goal: Goal, link: str, now: datetime) -> str:
    """The calendar of the next 30 days. `link`: the address of Today. One query."""
    return calendar("Lambda study days", [*_study_days(goal, link, now), *_exam(goal, link, now)], now)


def _study_days(goal: Goal, link: str, now: datetime) -> Iterator[Event]:
    for day, minutes in due_minutes(goal, now).items():
        says = f"{minutes} min of Lambda"
        yield Event(
            _uid(goal.student, f"study {day}"),
            day,
            says,
            f"What is due by then takes about {minutes} minutes: {link}",
            link,
        )


def _exam(goal: Goal, link: str, now: datetime) -> Iterator[Event]:
    if goal.exam_on and goal.exam_on >= study_day(now, goal.student.zone):
        name = f"Exam {goal.exam}".strip()
        yield Event(_uid(goal.student, "exam"), goal.exam_on, name, f"What you recall today: {link}", link)


def due_minutes(goal: Goal, now: datetime) -> dict[date, int]:
    """Minutes of due work on each of the next 30 study days that has some, as the cards stand now. What a day has no time for,
    and what falls on a day off, goes to the next; nothing after the exam."""
    today = study_day(now, goal.student.zone)
    loads, waiting, found = _loads(goal.student, today, now), timedelta(), {}
    for day in (today + timedelta(days=n) for n in range(DAYS)):
        if goal.exam_on and today <= goal.exam_on <= day:
            break
        waiting += loads[day] * TIME_DUE
        done = min(waiting, timedelta() if goal.is_off(day) else goal.minutes * MINUTE)
        waiting -= done
        if done:
            found[day] = ceil(done / MINUTE)
    return found


def _loads(student: User, today: date, now: datetime) -> Counter[date]:
    """How many facts become due on each study day; all that is overdue today."""
    ends = begins(today + timedelta(days=DAYS), student.zone)
    soon = Card.objects.of(student).filter(due_at__lt=ends, is_suspended=False, fact__retired_at=None)
    moments = soon.values_list("due_at", "buried_until")
    return Counter(max(today, study_day(max(due_at, until or due_at), student.zone)) for due_at, until in moments)


def _uid(student: User, what: str) -> str:
    """The same for an event whenever it is read; it says nothing of the student or of the address."""
    return f"{salted_hmac('home.feed', f'{student.pk} {what}').hexdigest()[:32]}@coldstart"
