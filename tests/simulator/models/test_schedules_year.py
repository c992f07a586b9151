"""What clocks do to a schedule within a year, against all its firings of that year, one after the other."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studyapp.simulator.models.schedules import plan
from studyapp.simulator.models.schedules.timetable import timetable
from studyapp.simulator.rulebook import TRUTH

ZONES = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "Africa/Cairo", "Asia/Beirut",
         "Pacific/Apia", "America/Noronha", "Asia/Kolkata", "UTC"]  # fmt: skip
BELIEFS = [
    "skipped_times_fire_later",
    "repeated_times_fire_twice",
    "rules_follow_local_time",
    "rate_days_follow_the_clock",
]
YEAR = timedelta(days=365)


@st.composite
def schedules(draw: st.DrawFn) -> dict[str, Any]:
    """One that is wanted when it first should fire: once or twice a day, on some days, or by a rate."""
    hour, minute = draw(st.sampled_from([0, 1, 2, 3, 12, 23])), draw(st.integers(0, 59))
    more = draw(st.sampled_from(["", "", "", ",4"]))
    days = draw(st.sampled_from(["* * ? *", "* * ? *", "? * MON-FRI *", "L * ? *", "15W 3,10 ? *", "? * 1#5 *"]))
    cron = f"cron({minute} {hour}{more} {days})"
    year, day = draw(st.sampled_from([2000, 2010, 2011, 2026])), draw(st.integers(0, 364))
    return {
        "kind": draw(st.sampled_from(["rule", "scheduler"])),
        "expression": draw(st.sampled_from([cron, cron, cron, "rate(1 day)", "rate(3 days)", "rate(36 hours)"])),
        "clocks": draw(st.sampled_from(ZONES)),
        "starting": f"{date(year, 1, 1) + timedelta(days=day)} {draw(st.sampled_from([5, 12])):02}:{minute:02}",
        "wanted_at": f"{draw(st.sampled_from([hour, 12])):02}:{minute:02}",
    }


class TestAYear:
    @settings(deadline=None, max_examples=150)
    @given(schedules(), st.booleans(), st.sets(st.sampled_from(BELIEFS), max_size=2))
    def test_is_late_from_the_first_firing_at_another_time(
        self, schedule: dict[str, Any], has_zone: bool, believed: set[str]
    ) -> None:
        if has_zone and schedule["kind"] == "scheduler":
            schedule["zone"] = schedule["clocks"]
        rulebook = TRUTH.believing(dict.fromkeys(believed, True))
        planned = plan({"n": schedule}, rulebook)
        found = planned.answer(rulebook).metrics

        clocks, late, table = ZoneInfo(schedule["clocks"]), None, timetable(planned.planned[0], rulebook)
        for moment in table.firings():
            if moment > table.listed[0] + YEAR:
                break
            shown = moment.astimezone(clocks)
            if f"{shown:%H:%M}" != schedule["wanted_at"]:
                late = f"{shown:%Y-%m-%d}"
                break
        assert found["late_from.n"] == min((each for each in (late, found["skips.n"]) if each), default=None)

    @pytest.mark.parametrize(
        ("zone", "starting", "expression", "skipped"),
        [
            ("Pacific/Apia", "2011-10-22 14:00", "cron(46 23 * * ? *)", "2011-12-30"),
            ("Africa/Cairo", "2026-01-01 12:00", "cron(30 0 * * ? *)", "2026-04-24"),
            ("Africa/Cairo", "2026-01-01 12:00", "cron(30 0 ? * MON-THU *)", None),
            ("Africa/Casablanca", "2026-01-01 12:00", "cron(30 2 * * ? *)", "2026-03-22"),
            ("Europe/Berlin", "2026-03-29 04:00", "cron(30 2 * * ? *)", "2027-03-28"),
        ],
    )
    def test_skips_the_time_on_the_day_on_which_clocks_do(
        self, zone: str, starting: str, expression: str, skipped: str | None
    ) -> None:
        data = {"n": {"zone": zone, "starting": starting, "expression": expression}}

        assert plan(data, TRUTH).answer(TRUTH).metrics["skips.n"] == skipped

    def test_of_a_rate_by_the_clock_takes_no_walk_from_its_beginning(self) -> None:
        rulebook = TRUTH.believing({"rate_days_follow_the_clock": True})
        planned = plan(
            {"n": {"expression": "rate(1 day)", "zone": "Europe/Berlin", "starting": "1970-01-01"}}, rulebook
        )
        moments = timetable(planned.planned[0], rulebook).firings(datetime(2199, 7, 1, tzinfo=UTC))

        assert next(iter(moments)) == datetime(2199, 7, 1, 22, tzinfo=UTC)
