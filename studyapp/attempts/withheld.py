"""What is not to be asked elsewhere just now: the questions of a mock that a student is sitting, whose keys a drill would show.

Siblings do not know each other, so whoever holds questions back registers which, in its AppConfig's `ready`.
"""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet

from studyapp.accounts.models import User
from studyapp.content.kept import ItemQuerySet

Holds = Callable[[User], QuerySet[Any, Any]]
"""The ids of a student's items that are held back, as a query that is yet to be asked."""

_holders: dict[str, Holds] = {}


def register(room: str, holds: Holds) -> None:
    _holders[room] = holds


def without(items: ItemQuerySet, student: User) -> ItemQuerySet:
    """Those of `items` that nobody holds back from this student. No query of its own: it becomes part of theirs."""
    for holds in _holders.values():
        items = items.exclude(pk__in=holds(student))
    return items
