"""Students with a past, written into the tables at once: what the services would have left, without the time they take."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from studyapp.accounts.models import User
from studyapp.content.models import Fact
from studyapp.memory.counting import Counts
from studyapp.memory.models import Card, Day
from studyapp.scheduling.days import study_day
from tests.conftest import NOW


def facts(sections: int = 10, each: int = 6) -> list[Fact]:
    """So many facts of each of the first sections that items of mocks ask."""
    found: list[Fact] = []
    for section in range(1, sections + 1):
        asked = Fact.objects.current().filter(section=section, moved_by__kind="recall", moved_by__retired_at=None)
        found += asked.distinct().order_by("pk")[:each]
    return found


def remember(
    student: User, known: Iterable[Fact], *, stability: float = 20, days_ago: int = 3, now: datetime = NOW
) -> None:
    """A card for each, met `days_ago` and due `stability` days later."""
    at = now - timedelta(days=days_ago)
    Card.objects.bulk_create(
        Card(
            student=student, fact=fact, stability=stability, difficulty=5, reviewed_at=at, answers=1, was_right=True,
            due_at=at + timedelta(days=stability),
        )
        for fact in known
    )  # fmt: skip


def count(
    student: User, answers: int, *, right: float = 0.8, days: int = 1, since: int = 5, now: datetime = NOW
) -> None:
    """Rows of so many days that lie `since` days back and more, each with `answers` about facts that had a memory."""
    good = round(answers * right)
    counts = Counts(answers=answers, right=good, seconds=30.0 * answers)
    counts.bands = {6: [answers, good, good, 0.87 * answers]}
    Day.objects.bulk_create(
        Day(student=student, on=study_day(now) - timedelta(days=ago), counts=counts.as_json())
        for ago in range(since, since + days)
    )
