"""Numbers that a student types: what unit they are asked for in, how they are read, and when they are right."""

from __future__ import annotations

import re
from decimal import Decimal

from studyapp.facts import quantity
from studyapp.facts.quantity import NO_BREAK_SPACE
from studyapp.questions.numbers import is_clock, number_in, unit_family

LONGEST = 40
_BARE = re.compile(r"[-+]?(?:\d{1,3}(?:[,\u00a0 ]\d{3})+|\d*)(?:\.\d+)?")


class BadNumber(ValueError):
    """A typed answer that cannot be read; the text says what to write instead."""


def is_typable(text: str) -> bool:
    """Whether an option's text is one number that a student could type."""
    return any(letter.isdigit() for letter in text) and number_in(text) is not None


def unit_of(text: str) -> str:
    """The unit in which a key is asked for: `s` for `3 min 9 s` and `189 s`, `USD` for `0.20 USD`, nothing for `1,000`."""
    words = _plain(text)
    return "s" if is_clock(words) else quantity.parse(words).unit


def typed(text: str, unit: str) -> str:
    """What a student typed, as a quantity: with `unit` where they gave none, or with their own of the same family.

    Raises BadNumber.
    """
    words = " ".join(text.replace(NO_BREAK_SPACE, " ").split())
    example = f"{NO_BREAK_SPACE}{unit}" if unit else ""
    if not words or len(words) > LONGEST:
        raise BadNumber(f"Write one number, such as 12.5{example}, of at most {LONGEST} characters.")
    if _BARE.fullmatch(words) and any(letter.isdigit() for letter in words):
        return f"{_with_zero(words)} {unit}".strip()
    given = words if is_clock(words) else _spaced(words)
    if number_in(given) is None or not any(letter.isdigit() for letter in given):
        raise BadNumber(f"“{text.strip()}” is not a number. Write digits, with a point for decimals: 12.5{example}.")
    if unit_family(unit_of(given)) != unit_family(unit):
        wanted = f"in {unit}" if unit else "without a unit"
        raise BadNumber(f"“{text.strip()}” has another unit. The answer is asked for {wanted}.")
    return given


def is_within(given: str, key: str, tolerance: str | None) -> bool:
    """Whether `given` (as `typed` gives it) is `key`, give or take `tolerance`.

    Without a tolerance a key with decimals allows for half of its last place, and a whole number for nothing.
    """
    one, other = number_in(given), number_in(_plain(key))
    if one is None or other is None:
        raise ValueError(f"{given!r} or {key!r} is not one number")
    return abs(one - other) <= _allowance(key, other, tolerance)


def _allowance(key: str, worth: Decimal, tolerance: str | None) -> Decimal:
    if tolerance is None:
        return _half_of_last_place(_plain(key))
    read = quantity.parse(tolerance)
    if read.unit == "%":
        return abs(worth) * read.amount / 100
    found = number_in(tolerance)
    return Decimal(0) if found is None else found


def _half_of_last_place(key: str) -> Decimal:
    if is_clock(key):
        return Decimal(0)
    read = quantity.parse(key)
    exponent = read.amount.as_tuple().exponent
    if not isinstance(exponent, int) or exponent >= 0:
        return Decimal(0)
    half = quantity.Quantity(Decimal(5).scaleb(exponent - 1), read.unit)
    return number_in(str(half)) or Decimal(0)


def _plain(text: str) -> str:
    """A key without what only makes a sentence of it."""
    return text.replace(NO_BREAK_SPACE, " ").removeprefix("About ").removeprefix("At most ").removesuffix(".").strip()


def _with_zero(words: str) -> str:
    """Digits as Decimal reads them: no spaces or commas in thousands, a zero before a point."""
    plain = words.replace(",", "").replace(" ", "").removeprefix("+")
    return re.sub(r"^(-?)\.", r"\g<1>0.", plain)


def _spaced(words: str) -> str:
    """`189s` as `189 s`, `.5 s` as `0.5 s`, `$5` as `5 USD`."""
    words = re.sub(r"^\$\s?(.+)$", r"\1 USD", words)
    words = re.sub(r"^(-?)\.(?=\d)", r"\g<1>0.", words)
    return re.sub(r"^([-\d.,]+)(?=[A-Za-zµ%])", r"\1 ", words)
