from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, takewhile
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studyapp.simulator.cron import CronError, read_cron, read_rate
from studyapp.simulator.schedule import Schedule
from studyapp.simulator.units import LONGEST, SECOND
from tests.simulator import cron_twin

CHANGES = [
    ("Europe/Berlin", "2026-03-28 12:00"),
    ("Europe/Berlin", "2026-10-24 12:00"),
    ("America/New_York", "2027-03-13 12:00"),
    ("America/New_York", "2027-11-06 12:00"),
    ("Australia/Lord_Howe", "2026-04-04 12:00"),
    ("Australia/Lord_Howe", "2026-10-03 12:00"),
    ("Africa/Cairo", "2026-04-23 12:00"),
    ("Africa/Cairo", "2026-10-29 12:00"),
    ("Pacific/Apia", "2011-12-29 12:00"),
    ("Asia/Kolkata", "2026-03-28 12:00"),
    ("UTC", "2028-02-28 12:00"),
    ("Europe/Dublin", "2199-10-26 12:00"),
]
"""A zone, and a moment half a day before its clocks change: by an hour or by half, at night and at midnight, by a whole
day, and not at all."""


def schedule(text: str, zone: str, starting: str) -> Schedule:
    return Schedule(read_cron(text), ZoneInfo(zone), datetime.fromisoformat(starting))


def moments(text: str, zone: str, starting: str) -> Iterator[datetime]:
    known = schedule(text, zone, starting)
    return (known.begins + timedelta(microseconds=at) for at in known.firings())


