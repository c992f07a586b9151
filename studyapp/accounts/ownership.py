"""Whose it is. Each room registers how its rows move to another person, are exported, and are erased.

A room registers in its AppConfig's `ready`, so the order is that of INSTALLED_APPS: from the top floor of the house to
the bottom. Merging goes upwards (attempts have moved before memory rebuilds its cards from them), and erasing goes
downwards (what points to a row goes before the row).
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.db import transaction

from studyapp.accounts.models import User


class Room(NamedTuple):
    """`merge(guest, user)` leaves nothing of the guest's; `export(user)` is what JSON can hold; `erase(user)`."""

    merge: Callable[[User, User], None]
    export: Callable[[User], Any]
    erase: Callable[[User], None]


_rooms: dict[str, Room] = {}


def register(
    room: str,
    *,
    merge: Callable[[User, User], None],
    export: Callable[[User], Any],
    erase: Callable[[User], None],
) -> None:
    _rooms[room] = Room(merge, export, erase)


@transaction.atomic
def merge(guest: User, user: User) -> None:
    """Give all that the guest did to `user`. The guest's own row stays; the caller erases it."""
    for room in reversed(_rooms.values()):
        room.merge(guest, user)


def export(user: User) -> dict[str, Any]:
    """All that the rooms hold about a person, by room."""
    return {name: room.export(user) for name, room in _rooms.items()}


@transaction.atomic
def erase(user: User) -> None:
    """Take the person out of every room. The caller deletes the user's own row."""
    for room in _rooms.values():
        room.erase(user)


@transaction.atomic
def take_over(guest: User | None, user: User) -> None:
    """Give `user` what this guest did, and erase the guest's row.

    The row is read again under a lock: if the guest has taken a name in the meantime, it is nobody's to take.
    """
    held = User.objects.guests().select_for_update().filter(pk=guest.pk).first() if guest and guest != user else None
    if held is None:
        return
    merge(held, user)
    erase(held)
    held.delete()
