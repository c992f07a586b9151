"""When clocks change, against clocks that are looked at every quarter of an hour."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from studyapp.simulator.clocks import Turn, changes, turn_of

LOOK = timedelta(minutes=15)
YEARS = [
    ("Europe/Berlin", 2026),
    ("America/New_York", 2027),
    ("Australia/Lord_Howe", 2026),
    ("Africa/Casablanca", 2026),
    ("Africa/Cairo", 2010),
    ("America/Noronha", 2000),
    ("America/Argentina/Tucuman", 2004),
    ("Pacific/Apia", 2011),
    ("Asia/Kathmandu", 1986),
    ("Asia/Kolkata", 2026),
    ("UTC", 2026),
]
"""Changes by an hour, by half, by a quarter and by a day, four in a year, two within a week and within twelve days, and none."""


class TestChanges:
    @pytest.mark.parametrize(("zone", "year"), YEARS)
    def test_are_all_that_one_sees_who_looks_often(self, zone: str, year: int) -> None:
        first, last = datetime(year, 1, 1, tzinfo=UTC), datetime(year + 1, 1, 1, tzinfo=UTC)

        assert list(changes(ZoneInfo(zone), first, last)) == list(_seen(ZoneInfo(zone), first, last))

    def test_begin_after_the_first_moment_and_end_with_the_last(self) -> None:
        berlin, turn = ZoneInfo("Europe/Berlin"), datetime(2026, 10, 25, 1, tzinfo=UTC)
        hour = timedelta(hours=1)

        assert list(changes(berlin, turn - hour, turn)) == [turn]
        assert list(changes(berlin, turn, turn + hour)) == []
        assert list(changes(berlin, turn - 2 * hour, turn - hour)) == []

    def test_are_known_to_the_second(self) -> None:
        first, last = datetime(1972, 1, 1, tzinfo=UTC), datetime(1972, 2, 1, tzinfo=UTC)

        assert list(changes(ZoneInfo("Africa/Monrovia"), first, last)) == [datetime(1972, 1, 7, 0, 44, 30, tzinfo=UTC)]


class TestTurnOf:
    @pytest.mark.parametrize(
        ("zone", "day", "odd", "end", "skips"),
        [
            ("Europe/Berlin", "2026-03-29", 120, 180, True),
            ("Europe/Berlin", "2026-10-25", 120, 180, False),
            ("Australia/Lord_Howe", "2026-10-04", 120, 150, True),
            ("Africa/Cairo", "2026-04-24", 0, 60, True),
            ("Africa/Cairo", "2026-10-29", 1380, 1440, False),
            ("Pacific/Apia", "2011-12-30", 0, 1440, True),
            ("Africa/Monrovia", "1972-01-07", 0, 45, True),
        ],
    )
    def test_names_the_minutes_that_are_skipped_or_come_twice(
        self, zone: str, day: str, odd: int, end: int, skips: bool
    ) -> None:
        turn = turn_of(datetime.fromisoformat(day), ZoneInfo(zone))

        assert isinstance(turn, Turn)
        assert (turn.odd, turn.end, turn.skips) == (odd, end, skips)


def _seen(zone: ZoneInfo, first: datetime, last: datetime) -> Iterator[datetime]:
    while first < last:
        if (first + LOOK).astimezone(zone).utcoffset() != first.astimezone(zone).utcoffset():
            yield first + LOOK
        first += LOOK
