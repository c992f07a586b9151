"""Values with units, as people write them: `900 s`, `10240 MB`, `1000 per 10 s`, `0.20 USD per 1000000 requests`.

Inside, time is an int of microseconds, memory an int of MB, a size an int of KB (1 MB is 1,024 KB), a rate a count
per microseconds, a price a float of USD for one unit.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_UP, Decimal, InvalidOperation
from typing import Final

SECOND: Final = 1_000_000
MILLISECOND: Final = 1_000

_TIMES: Final = {
    "us": 1, "µs": 1, "ms": 1_000, "millisecond": 1_000, "s": SECOND, "sec": SECOND, "second": SECOND,
    "min": 60 * SECOND, "minute": 60 * SECOND, "h": 3_600 * SECOND, "hour": 3_600 * SECOND,
    "d": 86_400 * SECOND, "day": 86_400 * SECOND,
}  # fmt: skip
_SIZES: Final = {"b": Decimal(1) / 1024, "byte": Decimal(1) / 1024, "kb": Decimal(1), "kib": Decimal(1),
                 "mb": Decimal(1024), "mib": Decimal(1024), "gb": Decimal(1024**2), "gib": Decimal(1024**2)}  # fmt: skip
_NUMBER: Final = re.compile(r"\s*(-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:[eE][+-]?\d+)?)\s*(.*?)\s*", re.DOTALL)
LARGEST_EXPONENT: Final = 15
LONGEST: Final = 10**9 * SECOND
"""The longest time that can be given, about 30 years: sums of such times fit the columns of a trace."""
_NO_NUMBER: Final = "is not a number of at most 16 digits"
_YES_NO: Final = {"yes": True, "no": False, "true": True, "false": False}


class UnitError(ValueError):
    """A value that does not have the form asked for; its text says which form that is."""


@dataclass(frozen=True)
class Rate:
    """`count` things every `per_us` microseconds."""

    count: int
    per_us: int

    def __str__(self) -> str:
        return f"{self.count:,} per {show_time(self.per_us)}"


def split(value: object) -> tuple[Decimal, str]:
    """The number and the text after it. A bare number has the text "". Raises UnitError."""
    if isinstance(value, bool) or value is None:
        raise UnitError("is not a number")
    if isinstance(value, int) and abs(value) >= 10 ** (LARGEST_EXPONENT + 1):
        raise UnitError(_NO_NUMBER)
    if isinstance(value, int | float):
        return _sensible(str(value)), ""
    found = _NUMBER.fullmatch(str(value).replace("\u00a0", " "))
    if found is None:
        raise UnitError("does not begin with a number")
    return _sensible(found[1].replace(",", "")), " ".join(found[2].split())


def time(value: object) -> int:
    """Microseconds. `3 s`, `650 ms`, `2 h`; 0 needs no unit. Raises UnitError."""
    number, unit = split(value)
    if unit == "" and number == 0:
        return 0
    scale = _TIMES.get(_singular(unit))
    if scale is None:
        raise UnitError("is not a time with a unit, for example 3 s or 650 ms")
    us = round(number * scale)
    if abs(us) > LONGEST:
        raise UnitError(f"is longer than {LONGEST // SECOND:,} s")
    return us


def span(value: object) -> int:
    """Microseconds that are not before 0. Raises UnitError."""
    us = time(value)
    if us < 0:
        raise UnitError("is below 0 s")
    return us


def whole_seconds(value: object) -> int:
    """Microseconds of a setting that AWS takes in whole seconds. Raises UnitError."""
    us = time(value)
    if us % SECOND:
        raise UnitError("is not a whole number of seconds")
    return us


def size(value: object) -> int:
    """KB, a part of one for a whole one. `256 KB`, `6 MB`, `10 GB`. Raises UnitError."""
    number, unit = split(value)
    scale = _SIZES.get(_first(unit))
    if scale is None:
        raise UnitError("is not a size with a unit, for example 256 KB or 6 MB")
    return int((number * scale).to_integral_value(ROUND_UP))  # a byte above a quota is above it


def payload(value: object) -> int:
    """KB of an event, which are not below 0. Raises UnitError."""
    kilobytes = size(value)
    if kilobytes < 0:
        raise UnitError("is below 0 KB")
    return kilobytes


def memory(value: object) -> int:
    """MB. `1024 MB`, `10 GB`, `1769 MB per vCPU`. Raises UnitError."""
    kilobytes = size(value)
    if kilobytes % 1024:
        raise UnitError("is not a whole number of MB")
    return kilobytes // 1024


def rate(value: object) -> Rate:
    """`1000 per 10 s`, `3 per second`, `20 executions per 1 s`. Raises UnitError."""
    number, unit = split(value)
    words, per = _per(unit)
    if not per or number != int(number) or number < 0 or re.search(r"\d", words):
        raise UnitError("is not a rate, for example 1000 per 10 s")
    return Rate(int(number), _lapse(per))


def rate_per_us(value: object) -> float:
    """Events per microsecond, with fractions: `0.9 per 1 s`. Raises UnitError."""
    number, unit = split(value)
    _, per = _per(unit)
    if not per or number < 0:
        raise UnitError("is not a rate, for example 3 per 1 s")
    return float(number) / _lapse(per)


def count(value: object) -> int:
    """A whole number; it may say of what (`100 executions`), but has no unit. Raises UnitError."""
    number, unit = split(value)
    if _first(unit) in {"%", *_TIMES, *_SIZES}:
        raise UnitError(f"is not a whole number: {unit} is a unit, and this has none")
    if number != int(number) or re.search(r"[%\d]", unit):
        raise UnitError("is not a whole number")
    return int(number)


def number(value: object) -> float:
    """Any number: `0.2` or `20 %`. Raises UnitError."""
    amount, unit = split(value)
    if unit not in ("", "%"):
        raise UnitError(f"is not a number or a percentage: {unit} is neither")
    return float(amount) / 100 if unit else float(amount)


def fraction(value: object) -> float:
    """`0.2` or `20 %`, from 0 to 1. Raises UnitError."""
    share = number(value)
    if not 0 <= share <= 1:
        raise UnitError("is not a share from 0 to 1")
    return share


def price(value: object) -> float:
    """USD for one unit: `0.20 USD per 1000000 requests`, `0.0000166667 USD per GB-s`. Raises UnitError."""
    amount, unit = split(value)
    if unit and _first(unit) != "usd":
        raise UnitError("is not a price, for example 0.20 USD per 1000000 requests")
    _, per = _per(unit)
    lot = split(per)[0] if per[:1].isdigit() else Decimal(1)
    if not lot:
        raise UnitError("is a price for nothing")
    return float(amount / lot)


def flag(value: object) -> bool:
    """`yes` or `no`. Raises UnitError."""
    if isinstance(value, bool):
        return value
    answer = _YES_NO.get(str(value).strip().lower())
    if answer is None:
        raise UnitError("is not yes or no")
    return answer


def word(value: object) -> str:
    """A word or a short phrase. Raises UnitError."""
    if not isinstance(value, str) or not value.strip():
        raise UnitError("is not a word")
    return value.strip()


def words(value: object) -> str:
    """A list of words, or words with spaces between them, in small letters: `s3 dynamodb`. Raises UnitError."""
    return " ".join(word(each).lower() for each in (value if isinstance(value, list | tuple) else [value]))


def converted(number: Decimal, unit: str, other: str) -> Decimal:
    """So many of a unit in another of its kind: 2 min are 120 s. Raises UnitError."""
    for scales in (_TIMES, _SIZES):
        one, another = scales.get(_first(unit)), scales.get(_first(other))
        if one and another:
            return number * one / another
    raise UnitError(f"is in {other}, the other in {unit}")


def show_time(us: int) -> str:
    """Microseconds for people: `650 ms`, `3 s`, `1.5 s`, `63 s`, `6 h`."""
    if us < 0:
        return f"-{show_time(-us)}"
    if us and us % (3_600 * SECOND) == 0:
        return f"{us // (3_600 * SECOND):,} h"
    if us == 0 or us >= SECOND:
        return f"{_plain(Decimal(us) / SECOND)} s"
    return (
        f"{_plain((Decimal(us) / MILLISECOND).quantize(Decimal(1)) if us > 10_000 else Decimal(us) / MILLISECOND)} ms"
    )


READERS: Final[dict[str, Callable[[object], object]]] = {
    "time": time, "size": size, "memory": memory, "rate": rate, "count": count, "number": number,
    "fraction": fraction, "price": price, "flag": flag, "word": word, "words": words,
}  # fmt: skip


def _sensible(text: str) -> Decimal:
    """A number that is finite and neither so large nor so small that arithmetic with it would take for ever."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise UnitError(_NO_NUMBER) from None
    if not number.is_finite() or (number and not -LARGEST_EXPONENT <= number.adjusted() <= LARGEST_EXPONENT):
        raise UnitError(_NO_NUMBER)
    return number


def _per(unit: str) -> tuple[str, str]:
    """What stands before and after the last "per" of a unit; ("", "") when there is none."""
    before, per, after = f" {unit}".rpartition(" per ")
    return (before, after) if per else ("", "")


def _lapse(per: str) -> int:
    """The microseconds of a rate: `10 s`, or `second` for one. Raises UnitError."""
    lapse = time(per if per[0].isdigit() else f"1 {per}")
    if lapse <= 0:
        raise UnitError("is a rate per no time at all")
    return lapse


def _first(unit: str) -> str:
    """Its first word, as the tables of units have it."""
    return _singular(unit.partition(" ")[0])


def _singular(unit: str) -> str:
    unit = unit.lower()
    return unit[:-1] if len(unit) > 3 and unit.endswith("s") else unit


def _plain(number: Decimal) -> str:
    return f"{number.quantize(Decimal('0.001')).normalize():,f}"
