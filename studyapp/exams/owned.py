"""What happens to sittings when a guest becomes a person, asks for their data, or leaves."""

from typing import Any

from studyapp.accounts.models import User
from studyapp.exams.models import Sitting, SittingItem

PLACE = (
    "seed",
    "order",
    "choose",
    "predicted",
    "response",
    "given",
    "struck",
    "is_marked",
    "is_sure",
    "is_seen",
    "seconds",
    "device_ms",
    "answered_at",
    "is_first_right",
)


def merge(guest: User, user: User) -> None:
    """A sitting goes on where it was, its clock too. If both have one open, both stay: the lobby shows them."""
    Sitting.objects.of(guest).update(student=user)


def export(user: User) -> list[dict[str, Any]]:
    """Every sitting, oldest first, with what it asked in order and what stood there. Three queries."""
    sittings = Sitting.objects.of(user).order_by("started_at", "pk").select_related("blueprint")
    return [
        {
            "occasion": sitting.occasion,
            "blueprint": sitting.blueprint.slug,
            "size": sitting.size,
            "minutes": sitting.minutes,
            "time_factor": sitting.time_factor,
            "is_strict": sitting.is_strict,
            "started_at": sitting.started_at,
            "deadline_at": sitting.deadline_at,
            "paused_at": sitting.paused_at,
            "submitted_at": sitting.submitted_at,
            "pauses": sitting.pauses,
            "repeats": sitting.repeats,
            "items": [_item(place) for place in sitting.items.all()],
        }
        for sitting in sittings.prefetch_related("items__revision__item")
    ]


def _item(place: SittingItem) -> dict[str, Any]:
    revision = place.revision
    asked = {"position": place.position, "item": revision.item.slug, "revision": revision.digest}
    return asked | {name: getattr(place, name) for name in PLACE}


def erase(user: User) -> None:
    Sitting.objects.of(user).delete()
