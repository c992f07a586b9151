"""Reads: a student's goal, on what terms their cards come back, and when. What to ask is in `desk`, `turns` and `queue`."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from studyapp.accounts.models import User
from studyapp.attempts.models import Attempt
from studyapp.memory.models import Card, Goal, Kind, Review
from studyapp.memory.tempo import TIME_DUE, TIME_NEW
from studyapp.memory.terms import Terms
from studyapp.scheduling.days import study_day

__all__ = ["TIME_DUE", "TIME_NEW", "After", "after", "goal_of", "next_due_at", "terms"]

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
    """When the next card becomes due that is not suspended, if there is any. One query."""
    return (
        Card.objects.of(student)
        .filter(fact__retired_at=None, is_suspended=False)
        .order_by("due_at")
        .values_list("due_at", flat=True)
        .first()
    )


@dataclass(frozen=True)
class After:
    """What an attempt did to memory: when its fact is due now, and whether it was owned up to as a guess."""

    due_at: datetime
    is_guess: bool


def after(attempt: Attempt) -> After | None:
    """None if the attempt moved no memory. One query."""
    reviews = list(Review.objects.filter(attempt=attempt, card__fact=attempt.fact_id).select_related("card"))
    return After(reviews[0].card.due_at, any(review.kind == Kind.GUESS for review in reviews)) if reviews else None
