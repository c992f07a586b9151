"""The lab's first page: every scenario of the course, in the sections of the reference tables."""

from __future__ import annotations

from dataclasses import dataclass

from studyapp.content import queries as content
from studyapp.content.models import Clue
from studyapp.content.queries import Shelved
from studyapp.content.sections import SECTIONS

CLUES = 10
"""The section of the clues: what is of a clue stands there already."""


@dataclass(frozen=True)
class Shelf:
    """A section: its demos first, then what else can be run."""

    number: int
    title: str
    demos: tuple[Shelved, ...]
    others: tuple[Shelved, ...]


@dataclass(frozen=True)
class ClueLine:
    """A clue of the exam, and the demos that show what it points to."""

    slug: str
    phrase: str
    demos: tuple[Shelved, ...]
    has_card: bool


def shelves() -> tuple[tuple[Shelf, ...], tuple[ClueLine, ...]]:
    """The sections, and the clues. Two queries."""
    found = content.shelf()
    sections = tuple(_shelf(number, title, found) for number, title in SECTIONS.items())
    clues = Clue.objects.filter(retired_at=None).values_list("slug", "phrase", "card")
    lines = (
        ClueLine(slug, phrase, tuple(each for each in found if each.clue == slug), card is not None)
        for slug, phrase, card in clues
    )
    return tuple(shelf for shelf in sections if shelf.demos or shelf.others), tuple(lines)


def _shelf(number: int, title: str, found: tuple[Shelved, ...]) -> Shelf:
    own = [each for each in found if each.section == number]
    return Shelf(
        number,
        title,
        tuple(each for each in own if each.has_demo and not (number == CLUES and each.clue)),
        tuple(each for each in own if not each.has_demo),
    )
