"""Writes: an answer moves a memory; a guess is owned up to; an answer is taken back; cards are rebuilt."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from studyapp.accounts.models import User
from studyapp.attempts.models import Attempt
from studyapp.content.models import Fact
from studyapp.memory.models import Card, Kind, Review
from studyapp.memory.replay import State, after_answer, replay
from studyapp.scheduling import fsrs6, policy
from studyapp.scheduling.policy import Pace


class AlreadyLearnt(ValueError):
    """This attempt has moved memory in this way before."""


def learn(*, attempt: Attempt, student: User, pace: Pace = Pace.UNKNOWN, now: datetime) -> Review:
    """Move the student's memory of the fact that `attempt` probed, and say when it is next due.

    Of an item that asks several facts, each memory moves by its own part; the review of the item's own fact comes back.
    Raises AlreadyLearnt if this attempt has moved memory before. Three queries; three for each fact, and one, for several.
    """
    try:
        with transaction.atomic():
            return _learn(attempt, student, pace, now)
    except IntegrityError:
        if Review.objects.filter(attempt=attempt, kind=Kind.ANSWER).exists():
            raise AlreadyLearnt(f"attempt {attempt.pk} was answered before") from None
    with transaction.atomic():  # two first answers to one fact at once: the other has made the card
        return _learn(attempt, student, pace, now)


@transaction.atomic
def guessed(*, attempt: Attempt, now: datetime) -> Review:
    """The student owns up to a guess: the right answer is no evidence. Raises AlreadyLearnt when said twice."""
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
        _rest_on(card, list(card.reviews.all()))
    Card.objects.bulk_update(made, ["stability", "difficulty", "reviewed_at", "due_at"], batch_size=200)
    return len(made)


def _learn(attempt: Attempt, student: User, pace: Pace, now: datetime) -> Review:
    reviews = [_move(attempt, probe, student, pace, now) for probe in _probes(attempt)]
    return reviews[0]


@dataclass(frozen=True)
class Probe:
    """A fact that an attempt asked for, and whether it was known."""

    fact_id: int
    slug: str
    is_right: bool


def _probes(attempt: Attempt) -> list[Probe]:
    """The item's own fact first. One query for an item that asks several facts, none for others."""
    own = Probe(attempt.fact_id, attempt.fact.slug, attempt.is_right)
    if not attempt.parts:
        return [own]
    asked = Fact.objects.filter(slug__in=attempt.parts).values_list("pk", "slug")
    probes = [Probe(pk, slug, attempt.parts[slug]) for pk, slug in asked]
    return sorted(probes, key=lambda probe: (probe.fact_id != own.fact_id, probe.slug)) or [own]


def _move(attempt: Attempt, probe: Probe, student: User, pace: Pace, now: datetime) -> Review:
    card = Card.objects.select_for_update().filter(student=student, fact_id=probe.fact_id).first()
    card = card or Card(student=student, fact_id=probe.fact_id, due_at=now)
    before = State(card.memory, card.due_at) if card.pk else None
    rating = policy.rate(is_right=probe.is_right, is_sure=attempt.is_sure, pace=pace)
    after = after_answer(before, rating, now, probe.slug)
    card.hold(after.memory, after.due_at)
    card.save()
    return _keep(card, attempt, Kind.ANSWER, now, rating=rating, before=before)


def _amend(attempt: Attempt, kind: Kind, now: datetime) -> Review:
    """Each card that the attempt moved; the review of the item's own fact comes back."""
    if Review.objects.filter(attempt=attempt, kind=kind).exists():
        raise AlreadyLearnt(f"attempt {attempt.pk} was {kind.label} before")
    cards = Card.objects.select_for_update(of=("self",)).select_related("fact")  # not the fact, which is everybody's
    moved = cards.filter(student=attempt.student, reviews__attempt=attempt, reviews__kind=Kind.ANSWER)
    reviews = [_amend_card(card, attempt, kind, now) for card in moved.order_by("pk")]
    return next(review for review in reviews if review.card.fact_id == attempt.fact_id)


def _amend_card(card: Card, attempt: Attempt, kind: Kind, now: datetime) -> Review:
    review = _keep(card, attempt, kind, now)
    _rest_on(card, list(card.reviews.all()))
    card.save()
    return review


def _rest_on(card: Card, reviews: list[Review]) -> None:
    """Hold what `reviews` come to; saves nothing.

    A card of which nothing is left is due at once: the fact was shown, and stays in play.
    """
    state = replay(reviews, card.fact.slug) or State(None, max(review.at for review in reviews))
    card.hold(state.memory, state.due_at)


def _keep(
    card: Card,
    attempt: Attempt,
    kind: Kind,
    now: datetime,
    *,
    rating: fsrs6.Rating | None = None,
    before: State | None = None,
) -> Review:
    predicted = fsrs6.retrievability(before.memory, now) if before and before.memory else None
    return Review.objects.create(
        card=card,
        attempt=attempt,
        kind=kind,
        rating=rating,
        predicted=predicted,
        policy=policy.VERSION,
        parameters=fsrs6.PARAMETERS,
        at=now,
    )
