"""What happens to memories when a guest becomes a person, asks for their data, or leaves."""

from typing import Any

from studyapp.accounts.models import User
from studyapp.memory import services
from studyapp.memory.models import Card, Review


def merge(guest: User, user: User) -> None:
    """Both histories become one: reviews move to one card for each fact, and the cards are their sum in the order of time.

    As many queries for many cards as for few.
    """
    both = Card.objects.of(user).filter(fact__in=Card.objects.of(guest).values("fact"))
    kept = {card.fact_id: card for card in both}
    moving = list(Review.objects.filter(card__student=guest, card__fact__in=kept).select_related("card"))
    for review in moving:
        review.card = kept[review.card.fact_id]
    Review.objects.bulk_update(moving, ["card"], batch_size=200)
    Card.objects.of(guest).filter(fact__in=kept).delete()
    Card.objects.of(guest).update(student=user)
    services.rebuild(student=user, facts=kept.keys())


def export(user: User) -> dict[str, Any]:
    cards = Card.objects.of(user).order_by("fact__slug")
    reviews = Review.objects.filter(card__student=user).order_by("at", "pk")
    return {
        "cards": list(cards.values("fact__slug", "stability", "difficulty", "reviewed_at", "due_at")),
        "reviews": list(
            reviews.values("card__fact__slug", "kind", "rating", "predicted", "policy", "parameters", "at")
        ),
    }


def erase(user: User) -> None:
    Card.objects.of(user).delete()
