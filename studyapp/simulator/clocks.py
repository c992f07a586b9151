"""What the clocks of a time zone do on one day: the minutes that they skip or show twice.

A local time that comes twice stands for the first; one that never comes, for the moment at which the clocks would have shown
it. No zone has changed its clocks twice on one day since 1970.
"""

from bisect import bisect_left
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

MINUTE: Final = timedelta(minutes=1)
DAY: Final = timedelta(days=1)
_MINUTES: Final = 24 * 60


class Turn(NamedTuple):
    """A change of the clocks. From minute `odd` of the day to before `end` they skip the time, or show it twice; the offsets
    from UTC are those before and after."""

    odd: int
    end: int
    before: timedelta
    after: timedelta

    @property
    def skips(self) -> bool:
        return self.after > self.before


def turn_of(midnight: datetime, zone: ZoneInfo) -> Turn | None:
    """None on a day on which the clocks stay as they are."""
    before, after = offset(midnight, zone), offset(midnight + DAY, zone)
    if before == after:
        return None
    end = bisect_left(range(_MINUTES), True, key=lambda minute: offset(midnight + minute * MINUTE, zone) != before)
    odd = bisect_left(range(end), True, key=partial(_is_odd, midnight, zone))
    return Turn(odd, end, before, after)


def offset(local: datetime, zone: ZoneInfo) -> timedelta:
    """From UTC to a local time."""
    return zone.utcoffset(local) or timedelta()


def instant(local: datetime, zone: ZoneInfo) -> datetime:
    """In UTC."""
    return (local - offset(local, zone)).replace(tzinfo=UTC)


def exists(local: datetime, zone: ZoneInfo) -> bool:
    """Whether a clock of the zone ever shows it."""
    return instant(local, zone).astimezone(zone).replace(tzinfo=None, fold=0) == local.replace(fold=0)


def _is_odd(midnight: datetime, zone: ZoneInfo, minute: int) -> bool:
    local = midnight + minute * MINUTE
    return not exists(local, zone) or offset(local.replace(fold=1), zone) != offset(local, zone)
