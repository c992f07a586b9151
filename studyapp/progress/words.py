"""Shares, spans and days as people say them."""

from datetime import date, timedelta

from studyapp.ui.pictures.words import NBSP

FARTHEST = 3650
"""Days: what lies beyond is said in years."""


def percent(share: float) -> str:
    """0.618 as "62 %"."""
    return f"{round(100 * share)}{NBSP}%"


def fallen_to(share: float) -> str:
    """0.896 as "89 %": what is below 90 % never reads as 90 %."""
    return f"{int(100 * share)}{NBSP}%"


def span(low: float, high: float) -> str:
    """ "84 to 91 %"."""
    return f"{round(100 * low)} to {round(100 * high)}{NBSP}%"


def day(on: date, today: date) -> str:
    """ "14 May", and the year if it is another."""
    text = f"{on.day}{NBSP}{on:%B}"
    return text if on.year == today.year else f"{text} {on.year}"


def lasting(seconds: float) -> str:
    """Seconds on a clock: 75 as "1:15"."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02}"


def falls(days: int | None, today: date) -> str:
    """When a mean falls below what is to be left, by the days until then. "" where nothing was met."""
    if days is None:
        return ""
    if days == 0:
        return "now"
    if days > FARTHEST:
        return f"in over {FARTHEST // 365} years"
    return f"on {day(today + timedelta(days=days), today)}"


def times(number: int) -> str:
    """ "once", "twice", "3 times"."""
    return {1: "once", 2: "twice"}.get(number, f"{number:,} times")
