"""When the clocks of a time zone change, and what they do on such a day: the minutes that they skip or show twice.

A local time that comes twice stands for the first; one that never comes, for the moment at which the clocks would have shown
it. No zone has changed its clocks twice within six days since 1970: the shortest that one kept a change is a week, in Brazil
in October 2000.
"""

from bisect import bisect_left
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

MINUTE: Final = timedelta(minutes=1)
DAY: Final = timedelta(days=1)
_MINUTES: Final = 24 * 60
_SECOND: Final = timedelta(seconds=1)
_STEP: Final = 6 * DAY
"""So far apart the clocks are looked at: no change can hide between two looks."""


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
    return Turn(max(0, end - -(-abs(after - before) // MINUTE)), end, before, after)


def changes(zone: ZoneInfo, first: datetime, last: datetime) -> Iterator[datetime]:
    """The moments after `first`, to `last`, at which the clocks change, in UTC and in order."""
    local, end = (moment.astimezone(zone).replace(tzinfo=None) for moment in (first, last + DAY))
    before = offset(local, zone)
    while local < end:
        after = offset(local + _STEP, zone)
        if after != before and first < (moment := _change(local, zone, before, after)) <= last:
            yield moment
        local, before = local + _STEP, after


def offset(local: datetime, zone: ZoneInfo) -> timedelta:
    """From UTC to a local time."""
    return zone.utcoffset(local) or timedelta()


def instant(local: datetime, zone: ZoneInfo) -> datetime:
    """In UTC."""
    return (local - offset(local, zone)).replace(tzinfo=UTC)


def exists(local: datetime, zone: ZoneInfo) -> bool:
    """Whether a clock of the zone ever shows it."""
    return instant(local, zone).astimezone(zone).replace(tzinfo=None, fold=0) == local.replace(fold=0)


def _change(local: datetime, zone: ZoneInfo, before: timedelta, after: timedelta) -> datetime:
    """The one within a step from `local`, to the second."""
    seconds = range(_STEP // _SECOND)
    passed = bisect_left(seconds, True, key=lambda second: offset(local + second * _SECOND, zone) != before)
    return (local + passed * _SECOND - max(before, after)).replace(tzinfo=UTC)
