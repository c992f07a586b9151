"""What happens to attempts when a guest becomes a person, asks for their data, or leaves."""

from typing import Any

from studyapp.accounts.models import User
from studyapp.attempts.models import Attempt


def merge(guest: User, user: User) -> None:
    Attempt.objects.filter(student=guest).update(student=user)


def export(user: User) -> list[dict[str, Any]]:
    """Every attempt, oldest first, with its fact, and the item and its exact revision: null for a prediction in the lab."""
    rows = Attempt.objects.filter(student=user).order_by("answered_at", "pk")
    fields = (
        "seed",
        "order",
        "response",
        "is_sure",
        "fraction",
        "maximum",
        "source",
        "position",
        "shown_at",
        "answered_at",
    )
    return [
        {
            "fact": row["fact__slug"],
            "item": row["revision__item__slug"],
            "revision": row["revision__digest"],
            **{name: row[name] for name in fields},
        }
        for row in rows.values("fact__slug", "revision__item__slug", "revision__digest", *fields)
    ]


def erase(user: User) -> None:
    """Unname them: the statistics of items stay right."""
    Attempt.objects.filter(student=user).update(student=None)
