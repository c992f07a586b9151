"""Reads what a clock shows, and where it hangs."""

from datetime import datetime
from zoneinfo import ZoneInfo

from studyapp.simulator import cron, units


def read_zone(value: object) -> ZoneInfo:
    """`Europe/Berlin`, `UTC`. Raises UnitError."""
    try:
        return ZoneInfo(str(value))
    except (LookupError, ValueError, OSError):
        raise units.UnitError("is not a time zone such as Europe/Berlin or UTC") from None


def read_local(value: object) -> datetime:
    """`2026-03-28 00:00`, without a zone. Raises UnitError."""
    try:
        local = datetime.fromisoformat(str(value))
    except ValueError:
        raise units.UnitError("is not a date and time such as 2026-03-28 00:00") from None
    if local.tzinfo is not None:
        raise units.UnitError("has an offset; `zone` says where the clock hangs")
    if not cron.FIRST_YEAR <= local.year <= cron.LAST_YEAR:
        raise units.UnitError(f"is not in the years {cron.FIRST_YEAR} to {cron.LAST_YEAR}")
    return local
