"""What the linter knows besides the items: facts, scenarios, the glossary, the day, and how options were chosen."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from studyapp.facts.book import Fact
from studyapp.facts.freshness import is_stale
from studyapp.questions.glossary import Term


@dataclass(frozen=True, slots=True)
class Picks:
    """In how many first answers an option was shown, and in how many of those it was chosen."""

    shown: int
    chosen: int


@dataclass(frozen=True, slots=True)
class LintWorld:
    """`related` holds groups of facts that belong together, because one row, clue or scenario names them.

    Without `today` no source is too old. Without `terms` names are not looked at. `picks` go by option id. `origin` is
    `authored` for an instructor's own items, and `reasons` then what they give for a whole import: rule to reason.
    """

    facts: Mapping[str, Fact] = field(default_factory=dict)
    scenarios: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    terms: tuple[Term, ...] = ()
    related: Collection[frozenset[str]] = ()
    today: date | None = None
    is_stale: Callable[[Fact, date], bool] = is_stale
    picks: Mapping[str, Picks] = field(default_factory=dict)
    origin: Literal["files", "authored"] = "files"
    reasons: Mapping[str, str] = field(default_factory=dict)
