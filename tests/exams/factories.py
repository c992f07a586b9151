"""Sittings on the real course, and what is saved in them the way a page saves it."""

from datetime import datetime, timedelta
from typing import Any

from studyapp.accounts.models import User
from studyapp.content.models import Blueprint
from studyapp.exams import services
from studyapp.exams.models import Sitting, SittingItem
from studyapp.exams.queries import Paper
from studyapp.exams.services import Draft, Terms
from tests.conftest import NOW
from tests.drills.responses import response_of


def at(*, minutes: float = 0, seconds: float = 0, days: float = 0) -> datetime:
    """So long after the start."""
    return NOW + timedelta(days=days, minutes=minutes, seconds=seconds)


def begin(
    student: User, size: int = 5, *, is_strict: bool = True, time_factor: float = 1, now: datetime = NOW
) -> Sitting:
    blueprint = Blueprint.objects.current().get()
    terms = Terms(size, is_strict, time_factor)
    return services.begin(student=student, blueprint=blueprint, terms=terms, now=now)


def place(sitting: Sitting, position: int = 1) -> SittingItem:
    return sitting.items.select_related("revision__item").get(position=position)


def response(sitting: Sitting, position: int = 1, *, right: bool = True) -> tuple[str, ...]:
    there = place(sitting, position)
    return tuple(response_of(there.revision.variant(there.seed), right=right))


def save(
    sitting: Sitting, position: int = 1, *, now: datetime = NOW, turn_to: int | None = None, **draft: Any
) -> Paper:
    return services.save(
        student=sitting.student,
        sitting_id=sitting.pk,
        position=position,
        draft=Draft(**draft),
        turn_to=turn_to,
        now=now,
    )


def answer(
    sitting: Sitting,
    position: int = 1,
    *,
    right: bool = True,
    now: datetime = NOW,
    turn_to: int | None = None,
    **draft: Any,
) -> Paper:
    given = response(sitting, position, right=right)
    return save(sitting, position, response=given, now=now, turn_to=turn_to, **draft)


def hand_in(sitting: Sitting, now: datetime = NOW) -> Sitting:
    return services.hand_in(sitting_id=sitting.pk, now=now)


def sat(student: User, size: int = 5, *, right: int | None = None, now: datetime = NOW) -> Sitting:
    """A sitting that is over: the first `right` questions right (all, unless told), the others wrong."""
    sitting = begin(student, size, now=now)
    for position in range(1, size + 1):
        answer(sitting, position, right=right is None or position <= right, now=now + timedelta(seconds=position))
    return hand_in(sitting, now + timedelta(seconds=size))
