"""Schedules as EventBridge writes them, `cron(0 9 ? * MON-FRI *)` and `rate(5 minutes)`, and the days on which a cron fires.

A rate counts plain time: its days have 24 hours, whatever clocks do. What clocks do to a cron is said in schedule.py.
A rule's cron has six fields; EventBridge Scheduler takes five, too, for every year. A rule's rate says `1 day`, Scheduler takes
`1 days`, too.
Sources: EventBridge, cron expressions reference and rate expressions; EventBridge Scheduler, schedule types.
"""

import re
from bisect import bisect_left, bisect_right
from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import Final, NamedTuple

from studyapp.simulator.units import LONGEST, SECOND, UnitError

FIRST_YEAR: Final = 1970
LAST_YEAR: Final = 2199
_MONTHS: Final = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_WEEK: Final = ("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT")
LONGEST_TEXT: Final = 256
"""Letters of an expression. Sources: EventBridge Scheduler, CreateSchedule; EventBridge, PutRule."""
_UNITS: Final = {"minute": 60 * SECOND, "hour": 3_600 * SECOND, "day": 86_400 * SECOND}


class CronError(UnitError):
    """A schedule that EventBridge would not take; its text names the field of the expression, the value and the range."""


class Field(NamedTuple):
    """One of the six fields: what its values are, and the names that stand for them, from `low` on."""

    name: str
    low: int
    high: int
    names: tuple[str, ...] = ()
    takes_steps: bool = True


FIELDS: Final = (
    Field("minutes", 0, 59),
    Field("hours", 0, 23),
    Field("day-of-month", 1, 31),
    Field("month", 1, 12, _MONTHS),
    Field("day-of-week", 1, 7, _WEEK, takes_steps=False),
    Field("year", FIRST_YEAR, LAST_YEAR),
)


class Days(NamedTuple):
    """Which days of a month. `kind` and what its `numbers` are:

    dates: days of the month. last: one number, how many days before the month's last. workday: one day; the day from
    Monday to Friday of the same month that is nearest to it. last-workday: none. week: days of the week, 1 is Sunday.
    last-of: one day of the week. nth: a day of the week, and which one of the month.
    """

    kind: str
    numbers: tuple[int, ...] = ()

    def of(self, year: int, month: int) -> Iterable[int]:
        """The days of that month, in order."""
        first, length = monthrange(year, month)
        if self.kind == "dates":
            return [day for day in self.numbers if day <= length]
        if self.kind == "last":
            return [length - self.numbers[0]] if self.numbers[0] < length else []
        if self.kind == "workday":
            return [_workday(self.numbers[0], first, length)] if self.numbers[0] <= length else []
        if self.kind == "last-workday":
            return [_workday(length, first, length)]
        if self.kind == "week":
            return [day for day in range(1, length + 1) if _weekday(day, first) in self.numbers]
        days = range(1 + (self.numbers[0] - _weekday(1, first)) % 7, length + 1, 7)
        return days[-1:] if self.kind == "last-of" else days[self.numbers[1] - 1 : self.numbers[1]]


@dataclass(frozen=True)
class Cron:
    """A cron expression: `times` are the minutes of a day on which it fires."""

    text: str
    times: tuple[int, ...]
    days: Days
    months: tuple[int, ...]
    years: tuple[int, ...]

    @property
    def ends(self) -> bool:
        """Whether it names the years in which it fires."""
        return self.years[-1] < LAST_YEAR

    def dates(self, since: date, until: date = date.max) -> Iterator[date]:
        """The days on which it fires, in order, from `since` to `until`."""
        begins, ends = (since.year, since.month), (until.year, until.month)
        years = self.years[bisect_left(self.years, since.year) : bisect_right(self.years, until.year)]
        for year, month in product(years, self.months):
            if begins <= (year, month) <= ends:
                days = (date(year, month, each) for each in self.days.of(year, month))
                yield from (day for day in days if since <= day <= until)

    def is_on(self, day: date) -> bool:
        """Whether it fires on that day."""
        return day.year in self.years and day.month in self.months and day.day in self.days.of(day.year, day.month)


def read_cron(value: object, *, is_scheduler: bool = False) -> Cron:
    """`0 9 ? * MON-FRI *`, with or without `cron(...)` around it. Raises CronError."""
    text = _inside("cron", value)
    parts = text.upper().split()
    if is_scheduler and len(parts) == len(FIELDS) - 1:
        parts.append("*")
    if len(parts) != len(FIELDS):
        names = ", ".join(field.name for field in FIELDS)
        raise CronError(f"has {len(parts)} fields; a cron expression has six: {names}")
    if (parts[2] == "?") == (parts[4] == "?"):
        raise CronError("needs ? as one of day-of-month and day-of-week, and a value as the other")
    minutes, hours, months, years = (_listed(parts[place], FIELDS[place]) for place in (0, 1, 3, 5))
    days = _dates(parts[2], FIELDS[2]) if parts[4] == "?" else _days_of_week(parts[4], FIELDS[4])
    times = tuple(hour * 60 + minute for hour, minute in product(hours, minutes))
    return Cron(f"cron({text})", times, days, months, years)


