"""Reads: what is due, and what to ask next."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain, zip_longest

from studyapp.accounts.models import User
from studyapp.attempts.models import Attempt
from studyapp.content.models import Fact
from studyapp.memory.models import Card, Kind, Review
from studyapp.scheduling import fsrs6

TIME_DUE, TIME_NEW = timedelta(seconds=45), timedelta(seconds=90)
"""How long a fact takes that is due, and one never met, until a student's own pace is known well enough."""


@dataclass(frozen=True)
class Owed:
    """Fact ids: those due, the most forgotten first; those never met, sections in turn; those known and not yet due."""

    due: tuple[int, ...]
    new: tuple[int, ...]
    kept: tuple[int, ...]

    def first(self, size: int) -> tuple[int, ...]:
        """At most `size` facts: what is due, then what is new."""
        return (self.due + self.new)[:size]

    def any(self, size: int) -> tuple[int, ...]:
        """The same, filled up with what is not yet due."""
        return (self.due + self.new + self.kept)[:size]


def owed(student: User | None, now: datetime, *, sections: Collection[int] = ()) -> Owed:
    """Due and new facts, of `sections` alone if any are named. Two queries; one for somebody without a row."""
    facts = Fact.objects.current().order_by("section", "pk")
    if sections:
        facts = facts.filter(section__in=sections)
    cards = {card.fact_id: card for card in Card.objects.of(student)} if student else {}
    known = [(pk, section) for pk, section in facts.values_list("pk", "section")]
    met = [cards[pk] for pk, _ in known if pk in cards]
    met.sort(key=lambda card: (fsrs6.retrievability(card.memory, now), card.due_at, card.pk))
    return Owed(
        due=tuple(card.fact_id for card in met if card.due_at <= now),
        new=_mixed((pk, section) for pk, section in known if pk not in cards),
        kept=tuple(card.fact_id for card in met if card.due_at > now),
    )


def by_section(student: User | None, now: datetime) -> dict[int, tuple[int, int, int]]:
    """Of each section: how many facts are due, never met, and in all. Two queries; one for somebody without a row."""
    due_at = dict(Card.objects.of(student).values_list("fact", "due_at")) if student else {}
    counts: dict[int, list[int]] = {}
    for pk, section in Fact.objects.current().values_list("pk", "section"):
        count = counts.setdefault(section, [0, 0, 0])
        count[0] += pk in due_at and due_at[pk] <= now
        count[1] += pk not in due_at
        count[2] += 1
    return {section: (due, new, total) for section, (due, new, total) in counts.items()}


def next_due_at(student: User) -> datetime | None:
    """When the next card becomes due, if there is any. One query."""
    return (
        Card.objects.of(student)
        .filter(fact__retired_at=None)
        .order_by("due_at")
        .values_list("due_at", flat=True)
        .first()
    )


@dataclass(frozen=True)
class After:
    """What an attempt did to memory: when its fact is due now, and whether it was owned up to as a guess."""

    due_at: datetime
    is_guess: bool


def after(attempt: Attempt) -> After | None:
    """None if the attempt moved no memory. One query."""
    reviews = list(Review.objects.filter(attempt=attempt, card__fact=attempt.fact_id).select_related("card"))
    return After(reviews[0].card.due_at, any(review.kind == Kind.GUESS for review in reviews)) if reviews else None


def _mixed(facts: Iterable[tuple[int, int]]) -> tuple[int, ...]:
    """One of each section in turn: a drill of twelve new facts should not be twelve of the overview."""
    by_section: dict[int, list[int]] = {}
    for pk, section in facts:
        by_section.setdefault(section, []).append(pk)
    turns = zip_longest(*by_section.values())
    return tuple(pk for pk in chain.from_iterable(turns) if pk is not None)