def shown(text: str, zone: str, starting: str, number: int) -> list[str]:
    found = islice(moments(text, zone, starting), number)
    return [moment.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%d %H:%M %z") for moment in found]


class TestSchedule:
    @settings(deadline=None)
    @given(
        st.sampled_from(CHANGES),
        cron_twin.fields(0, 59, 59),
        cron_twin.fields(0, 23, 23),
        cron_twin.days,
        st.integers(0, 700),
    )
    def test_is_what_a_look_at_every_minute_finds(
        self, change: tuple[str, str], minutes: str, hours: str, days: tuple[str, str], later: int
    ) -> None:
        text = f"{minutes} {hours} {days[0]} * {days[1]} *"
        zone, starting = ZoneInfo(change[0]), datetime.fromisoformat(change[1]) + timedelta(minutes=later)
        end = starting.replace(tzinfo=zone).astimezone(UTC) + timedelta(days=1)

        found = list(takewhile(lambda moment: moment < end, moments(text, change[0], str(starting))))

        assert found == list(cron_twin.firings(text, zone, starting, 24 * 60))

    @settings(deadline=None)
    @given(cron_twin.days, cron_twin.months, st.dates(date(1970, 1, 1), date(2195, 1, 1)))
    def test_is_what_a_look_at_every_day_finds(self, days: tuple[str, str], months: str, since: date) -> None:
        text = f"0 12 {days[0]} {months} {days[1]} *"
        noons = [datetime.combine(since, time(12)) + timedelta(days=n) for n in range(800)]

        found = takewhile(lambda day: day <= noons[-1].date(), read_cron(text).dates(since))

        assert list(found) == [noon.date() for noon in noons if cron_twin.fires(text, noon)]

    def test_counts_days_from_either_end_of_every_kind_of_month(self) -> None:
        fields = ["L", "LW", *(f"{day}W" for day in range(1, 32)), *(f"L-{back}" for back in range(1, 31))]
        days = [date(2026, 1, 1) + timedelta(days=n) for n in range(4 * 365)]
        for field in fields:
            found = takewhile(lambda day: day <= days[-1], read_cron(f"0 12 {field} * ? *").dates(days[0]))

            assert list(found) == [day for day in days if cron_twin.on_day_of_month(field, day)], field

    def test_skips_the_night_that_spring_shortens(self) -> None:
        assert shown("cron(30 2 * * ? *)", "Europe/Berlin", "2026-03-28 00:00", 3) == [
            "2026-03-28 02:30 +0100",
            "2026-03-30 02:30 +0200",
            "2026-03-31 02:30 +0200",
        ]

    def test_fires_once_in_the_night_that_autumn_lengthens(self) -> None:
        assert shown("cron(30 2 * * ? *)", "Europe/Berlin", "2026-10-24 00:00", 3) == [
            "2026-10-24 02:30 +0200",
            "2026-10-25 02:30 +0200",
            "2026-10-26 02:30 +0100",
        ]

    def test_keeps_to_the_wall_clock_all_year(self) -> None:
        year = moments("cron(0 9 * * ? *)", "Europe/Berlin", "2026-01-01 00:00")

        assert {moment.hour for moment in islice(year, 365)} == {7, 8}

    def test_begins_with_what_fires_at_once(self) -> None:
        assert shown("* * * * ? *", "UTC", "2026-01-01 00:00", 1) == ["2026-01-01 00:00 +0000"]
        assert shown("* * * * ? *", "UTC", "2026-01-01 00:00:01", 1) == ["2026-01-01 00:01 +0000"]

    def test_begins_where_a_clock_shows_its_beginning_for_the_first_time(self) -> None:
        first = next(schedule("0 4 * * ? *", "Europe/Berlin", "2026-10-25 02:30").firings())

        assert first == 2.5 * 3_600 * SECOND

    @pytest.mark.parametrize(
        ("text", "starting", "number"),
        [
            ("0 0 1 1 ? *", "2190-06-01", 9),
            ("0 9 * * ? 2026", "2026-12-30", 2),
            ("0 9 * * ? 2025", "2026-01-01", 0),
            ("0 0 31 2 ? *", "1970-01-01", 0),
            ("0 0 L-30 2 ? *", "1970-01-01", 0),
        ],
    )
    def test_ends(self, text: str, starting: str, number: int) -> None:
        assert len(list(moments(text, "UTC", starting))) == number

    def test_ends_where_times_do(self) -> None:
        *_, last = schedule("0 0 1 * ? *", "UTC", "1970-01-01").firings()

        assert LONGEST - 32 * 86_400 * SECOND < last <= LONGEST


class TestReadCron:
    @pytest.mark.parametrize(
        ("text", "first"),
        [
            ("cron(15 12 * * ? *)", "2026-01-01 12:15"),
            ("0 18 ? * MON-FRI *", "2026-01-01 18:00"),
            ("0 8 1 * ? *", "2026-01-01 08:00"),
            ("0 8 1 feb ? *", "2026-02-01 08:00"),
            ("1/10 0 * * ? *", "2026-01-01 00:01"),
            ("15 10 ? * 6L 2026-2030", "2026-01-30 10:15"),
            ("0 10 ? * THU#2 *", "2026-01-08 10:00"),
            ("0 10 ? * L *", "2026-01-03 10:00"),
            ("0 10 3W * ? *", "2026-01-02 10:00"),
            ("0 10 1W AUG ? *", "2026-08-03 10:00"),
            ("0 10 31W MAY ? *", "2026-05-29 10:00"),
            ("0 10 LW FEB ? *", "2026-02-27 10:00"),
            ("0 10 L-2 2 ? *", "2026-02-26 10:00"),
            ("0/30 23-1 ? * FRI *", "2026-01-02 00:00"),
            ("  cron( 0  10  *  *  ?  * ) ", "2026-01-01 10:00"),
        ],
    )
    def test_reads_what_eventbridge_documents(self, text: str, first: str) -> None:
        assert shown(text, "UTC", "2026-01-01 00:00", 1) == [f"{first} +0000"]

    @pytest.mark.parametrize(
        ("text", "says"),
        [
            ("0 24 * * ? *", "has 24 in hours, which takes 0 to 23"),
            ("60 1 * * ? *", "has 60 in minutes, which takes 0 to 59"),
            ("0 1 0 * ? *", "has 0 in day-of-month, which takes 1 to 31"),
            ("0 1 * 13 ? *", "has 13 in month, which takes 1 to 12 or JAN to DEC"),
            ("0 1 ? * MUN *", "has MUN in day-of-week, which takes 1 to 7 or SUN to SAT"),
            ("0 1 ? * 0 *", "has 0 in day-of-week, which takes 1 to 7 or SUN to SAT"),
            ("0 1 * * ? 2200", "has 2200 in year, which takes 1970 to 2199"),
            ("0 1 * * ? 2030-2029", "has 2030-2029 in year: the range ends before it begins"),
            ("0/60 1 * * ? *", "has 60 in minutes after /, which takes 1 to 59"),
            ("*/0 1 * * ? *", "has 0 in minutes after /, which takes 1 to 59"),
            ("0 1 ? * 2/2 *", "has 2/2 in day-of-week, which takes no steps (/)"),
            ("0 1 ? * 2#6 *", "has 6 in day-of-week after #, which takes 1 to 5"),
            ("0 1 ? * 3#1,6#3 *", "has 3#1,6#3 in day-of-week: L and # stand alone"),
            ("0 1 1,L * ? *", "has 1,L in day-of-month: L and W stand alone"),
            ("0 1 L-31 * ? *", "has 31 in day-of-month after L, which takes 1 to 30"),
            ("1, 1 * * ? *", "has nothing in minutes, which takes 0 to 59"),
            ("- 1 * * ? *", "has nothing in minutes, which takes 0 to 59"),
            ("0 1 * * * *", "needs ? as one of day-of-month and day-of-week, and a value as the other"),
            ("0 1 ? * ? *", "needs ? as one of day-of-month and day-of-week, and a value as the other"),
            ("? 1 * * ? *", "has ? in minutes, which takes 0 to 59"),
            ("0 1 * * ?", "has 5 fields; a cron expression has six: minutes, hours, day-of-month, month"),
            ("", "has 0 fields"),
        ],
    )
    def test_names_the_field_the_value_and_the_range(self, text: str, says: str) -> None:
        with pytest.raises(CronError) as error:
            read_cron(text)
        assert str(error.value).startswith(says)

    def test_lets_eventbridge_scheduler_leave_out_the_year(self) -> None:
        assert read_cron("0 1 * * ?", is_scheduler=True).years == read_cron("0 1 * * ? *").years
        with pytest.raises(CronError, match=r"needs \? as one of day-of-month and day-of-week"):
            read_cron("0 1 * * MON", is_scheduler=True)

    @given(st.text("0123456789*,-/?LW# JANSUcron()", max_size=40))
    def test_takes_or_refuses_any_text(self, text: str) -> None:
        try:
            cron = read_cron(text)
        except CronError:
            return
        assert cron.times
        assert set(cron.times) <= set(range(24 * 60))


class TestReadRate:
    @pytest.mark.parametrize(
        ("text", "seconds"),
        [("5 minutes", 300), ("rate(1 hour)", 3_600), ("rate(1 minute)", 60), (" rate( 7  days )", 7 * 86_400)],
    )
    def test_reads_it_as_plain_time(self, text: str, seconds: int) -> None:
        assert read_rate(text) == seconds * SECOND

    @pytest.mark.parametrize(
        ("text", "says"),
        [
            ("1 hours", "is not how EventBridge writes it: 1 hour"),
            ("5 minute", "is not how EventBridge writes it: 5 minutes"),
            ("0 minutes", "is not a rate such as 5 minutes"),
            ("5", "is not a rate such as 5 minutes"),
            ("30 seconds", "is not a rate such as 5 minutes"),
            ("-5 minutes", "is not a rate such as 5 minutes"),
            ("99999999 days", "is longer than 1,000,000,000 s"),
            ("5 " + " ".join(["minutes"] * 40), "has 321 letters, and EventBridge takes 256"),
        ],
    )
    def test_refuses_what_eventbridge_would(self, text: str, says: str) -> None:
        with pytest.raises(CronError, match=says):
            read_rate(text)
