"""Reads: what stands beside one question, before its answer and after."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Subquery

from studyapp.accounts.models import User
from studyapp.attempts.models import Attempt
from studyapp.content.models import Fact, Revision, Row, RowFact
from studyapp.content.texts import references
from studyapp.drills.models import Drill
from studyapp.drills.queries import Place
from studyapp.memory.models import Card, Kind, Review


@dataclass(frozen=True)
class Beside:
    """Of a question: the row of the tables that its fact stands in, if one does; the phrase of its clue, or ""; and whether the
    student has flagged its fact."""

    row_id: int | None = None
    clue: str = ""
    is_flagged: bool = False


def asked_at(student: User, place: Place) -> tuple[Revision, Beside]:
    """What is asked there, with the fact whose memory it moves. One query."""
    fact = OuterRef("item__fact")
    rows = RowFact.objects.filter(fact=fact, row__retired_at=None).order_by("row__position")
    flagged = Card.objects.of(student).filter(fact=fact, is_flagged=True)
    asked = Revision.objects.select_related("item__fact", "item__clue").annotate(
        row_id=Subquery(rows.values("row")[:1]), is_flagged=Exists(flagged)
    )
    found: Any = asked.get(pk=place.revision_id)  # a revision, with what was annotated
    clue = found.item.clue
    return found, Beside(found.row_id, clue.phrase if clue else "", found.is_flagged)


def row_of(row_id: int) -> tuple[Row, Mapping[str, str]]:
    """A row of the tables, and the values that its text names, by the slugs of their facts. Two queries."""
    row = Row.objects.get(pk=row_id)
    named = Fact.objects.filter(slug__in=references(row.now))
    return row, dict(named.values_list("slug", "body__value_text"))


@dataclass(frozen=True)
class After:
    """Where an answer has left its fact. `reason` is why the student says that they missed it, or ""."""

    card: Card
    is_guess: bool = False
    reason: str = ""

    @property
    def due_at(self) -> datetime:
        """When the fact comes back: one that was put off, not before that."""
        until = self.card.buried_until
        return max(self.card.due_at, until) if until else self.card.due_at


def after(attempt: Attempt) -> After | None:
    """None if the attempt moved no memory. One query, and one where `attempt` was read without its miss."""
    moved = list(Review.objects.filter(attempt=attempt, card__fact=attempt.fact_id).select_related("card"))
    if not moved:
        return None
    miss = getattr(attempt, "miss", None)
    return After(moved[0].card, any(review.kind == Kind.GUESS for review in moved), miss.reason if miss else "")


def answers_of(drill: Drill) -> dict[int, Attempt]:
    """What was answered in a drill, with what was asked, by place. One query."""
    given = Attempt.objects.filter(occasion=drill.occasion).select_related("revision__item", "miss", "withdrawal")
    return {attempt.position: attempt for attempt in given}
