"""Reads: a student's goal, on what terms their cards come back, and when. What to ask is in `desk`, `turns` and `queue`."""

from collections import Counter
from datetime import datetime, timedelta

from django.db.models.functions import Coalesce, Greatest

from studyapp.accounts.models import User
from studyapp.memory.models import Card, Goal
from studyapp.memory.tempo import TIME_DUE, TIME_NEW
from studyapp.memory.terms import Terms
from studyapp.scheduling.days import study_day

__all__ = ["TIME_DUE", "TIME_NEW", "goal_of", "next_due_at", "terms"]

BALANCED_DAYS = 90
"""How far ahead the load of days is evened out."""


def goal_of(student: User) -> Goal:
    """The student's goal; an unsaved one, without an exam, for who has set none. One query."""
    return Goal.objects.filter(student=student).first() or Goal(student=student)


def terms(student: User, now: datetime) -> Terms:
    """On what terms the student's cards come back from now on. Two queries."""
    goal, zone = goal_of(student), student.zone
    today = study_day(now, zone)
    soon = Card.objects.of(student).filter(due_at__lt=now + timedelta(days=BALANCED_DAYS), is_suspended=False)
    loads = Counter(max(0, (study_day(due_at, zone) - today).days) for due_at in soon.values_list("due_at", flat=True))
    off = (day for day in range(BALANCED_DAYS) if goal.is_off(today + timedelta(days=day)))
    return Terms(goal.retention, dict(loads), frozenset(off))


def next_due_at(student: User) -> datetime | None:
    """When the next card becomes due that is not suspended, if there is any; one that was put off, not before that. One query."""
    asked = Card.objects.of(student).filter(fact__retired_at=None, is_suspended=False)
    back = asked.annotate(back_at=Greatest("due_at", Coalesce("buried_until", "due_at"))).order_by("back_at")
    return back.values_list("back_at", flat=True).first()
