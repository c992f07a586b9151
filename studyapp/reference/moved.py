"""Reads: what moved between DVA-C02 and DVA-C03, in the exam's guide, at AWS, and between the two."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from django.urls import reverse

from studyapp.content.models import Fact, Move, MoveKind
from studyapp.content.sections import SECTIONS
from studyapp.content.texts import references
from studyapp.ui.words import month

GUIDE = "2023-02"
"""The month in which DVA-C02 took the place of DVA-C01: what AWS changed since then is newer than its guide."""

Group = Literal["guide", "aws", "pair"]
GROUPS: Mapping[Group, str] = {
    "guide": "What the exam guide moved",
    "aws": "What AWS changed",
    "pair": "Where the exam expects the older view",
}


@dataclass(frozen=True, slots=True)
class Changed:
    """A fact that AWS changed. `old` is "" for something that was not there before; `since` is a month as people say it."""

    fact: Fact
    since: str
    old: str
    note: str

    @property
    def section(self) -> str:
        return SECTIONS[self.fact.section]


@dataclass(frozen=True, slots=True)
class MovedPage:
    """What is shown under `section` and `group`, None for all. `meanings`: what `{{ fact }}` stands for in the moves."""

    moves: tuple[Move, ...]
    changed: tuple[Changed, ...]
    pairs: tuple[Fact, ...]
    meanings: Mapping[str, Any]
    section: int | None
    group: Group | None

    @property
    def facts(self) -> tuple[str, ...]:
        """The facts to be quizzed on: those that changed, and those of the pairs."""
        return tuple(dict.fromkeys([*(each.fact.slug for each in self.changed), *(fact.slug for fact in self.pairs)]))

    @property
    def guide(self) -> tuple[Move, ...]:
        return tuple(move for move in self.moves if move.kind != MoveKind.AWS)

    @property
    def aws(self) -> tuple[Move, ...]:
        return tuple(move for move in self.moves if move.kind == MoveKind.AWS)


def moved_page(section: int | None = None, group: Group | None = None) -> MovedPage:
    """Two queries."""
    facts = list(Fact.objects.current())
    values = {fact.slug: fact.body["value_text"] for fact in facts}
    here = [fact for fact in facts if section in (None, fact.section)]
    moves = [move for move in Move.objects.filter(retired_at=None) if section is None or section in move.sections]
    return MovedPage(
        moves=tuple(move for move in moves if group in (None, "aws" if move.kind == MoveKind.AWS else "guide")),
        changed=tuple(_changed(here)) if group in (None, "aws") else (),
        pairs=tuple(fact for fact in here if is_pair(fact.body)) if group in (None, "pair") else (),
        meanings=_meanings((move.says for move in moves), values),
        section=section,
        group=group,
    )


def is_moved(body: Mapping[str, Any]) -> bool:
    """Whether AWS changed a fact since DVA-C02 began, or the exam answers it otherwise."""
    return (changed_in(body) or "") >= GUIDE or is_pair(body)


def is_pair(body: Mapping[str, Any]) -> bool:
    """Whether the exam answers the fact's question otherwise than AWS does now."""
    return bool((body["exam"] or {}).get("answer"))


def changed_in(body: Mapping[str, Any]) -> str | None:
    """The month or year in which AWS last changed the fact."""
    exam = (body["exam"] or {}).get("changed")
    return max([*(was["until"] for was in body["was"]), *([exam] if exam else [])], default=None)


def _changed(facts: Iterable[Fact]) -> Iterator[Changed]:
    """The newest first."""
    dated = [(changed_in(fact.body) or "", fact) for fact in facts]
    for since, fact in sorted(dated, key=lambda pair: pair[0], reverse=True):
        if since >= GUIDE:
            was = next((was for was in fact.body["was"] if was["until"] == since), None)
            yield Changed(fact, month(since), was["value"] if was else "", (was["note"] or "") if was else "")


def _meanings(texts: Iterable[str], values: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """For `phrase`, from the facts that were read anyway."""
    slugs = {slug for text in texts for slug in references(text)}
    return {
        slug: {"text": values[slug], "url": reverse("reference:fact", args=[slug])} for slug in slugs if slug in values
    }
