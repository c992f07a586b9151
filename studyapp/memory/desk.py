"""The facts of the course as they lie before a student, each with what memory holds of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import chain, zip_longest
from operator import itemgetter

from studyapp.accounts.models import User
from studyapp.content.models import Fact
from studyapp.memory.held import Held, cards_of
from studyapp.scheduling.formulas import DEFAULT


@dataclass(frozen=True)
class Standing:
    """A fact and how it stands with one student. `recall`: the chance of recall now, 0 if it was never met; `may_be_asked`:
    neither suspended nor put off."""

    pk: int
    slug: str
    name: str
    section: int
    card: Held | None
    recall: float
    may_be_asked: bool = True

    def __hash__(self) -> int:
        return self.pk

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
        """These facts alone, by id, in the order of the course."""
        places = sorted(self._places[pk] for pk in set(wanted) if pk in self._places)
        return Desk(self.now, tuple(self.facts[place] for place in places))

    @cached_property
    def _places(self) -> dict[int, int]:
        return {fact.pk: place for place, fact in enumerate(self.facts)}

    def in_sections(self, sections: Collection[int]) -> Desk:
        return Desk(self.now, tuple(fact for fact in self.facts if fact.section in sections))

    @cached_property
    def met(self) -> tuple[Standing, ...]:
        """Those that have a card, the most forgotten first."""
        met = [
            (fact.recall, fact.card.due_at, fact.card.pk, fact)
            for fact in self.facts
            if fact.card and fact.may_be_asked
        ]
        met.sort(key=itemgetter(0, 1, 2))
        return tuple(fact for *_, fact in met)

    @cached_property
    def due(self) -> tuple[Standing, ...]:
        return tuple(fact for fact in self.met if fact.is_due(self.now))

    @cached_property
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

    @cached_property
    def all(self) -> tuple[Standing, ...]:
        """Whatever may be asked: due, then new, then what is not yet due."""
        return self.due + self.new + self.kept


def lay(student: User | None, now: datetime, *, cards: Mapping[int, Held] | None = None) -> Desk:
    """Two queries; one for somebody without a row, or if their `cards`, by the fact's id, have been read."""
    if cards is None:
        cards = cards_of(student) if student else {}
    facts = Fact.objects.current().order_by("section", "pk").values_list("pk", "slug", "name", "section")
    return Desk(now, tuple(_standing(fact, cards.get(fact[0]), now) for fact in facts))


def _standing(fact: tuple[int, str, str, int], card: Held | None, now: datetime) -> Standing:
    if card is None:
        return Standing(*fact, None, 0.0)
    memory = card.memory
    recall = DEFAULT.recall(max(0, (now - memory.reviewed_at).days), memory.stability) if memory else 0.0
    return Standing(*fact, card, recall, card.may_be_asked(now))


def _mixed(facts: Iterable[Standing]) -> tuple[Standing, ...]:
    by_section: dict[int, list[Standing]] = {}
    for fact in facts:
        by_section.setdefault(fact.section, []).append(fact)
    turns = zip_longest(*by_section.values())
    return tuple(fact for fact in chain.from_iterable(turns) if fact is not None)