def read_rate(value: object, *, is_scheduler: bool = False) -> int:
    """`5 minutes`, `1 hour`, with or without `rate(...)` around it, in microseconds. Raises CronError."""
    number, _, unit = _inside("rate", value).partition(" ")
    unit = unit.strip()
    if not _is_number(number) or int(number) == 0 or unit.removesuffix("s") not in _UNITS:
        raise CronError("is not a rate such as 5 minutes, 1 hour or 7 days")
    if unit.endswith("s") == (int(number) == 1) and not (is_scheduler and unit.endswith("s")):
        right = unit.removesuffix("s") if unit.endswith("s") else f"{unit}s"
        raise CronError(f"is not how EventBridge writes it: {number} {right}")
    period = int(number) * _UNITS[unit.removesuffix("s")]
    if period > LONGEST:
        raise CronError(f"is longer than {LONGEST // SECOND:,} s")
    return period


def check_length(text: str) -> None:
    """Raises CronError."""
    if len(text) > LONGEST_TEXT:
        raise CronError(f"has {len(text):,} letters, and EventBridge takes {LONGEST_TEXT}")


def _inside(name: str, value: object) -> str:
    text = " ".join(str(value).split())
    check_length(text)
    found = re.fullmatch(rf"{name}\s*\((.*)\)", text)
    return found[1].strip() if found else text


def _dates(text: str, field: Field) -> Days:
    """The day-of-month field."""
    if "," in text and re.search("[LW]", text):
        raise CronError(f"has {text} in {field.name}: L and W stand alone")
    if text == "L":
        return Days("last", (0,))
    if text == "LW":
        return Days("last-workday")
    if text.startswith("L-"):
        return Days("last", (_number(text[2:], field._replace(name=f"{field.name} after L", high=30)),))
    if text.endswith("W"):
        return Days("workday", (_number(text[:-1], field),))
    return Days("dates", _listed(text, field))


def _days_of_week(text: str, field: Field) -> Days:
    """The day-of-week field. L alone is Saturday, the week's last day."""
    if "," in text and re.search("[L#]", text):
        raise CronError(f"has {text} in {field.name}: L and # stand alone")
    if text == "L":
        return Days("week", (7,))
    if text.endswith("L"):
        return Days("last-of", (_number(text[:-1], field),))
    if "#" in text:
        day, _, which = text.partition("#")
        return Days("nth", (_number(day, field), _number(which, Field(f"{field.name} after #", 1, 5))))
    return Days("week", _listed(text, field))


def _listed(text: str, field: Field) -> tuple[int, ...]:
    """The values of a field, in order: numbers, names, ranges and steps with commas between them."""
    return tuple(sorted({value for part in text.split(",") for value in _part(part, field)}))


def _part(part: str, field: Field) -> Iterable[int]:
    span, slash, step = part.partition("/")
    if slash and not field.takes_steps:
        raise CronError(f"has {part} in {field.name}, which takes no steps (/)")
    low, dash, high = span.partition("-")
    if span == "*":
        first, last = field.low, field.high
    else:
        first = _number(low, field)
        last = _number(high, field) if dash else field.high if slash else first
    size = field.high - field.low + 1
    every = _number(step, Field(f"{field.name} after /", 1, min(size, field.high))) if slash else 1
    if last < first and field.name == "year":
        raise CronError(f"has {part} in {field.name}: the range ends before it begins")
    beyond = size if last < first else 0
    return (field.low + (value - field.low) % size for value in range(first, last + beyond + 1, every))


def _number(text: str, field: Field) -> int:
    if text in field.names:
        return field.low + field.names.index(text)
    if not _is_number(text) or not field.low <= int(text) <= field.high:
        names = f" or {field.names[0]} to {field.names[-1]}" if field.names else ""
        raise CronError(f"has {text or 'nothing'} in {field.name}, which takes {field.low} to {field.high}{names}")
    return int(text)


def _is_number(text: str) -> bool:
    return re.fullmatch(r"[0-9]{1,9}", text) is not None


def _weekday(day: int, first: int) -> int:
    """AWS's number, 1 is Sunday, of a day in a month whose first is Python's `first`, 0 is Monday."""
    return (first + day) % 7 + 1


def _workday(day: int, first: int, length: int) -> int:
    weekday = _weekday(day, first)
    if weekday == 7:
        return day - 1 if day > 1 else day + 2
    if weekday == 1:
        return day + 1 if day < length else day - 2
    return day
