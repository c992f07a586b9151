"""Expressions as they are written: cron(...), rate(...) and at(...), and what each is.

In the world of a belief a cron is read as in a crontab: five fields, no ?, and the days of the week begin with 0 for Sunday.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from studyapp.simulator.cron import FIELDS, Cron, CronError, check_length, read_cron, read_rate
from studyapp.simulator.rulebook import Rulebook
from studyapp.simulator.units import UnitError, show_time

_KINDS: Final = ("cron", "rate", "at")
_NUMBERS: Final = re.compile(r"(?<![#0-9])[0-7](?![0-9])")


@dataclass(frozen=True)
class CronTimes:
    """`written` are its six fields as their author wrote them, `read` as AWS has them."""

    cron: Cron
    written: tuple[str, ...]
    read: tuple[str, ...]


@dataclass(frozen=True)
class Rate:
    """Once in each `period` (microseconds); `days` are those of a rate that is written in days."""

    text: str
    period: int
    days: int | None


@dataclass(frozen=True)
class Once:
    """At one time, on the clocks of the schedule's zone."""

    local: datetime


Expression = CronTimes | Rate | Once


def read_expression(value: object, rulebook: Rulebook, *, is_scheduler: bool) -> Expression:
    """Raises UnitError, which names the part of the expression that is wrong."""
    text = " ".join(str(value).split()) if isinstance(value, str) else ""
    check_length(text)
    found = re.fullmatch(r"(\w+)\s*\((.*)\)", text)
    if found is None or found[1] not in _KINDS:
        raise UnitError("is not an expression such as cron(0 9 * * ? *), rate(5 minutes) or at(2026-12-24T18:00:00)")
    inner = found[2].strip()
    if found[1] == "cron":
        return _cron(inner, rulebook, is_scheduler)
    return _rate(inner, rulebook, is_scheduler) if found[1] == "rate" else _once(inner)


def _cron(text: str, rulebook: Rulebook, is_scheduler: bool) -> CronTimes:
    parts = text.upper().split()
    if not rulebook.cron_is_unix:
        cron = read_cron(text, is_scheduler=is_scheduler)
        six = tuple([*parts, "*"][: len(FIELDS)])
        return CronTimes(cron, six, six)
    if len(parts) == len(FIELDS) - 1:
        parts.append("*")
        if parts[4] == "*":
            parts[4] = "?"
        elif parts[2] == "*":
            parts[2] = "?"
    days = [_NUMBERS.sub(_counted_from_one, part) if place == 4 else part for place, part in enumerate(parts)]
    return CronTimes(read_cron(" ".join(days)), tuple(parts), tuple(days))


def _counted_from_one(number: re.Match[str]) -> str:
    """A crontab's 0 and 7 are Sunday, AWS's 1."""
    return str(int(number[0]) % 7 + 1)


def _rate(text: str, rulebook: Rulebook, is_scheduler: bool) -> Rate:
    period = read_rate(text, is_scheduler=is_scheduler)
    if period < rulebook.schedule_interval_min:
        raise CronError(f"is shorter than {show_time(rulebook.schedule_interval_min)} (EventBridge, scheduled rules)")
    number, _, unit = text.partition(" ")
    return Rate(" ".join(text.split()), period, int(number) if unit.strip().startswith("day") else None)


def _once(text: str) -> Once:
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}", text):
        raise UnitError("has no time in at(...) that is written as 2026-12-24T18:00:00")
    try:
        local = datetime.fromisoformat(text)
    except ValueError:
        raise UnitError("has a time in at(...) that no calendar or clock shows") from None
    if not FIELDS[5].low <= local.year <= FIELDS[5].high:
        raise UnitError(f"has a year in at(...) that is not from {FIELDS[5].low} to {FIELDS[5].high}")
    return Once(local)
