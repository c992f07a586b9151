"""What happens to memories when a guest becomes a person, asks for their data, or leaves."""

from typing import Any

from studyapp.accounts.models import User
from studyapp.memory import services
from studyapp.memory.models import Card, Review


def merge(guest: User, user: User) -> None:
    """Both histories become one: reviews move to one card for each fact, and the cards are their sum in the order of time."""
    kept = {card.fact_id: card for card in Card.objects.filter(student=user)}
    for card in Card.objects.filter(student=guest):
        if own := kept.get(card.fact_id):
            Review.objects.filter(card=card).update(card=own)
            card.delete()
        else:
            Card.objects.filter(pk=card.pk).update(student=user)
    services.rebuild(student=user)


def export(user: User) -> dict[str, Any]:
    cards = Card.objects.filter(student=user).order_by("fact__slug")
    reviews = Review.objects.filter(card__student=user).order_by("at", "pk")
    return {
        "cards": list(cards.values("fact__slug", "stability", "difficulty", "reviewed_at", "due_at")),
        "reviews": list(
            reviews.values("card__fact__slug", "kind", "rating", "predicted", "policy", "parameters", "at")
        ),
    }


def erase(user: User) -> None:
    Card.objects.filter(student=user).delete()
