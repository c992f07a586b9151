"""When schedules fire: the truth tables of EventBridge, a naive twin, and the laws of clocks."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studyapp.simulator import read, simulate
from studyapp.simulator.models.schedules import plan
from studyapp.simulator.rulebook import TRUTH
from studyapp.simulator.spans import Path, Value
from tests.simulator import cron_twin
from tests.simulator.models import schedules_twin as twin
from tests.simulator.worlds import one, run

BERLIN = {"zone": "Europe/Berlin", "starting": "2026-03-27 12:00"}
CHANGES = [
    ("Europe/Berlin", "2026-03-28 12:00"),
    ("Europe/Berlin", "2026-10-24 12:00"),
    ("Australia/Lord_Howe", "2026-04-04 12:00"),
    ("Australia/Lord_Howe", "2026-10-03 12:00"),
    ("Pacific/Apia", "2011-12-29 06:00"),
    ("Asia/Tehran", "2022-03-21 06:00"),
    ("Asia/Tehran", "2022-09-21 06:00"),
    ("America/Havana", "2026-03-07 12:00"),
    ("America/Havana", "2026-10-31 12:00"),
    ("Africa/Cairo", "2026-04-23 12:00"),
    ("Africa/Cairo", "2026-10-29 12:00"),
    ("Asia/Kolkata", "2026-03-28 12:00"),
    ("UTC", "2028-02-28 12:00"),
]
"""A zone, and a moment shortly before its clocks change: by an hour, by half of one, by a day, at midnight, or not."""


def metrics(believing: Mapping[str, object] | None = None, /, **schedule: Any) -> dict[str, Value]:
    """Of one schedule called n, without its name: {"fires.1": ...}."""
    rulebook = TRUTH.believing(believing or {})
    found = plan({"n": schedule}, rulebook).answer(rulebook).metrics
    return {name.replace(".n", "", 1): value for name, value in found.items()}


def path(believing: Mapping[str, object] | None = None, /, **schedule: Any) -> Path:
    rulebook = TRUTH.believing(believing or {})
    return plan({"n": schedule}, rulebook).answer(rulebook).paths[0]


def says(name: str, believing: Mapping[str, object] | None = None, /, **schedule: Any) -> str:
    return next(hop.says for hop in path(believing, **schedule).hops if hop.name == name)


def fires(number: int, believing: Mapping[str, object] | None = None, /, **schedule: Any) -> list[Value]:
    found = metrics(believing, **{"next": number, **schedule})
    return [found[f"fires.{place}"] for place in range(1, number + 1)]


def moments(schedule: dict[str, Any], believing: Mapping[str, object] | None = None) -> list[datetime]:
    found = fires(20, believing, **schedule)
    return [datetime.strptime(str(each), "%Y-%m-%d %H:%M UTC").replace(tzinfo=UTC) for each in found if each]


class TestAFiring:
    @pytest.mark.parametrize(
        ("expression", "first"),
        [
            ("cron(15 10 * * ? *)", "2026-01-01 10:15 UTC"),
            ("cron(0 18 ? * MON-FRI *)", "2026-01-01 18:00 UTC"),
            ("cron(0 18 ? * 1 *)", "2026-01-04 18:00 UTC"),
            ("cron(0 8 1 * ? *)", "2026-02-01 08:00 UTC"),
            ("cron(0/15 * * * ? *)", "2026-01-01 09:00 UTC"),
            ("cron(1/10 * * * ? *)", "2026-01-01 09:01 UTC"),
            ("cron(15 10 ? * 6L 2026-2030)", "2026-01-30 10:15 UTC"),
            ("cron(0 10 ? * 3#2 *)", "2026-01-13 10:00 UTC"),
            ("cron(0 10 3W * ? *)", "2026-01-02 10:00 UTC"),
            ("cron(0 10 LW * ? *)", "2026-01-30 10:00 UTC"),
            ("cron(0 10 L-2 * ? *)", "2026-01-29 10:00 UTC"),
            ("cron(0 10 L FEB ? *)", "2026-02-28 10:00 UTC"),
            ("cron(0 10 ? * L *)", "2026-01-03 10:00 UTC"),
            ("cron(0 0 29 2 ? *)", "2028-02-29 00:00 UTC"),
            ("cron(0 0 ? 2 1#5 *)", "2032-02-29 00:00 UTC"),
            ("cron(0 10 * * ?)", "2026-01-01 10:00 UTC"),
            ("rate(5 minutes)", "2026-01-01 09:00 UTC"),
            ("rate(1 day)", "2026-01-01 09:00 UTC"),
            ("at(2026-12-24T18:00:00)", "2026-12-24 18:00 UTC"),
        ],
    )
    def test_comes_when_the_expression_says(self, expression: str, first: str) -> None:
        assert fires(1, expression=expression, starting="2026-01-01 09:00") == [first]

    @pytest.mark.parametrize(
        ("expression", "starting"),
        [
            ("cron(0 0 31 2 ? *)", "2026-01-01"),
            ("cron(0 9 * * ? 2025)", "2026-01-01"),
            ("cron(0 0 L-30 2 ? *)", "1970-01-01"),
            ("at(2025-12-24T18:00:00)", "2026-01-01"),
        ],
    )
    def test_may_never_come(self, expression: str, starting: str) -> None:
        found = metrics(expression=expression, starting=starting, wanted_at="00:00")
        ends = path(expression=expression, starting=starting)

        assert (found["valid"], found["fires.1"], found["firings.month"], found["on_time"]) == (True, None, 0, False)
        assert not ends.ok
        assert ends.hops[-1].says.startswith("It never fires: ")

    def test_is_shown_on_the_clocks_of_the_people_it_is_for(self) -> None:
        found = metrics(kind="rule", expression="cron(0 23 * * ? *)", clocks="Asia/Tokyo", starting="2026-03-27 12:00")

        assert (found["fires.1"], found["local.1"]) == ("2026-03-27 23:00 UTC", "2026-03-28 08:00")

    def test_may_be_the_moment_at_which_the_schedule_is_made(self) -> None:
        assert fires(1, expression="cron(0 12 * * ? *)", **BERLIN) == ["2026-03-27 11:00 UTC"]

    def test_comes_within_its_dates(self) -> None:
        dates = {"start_date": "2026-04-10 00:00", "end_date": "2026-04-12 09:00"}

        assert fires(3, expression="cron(0 9 * * ? *)", **BERLIN, **dates) == [
            "2026-04-10 07:00 UTC", "2026-04-11 07:00 UTC", None,
        ]  # fmt: skip
        assert fires(2, expression="rate(1 day)", **BERLIN, **dates)[0] == "2026-04-09 22:00 UTC"

    def test_of_a_single_run_knows_no_dates(self) -> None:
        """EventBridge Scheduler leaves start and end date of a one-time schedule aside."""
        late = {"start_date": "2027-01-01", "end_date": "2027-02-01"}

        assert fires(2, expression="at(2026-12-24T18:00:00)", **BERLIN, **late) == ["2026-12-24 17:00 UTC", None]

    def test_is_called_for_within_a_minute_or_within_its_window(self) -> None:
        assert metrics(expression="rate(1 hour)", **BERLIN)["delay_max"] == 60
        assert metrics(expression="rate(1 hour)", flexible_window="15 min", **BERLIN)["delay_max"] == 900

    @pytest.mark.parametrize(
        ("expression", "day", "month"),
        [
            ("cron(* * * * ? *)", 1_440, 43_200),
            ("cron(0 9 ? * MON-FRI *)", 1, 22),
            ("cron(0 0 1 * ? *)", 0, 1),
            ("rate(7 minutes)", 206, 6_172),
            ("rate(1 day)", 1, 30),
            ("at(2026-06-24T00:00:00)", 0, 1),
        ],
    )
    def test_is_counted_for_a_day_and_for_thirty(self, expression: str, day: int, month: int) -> None:
        found = metrics(expression=expression, starting="2026-06-01 06:00")

        assert (found["firings.day"], found["firings.month"]) == (day, month)

    def test_is_a_step_of_a_series(self) -> None:
        answer = plan({"n": {"expression": "rate(1 hour)", "next": 2, **BERLIN}}, TRUTH).answer(TRUTH)
        later = plan({"n": {"expression": "cron(0 13 * * ? *)", "next": 1, **BERLIN}}, TRUTH).answer(TRUTH)

        assert answer.series["fires.n"] == [(0, 1), (3_600_000_000, 2)]
        assert later.series["fires.n"] == [(0, 0), (3_600_000_000, 1)]


class TestTheClocks:
    def test_skip_a_firing_in_spring(self) -> None:
        found = metrics(expression="cron(30 2 * * ? *)", wanted_at="02:30", **BERLIN)

        assert [found[f"local.{n}"] for n in (1, 2)] == ["2026-03-28 02:30", "2026-03-30 02:30"]
        assert (found["skips"], found["on_time"], found["late_from"]) == ("2026-03-29", False, "2026-03-29")

    def test_bring_one_firing_in_autumn(self) -> None:
        found = fires(2, expression="cron(30 2 * * ? *)", zone="Europe/Berlin", starting="2026-10-25 00:00")

        assert found == ["2026-10-25 00:30 UTC", "2026-10-26 01:30 UTC"]

    def test_leave_a_rule_behind(self) -> None:
        rule = {"kind": "rule", "expression": "cron(0 23 * * ? *)", "clocks": "Europe/Berlin"}
        found = metrics(**rule, starting="2026-01-15 12:00", wanted_at="00:00")

        assert (found["local.1"], found["on_time"], found["late_from"]) == ("2026-01-16 00:00", False, "2026-03-30")

    def test_leave_a_rate_behind(self) -> None:
        found = metrics(expression="rate(1 day)", wanted_at="12:00", **BERLIN)

        assert (found["on_time"], found["late_from"], found["local.3"]) == (False, "2026-03-29", "2026-03-29 13:00")

    @pytest.mark.parametrize("zone", ["UTC", "Asia/Tokyo", "America/Phoenix", "Europe/Berlin", "America/New_York"])
    def test_are_followed_by_a_schedule_with_a_zone(self, zone: str) -> None:
        found = metrics(expression="cron(0 7 * * ? *)", zone=zone, starting="2026-01-01 00:00", wanted_at="07:00")

        assert (found["on_time"], found["late_from"]) == (True, None)

    def test_matter_to_no_rule_whose_people_never_change_theirs(self) -> None:
        rule = {"kind": "rule", "expression": "cron(0 22 * * ? *)", "clocks": "Asia/Tokyo"}

        assert metrics(**rule, starting="2026-01-01 00:00", wanted_at="07:00")["on_time"] is True

    @pytest.mark.parametrize("zone", [zone for zone, _ in CHANGES])
    def test_never_take_a_firing_of_noon(self, zone: str) -> None:
        """But in Samoa, which had no 30 December in 2011."""
        noons = moments({"expression": "cron(0 12 * * ? *)", "zone": zone, "starting": "2026-03-01 00:00"})

        assert [each.astimezone(ZoneInfo(zone)).hour for each in noons] == [12] * 20
        assert len({each.astimezone(ZoneInfo(zone)).date() for each in noons}) == 20


class TestTheTwin:
    @settings(deadline=None, max_examples=40)
    @given(
        st.sampled_from(CHANGES),
        cron_twin.fields(0, 59, 59),
        cron_twin.fields(0, 23, 23),
        cron_twin.days,
        st.integers(0, 700),
        st.booleans(),
        st.booleans(),
    )
    def test_finds_the_same_firings_of_a_cron(
        self,
        change: tuple[str, str],
        minutes: str,
        hours: str,
        days: tuple[str, str],
        after: int,
        later: bool,
        twice: bool,
    ) -> None:
        starting = str(datetime.fromisoformat(change[1]) + timedelta(minutes=after))
        schedule = {
            "kind": "scheduler", "expression": f"cron({minutes} {hours} {days[0]} * {days[1]} *)",
            "zone": change[0], "starting": starting,
        }  # fmt: skip
        world = {"skipped_times_fire_later": later, "repeated_times_fire_twice": twice}
        slow = twin.firings(schedule, 2, later=later, twice=twice)
        end = twin.utc(starting, change[0]) + timedelta(days=2)

        assert [each for each in moments(schedule, world) if each < end] == slow[:20]
        day = end - timedelta(days=1)
        assert metrics(world, **schedule)["firings.day"] == len([each for each in slow if each < day])

    @settings(deadline=None, max_examples=80)
    @given(
        st.sampled_from(["rule", "scheduler"]),
        st.sampled_from(
            ["cron(0 0/7 * * ? *)", "cron(30 2 * * ? *)", "rate(5 hours)", "rate(1 day)", "at(2026-03-29T04:30:00)"]
        ),
        st.fixed_dictionaries(
            {"starting": st.sampled_from(["2026-03-27 23:17", "2026-03-29 03:30"])},
            optional={
                "zone": st.sampled_from(["UTC", "Europe/Berlin", "America/Lima"]),
                "clocks": st.sampled_from(["Europe/Berlin", "Asia/Tehran", "UTC"]),
                "start_date": st.sampled_from(["2026-03-29 03:30", "2026-03-29 20:00"]),
                "end_date": st.sampled_from(["2026-03-30 04:30", "2026-03-30 12:00"]),
                "flexible_window": st.just("1 min"),
            },
        ),
    )
    def test_finds_the_same_of_any_schedule(self, kind: str, expression: str, more: dict[str, str]) -> None:
        schedule = {"kind": kind, "expression": expression, **more}
        found, slow = metrics(wanted_at="02:30", **schedule), twin.firings(schedule, 4)
        end = twin.utc(more["starting"], twin.clocks(schedule)) + timedelta(days=4)

        assert found["valid"] is not twin.lacks(schedule)
        assert [each for each in moments(schedule) if each < end] == slow[:20]
        if off := twin.late_from(slow, twin.clocks(schedule), "02:30"):
            assert found["on_time"] is False
            assert found["late_from"] in (off, "2026-03-29")


class TestARate:
    @given(st.sampled_from(CHANGES), st.integers(2, 100), st.sampled_from(["minutes", "hours", "days"]))
    def test_counts_plain_time(self, change: tuple[str, str], number: int, unit: str) -> None:
        found = moments({"expression": f"rate({number} {unit})", "zone": change[0], "starting": change[1]})

        assert {after - before for before, after in pairwise(found)} == {timedelta(**{unit: number})}


class TestALaw:
    @settings(deadline=None)
    @given(st.sampled_from(CHANGES), st.integers(0, 59), st.integers(0, 23))
    def test_is_that_a_daily_cron_fires_once_a_date_or_is_skipped(
        self, change: tuple[str, str], minute: int, hour: int
    ) -> None:
        schedule = {"expression": f"cron({minute} {hour} * * ? *)", "zone": change[0], "starting": change[1]}
        shown = [each.astimezone(ZoneInfo(change[0])) for each in moments(schedule)]

        assert {(each.hour, each.minute) for each in shown} == {(hour, minute)}
        gaps = [after.date() - before.date() for before, after in pairwise(shown)]
        assert sum(gap > timedelta(days=1) for gap in gaps) <= 1
        assert set(gaps) <= {timedelta(days=1), timedelta(days=2)}

    @settings(deadline=None)
    @given(st.sampled_from(CHANGES), cron_twin.fields(0, 23, 23), cron_twin.days)
    def test_is_that_what_is_listed_is_counted(
        self, change: tuple[str, str], hours: str, days: tuple[str, str]
    ) -> None:
        expression = f"cron(0/20 {hours} {days[0]} * {days[1]} *)"
        schedule = {"expression": expression, "zone": change[0], "starting": change[1]}
        end = twin.utc(change[1], change[0]) + timedelta(days=1)
        within = len([each for each in moments(schedule) if each < end])
        counted = metrics(**schedule)["firings.day"]

        assert counted == within or (within == 20 and isinstance(counted, int) and counted > 20)

    @pytest.mark.parametrize("arrivals", [
        {"cron": "cron(30 2 * * ? *)", "zone": "Europe/Berlin", "starting": "2026-03-27 12:00"},
        {"cron": "cron(0/7 1-3 * * ? *)", "zone": "Europe/Berlin", "starting": "2026-10-24 12:00"},
        {"cron": "cron(15 10 ? * 6L *)", "zone": "Australia/Lord_Howe", "starting": "2026-01-01 00:00"},
        {"cron": "cron(0 0 LW * ?)", "zone": "Pacific/Apia", "starting": "2011-11-30 23:00"},
        {"cron": "cron(0 12 29 2 ? *)", "starting": "2026-01-01"},
        {"rate": "rate(1 day)"},
        {"rate": "rate(7 hours)"},
    ])  # fmt: skip
    def test_is_that_the_engine_fires_at_the_same_moments(self, arrivals: dict[str, str]) -> None:
        planned = {key: value for key, value in arrivals.items() if key in ("zone", "starting")}
        expression = arrivals.get("cron") or arrivals.get("rate")
        schedule = {"starting": "2026-05-01", **planned, "expression": expression, "next": 8}
        steps = plan({"n": schedule}, TRUTH).answer(TRUTH).series["fires.n"]

        arrived = run(one("schedule", arrivals={**arrivals, "count": 8})).trace.arrived

        assert list(arrived) == [at for at, number in steps if number]

    def test_is_that_an_answer_is_part_of_an_outcome(self) -> None:
        outcome = simulate(read({"schedules": {"n": {"expression": "rate(1 hour)", **BERLIN}}}))

        assert outcome.value("fires.n.2") == "2026-03-27 12:00 UTC"
        assert len(outcome.series("fires.n")) == 5
