"""When a rate fires: at its beginning, and then once in each period of plain time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from itertools import count, takewhile
from typing import Final
from zoneinfo import ZoneInfo

from studyapp.simulator.cron import LAST_YEAR
from studyapp.simulator.models.schedules.expressions import Rate

_HOUR: Final = timedelta(hours=1)
_DAY: Final = timedelta(days=1)
"""No clock was ever put back by more since 1970, so far a day of the clock can end after 24 hours of plain time."""


@dataclass(frozen=True)
class Rates:
    """From `begins` (UTC) on. `zone` is where days are those of a clock, which they are in a world that does not exist."""

    begins: datetime
    period: timedelta
    zone: ZoneInfo | None = None

    @classmethod
    def of(cls, rate: Rate, zone: ZoneInfo, first: datetime, counts_from: str, by_the_clock: bool) -> "Rates":
        """`counts_from`: creation; in worlds that do not exist the first full hour, or the midnight before."""
        period = timedelta(microseconds=rate.period)
        if counts_from == "hour":
            begun = first.replace(minute=0, second=0, microsecond=0)
            first = first if begun == first else begun + _HOUR
        if counts_from == "midnight":
            midnight = datetime.combine(first.astimezone(zone).date(), time(), zone).astimezone(UTC)
            first = midnight + -(-(first - midnight) // period) * period
        return cls(first, period, zone if by_the_clock else None)

    def moments(self, first: datetime, last: datetime | None = None) -> Iterator[datetime]:
        """They end with the year 2199, as those of a cron do."""
        if self.zone is None:
            found = (self.begins + number * self.period for number in count(max(0, self._before(first))))
        else:
            local = self.begins.astimezone(self.zone).replace(tzinfo=None)
            near = count(max(0, self._before(first - _DAY)))
            found = ((local + number * self.period).replace(tzinfo=self.zone).astimezone(UTC) for number in near)
        return takewhile(_is_in_range, (moment for moment in found if moment >= first))

    def count(self, first: datetime, end: datetime) -> int:
        if self.zone is None:
            return max(0, self._before(end) - max(0, self._before(first)))
        return sum(1 for _ in takewhile(lambda moment: moment < end, self.moments(first)))

    def _before(self, moment: datetime) -> int:
        """How many are before that moment."""
        return -(-(moment - self.begins) // self.period)


def _is_in_range(moment: datetime) -> bool:
    return moment.year <= LAST_YEAR
