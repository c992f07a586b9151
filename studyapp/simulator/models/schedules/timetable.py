"""When a schedule fires, in UTC: from its expression, on the clocks that AWS reads it by, between its dates."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from itertools import islice, pairwise, takewhile
from typing import Final
from zoneinfo import ZoneInfo

from studyapp.simulator.clocks import changes
from studyapp.simulator.models.schedules.expressions import CronTimes, Expression, Once
from studyapp.simulator.models.schedules.rates import Rates
from studyapp.simulator.rulebook import Rulebook
from studyapp.simulator.schedule import Schedule

_UTC: Final = ZoneInfo("UTC")
_MICROSECOND: Final = timedelta(microseconds=1)
YEAR: Final = timedelta(days=365)
"""How far ahead the clocks are watched: each change of a zone comes once in it."""


@dataclass(frozen=True)
class Failure:
    """`target`: works, function-fails, function-throttled (Lambda has taken the event) or unavailable: Lambda's API refuses
    each call for `outage` from the firing on. Times in microseconds."""

    target: str
    outage: int
    retries: int
    maximum_age: int
    has_queue: bool


@dataclass(frozen=True)
class Planned:
    """One schedule as it is written. `starting`, `start_date` and `end_date` are what the clocks of `clocks` show; `zone` is
    the setting of the schedule itself. `window` in microseconds; `wanted_at` is a minute of the day."""

    name: str
    is_rule: bool
    expression: Expression
    zone: ZoneInfo | None
    clocks: ZoneInfo
    starting: datetime
    start_date: datetime | None
    end_date: datetime | None
    next: int
    window: int | None
    wanted_at: int | None
    failure: Failure | None

    def asks_for(self) -> Iterator[str]:
        """What it asks for that a rule does not have."""
        if self.zone is not None and self.zone.key != _UTC.key:
            yield "time zone"
        if isinstance(self.expression, Once):
            yield "one-time schedule"
        if self.window is not None:
            yield "flexible window"
        if self.start_date is not None:
            yield "start date"
        if self.end_date is not None:
            yield "end date"


@dataclass(frozen=True)
class At:
    """One moment."""

    moment: datetime

    def moments(self, first: datetime, last: datetime | None = None) -> Iterator[datetime]:
        """A one-time schedule knows neither start nor end date, but it does not fire before it is made."""
        if self.moment >= first:
            yield self.moment

    def count(self, first: datetime, end: datetime) -> int:
        return int(first <= self.moment < end)


@dataclass(frozen=True)
class Timetable:
    """What is planned, by the clocks of `zone`. `lacks` is what AWS refuses it for, "" when it takes it."""

    planned: Planned
    zone: ZoneInfo
    lacks: str
    source: Schedule | Rates | At
    first: datetime
    end: datetime | None

    @cached_property
    def listed(self) -> tuple[datetime, ...]:
        """The next firings, as many as are asked for, or fewer."""
        return tuple(islice(self.firings(), self.planned.next))

    def firings(self, since: datetime | None = None) -> Iterator[datetime]:
        """From its first on, or from `since`."""
        if self.lacks:
            return iter(())
        found = self.source.moments(since or self.first, self.end)
        return found if self.end is None else takewhile(self._is_before_the_end, found)

    def count(self, days: int) -> int:
        """How many in so many days from when it was made."""
        end = self.made + timedelta(days=days)
        return 0 if not self.listed else self.source.count(self.first, end if self.end is None else min(end, self.end))

    @cached_property
    def made(self) -> datetime:
        return _instant(self.planned.starting, self.planned.clocks)

    @cached_property
    def oddities(self) -> dict[bool, datetime]:
        """Within a year, the first time that its clocks skip (True) and the first that they show twice (False)."""
        found: dict[bool, datetime] = {}
        if not self.listed or not isinstance(self.source, Schedule):
            return found
        end = self.first + YEAR if self.end is None else min(self.first + YEAR, self.end)
        for local, is_skipped in self.source.oddities(self.first, end):
            found.setdefault(is_skipped, local)
        return found

    def telling(self) -> Iterator[datetime]:
        """The first two firings of each stretch of time in which no clock changes, within a year from the first firing.

        In such a stretch the clocks show the same at all firings, as with a cron of one time a day, or already something
        else at the second; only the first can be one that waited for a time that was skipped.
        """
        if not self.listed:
            return
        first, last = self.listed[0], self.listed[0] + YEAR
        turns = {turn for zone in {self.zone, self.planned.clocks} for turn in changes(zone, first, last)}
        for begin, end in pairwise([first, *sorted(turns), last + _MICROSECOND]):
            yield from (moment for moment in islice(self.firings(begin), 2) if moment < end)

    def shown(self, moment: datetime) -> datetime:
        """On the clocks of the people that it is for."""
        return moment.astimezone(self.planned.clocks)

    def _is_before_the_end(self, moment: datetime) -> bool:
        return self.end is None or moment < self.end


def timetable(planned: Planned, rulebook: Rulebook) -> Timetable:
    zone = _zone(planned, rulebook)
    made = _instant(planned.starting, planned.clocks)
    is_once = isinstance(planned.expression, Once)
    start, end = (None, None) if is_once else (planned.start_date, planned.end_date)
    first = made if start is None else _instant(start, planned.clocks)
    last = None if end is None else _instant(end, planned.clocks)
    is_refused = planned.is_rule and not rulebook.rules_have_what_schedules_have
    lacks = next(planned.asks_for(), "") if is_refused else ""
    return Timetable(planned, zone, lacks, _source(planned, zone, first, rulebook), first, last)


def _zone(planned: Planned, rulebook: Rulebook) -> ZoneInfo:
    """The zone in which AWS reads the expression."""
    if planned.is_rule and rulebook.rules_follow_local_time:
        return planned.zone or planned.clocks
    if planned.is_rule and not rulebook.rules_have_what_schedules_have:
        return _UTC
    return planned.zone or _UTC


def _source(planned: Planned, zone: ZoneInfo, first: datetime, rulebook: Rulebook) -> Schedule | Rates | At:
    expression = planned.expression
    if isinstance(expression, CronTimes):
        starting = first.astimezone(zone).replace(tzinfo=None)
        later, twice = rulebook.skipped_times_fire_later, rulebook.repeated_times_fire_twice
        return Schedule(expression.cron, zone, starting, later, twice)
    if isinstance(expression, Once):
        return At(_instant(expression.local, zone))
    by_the_clock = rulebook.rate_days_follow_the_clock and expression.days is not None
    return Rates.of(expression, zone, first, rulebook.rate_counts_from, by_the_clock)


def _instant(local: datetime, zone: ZoneInfo) -> datetime:
    """In UTC; of a time that comes twice the first."""
    return local.replace(tzinfo=zone).astimezone(UTC)
