"""Quantities: a number with a unit, as a fact states it.

The unit is everything after the number (`MB`, `per 10 s`, `USD per 1000000 requests`); it may be empty. A quantity
is stored as it was written, so that 0.20 stays 0.20.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

NO_BREAK_SPACE = "\u00a0"

_NUMBER = r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?|-?\d+(?:\.\d+)?"
_QUANTITY = re.compile(rf"\s*({_NUMBER})(?:\s+(\S.*?)|([A-Za-z%].*?))?\s*", re.DOTALL)
_NUMBER_IN_UNIT = re.compile(rf"(?<!\S)({_NUMBER})(?:( )(?=\S)|(?!\S))")


class BadQuantity(ValueError):
    """Text that is not a number followed by a unit."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """`amount` of `unit`; the unit is plain text with single spaces and no commas, "" for a bare number."""

    amount: Decimal
    unit: str = ""

    def __str__(self) -> str:
        """For students: commas in thousands, and a space that does not break before each unit."""
        return NO_BREAK_SPACE.join(part for part in (self.amount_text, self.unit_text) if part)

    @property
    def amount_text(self) -> str:
        return f"{self.amount:,f}"

    @property
    def unit_text(self) -> str:
        """The unit alone, for a table that aligns its numbers: `per 10 s` with its own spaces kept together."""
        return _NUMBER_IN_UNIT.sub(lambda found: _commas(found[1]) + (NO_BREAK_SPACE if found[2] else ""), self.unit)


def parse(text: str) -> Quantity:
    """Read `1000 per 10 s`, `1,000 per 10 s` or what `str` of a quantity gives.

    Raises BadQuantity if the text does not begin with a number.
    """
    found = _QUANTITY.fullmatch(text.replace(NO_BREAK_SPACE, " "))
    if found is None:
        raise BadQuantity(f"{text!r} is not a quantity: write a number and its unit, for example 900 s")
    unit = " ".join((found[2] or found[3] or "").split())
    return Quantity(Decimal(found[1].replace(",", "")), re.sub(r"(?<=\d),(?=\d{3})", "", unit))


def _commas(number: str) -> str:
    return f"{Decimal(number.replace(',', '')):,f}"
