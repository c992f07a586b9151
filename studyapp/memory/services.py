"""Writes: an answer moves a memory; a guess is owned up to; an answer is taken back; cards are rebuilt.

What a student says of a card by hand (suspend it, put it off) is in `by_hand`.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from studyapp.accounts.models import User
from studyapp.attempts.models import Attempt
from studyapp.content.models import Fact
from studyapp.memory import daily
from studyapp.memory.models import Card, Kind, Review
from studyapp.memory.replay import after_answer, hold, replay, state_of
from studyapp.memory.terms import DEFAULT, Terms, place
from studyapp.scheduling import fsrs6, policy
from studyapp.scheduling.policy import Pace

HELD = (
    "stability",
    "difficulty",
    "reviewed_at",
    "due_at",
    "answers",
    "lapses",
    "was_right",
    "is_suspended",
    "is_flagged",
    "buried_until",
)
"""The columns of a card that its reviews can rebuild: all."""


class AlreadyLearnt(ValueError):
    """This attempt has moved memory in this way before."""


def learn(
    *, attempt: Attempt, student: User, pace: Pace = Pace.UNKNOWN, terms: Terms = DEFAULT, now: datetime
) -> Review:
    """Move the student's memory of the fact that `attempt` probed, and say when it is next due.

    Of an item that asks several facts, each memory moves by its own part; the review of the item's own fact comes back.
    Raises AlreadyLearnt if this attempt has moved memory before. Three queries; three for each fact, and one, for several.
    """
    try:
        with transaction.atomic():
            return _learn(attempt, student, pace, terms, now)
    except IntegrityError:
        if Review.objects.filter(attempt=attempt, kind=Kind.ANSWER).exists():
            raise AlreadyLearnt(f"attempt {attempt.pk} was answered before") from None
    with transaction.atomic():  # two first answers to one fact at once: the other has made the card
        return _learn(attempt, student, pace, terms, now)


@transaction.atomic
def guessed(*, attempt: Attempt, now: datetime) -> Review:
    """The student owns up to a guess: a right answer is no evidence, one after a hint is a lapse. Raises AlreadyLearnt when
    said twice."""
    return _amend(attempt, Kind.GUESS, now)


@transaction.atomic
def undo(*, attempt: Attempt, now: datetime) -> Review:
    """The answer no longer counts: the memory is as if it had not been given. Raises AlreadyLearnt when undone twice."""
    return _amend(attempt, Kind.UNDO, now)


@transaction.atomic
def rebuild(*, student: User, facts: Collection[int] | None = None) -> int:
    """Make the student's cards again from their reviews; of `facts` alone if they are given. Says how many. Three queries."""
    cards = Card.objects.of(student) if facts is None else Card.objects.of(student).filter(fact__in=facts)
    made = list(cards.select_related("fact").prefetch_related("reviews"))
    for card in made:
        rest_on(card, list(card.reviews.all()))
    Card.objects.bulk_update(made, HELD, batch_size=90)  # SQLite takes so many values in a statement
    return len(made)


def rest_on(card: Card, reviews: Collection[Review]) -> None:
    """Hold what `reviews` (one at least) come to; saves nothing."""
    hold(card, replay(reviews, card.fact.slug), max(review.at for review in reviews))


def _learn(attempt: Attempt, student: User, pace: Pace, terms: Terms, now: datetime) -> Review:
    reviews = {probe.fact_id: _move(attempt, probe, student, pace, terms, now) for probe in _probes(attempt)}
    daily.amended(student, attempt.answered_at, now)
    return reviews.get(attempt.fact_id) or next(iter(reviews.values()))


@dataclass(frozen=True)
class Probe:
    """A fact that an attempt asked for, and whether it was known."""

    fact_id: int
    slug: str
    is_right: bool


def _probes(attempt: Attempt) -> list[Probe]:
    """By fact, so that two answers at once take hold of the cards in one order. One query for an item that asks several facts,
    none for others."""
    own = Probe(attempt.fact_id, attempt.fact.slug, attempt.is_right)
    if not attempt.parts:
        return [own]
    asked = Fact.objects.filter(slug__in=attempt.parts).values_list("pk", "slug")
    probes = [Probe(pk, slug, attempt.parts[slug]) for pk, slug in asked]
    return sorted(probes, key=lambda probe: probe.fact_id) or [own]


def _move(attempt: Attempt, probe: Probe, student: User, pace: Pace, terms: Terms, now: datetime) -> Review:
    card = Card.objects.select_for_update().filter(student=student, fact_id=probe.fact_id).first()
    card = card or Card(student=student, fact_id=probe.fact_id, due_at=now)
    before = state_of(card)
    rating = policy.rate(is_right=probe.is_right, is_sure=attempt.is_sure, pace=pace, has_hint=bool(attempt.hints))
    review = Review(
        attempt=attempt,
        kind=Kind.ANSWER,
        rating=rating,
        predicted=fsrs6.retrievability(before.memory, now) if before.memory else None,
        retention=terms.retention,
        place=place(terms, before.memory, rating, probe.slug, now),
        **stamp(student, now),
    )
    hold(card, after_answer(before, review, probe.slug), now)
    card.save()
    review.card = card
    review.save(force_insert=True)
    if before.memory and before.memory.reviewed_at > now:  # two answers at once, and the later one came first
        rest_on(card, list(card.reviews.all()))
        card.save()
    return review


def stamp(student: User, now: datetime) -> dict[str, object]:
    """What every review keeps of how it came about."""
    return {"policy": policy.VERSION, "parameters": fsrs6.MOVED_BY, "zone": student.time_zone, "at": now}


def _amend(attempt: Attempt, kind: Kind, now: datetime) -> Review:
    """Each card that the attempt moved; the review of the item's own fact comes back."""
    cards = Card.objects.select_for_update(of=("self",)).select_related("fact")  # not the fact, which is everybody's
    moved = cards.filter(student=attempt.student_id, reviews__attempt=attempt, reviews__kind=Kind.ANSWER)
    held = list(moved.order_by("fact_id"))
    # Asked once the cards are held: of two clicks at once, the second finds what the first has left.
    said = Review.objects.filter(attempt=attempt, kind__in=(kind, Kind.UNDO)).values_list("kind", flat=True).first()
    if attempt.student is None or not held or said:
        raise AlreadyLearnt(f"attempt {attempt.pk} was {Kind(said or kind).label} before")
    reviews = [_amend_card(card, attempt, kind, now) for card in held]
    daily.amended(attempt.student, attempt.answered_at, now)
    return next(review for review in reviews if review.card.fact_id == attempt.fact_id)


def _amend_card(card: Card, attempt: Attempt, kind: Kind, now: datetime) -> Review:
    rating = None
    if kind == Kind.GUESS:
        rating = policy.rate_guess(is_right=attempt.is_right, has_hint=bool(attempt.hints))
    review = Review.objects.create(card=card, attempt=attempt, kind=kind, rating=rating, **stamp(card.student, now))
    rest_on(card, list(card.reviews.all()))
    card.save()
    return review
