"""What happens to sittings when a guest becomes a person, asks for their data, or leaves."""

from typing import Any

from studyapp.accounts.models import User
from studyapp.exams.models import Sitting, SittingItem


def merge(guest: User, user: User) -> None:
    """A sitting goes on where it was, its clock too. If both have one open, both stay: the lobby shows them."""
    Sitting.objects.of(guest).update(student=user)


def export(user: User) -> list[dict[str, Any]]:
    """Every sitting, oldest first, with what it asked in order and what stood there. Three queries."""
    sittings = Sitting.objects.of(user).order_by("started_at", "pk").select_related("blueprint")
    return [
        {
            "blueprint": sitting.blueprint.slug,
            "minutes": sitting.minutes,
            "time_factor": sitting.time_factor,
            "is_strict": sitting.is_strict,
            "started_at": sitting.started_at,
            "submitted_at": sitting.submitted_at,
            "pauses": sitting.pauses,
            "items": [_item(place) for place in sitting.items.all()],
        }
        for sitting in sittings.prefetch_related("items__revision__item")
    ]


def _item(place: SittingItem) -> dict[str, Any]:
    fields = ("seed", "order", "response", "given", "struck", "is_marked", "is_sure", "seconds", "answered_at")
    return {"item": place.revision.item.slug} | {name: getattr(place, name) for name in fields}


def erase(user: User) -> None:
    Sitting.objects.of(user).delete()
