"""When a cron fires, on the clocks of a time zone.

A cron names minutes of a wall clock. Where the clock is put forward, the minutes that it skips do not fire; where it is
put back, a minute that comes twice fires once (the first time: AWS says once, and not which).
Source: EventBridge Scheduler, schedule types.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from studyapp.simulator.cron import Cron
from studyapp.simulator.units import LONGEST

_MICROSECOND: Final = timedelta(microseconds=1)
_MINUTE: Final = timedelta(minutes=1)
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True)
class Schedule:
    """A cron on the clocks of `zone`, in a run that begins when they show `starting`."""

    cron: Cron
    zone: ZoneInfo
    starting: datetime

    @property
    def begins(self) -> datetime:
        """The moment of 0 s, in UTC: where a clock shows `starting` twice, the first."""
        return _instant(self.starting, self.zone)

    @property
    def is_real(self) -> bool:
        """Whether a clock of the zone ever shows `starting`."""
        return _exists(self.starting, self.zone)

    @property
    def says(self) -> str:
        return f"{self.starting} {self.zone.key}"

    def firings(self, since: int = 0) -> Iterator[int]:
        """Microseconds after `starting`, from `since` on, in order, each found when it is asked for; they end with the
        years, or with the day that is LONGEST away."""
        zero = self.begins
        first = zero + since * _MICROSECOND
        for day in self.cron.dates(first.astimezone(self.zone).date()):
            midnight = datetime.combine(day, time())
            if (_instant(midnight, self.zone) - zero) // _MICROSECOND > LONGEST:
                return
            for moment in self._on(midnight):
                if moment >= first:
                    yield (moment - zero) // _MICROSECOND

    def _on(self, midnight: datetime) -> Iterator[datetime]:
        """The moments of one day, in UTC. Only where the clocks change is each minute looked up."""
        begins = _instant(midnight, self.zone)
        if _instant(midnight + _DAY, self.zone) - begins == _DAY:
            return (begins + minute * _MINUTE for minute in self.cron.times)
        local = (midnight + minute * _MINUTE for minute in self.cron.times)
        return (_instant(moment, self.zone) for moment in local if _exists(moment, self.zone))


def _instant(local: datetime, zone: ZoneInfo) -> datetime:
    return local.replace(tzinfo=zone).astimezone(UTC)


def _exists(local: datetime, zone: ZoneInfo) -> bool:
    return _instant(local, zone).astimezone(zone).replace(tzinfo=None) == local
