"""The sum of a card's reviews: what its memory is, and when it is due."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from studyapp.memory.models import Kind, Review
from studyapp.scheduling import fsrs6
from studyapp.scheduling.fsrs6 import Memory, Rating


@dataclass(frozen=True)
class State:
    memory: Memory | None
    due_at: datetime


def replay(reviews: Iterable[Review], fact_slug: str) -> State | None:
    """The state after `reviews` in their order, or None if each was taken back: then it is as if the fact had never been met."""
    ordered = sorted(reviews, key=lambda review: (review.at, review.pk))
    undone = {review.attempt_id for review in ordered if review.kind == Kind.UNDO}
    guessed = {review.attempt_id: review.at for review in ordered if review.kind == Kind.GUESS}
    state: State | None = None
    for review in ordered:
        if review.kind != Kind.ANSWER or review.attempt_id in undone:
            continue
        if review.attempt_id in guessed:
            state = after_guess(state, guessed[review.attempt_id])
        else:
            state = after_answer(state, Rating(review.rating or 1), review.at, fact_slug)
    return state


def after_answer(state: State | None, rating: Rating, now: datetime, fact_slug: str) -> State:
    key = f"{fact_slug} {int(now.timestamp())}"
    moved = fsrs6.review(state.memory if state else None, rating, now, key=key, zone=timezone.get_current_timezone())
    return State(moved.memory, moved.due_at)


def after_guess(state: State | None, now: datetime) -> State:
    """No evidence: the memory of before, due no later than tomorrow."""
    tomorrow = fsrs6.morning(now, 1, timezone.get_current_timezone())
    return State(state.memory, min(state.due_at, tomorrow)) if state else State(None, tomorrow)
