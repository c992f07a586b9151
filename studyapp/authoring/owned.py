"""What happens to drafts when a guest becomes a person, asks for their data, or leaves."""

from typing import Any

from studyapp.accounts.models import User
from studyapp.authoring.models import Draft


def merge(guest: User, user: User) -> None:
    """A guest writes nothing; whatever there is goes on as the person's."""
    Draft.objects.of(guest).update(author=user)


def export(user: User) -> list[dict[str, Any]]:
    """Every draft, oldest first, as its files would have it."""
    return [
        {"title": draft.title, "made_at": draft.made_at, "updated_at": draft.updated_at, **draft.body}
        for draft in Draft.objects.of(user).order_by("made_at", "pk")
    ]


def erase(user: User) -> None:
    """Questions are no traces of a person: they stay, without a name."""
    Draft.objects.of(user).update(author=None)
