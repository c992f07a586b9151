"""What the `schedules` part refuses: the field, and what is said of it. Whatever stands in it, nothing else is raised."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studyapp.simulator.errors import ScenarioError
from studyapp.simulator.models.schedules import plan
from studyapp.simulator.rulebook import TRUTH

PLAIN: dict[str, Any] = {"expression": "cron(0 9 * * ? *)", "starting": "2026-03-27 12:00"}
FIELDS = (
    "kind", "expression", "zone", "clocks", "starting", "start_date", "end_date", "next", "flexible_window", "wanted_at",
    "target", "unavailable_for", "retries", "maximum_age", "dead_letter_queue",
)  # fmt: skip


def refused(data: object) -> str:
    with pytest.raises(ScenarioError) as error:
        plan(data, TRUTH)
    return str(error.value)


def refused_with(**more: object) -> str:
    return refused({"n": {**PLAIN, **more}})


class TestAnExpression:
    @pytest.mark.parametrize(
        ("expression", "says"),
        [
            ("cron(0 9 * * * *)", "needs ? as one of day-of-month and day-of-week, and a value as the other"),
            ("cron(0 9 1 * MON *)", "needs ? as one of day-of-month and day-of-week, and a value as the other"),
            ("cron(0 9 ? * ? *)", "needs ? as one of day-of-month and day-of-week, and a value as the other"),
            ("cron(0 9 * * 1-5)", "needs ? as one of day-of-month and day-of-week, and a value as the other"),
            ("cron(60 9 * * ? *)", "has 60 in minutes, which takes 0 to 59"),
            ("cron(0 24 * * ? *)", "has 24 in hours, which takes 0 to 23"),
            ("cron(0 9 32 * ? *)", "has 32 in day-of-month, which takes 1 to 31"),
            ("cron(0 9 1 13 ? *)", "has 13 in month, which takes 1 to 12 or JAN to DEC"),
            ("cron(0 9 ? * 0 *)", "has 0 in day-of-week, which takes 1 to 7 or SUN to SAT"),
            ("cron(0 9 ? * 8 *)", "has 8 in day-of-week, which takes 1 to 7 or SUN to SAT"),
            ("cron(0 9 ? * 2/2 *)", "has 2/2 in day-of-week, which takes no steps (/)"),
            ("cron(0 9 ? * 3#1,6#3 *)", "has 3#1,6#3 in day-of-week: L and # stand alone"),
            ("cron(0 9 * * ? 2200)", "has 2200 in year, which takes 1970 to 2199"),
            (
                "cron(0 0 9 * * ? *)",
                "has 7 fields; a cron expression has six: minutes, hours, day-of-month, month, day-of-week, year",
            ),
            (
                "cron(* *)",
                "has 2 fields; a cron expression has six: minutes, hours, day-of-month, month, day-of-week, year",
            ),
            ("rate(5 minute)", "is not how EventBridge writes it: 5 minutes"),
            ("rate(30 seconds)", "is not a rate such as 5 minutes, 1 hour or 7 days"),
            ("rate(0 minutes)", "is not a rate such as 5 minutes, 1 hour or 7 days"),
            ("rate(99999999 days)", "is longer than 1,000,000,000 s"),
            ("at(2026-12-24)", "has no time in at(...) that is written as 2026-12-24T18:00:00"),
            ("at(2026-12-24T18:00:00Z)", "has no time in at(...) that is written as 2026-12-24T18:00:00"),
            ("at(2026-02-29T18:00:00)", "has a time in at(...) that no calendar or clock shows"),
            ("at(1969-12-24T18:00:00)", "has a year in at(...) that is not from 1970 to 2199"),
            (
                "0 9 * * ? *",
                "is not an expression such as cron(0 9 * * ? *), rate(5 minutes) or at(2026-12-24T18:00:00)",
            ),
            (
                "every(5 minutes)",
                "is not an expression such as cron(0 9 * * ? *), rate(5 minutes) or at(2026-12-24T18:00:00)",
            ),
        ],
    )
    def test_is_refused_by_the_part_that_is_wrong(self, expression: str, says: str) -> None:
        assert refused_with(expression=expression) == f"schedules.n.expression: {expression} {says}"

    def test_has_at_most_256_letters(self) -> None:
        longest = "cron(0" + ",0" * 119 + " 9 * * ? *)"

        assert len(longest) == 255
        assert plan({"n": {**PLAIN, "expression": longest.replace("9", "19")}}, TRUTH)
        assert "has 257 letters, and EventBridge takes 256" in refused_with(expression=longest.replace("0,", "10,", 2))

    def test_of_a_rule_needs_its_year(self) -> None:
        assert refused_with(kind="rule", expression="cron(0 9 * * ?)") == (
            "schedules.n.expression: cron(0 9 * * ?) has 5 fields; a cron expression has six: minutes, hours, "
            "day-of-month, month, day-of-week, year"
        )

    def test_of_a_rule_has_a_singular_for_one(self) -> None:
        assert refused_with(kind="rule", expression="rate(1 days)") == (
            "schedules.n.expression: rate(1 days) is not how EventBridge writes it: 1 day"
        )

    @pytest.mark.parametrize("expression", ["rate(1 day)", "rate(1 days)"])
    def test_of_a_schedule_takes_both_for_one(self, expression: str) -> None:
        assert plan({"n": {**PLAIN, "expression": expression}}, TRUTH).answer(TRUTH).metrics["firings.n.month"] == 30

    def test_names_no_time_that_clocks_skip(self) -> None:
        assert refused_with(expression="at(2026-03-29T02:30:00)", zone="Europe/Berlin") == (
            "schedules.n.expression: at(2026-03-29T02:30:00) names a time that the clocks of Europe/Berlin skip, and "
            "AWS does not say what happens then"
        )

    def test_may_not_be_faster_than_the_shortest_interval(self) -> None:
        slow = TRUTH.believing({"schedule_interval_min": "5 min"})

        with pytest.raises(
            ScenarioError, match=r"rate\(1 minute\) is shorter than 300 s \(EventBridge, scheduled rules\)"
        ):
            plan({"n": {**PLAIN, "expression": "rate(1 minute)"}}, slow)


class TestAField:
    @pytest.mark.parametrize(
        ("more", "says"),
        [
            ({"kind": "pipe"}, "kind: pipe is none of rule, scheduler"),
            ({"expression": None}, "expression: is missing: such as cron(0 9 * * ? *), rate(5 minutes) or at(2026-12-24T18:00:00)"),
            ({"zone": "Berlin"}, "zone: Berlin is not a time zone such as Europe/Berlin or UTC"),
            ({"clocks": "CEST"}, "clocks: CEST is not a time zone such as Europe/Berlin or UTC"),
            ({"starting": None}, "starting: is missing: say what the clocks show as it is made"),
            ({"starting": "noon"}, "starting: noon is not a date and time such as 2026-03-28 00:00"),
            ({"starting": "2026-03-27T12:00Z"}, "starting: 2026-03-27T12:00Z has an offset; `zone` says where the clock hangs"),
            ({"starting": "2300-01-01"}, "starting: 2300-01-01 is not in the years 1970 to 2199"),
            (
                {"starting": "2026-03-29 02:30", "clocks": "Europe/Berlin"},
                "starting: 2026-03-29 02:30:00 is skipped by the clocks of Europe/Berlin",
            ),
            (
                {"end_date": "2027-03-28 02:30", "clocks": "Europe/Berlin"},
                "end_date: 2027-03-28 02:30:00 is skipped by the clocks of Europe/Berlin",
            ),
            ({"start_date": "2026-03-26"}, "start_date: 2026-03-26 00:00:00 is before `starting`, 2026-03-27 12:00:00"),
            ({"end_date": "2026-03-27 12:00"}, "end_date: 2026-03-27 12:00:00 is not after the beginning of the schedule"),
            (
                {"start_date": "2026-05-01", "end_date": "2026-04-01"},
                "end_date: 2026-04-01 00:00:00 is not after the beginning of the schedule",
            ),
            ({"next": 0}, "next: 0 is not a whole number from 1 to 20 (the simulator's own limit)"),
            ({"next": 21}, "next: 21 is not a whole number from 1 to 20 (the simulator's own limit)"),
            ({"flexible_window": "90 s"}, "flexible_window: 90 s is not in whole minutes"),
            ({"flexible_window": "0 s"}, "flexible_window: 0 s is not longer than no time"),
            (
                {"flexible_window": "25 h"},
                "flexible_window: 25 h is above the maximum of 24 h (EventBridge Scheduler, FlexibleTimeWindow)",
            ),
            ({"wanted_at": "24:00"}, "wanted_at: 24:00 is not a time of day such as 00:00 or 17:30"),
            ({"wanted_at": 0}, "wanted_at: 0 is not a time of day such as 00:00 or 17:30"),
            ({"target": "fails"}, "target: fails is none of works, function-fails, function-throttled, unavailable"),
            (
                {"target": "unavailable"},
                "unavailable_for: is missing: say for how long the target is unavailable",
            ),
            (
                {"target": "works", "unavailable_for": "1 h"},
                "unavailable_for: 1 h is for a target that is unavailable",
            ),
            (
                {"retries": 186},
                "retries: 186 is not a whole number from 0 to 185 (EventBridge Scheduler, RetryPolicy)",
            ),
            (
                {"maximum_age": "59 s"},
                "maximum_age: 59 s is below the minimum of 60 s (EventBridge Scheduler, RetryPolicy)",
            ),
            (
                {"maximum_age": "25 h"},
                "maximum_age: 25 h is above the maximum of 24 h (EventBridge Scheduler, RetryPolicy)",
            ),
            ({"dead_letter_queue": "fifo"}, "dead_letter_queue: fifo is not yes or no"),
            ({"group": "nightly"}, "group: nightly is not a field of this part"),
            ({"zones": "UTC"}, "zones: UTC is not a field of this part; did you mean zone?"),
        ],
    )  # fmt: skip
    def test_is_refused_by_its_path(self, more: dict[str, object], says: str) -> None:
        assert refused_with(**more) == f"schedules.n.{says}"


class TestThePart:
    @pytest.mark.parametrize(
        ("data", "says"),
        [
            ([], "schedules: [] is not a mapping of names to schedules"),
            ({}, "schedules: none is not enough: name a schedule at least"),
            ({f"s{n}": PLAIN for n in range(6)}, "schedules: 6 is above 5 schedules (the simulator's own limit)"),
            (
                {"two words": PLAIN},
                "schedules.two words: two words is no name: a letter, then letters, digits, - and _",
            ),
            ({"a.b": PLAIN}, "schedules.a.b: a.b is no name: a letter, then letters, digits, - and _"),
            ({1: PLAIN}, "schedules.1: 1 is no name: a letter, then letters, digits, - and _"),
            ({"n": "rate(1 day)"}, "schedules.n: rate(1 day) is not a mapping of fields to values"),
        ],
    )
    def test_is_refused_with_a_reason(self, data: object, says: str) -> None:
        assert refused(data) == says


ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.just(10**400)
    | st.floats()
    | st.text(max_size=12)
    | st.sampled_from(
        ["cron(* * * * ? *)", "cron(0 9 ? * 2#5 *)", "rate(1 day)", "at(2026-03-29T02:30:00)", "Europe/Berlin", "Europe",
         "2026-03-29 02:30", "2199-12-31 23:59", "1970-01-01", "Pacific/Apia", "24 h", "unavailable", "rule", "\x00", "00:00"]
    ),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)  # fmt: skip


class TestWhateverIsGiven:
    @settings(deadline=None)
    @given(ANYTHING)
    def test_as_the_part_is_read_or_refused(self, data: Any) -> None:
        _answer_or_refuse(data)

    @settings(deadline=None)
    @given(st.dictionaries(st.text(max_size=5) | st.sampled_from(FIELDS) | st.integers(), ANYTHING, max_size=6))
    def test_as_a_schedule_is_read_or_refused(self, data: Any) -> None:
        _answer_or_refuse({"n": {**PLAIN, **data}})

    @settings(deadline=None, max_examples=300)
    @given(st.sampled_from(FIELDS), ANYTHING)
    def test_as_a_field_is_read_or_refused(self, field: str, value: Any) -> None:
        _answer_or_refuse({"n": {**PLAIN, field: value}})

    @settings(deadline=None)
    @given(
        st.text("0123456789*,-/?LW#SUNMO acronte()T:", max_size=30),
        st.sampled_from(
            ["cron({})", "rate({})", "at({})", "{}", "cron(0 0 ? * {} *)", "cron({} 0 1 * ? *)", "cron(0 0 {} * ?)"]
        ),
        st.booleans(),
    )
    def test_as_an_expression_is_read_or_refused_in_any_world(self, text: str, around: str, is_unix: bool) -> None:
        data = {"n": {**PLAIN, "expression": around.format(text), "wanted_at": "00:00"}}
        _answer_or_refuse(data, {"cron_is_unix": is_unix, "rate_counts_from": "hour" if is_unix else "midnight"})

    @pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Etc/GMT+12", "America/New_York"])
    @pytest.mark.parametrize("starting", ["1970-01-01 00:00", "2199-12-31 23:59"])
    @pytest.mark.parametrize("expression", ["cron(* * * * ? *)", "rate(11574 days)", "at(2199-12-31T23:59:59)"])
    def test_at_the_ends_of_the_calendar_is_read(self, zone: str, starting: str, expression: str) -> None:
        for days in (False, True):
            data = {
                "n": {"zone": zone, "starting": starting, "expression": expression, "next": 20, "wanted_at": "00:00"}
            }
            _answer_or_refuse(data, {"rate_days_follow_the_clock": days})


def _answer_or_refuse(data: object, believing: dict[str, object] | None = None) -> None:
    rulebook, where, hops = TRUTH.believing(believing or {}), "schedules", []
    try:
        answer = plan(data, rulebook).answer(rulebook)
    except ScenarioError as error:
        where = error.field
    else:
        hops = [path.hops for path in answer.paths]
    assert where.startswith("schedules")
    assert all(hops)
    assert all(len(hop.says.split()) <= 24 for each in hops for hop in each)
