"""The sum of a card's reviews: what its memory is, when it is due, and what was said of it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo

from django.utils import timezone

from studyapp.accounts.models import zone_of
from studyapp.memory.models import Card, Kind, Review
from studyapp.scheduling import fsrs6
from studyapp.scheduling.days import morning
from studyapp.scheduling.fsrs6 import Memory, Rating


@dataclass(frozen=True)
class State:
    """All that a card holds. `due_at` is None as long as nothing has been asked: the fact is due at once."""

    memory: Memory | None = None
    due_at: datetime | None = None
    answers: int = 0
    lapses: int = 0
    was_right: bool | None = None
    is_suspended: bool = False
    is_flagged: bool = False
    buried_until: datetime | None = None


NEW = State()


def state_of(card: Card) -> State:
    return State(
        card.memory,
        card.due_at if card.pk else None,
        card.answers,
        card.lapses,
        card.was_right,
        card.is_suspended,
        card.is_flagged,
        card.buried_until,
    )


def hold(card: Card, state: State, now: datetime) -> None:
    """Let `card` hold `state`; saves nothing. A card of which nothing is left is due at once (`now`): the fact was shown,
    and stays in play."""
    memory = state.memory
    card.stability = memory.stability if memory else None
    card.difficulty = memory.difficulty if memory else None
    card.reviewed_at = memory.reviewed_at if memory else None
    card.due_at = state.due_at or now
    card.answers, card.lapses, card.was_right = state.answers, state.lapses, state.was_right
    card.is_suspended, card.is_flagged, card.buried_until = state.is_suspended, state.is_flagged, state.buried_until


def replay(reviews: Iterable[Review], fact_slug: str) -> State:
    """The state after `reviews` in their order. What was taken back has never been."""
    ordered = sorted(reviews, key=lambda review: (review.at, review.pk))
    undone = {review.attempt_id for review in ordered if review.kind == Kind.UNDO}
    guesses = {review.attempt_id: review for review in ordered if review.kind == Kind.GUESS}
    state = NEW
    for review in ordered:
        if review.kind == Kind.ANSWER:
            if review.attempt_id not in undone:
                state = _answered(state, review, guesses.get(review.attempt_id), fact_slug)
        elif review.kind in _SAID:
            state = _SAID[Kind(review.kind)](state, review)
    return state


def after_answer(state: State, review: Review, fact_slug: str) -> State:
    """The memory moved by the rating of `review`, and due when its retention and place say."""
    rating, before = Rating(review.rating or Rating.AGAIN), state.memory
    place = review.place if review.place is not None else lot(fact_slug, review.at)
    moved = fsrs6.review(
        before, rating, review.at, place=place, zone=_zone(review), retention=review.retention or fsrs6.RETENTION
    )
    is_lapse = rating == Rating.AGAIN and before is not None
    return replace(
        state,
        memory=moved.memory,
        due_at=moved.due_at,
        answers=state.answers + 1,
        lapses=state.lapses + is_lapse,
        was_right=rating != Rating.AGAIN,
        buried_until=None,
    )


def after_guess(state: State, guess: Review) -> State:
    """No evidence: the memory of before, due no later than tomorrow."""
    tomorrow = morning(guess.at, 1, _zone(guess))
    return replace(state, due_at=min(state.due_at or tomorrow, tomorrow), buried_until=None)


def lot(fact_slug: str, at: datetime) -> float:
    """Where in its range of days a fact comes back by lot: it hangs on fact and moment, so a page that is sent again, or a
    replay under another owner, gives the same day."""
    return fsrs6.place_of(f"{fact_slug} {int(at.timestamp())}")


def _answered(state: State, review: Review, guess: Review | None, fact_slug: str) -> State:
    """An answer that was owned up to as a guess counts as the guess says: as nothing, or as a lapse."""
    if guess is None:
        return after_answer(state, review, fact_slug)
    if guess.rating is None:
        return after_guess(state, guess)
    lapse = Review(rating=guess.rating, at=review.at, place=review.place, zone=review.zone, retention=review.retention)
    return after_answer(state, lapse, fact_slug)


def _reset(state: State, review: Review) -> State:
    """As if never met, and due at once; what was said of the card stays."""
    return replace(NEW, due_at=review.at, is_suspended=state.is_suspended, is_flagged=state.is_flagged)


_SAID: Mapping[Kind, Callable[[State, Review], State]] = {
    Kind.RESET: _reset,
    Kind.SUSPEND: lambda state, review: replace(state, is_suspended=True),
    Kind.RESUME: lambda state, review: replace(state, is_suspended=False),
    Kind.BURY: lambda state, review: replace(state, buried_until=review.until),
    Kind.SET_DUE: lambda state, review: replace(state, due_at=review.until, buried_until=None),
    Kind.FLAG: lambda state, review: replace(state, is_flagged=True),
    Kind.UNFLAG: lambda state, review: replace(state, is_flagged=False),
}


def _zone(review: Review) -> tzinfo:
    return zone_of(review.zone) or timezone.get_default_timezone()
