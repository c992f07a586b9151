"""Months as facts state them, `2023-11`, and as people say them. A year may stand for a month that nobody knows."""

from __future__ import annotations

from datetime import date


def spoken(month: str) -> str:
    """`2023-11` as "November 2023"; a year, or anything else, as it is."""
    first = first_day(month)
    return f"{first:%B %Y}" if first and "-" in month else month


def first_day(month: str) -> date | None:
    """The first day of `2023-11`, or of the year `2023`; None for anything else."""
    year, _, rest = month.partition("-")
    try:
        return date(int(year), int(rest) if rest else 1, 1)
    except ValueError:
        return None
