"""What a student takes for one another: facts whose answers they swapped, and wrong ideas that they held."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import chain

from studyapp.content.models import Belief
from studyapp.memory.counting import Counts
from studyapp.memory.desk import Desk, Standing

WINDOW = 60
"""Days that are looked back on."""
MOST_FACTS = 3
"""Of a wrong idea that many facts refute, the first of them."""


@dataclass(frozen=True)
class Confusion:
    """`facts`: two that were taken for one another, or one to three that refute a wrong idea; `name`: a question, or that idea
    in its own words; `belief`: its slug, empty for two facts; `times`: how often in the last 60 days."""

    name: str
    facts: tuple[Standing, ...]
    times: int
    belief: str = ""


def confusions(desk: Desk, days: Mapping[date, Counts], now: datetime) -> list[Confusion]:
    """The most frequent first; without those that are told apart by now, since each of their facts was right when last asked.

    `days` as from `daily.recent`. One query if a wrong idea was held, else none.
    """
    since = (now - timedelta(days=WINDOW)).date()
    counts = [count for day, count in days.items() if day >= since]
    found = [*_swapped(desk, counts), *_believed(desk, counts)]
    return sorted((each for each in found if _is_open(each)), key=lambda each: (-each.times, each.name))


def question(one: Standing, other: Standing) -> str:
    return f"{one.name}, or {_within(other.name)}?"


def _within(name: str) -> str:
    """As it stands within a sentence: an article is no name."""
    first, space, rest = name.partition(" ")
    return f"{first.lower()}{space}{rest}" if first in ("A", "An", "The") else name


def _swapped(desk: Desk, counts: Sequence[Counts]) -> Iterator[Confusion]:
    times: Counter[tuple[str, str]] = Counter()
    for pair, number in chain.from_iterable(count.mistaken.items() for count in counts):
        asked, _, given = pair.partition(">")
        times[min(asked, given), max(asked, given)] += number
    for (one, other), number in times.items():
        if one in desk.by_slug and other in desk.by_slug:
            facts = desk.by_slug[one], desk.by_slug[other]
            yield Confusion(question(*facts), facts, number)


def _believed(desk: Desk, counts: Sequence[Counts]) -> Iterator[Confusion]:
    """Held more often than resisted."""
    times, balance = Counter[str](), Counter[str]()
    for slug, (hits, resisted) in chain.from_iterable(count.beliefs.items() for count in counts):
        times[slug] += hits
        balance[slug] += hits - resisted
    held = {slug: times[slug] for slug, more in balance.items() if more > 0}
    if not held:
        return
    for slug, says, body in Belief.objects.filter(slug__in=held, retired_at=None).values_list("slug", "says", "body"):
        facts = tuple(desk.by_slug[fact] for fact in body.get("refuted_by", ()) if fact in desk.by_slug)
        if facts:
            yield Confusion(says, facts[:MOST_FACTS], held[slug], slug)


def _is_open(confusion: Confusion) -> bool:
    askable = [fact for fact in confusion.facts if fact.may_be_asked]
    return bool(askable) and not all(fact.card and fact.card.was_right for fact in askable)
