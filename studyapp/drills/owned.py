"""What happens to drills when a guest becomes a person, asks for their data, or leaves."""

from typing import Any

from studyapp.accounts.models import User
from studyapp.drills.models import Drill


def merge(guest: User, user: User) -> None:
    """A drill goes on where it was: its answers are found by its occasion, whoever gave them."""
    Drill.objects.of(guest).update(student=user)


def export(user: User) -> list[dict[str, Any]]:
    """Every drill, oldest first, with what it asked in order, by which seeds, and which hints were taken before each answer."""
    drills = Drill.objects.of(user).order_by("opened_at", "pk").prefetch_related("items__revision__item")
    return [
        {
            "title": drill.title,
            "kind": drill.kind,
            "feedback": drill.feedback,
            "opened_at": drill.opened_at,
            "occasion": drill.occasion,
            "pace": drill.pace,
            "terms": drill.terms,
            "items": [question.revision.item.slug for question in drill.items.all()],
            "seeds": [question.seed for question in drill.items.all()],
            "hints": [question.hints for question in drill.items.all()],
        }
        for drill in drills
    ]


def erase(user: User) -> None:
    Drill.objects.of(user).delete()
