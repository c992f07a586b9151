"""How long a check of a fact holds. A fact past its day is not wrong: somebody should look at its source again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final, Literal

from studyapp.facts.book import Association, Fact, Quantity, Range
from studyapp.facts.months import first_day

Kind = Literal["price", "news", "quota", "behaviour", "association"]

HOLDS: Final[Mapping[Kind, timedelta]] = {
    "price": timedelta(days=90),  # the price list is published anew every few weeks, without a notice
    "news": timedelta(days=120),  # pages of AWS still disagree about it, and the first limits are often raised
    "quota": timedelta(days=180),  # raised now and then, as announcements of every half year show
    "behaviour": timedelta(days=365),  # how things work is changed rarely, and with a notice
    "association": timedelta(days=540),  # what a phrase points to moves with the exams, which last three years or so
}
NEWS_FOR: Final = timedelta(days=730)
"""So long after a change a fact is news."""


def kind(fact: Fact) -> Kind:
    """What sort of fact it is. The first that fits: a price that is news is checked as a price."""
    if _is_price(fact):
        return "price"
    if isinstance(fact.value, Association):
        return "association"
    if _is_news(fact):
        return "news"
    return "quota" if fact.adjustable is not None else "behaviour"


def due_on(fact: Fact) -> date:
    """The last day on which its check holds."""
    return fact.source.checked + HOLDS[kind(fact)]


def is_stale(fact: Fact, today: date) -> bool:
    return is_past(due_on(fact), today)


def is_past(due: date, today: date) -> bool:
    """Whether a check that was due on `due` is overdue: on that day it still holds."""
    return today > due


def _is_price(fact: Fact) -> bool:
    value = fact.value
    parts = [value] if isinstance(value, Quantity) else list(value.parts.values()) if isinstance(value, Range) else []
    return any(part.unit.startswith("USD") for part in parts)


def _is_news(fact: Fact) -> bool:
    """Whether it had changed within the two years before it was checked."""
    changed = first_day(fact.changed) if fact.changed else None
    return changed is not None and fact.source.checked - changed < NEWS_FOR
