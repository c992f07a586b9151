"""Reads about answers."""

from statistics import median

from studyapp.accounts.models import User
from studyapp.attempts.models import Attempt

ENOUGH = 20
RECENT = 100


def pace_of(student: User) -> float | None:
    """The student's median seconds for each character read, over their last 100 attempts; None before 20. One query."""
    rows = Attempt.objects.of(student).standing().order_by("-answered_at", "-pk")[:RECENT]
    spans = [
        row.took.total_seconds() / max(row.characters, 1) for row in rows.only("shown_at", "answered_at", "characters")
    ]
    return median(spans) if len(spans) >= ENOUGH else None
