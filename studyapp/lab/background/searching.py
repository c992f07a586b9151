"""What a search for the smallest change is given, and what it finds, as values and as JSON."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from math import isfinite
from typing import Any, Final

Body = Mapping[str, object]
Told = Callable[[float], None]
"""Whom a long piece of work tells how far it is, from 0 to 1."""

MOST_CANDIDATES: Final = 40


class BadSearch(ValueError):
    """A search that cannot be made; the text says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A parameter that may move from `low` to `high`, in `unit`. `now` is its value, a text with a unit, where the scenario
    leaves it out."""

    path: str
    low: Decimal
    high: Decimal
    unit: str
    is_whole: bool
    now: str | None = None

    @property
    def reach(self) -> Decimal:
        return self.high - self.low

    def text(self, value: Decimal) -> str:
        """A value as a scenario has it."""
        plain = value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()
        return f"{plain:f} {self.unit}".strip()

    def as_json(self) -> list[object]:
        return [self.path, str(self.low), str(self.high), self.unit, self.is_whole, self.now]


def candidate(
    path: str,
    low: float | str | Decimal,
    high: float | str | Decimal,
    unit: str,
    is_whole: bool,
    now: str | None = None,
) -> Candidate:
    """Raises BadSearch for a range that is none."""
    try:
        ends = Decimal(str(low)), Decimal(str(high))
    except InvalidOperation:
        raise BadSearch(f"{path}: the range {low} to {high} is not two numbers") from None
    if not (ends[0].is_finite() and ends[1].is_finite() and ends[0] < ends[1]):
        raise BadSearch(f"{path}: the range {low} to {high} does not go up")
    return Candidate(path, *ends, unit, is_whole, now)


@dataclass(frozen=True, slots=True)
class Search:
    """Everything that a search depends on. `changes` are those of the option that is wrong; `claim` is what it would have to
    reach: a fix question's goal, or `metric is value` of a predict question's option. `slug` is that of the scenario, for whoever
    wants to see it."""

    body: Body
    claim: str
    candidates: tuple[Candidate, ...]
    changes: Body = field(default_factory=dict)
    patch: Body = field(default_factory=dict)
    seed: int = 0
    slug: str = ""

    def __post_init__(self) -> None:
        if not 1 <= len(self.candidates) <= MOST_CANDIDATES:
            raise BadSearch(f"candidates: {len(self.candidates)} of them; a search has 1 to {MOST_CANDIDATES}")

    def as_json(self) -> dict[str, Any]:
        return {
            "body": self.body,
            "claim": self.claim,
            "candidates": [each.as_json() for each in self.candidates],
            "changes": self.changes,
            "patch": self.patch,
            "seed": self.seed,
            "slug": self.slug,
        }

    @classmethod
    def read(cls, asked: Mapping[str, Any]) -> Search:
        """The search that `as_json` wrote."""
        return cls(**{**asked, "candidates": tuple(candidate(*each) for each in asked["candidates"])})


@dataclass(frozen=True, slots=True)
class Change:
    """One parameter moved, and the range in which it could. All but `size` are texts with units."""

    path: str
    was: str
    to: str
    low: str
    high: str
    size: float

    def as_json(self) -> dict[str, Any]:
        """`size` is None where a value went to 0."""
        size = round(self.size, 6) if isfinite(self.size) else None
        return {
            "path": self.path, "from": self.was, "to": self.to, "low": self.low, "high": self.high, "size": size,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """Changes that make the claim hold, the smallest first; none if no single one does, or if the claim holds already.

    `is_complete` is False if the runs or the time ran out before the end. `skipped` says by path why a candidate was not
    moved.
    """

    changes: tuple[Change, ...]
    runs: int
    is_right_already: bool = False
    is_complete: bool = True
    skipped: Mapping[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """`best` is None where there is no change; `others` are the runners-up."""
        changes = [change.as_json() for change in self.changes]
        return {
            "best": changes[0] if changes else None,
            "others": changes[1:],
            "runs": self.runs,
            "is_right_already": self.is_right_already,
            "is_complete": self.is_complete,
            "skipped": dict(self.skipped),
        }
