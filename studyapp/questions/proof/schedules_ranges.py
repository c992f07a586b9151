"""Ranges of schedules: when they fire, on whose clocks, and what becomes of their calls."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from studyapp.questions.proof.range import Body, Range, beside, found_at, seconds
from studyapp.simulator.rulebook import TRUTH

ZONES = ("UTC", "America/New_York", "Europe/Berlin", "Asia/Tokyo")
"""No summer time, that of the United States, that of Europe, and a zone ahead of UTC without one."""
MOMENTS = ("2026-01-12 09:00", "2026-07-06 18:30")
"""A winter's morning, and a summer's evening."""
_CRON = re.compile(r"cron\((\S+) (\d{1,2}) (.+)\)")
_RATE = re.compile(r"rate\((\d{1,6}) (minute|hour|day)s?\)")
_AT = re.compile(r"at\((.+)\)")


def shifted(path: str, body: Body) -> tuple[object, ...]:
    """A schedule of the same form at another time: one and twelve hours later, half as often, or a day later."""
    text = str(found_at(path, body))
    if cron := _CRON.fullmatch(text):
        return tuple(f"cron({cron[1]} {(int(cron[2]) + later) % 24} {cron[3]})" for later in (1, 12))
    if rate := _RATE.fullmatch(text):
        return (f"rate({int(rate[1]) * 2} {rate[2]}s)",)
    if once := _AT.fullmatch(text):
        return _a_day_later(once[1])
    return ()


def _a_day_later(written: str) -> tuple[object, ...]:
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        return ()
    return (f"at({(moment + timedelta(days=1)).isoformat()})",)


def _targets(path: str, body: Body) -> tuple[object, ...]:
    """A target that Lambda has refused needs to be told for how long, and no other can have it told."""
    is_told = beside(path, "unavailable_for", body) is not None
    return () if is_told else ("works", "function-fails", "function-throttled")


RANGES: tuple[Range, ...] = (
    Range("schedules.*.kind", ("rule", "scheduler"), "either may be chosen"),
    Range("schedules.*.expression", shifted, "of the same form, at another time"),
    Range("schedules.*.zone", (None, *ZONES), "UTC unless it is set; any other"),
    Range("schedules.*.clocks", ZONES, "people anywhere"),
    Range("schedules.*.starting", MOMENTS, "winter or summer, morning or evening"),
    Range("schedules.*.start_date", (None,), "a schedule without dates begins at once"),
    Range("schedules.*.end_date", (None,), "a schedule without dates goes on"),
    Range(
        "schedules.*.flexible_window",
        (None, seconds(TRUTH.schedule_window_min), "15 min", seconds(TRUTH.schedule_window_max)),
        "AWS's default is none; both ends of the range, and a usual one",
    ),
    Range("schedules.*.wanted_at", ("00:00", "12:30"), "any time of day"),
    Range("schedules.*.target", _targets, "it works, or does not"),
    Range("schedules.*.unavailable_for", ("1 min", "2 h", "30 h"), "short, long, and longer than a call is tried"),
    Range("schedules.*.retries", (0, TRUTH.schedule_retries_default), "none, and AWS's default, which is the most"),
    Range(
        "schedules.*.maximum_age",
        (seconds(TRUTH.schedule_age_min), seconds(TRUTH.schedule_age_max)),
        "both ends of the range; 24 hours by default",
    ),
    Range("schedules.*.dead_letter_queue", ("no", "yes"), "AWS's default is none"),
)
