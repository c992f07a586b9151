"""Numbers as options and stems write them: what they are worth, and how an item's values are written.

Worth is in the unit's base: seconds for times, MB for sizes, plain numbers otherwise. It serves to order options and
to find a number in a stem, whichever unit of its family was chosen.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from studyapp.facts import quantity

_SECONDS = {
    "us": "0.000001", "µs": "0.000001", "ms": "0.001", "millisecond": "0.001", "s": "1", "second": "1", "min": "60",
    "minute": "60", "h": "3600", "hour": "3600", "day": "86400", "week": "604800",
}  # fmt: skip
_MEGABYTES = {
    "B": "0.00000095367431640625",
    "KB": "0.0009765625",
    "MB": "1",
    "GB": "1024",
    "TB": "1048576",
    "KiB": "0.0009765625",
    "MiB": "1",
    "GiB": "1024",
    "TiB": "1048576",
}
_WORDS = {
    "zero": 0, "once": 1, "one": 1, "single": 1, "twice": 2, "two": 2, "both": 2, "three": 3, "four": 4, "five": 5,
    "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20,
    "thirty": 30,
}  # fmt: skip
_ENDS = {"None": Decimal(0), "Never": Decimal("Infinity")}
_CLOCK = re.compile(r"\S+\s(?:h|min|s)(?:\s\S+\s(?:min|s))+")
_TOKEN = re.compile(
    rf"(?<![\w.,])(\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?|\b(?:{'|'.join(_WORDS)})\b)(?:[\s\u00a0-]?([a-zµ%]+))?",
    re.IGNORECASE,
)
_AMOUNT = re.compile(rf"\d+(?:,\d{{3}})*(?:\.\d+)?(?:[ \u00a0-](?:{'|'.join([*_SECONDS, *_MEGABYTES])})s?\b)?")
_ONE_OF_TIME = re.compile(r"\b(?:an?|per|every|each|same)\s(second|minute|hour|day|week)\b")


def number_in(text: str) -> Decimal | None:
    """What an option that is one number is worth, so that options can be put in order; None if it is not one.

    `500`, `About 500`, `189 s`, `3 min 9 s`, `0.20 USD` and `None` are numbers; `500 and then 20` is not.
    """
    words = text.removeprefix("About ").removeprefix("At most ").removesuffix(".").strip()
    if words in _ENDS:
        return _ENDS[words]
    parts = re.split(r"(?<=[a-z])\s(?=\d)", words) if _CLOCK.fullmatch(words) else [words]
    try:
        read = [quantity.parse(part) for part in parts]
    except quantity.BadQuantity:
        return None
    is_one_number = all(not re.search(r"\d", each.unit.partition("per ")[0]) for each in read)
    return sum((worth(each) for each in read), Decimal(0)) if is_one_number else None


def in_order(texts: Sequence[str]) -> list[Decimal] | None:
    """What each of `texts` is worth, so that they can be put in order: each is one number, or they differ in one number alone.

    `After 20 min` and `After 2 h` are ordered as `20 min` and `2 h` are. None for anything else.
    """
    plain = [number_in(text) for text in texts]
    if None not in plain:
        return [each for each in plain if each is not None]
    found = [list(_AMOUNT.finditer(text)) for text in texts]
    if any(len(each) != 1 for each in found):
        return None
    around = {(text[: each[0].start()], text[each[0].end() :]) for text, each in zip(texts, found, strict=True)}
    inside = [number_in(each[0][0]) for each in found]
    return None if len(around) > 1 or None in inside else [each for each in inside if each is not None]


def worth(value: quantity.Quantity) -> Decimal:
    """The amount in seconds, MB, or as it stands."""
    return value.amount * _factor(value.unit)


def worths_in(text: str) -> frozenset[Decimal]:
    """What every number in `text` is worth, with its unit and without; words count: `two-second`, `an hour`, `once`."""
    found = {_factor(unit) for unit in _ONE_OF_TIME.findall(text)}
    for number, unit in _TOKEN.findall(text):
        amount = Decimal(_WORDS.get(number.lower(), number.replace(",", "")))
        found |= {amount, amount * _factor(unit)}
    return frozenset(found)


def _factor(unit: str) -> Decimal:
    singular = unit.removesuffix("s") if len(unit) > 2 else unit
    return Decimal(_SECONDS.get(unit) or _SECONDS.get(singular) or _MEGABYTES.get(unit) or 1)


def is_clock(text: str) -> bool:
    """Whether a text is a time in several units, such as `3 min 9 s`."""
    return _CLOCK.fullmatch(text) is not None


def unit_family(unit: str) -> str:
    """What units that can be turned into each other share: `time`, `size`, or the unit itself in the singular."""
    singular = unit.removesuffix("s") if len(unit) > 2 else unit
    if unit in _SECONDS or singular in _SECONDS:
        return "time"
    return "size" if unit in _MEGABYTES else singular
