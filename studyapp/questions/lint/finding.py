"""What a rule is, and what the linter finds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, Literal

from studyapp.questions.lint.subject import Subject

Level = Literal["E", "W", "I"]
"""E blocks, W needs a reason (`accepts:`), I informs."""
LEVELS: Final[tuple[Level, ...]] = ("E", "W", "I")
About = Literal["item", "bank", "form"]
Check = Callable[[Subject], Iterator[str]]
"""What is wrong with one item, each problem in a sentence."""

HDR: Final = "Haladyna, Downing and Rodriguez 2002, guideline"
"""A Review of Multiple-Choice Item-Writing Guidelines for Classroom Assessment, Applied Measurement in Education 15(3), 309-333."""
HOUSE: Final = "rule of the house"


@dataclass(frozen=True, slots=True)
class Rule:
    """`slug` is what `accepts:` names, `says` one sentence, `source` where the rule comes from.

    `imported` is its level for an instructor's own items, where that is another.
    """

    slug: str
    level: Level
    says: str
    source: str
    about: About = "item"
    imported: Level | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """A rule about one item, and the function that looks for what breaks it."""

    rule: Rule
    check: Check


@dataclass(frozen=True, slots=True)
class Finding:
    """`item` is the id of an item, or "" for what is so of the bank as a whole."""

    rule: str
    level: Level
    item: str
    says: str


def found(rule: Rule, item: str, says: str) -> Finding:
    """A finding of `rule` at the rule's own level."""
    return Finding(rule.slug, rule.level, item, says)


def hdr(*guidelines: str) -> str:
    """The source of a rule: `hdr("17")`."""
    return f"{HDR}{'s' if len(guidelines) > 1 else ''} {' and '.join(guidelines)}"
