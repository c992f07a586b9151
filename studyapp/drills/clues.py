"""Clues of the exam, and which facts rest on each: what a drill is chosen by, and kept apart by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from studyapp.content.models import Clue


@dataclass(frozen=True)
class Ground:
    """A clue and what it stands on. `facts`: slugs, its own first; `rivals`: slugs of clues, the nearest first."""

    pk: int
    slug: str
    phrase: str
    facts: tuple[str, ...]
    rivals: tuple[str, ...]
    objectives: tuple[str, ...]


def grounds() -> tuple[Ground, ...]:
    """Every clue of the course, in its order. One query."""
    rows = Clue.objects.filter(retired_at=None).values_list(
        "pk", "slug", "phrase", "fact__slug", "rests_on", "rivals", "objectives"
    )
    return tuple(
        Ground(pk, slug, phrase, tuple(dict.fromkeys([own, *rests_on])), tuple(rivals), tuple(objectives))
        for pk, slug, phrase, own, rests_on, rivals, objectives in rows
    )


def facts_of_objective(clues: Sequence[Ground], objective: str) -> tuple[str, ...]:
    """Slugs of the facts on which a clue of the objective rests."""
    return tuple(dict.fromkeys(fact for clue in clues if objective in clue.objectives for fact in clue.facts))


def objectives(clues: Sequence[Ground]) -> tuple[str, ...]:
    """Every objective of the exam guides that a clue serves, by name."""
    return tuple(sorted({objective for clue in clues for objective in clue.objectives}))


def spoken(objective: str) -> str:
    """“DVA-C03 D1” as people say it."""
    return objective.replace(" D", ", domain ", 1)


def clue_of(clues: Sequence[Ground], pk: int | None, fact: str) -> str:
    """The clue that a question is about: the one that its item names, else the one whose own fact it asks; empty for none."""
    for clue in clues:
        if clue.pk == pk or (pk is None and fact == clue.facts[0]):
            return clue.slug
    return ""
