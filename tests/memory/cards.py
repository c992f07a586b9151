"""Cards in any state, made at once."""

from datetime import datetime, timedelta
from typing import Any

from studyapp.accounts.models import User
from studyapp.content.models import Fact
from studyapp.memory.models import Card
from tests.conftest import NOW


def a_card(
    student: User,
    fact: Fact,
    *,
    due_in: float = -1,
    ago: float = 10,
    stability: float = 10,
    now: datetime = NOW,
    **more: Any,
) -> Card:
    """One that was answered `ago` days before `now` and is due in `due_in` days."""
    given = {"difficulty": 5, "answers": 3, "was_right": True} | more
    return Card.objects.create(
        student=student,
        fact=fact,
        stability=stability,
        reviewed_at=now - timedelta(days=ago),
        due_at=now + timedelta(days=due_in),
        **given,
    )


def some_facts(number: int, **which: Any) -> list[Fact]:
    """That many facts of the course, in its order."""
    return list(Fact.objects.current().filter(**which).order_by("section", "pk")[:number])
