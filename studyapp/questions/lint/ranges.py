"""Ranges that options write, such as `10 to 20 %` or `more than 5`, and whether two of them share a number."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from studyapp.questions.numbers import number_in, unit_family
from studyapp.questions.typed import unit_of

_TWO = re.compile(
    r"(?:from |between )?(\d[\d,.]*(?:\s?[^\W\d]+|\s?%)?)\s?(?:to|and|-|–)\s?(\d[\d,.]*(?:\s?[^\W\d]+|\s?%)?)\.?",
    re.IGNORECASE,
)
_BELOW = re.compile(r"(?:under|below|less than|fewer than|up to) (\d.*)|(\d.*?) or (?:less|fewer)", re.IGNORECASE)
_ABOVE = re.compile(r"(?:over|above|more than|at least) (\d.*)|(\d.*?) (?:or more|and more|and over)", re.IGNORECASE)
_INFINITE: Final = Decimal("Infinity")


@dataclass(frozen=True, slots=True)
class Span:
    """All numbers from `low` to `high`; the ends do not belong to it, so that neighbours do not overlap."""

    low: Decimal
    high: Decimal
    family: str

    def overlaps(self, other: Span) -> bool:
        return self.family == other.family and self.low < other.high and other.low < self.high


def span_in(text: str) -> Span | None:
    """The range that a whole option is; None if it is something else."""
    words = " ".join(text.replace("\u00a0", " ").removesuffix(".").split())
    if two := _TWO.fullmatch(words):
        return _between(two[1], two[2])
    if below := _BELOW.fullmatch(words):
        return _from(below[1] or below[2], is_below=True)
    if above := _ABOVE.fullmatch(words):
        return _from(above[1] or above[2], is_below=False)
    return None


def _between(low: str, high: str) -> Span | None:
    """`1 to 5 min` counts in minutes on both sides."""
    unit = re.sub(r"^[\d,.\s]+", "", high)
    low = low if re.search(r"[^\W\d]|%", low) or not unit else f"{low} {unit}"
    ends = number_in(low), number_in(high)
    if ends[0] is None or ends[1] is None or ends[0] >= ends[1]:
        return None
    return Span(ends[0], ends[1], unit_family(unit_of(high)))


def _from(end: str, *, is_below: bool) -> Span | None:
    worth = number_in(end)
    if worth is None:
        return None
    family = unit_family(unit_of(end))
    return Span(-_INFINITE, worth, family) if is_below else Span(worth, _INFINITE, family)
