"""What happens to memories, goals and forecasts when a guest becomes a person, asks for their data, or leaves."""

from typing import Any

from django.utils import timezone

from studyapp.accounts.models import User
from studyapp.memory import daily, services
from studyapp.memory.models import Card, Day, Forecast, Goal, Review

REVIEW = (
    "kind",
    "rating",
    "predicted",
    "policy",
    "parameters",
    "retention",
    "place",
    "zone",
    "until",
    "at",
)
FORECAST = (
    "made_at",
    "on",
    "version",
    "answers",
    "now_share",
    "now_low",
    "now_high",
    "exam_on",
    "share",
    "low",
    "high",
    "occasion",
    "scored_at",
    "scored_share",
    "scored_questions",
    "brier",
    "exam_share",
)
GOAL = ("exam", "exam_on", "minutes", "days_off", "dates_off", "retention", "went", "went_at")
"""Without the secret of the calendar: an export may lie about."""


def merge(guest: User, user: User) -> None:
    """Both histories become one: reviews move to one card for each fact, and the cards are their sum in the order of time.
    The person's own goal stands, and their own forecast where both have one of a day; the days are counted again.

    As many queries for many cards as for few.
    """
    _merge_cards(guest, user)
    if not Goal.objects.filter(student=user).exists():
        Goal.objects.filter(student=guest).update(student=user)
    theirs = Forecast.objects.of(user).filter(occasion=None).values("on")
    Forecast.objects.of(guest).filter(occasion=None, on__in=theirs).delete()
    Forecast.objects.of(guest).update(student=user)
    Day.objects.filter(student=guest).delete()
    if Day.objects.filter(student=user).exists():
        daily.rebuild(user, timezone.now())


def export(user: User) -> dict[str, Any]:
    """Goal, cards, reviews, days and forecasts, each oldest first. Five queries."""
    cards = Card.objects.of(user).order_by("fact__slug").values("fact__slug", *services.HELD)
    reviews = Review.objects.filter(card__student=user).order_by("at", "pk")
    return {
        "goal": Goal.objects.filter(student=user).values(*GOAL).first(),
        "cards": list(cards),
        "reviews": list(reviews.values("card__fact__slug", "attempt__occasion", "attempt__position", *REVIEW)),
        "days": list(Day.objects.filter(student=user).order_by("on").values("on", "counts")),
        "forecasts": list(Forecast.objects.of(user).order_by("made_at", "pk").values(*FORECAST)),
    }


def erase(user: User) -> None:
    """Reviews go with their cards."""
    Card.objects.of(user).delete()
    Forecast.objects.of(user).delete()
    Day.objects.filter(student=user).delete()
    Goal.objects.filter(student=user).delete()


def _merge_cards(guest: User, user: User) -> None:
    both = Card.objects.of(user).filter(fact__in=Card.objects.of(guest).values("fact"))
    kept = {card.fact_id: card for card in both}
    moving = list(Review.objects.filter(card__student=guest, card__fact__in=kept).select_related("card"))
    for review in moving:
        review.card = kept[review.card.fact_id]
    Review.objects.bulk_update(moving, ["card"], batch_size=200)
    Card.objects.of(guest).filter(fact__in=kept).delete()
    Card.objects.of(guest).update(student=user)
    services.rebuild(student=user, facts=kept.keys())
