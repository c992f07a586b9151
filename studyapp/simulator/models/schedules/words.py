"""What a field of a cron says, in words: `6#2` is the second Friday of the month."""

import re
from typing import Final

from studyapp.simulator.cron import FIELDS

MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
WEEK: Final = ("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")
ALL: Final = ("every minute", "every hour", "any day of the month", "every month", "any day of the week", "every year")
OPEN: Final = {2: "whatever day of the month", 4: "whatever day of the week"}
NOUNS: Final = ("minute", "hour", "day", "", "", "")
WHICH: Final = ("", "first", "second", "third", "fourth", "fifth")
MOST_PARTS: Final = 6
_DAYS: Final = 4


def in_words(place: int, text: str) -> str:
    """Of the field at that place (0 is minutes), as AWS counts: 1 is Sunday."""
    if text == "*":
        return ALL[place]
    if text == "?":
        return OPEN[place]
    special = _day_of_month(text) if place == 2 else _day_of_week(text) if place == _DAYS else ""
    if special:
        return special
    parts = text.split(",")
    if len(parts) > MOST_PARTS:
        return f"{len(parts)} values, from {_value(place, parts[0])} to {_value(place, parts[-1])}"
    said = [_part(place, part) for part in parts]
    noun = f"{NOUNS[place]} " if NOUNS[place] and not said[0].startswith("every") else ""
    return noun + (f"{', '.join(said[:-1])} and {said[-1]}" if len(said) > 1 else said[0])


def _part(place: int, part: str) -> str:
    span, slash, step = part.partition("/")
    low, dash, high = span.partition("-")
    said = f"{_value(place, low)} to {_value(place, high)}" if dash else _value(place, low)
    if not slash:
        return said
    pace = "every one" if step == "1" else f"every {_ordinal(int(step))}"
    return f"{pace} from {_value(place, str(FIELDS[place].low)) if span == '*' else said}"


def _ordinal(number: int) -> str:
    if number < len(WHICH):
        return WHICH[number]
    ending = "th" if number // 10 == 1 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _value(place: int, text: str) -> str:
    """A number or a name of the field, or what cannot be said otherwise."""
    names = {3: MONTHS, _DAYS: WEEK}.get(place)
    if names is None:
        return text
    field = FIELDS[place]
    number = field.names.index(text) if text in field.names else int(text) - 1 if text.isdecimal() else None
    return text if number is None else names[number]


def _day_of_month(text: str) -> str:
    if text == "L":
        return "the last day of the month"
    if text == "LW":
        return "the last day from Monday to Friday of the month"
    if text.startswith("L-"):
        return f"{int(text[2:])} before the last day of the month"
    return f"the day from Monday to Friday nearest to day {int(text[:-1])}" if text.endswith("W") else ""


def _day_of_week(text: str) -> str:
    if text == "L":
        return "Saturday, the last day of the week"
    if text.endswith("L"):
        return f"the last {_value(_DAYS, text[:-1])} of the month"
    if found := re.fullmatch("(.+)#([1-5])", text):
        return f"the {WHICH[int(found[2])]} {_value(_DAYS, found[1])} of the month"
    return ""
