"""Facts that are forgotten again and again, and why: a question that is unclear, a pair that is confused, a wrong idea, two facts
in one.

What is forgotten four times or more costs more than it brings unless something changes, and what has to change depends on why.
Anki's advice is to suspend such a card or to write it anew; here its answers say which of the two, or what else.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from studyapp.attempts.models import Source
from studyapp.content.models import Belief
from studyapp.memory.confusions import MOST_FACTS
from studyapp.memory.desk import Desk, Standing
from studyapp.memory.models import Kind, Review
from studyapp.scheduling.fsrs6 import Rating

LAPSES = 4
MOST = 5
"""So many are shown; those with the most lapses."""
LOOKED_BACK = 24
"""Reviews of each that are looked at, on average: why it does not stick now, not a year ago."""
LEAST_RIGHT = 2
OF_DRILLS = (Source.FIRST, Source.DRILL)


class Cause(StrEnum):
    ITEM = "an unclear question"
    PAIR = "a confused pair"
    IDEA = "a wrong idea"
    TWO = "two facts in one"
    UNKNOWN = "not learnt yet"


@dataclass(frozen=True)
class Leech:
    """A fact that does not stick. `says`: why, and what helps, in words. `pair`: slugs of the facts to drill together, this one
    first; `belief`: the slug of a wrong idea. `occasion`, `position`: where in a drill the unclear question was last missed, to
    report it from there."""

    fact: Standing
    lapses: int
    cause: Cause
    says: str
    pair: tuple[str, ...] = ()
    belief: str = ""
    occasion: UUID | None = None
    position: int = 0


class Answer(NamedTuple):
    """An answer that stands, to one question about the fact. `value`: what the fact says, as text."""

    card: int
    attempt: int
    rating: int
    item: int | None
    belief: str
    mistaken: list[list[str]]
    reason: str | None
    source: str
    occasion: UUID
    position: int
    value: str

    @property
    def is_right(self) -> bool:
        return self.rating > Rating.AGAIN


def leeches(desk: Desk) -> list[Leech]:
    """The worst first, at most five. Two queries: of the latest reviews of these cards, and of the wrong ideas behind them; none
    where nothing is forgotten so often."""
    stuck = [(fact, fact.card) for fact in desk.met if fact.card and fact.card.lapses >= LAPSES]
    stuck.sort(key=lambda each: (-each[1].lapses, each[0].pk))
    answers = _answers([card.pk for _, card in stuck[:MOST]]) if stuck else {}
    return _told([diagnosed(fact, card.lapses, answers.get(card.pk, [])) for fact, card in stuck[:MOST]], desk)


def diagnosed(fact: Standing, lapses: int, answers: Sequence[Answer]) -> Leech:
    """Why a fact does not stick, by its answers, the latest first."""
    misses = [answer for answer in answers if not answer.is_right]
    return (
        _unclear(fact, lapses, answers, misses)
        or _confused(fact, lapses, misses)
        or _two_in_one(fact, lapses, misses)
        or Leech(
            fact,
            lapses,
            Cause.UNKNOWN,
            "No pattern in what you gave. Read its row, then drill it alone for a few days.",
        )
    )


def _unclear(fact: Standing, lapses: int, answers: Sequence[Answer], misses: Sequence[Answer]) -> Leech | None:
    """Most misses at one item, while others of the same fact are mostly right."""
    items = Counter(miss.item for miss in misses if miss.item)
    item, times = items.most_common(1)[0] if items else (None, 0)
    others = [answer.is_right for answer in answers if answer.item and answer.item != item]
    if times < 2 or 2 * times <= len(misses) or sum(others) < LEAST_RIGHT or 2 * sum(others) <= len(others):
        return None
    last = next((miss for miss in misses if miss.item == item and miss.source in OF_DRILLS), None)
    says = (
        f"{times} of {len(misses)} misses are at one question; others on it you answer. It may be unclear: report it."
    )
    found = Leech(fact, lapses, Cause.ITEM, says)
    return replace(found, occasion=last.occasion, position=last.position) if last else found


def _confused(fact: Standing, lapses: int, misses: Sequence[Answer]) -> Leech | None:
    """The same other fact given, or the same wrong idea held, twice or more."""
    given = Counter(other for miss in misses for asked, other in miss.mistaken if asked == fact.slug)
    if given and given.most_common(1)[0][1] > 1:
        other, times = given.most_common(1)[0]
        says = f"You gave the same other fact for it {times} times. Drill the two side by side."
        return Leech(fact, lapses, Cause.PAIR, says, pair=(fact.slug, other))
    held = Counter(miss.belief for miss in misses if miss.belief)
    if held and held.most_common(1)[0][1] > 1:
        belief, times = held.most_common(1)[0]
        says = f"One wrong idea was behind {times} misses. Drill what refutes it."
        return Leech(fact, lapses, Cause.IDEA, says, pair=(fact.slug,), belief=belief)
    return None


def _two_in_one(fact: Standing, lapses: int, misses: Sequence[Answer]) -> Leech | None:
    """Several quantities, missed in different questions; or different questions, missed for different reasons."""
    items = {miss.item for miss in misses if miss.item}
    reasons = {miss.reason for miss in misses if miss.reason}
    quantities = len(re.findall(r"\d[\d,.]*", misses[0].value)) if misses else 0
    if len(items) < 2 or (quantities < 2 and len(reasons) < 2):
        return None
    says = "It holds more than one thing to know, and you miss now one, now the other. Learn them apart: read its row."
    return Leech(fact, lapses, Cause.TWO, says)


def _told(found: list[Leech], desk: Desk) -> list[Leech]:
    """With the wrong idea in its own words, and the facts that refute it; with the other fact of a pair by its name."""
    held = {leech.belief for leech in found if leech.belief}
    rows = Belief.objects.filter(slug__in=held).values_list("slug", "says", "body__refuted_by") if held else ()
    beliefs = {slug: (says, refuted_by or ()) for slug, says, refuted_by in rows}
    told = []
    for leech in found:
        if leech.belief in beliefs:
            says, refuted_by = beliefs[leech.belief]
            facts = tuple(slug for slug in dict.fromkeys([*leech.pair, *refuted_by]) if slug in desk.by_slug)
            leech = replace(leech, pair=facts[:MOST_FACTS], says=f"{leech.says} You held: {says}")
        elif len(leech.pair) > 1 and leech.pair[1] in desk.by_slug:
            leech = replace(leech, says=f"{leech.says} The other is: {desk.by_slug[leech.pair[1]].name}.")
        told.append(leech)
    return told


def _answers(cards: Sequence[int]) -> dict[int, list[Answer]]:
    """By card, the latest first, without those taken back."""
    rows = Review.objects.filter(card__in=cards, kind__in=(Kind.ANSWER, Kind.UNDO)).order_by("-at", "-pk").values_list(
        "kind", "card", "attempt", "rating", "attempt__revision__item", "attempt__belief", "attempt__mistaken",
        "attempt__miss__reason", "attempt__source", "attempt__occasion", "attempt__position", "card__fact__body__value_text",
    )  # fmt: skip
    found: dict[int, list[Answer]] = {}
    undone: set[tuple[int, int]] = set()
    for kind, card, attempt, *rest in rows[: LOOKED_BACK * len(cards)]:
        if kind == Kind.UNDO:
            undone.add((card, attempt))
        elif (card, attempt) not in undone:
            found.setdefault(card, []).append(Answer(card, attempt, *rest))
    return found
