"""When a cron fires, on the clocks of a time zone.

A cron names minutes of a wall clock. Where the clock is put forward, the minutes that it skips do not fire; where it is
put back, a minute that comes twice fires once, before the shift.
Source: EventBridge Scheduler, schedule types.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from studyapp.simulator.clocks import DAY, MINUTE, Turn, changes, exists, instant, turn_of
from studyapp.simulator.cron import Cron
from studyapp.simulator.units import LONGEST

_MICROSECOND: Final = timedelta(microseconds=1)


@dataclass(frozen=True)
class Schedule:
    """A cron on the clocks of `zone`, in a run that begins when they show `starting`.

    The last two are of worlds that do not exist: a time that is skipped fires when it would have come, if that is on the
    same date; one that comes twice fires twice.
    """

    cron: Cron
    zone: ZoneInfo
    starting: datetime
    fires_skipped: bool = False
    fires_twice: bool = False

    @property
    def begins(self) -> datetime:
        """The moment of 0 s, in UTC: where a clock shows `starting` twice, the first."""
        return instant(self.starting, self.zone)

    @property
    def is_real(self) -> bool:
        """Whether a clock of the zone ever shows `starting`."""
        return exists(self.starting, self.zone)

    @property
    def says(self) -> str:
        return f"{self.starting} {self.zone.key}"

    def firings(self, since: int = 0) -> Iterator[int]:
        """Microseconds after `starting`, from `since` on, in order, each found when it is asked for; they end with the
        years, or with the day that is LONGEST away."""
        zero = self.begins
        for moment in self.moments(zero + since * _MICROSECOND, zero + LONGEST * _MICROSECOND):
            yield (moment - zero) // _MICROSECOND

    def moments(self, first: datetime, last: datetime | None = None) -> Iterator[datetime]:
        """In UTC, from `first` on, in order; they end with the years, or with the day of `last`."""
        for midnight in self._midnights(first, last):
            if last is not None and instant(midnight, self.zone) > last:
                return
            begins, minutes = self._on(midnight)
            for minute in minutes[_place(minutes, first, begins) :]:
                yield begins + minute * MINUTE

    def count(self, first: datetime, end: datetime) -> int:
        """How many from `first` on and before `end`."""
        total = 0
        for midnight in self._midnights(first, end):
            begins, minutes = self._on(midnight)
            if begins >= end:
                break
            total += _place(minutes, end, begins) - _place(minutes, first, begins)
        return total

    def oddities(self, first: datetime, end: datetime) -> Iterator[tuple[datetime, bool]]:
        """Of each day the first time that it names and that a clock skips or shows twice, with whether it is skipped."""
        for midnight in self._changing(first, end):
            if self.cron.is_on(midnight.date()) and (turn := turn_of(midnight, self.zone)):
                times = (midnight + minute * MINUTE for minute in self.cron.times if turn.odd <= minute < turn.end)
                if odd := next((each for each in times if first <= instant(each, self.zone) < end), None):
                    yield odd, turn.skips

    def _changing(self, first: datetime, end: datetime) -> Iterator[datetime]:
        """The beginnings, on the clock, of the days on which the clocks change: of what they would show then, and of what they
        show. The two differ where midnight comes twice, and where a whole day is skipped."""
        for moment in changes(self.zone, first - DAY, end + DAY):
            old, new = (moment - MINUTE).astimezone(self.zone) + MINUTE, moment.astimezone(self.zone)
            yield from sorted({datetime.combine(each.date(), time()) for each in (old, new)})

    def _midnights(self, first: datetime, last: datetime | None) -> Iterator[datetime]:
        """The beginnings of the days on which it fires, on the clock, from the day of `first` to the one after `last`."""
        until = date.max if last is None else last.astimezone(self.zone).date() + DAY
        since = first.astimezone(self.zone).date()
        return (datetime.combine(day, time()) for day in self.cron.dates(since, until))

    def _on(self, midnight: datetime) -> tuple[datetime, Sequence[float]]:
        """The firings of a day: its beginning, in UTC, and the minutes after that, in order."""
        turn, begins = turn_of(midnight, self.zone), instant(midnight, self.zone)
        return begins, self._turned(turn) if turn else self.cron.times

    def _turned(self, turn: Turn) -> Sequence[float]:
        """On a day on which the clocks change."""
        times, late = self.cron.times, (turn.before - turn.after) / MINUTE
        first, last = bisect_left(times, turn.odd), bisect_left(times, turn.end)
        before, odd, after = times[:first], times[first:last], [minute + late for minute in times[last:]]
        if turn.skips:
            again = [minute for minute in odd if self.fires_skipped and minute - late < DAY / MINUTE]
            return sorted({*before, *again, *after})
        return sorted([*before, *odd, *(minute + late for minute in odd if self.fires_twice), *after])


def _place(minutes: Sequence[float], moment: datetime, begins: datetime) -> int:
    """How many of the minutes are before that moment."""
    return bisect_left(minutes, (moment - begins) / MINUTE)
