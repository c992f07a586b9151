"""The facts of the course as they lie before a student, each with what memory holds of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import chain, zip_longest

from studyapp.accounts.models import User
from studyapp.content.models import Fact
from studyapp.memory.models import Card
from studyapp.scheduling import fsrs6


@dataclass(frozen=True)
class Standing:
    """A fact and how it stands with one student. `recall`: the chance of recall now, 0 if it was never met; `may_be_asked`:
    neither suspended nor put off."""

    pk: int
    slug: str
    name: str
    section: int
    card: Card | None
    recall: float
    may_be_asked: bool = True

    def is_due(self, now: datetime) -> bool:
        return self.card is not None and self.card.due_at <= now


@dataclass(frozen=True)
class Desk:
    """All facts of the course in its order. What is suspended or put off is in `facts` and in `suspended`, nowhere else."""

    now: datetime
    facts: tuple[Standing, ...]

    @cached_property
    def by_id(self) -> dict[int, Standing]:
        return {fact.pk: fact for fact in self.facts}

    @cached_property
    def by_slug(self) -> dict[str, Standing]:
        return {fact.slug: fact for fact in self.facts}

    def of(self, wanted: Collection[int]) -> Desk:
        """These facts alone, by id."""
        return Desk(self.now, tuple(fact for fact in self.facts if fact.pk in wanted))

    def in_sections(self, sections: Collection[int]) -> Desk:
        return Desk(self.now, tuple(fact for fact in self.facts if fact.section in sections))

    @cached_property
    def met(self) -> tuple[Standing, ...]:
        """Those that have a card, the most forgotten first."""
        met = [(fact, fact.card) for fact in self.facts if fact.card and fact.may_be_asked]
        met.sort(key=lambda each: (each[0].recall, each[1].due_at, each[1].pk))
        return tuple(fact for fact, _ in met)

    @property
    def due(self) -> tuple[Standing, ...]:
        return tuple(fact for fact in self.met if fact.is_due(self.now))

    @property
    def kept(self) -> tuple[Standing, ...]:
        """Known, and not due yet."""
        return tuple(fact for fact in self.met if not fact.is_due(self.now))

    @cached_property
    def new(self) -> tuple[Standing, ...]:
        """Never met, sections in turn: a drill of twelve new facts should not be twelve of the overview."""
        return _mixed(fact for fact in self.facts if fact.card is None)

    @property
    def weak(self) -> tuple[Standing, ...]:
        """Those with a memory, the most forgotten first, due or not."""
        return tuple(fact for fact in self.met if fact.card and fact.card.memory)

    @property
    def missed(self) -> tuple[Standing, ...]:
        """Those whose last answer that stands was wrong."""
        return tuple(fact for fact in self.met if fact.card and fact.card.was_right is False)

    @property
    def flagged(self) -> tuple[Standing, ...]:
        return tuple(fact for fact in self.met if fact.card and fact.card.is_flagged)

    @property
    def suspended(self) -> tuple[Standing, ...]:
        return tuple(fact for fact in self.facts if fact.card and fact.card.is_suspended)

    @property
    def all(self) -> tuple[Standing, ...]:
        """Whatever may be asked: due, then new, then what is not yet due."""
        return self.due + self.new + self.kept


def lay(student: User | None, now: datetime, *, cards: Mapping[int, Card] | None = None) -> Desk:
    """Two queries; one for somebody without a row, or if their `cards`, by the fact's id, have been read."""
    if cards is None:
        cards = {card.fact_id: card for card in Card.objects.of(student)} if student else {}
    facts = Fact.objects.current().order_by("section", "pk").values_list("pk", "slug", "name", "section")
    return Desk(now, tuple(_standing(fact, cards.get(fact[0]), now) for fact in facts))


def _standing(fact: tuple[int, str, str, int], card: Card | None, now: datetime) -> Standing:
    if card is None:
        return Standing(*fact, None, 0.0)
    return Standing(*fact, card, fsrs6.retrievability(card.memory, now), card.may_be_asked(now))


def _mixed(facts: Iterable[Standing]) -> tuple[Standing, ...]:
    by_section: dict[int, list[Standing]] = {}
    for fact in facts:
        by_section.setdefault(fact.section, []).append(fact)
    turns = zip_longest(*by_section.values())
    return tuple(fact for fact in chain.from_iterable(turns) if fact is not None)
