"""The cards of a student as pages read them: plain rows, since a page looks at every card of the course."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from studyapp.accounts.models import User
from studyapp.memory.models import Card
from studyapp.scheduling.fsrs6 import Memory

_COLUMNS = (
    "pk",
    "fact",
    "due_at",
    "stability",
    "difficulty",
    "reviewed_at",
    "lapses",
    "was_right",
    "is_suspended",
    "is_flagged",
    "buried_until",
)


class Held(NamedTuple):
    """A card to be read: see `Card`, whose names these are. `memory`: None until a first review that is evidence."""

    pk: int
    fact_id: int
    due_at: datetime
    memory: Memory | None
    lapses: int
    was_right: bool | None
    is_suspended: bool
    is_flagged: bool
    buried_until: datetime | None

    def may_be_asked(self, now: datetime) -> bool:
        return not self.is_suspended and (self.buried_until is None or self.buried_until <= now)


def cards_of(student: User) -> dict[int, Held]:
    """All of the student's cards, by the fact's id. One query."""
    return {card.fact_id: card for card in _read(student)}


def memories_of(student: User) -> dict[int, Memory]:
    """What the student's cards hold, by the fact's id; facts without a memory are left out. One query."""
    rows = Card.objects.of(student).values_list("fact", "stability", "difficulty", "reviewed_at")
    return {fact: Memory(s, d, at) for fact, s, d, at in rows if s is not None and d is not None and at is not None}


def _read(student: User) -> Iterator[Held]:
    rows = Card.objects.of(student).values_list(*_COLUMNS)
    for pk, fact, due_at, stability, difficulty, reviewed_at, *rest in rows:
        yield Held(pk, fact, due_at, _memory(stability, difficulty, reviewed_at), *rest)


def _memory(stability: float | None, difficulty: float | None, reviewed_at: datetime | None) -> Memory | None:
    if stability is None or difficulty is None or reviewed_at is None:
        return None
    return Memory(stability, difficulty, reviewed_at)
