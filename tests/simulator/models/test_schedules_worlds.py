"""What a rule lacks, what beliefs change, what becomes of a firing, and how an expression is read aloud."""

from collections.abc import Mapping
from typing import Any

import pytest

from studyapp.simulator.models.schedules import plan
from studyapp.simulator.rulebook import TRUTH
from studyapp.simulator.spans import Value
from tests.simulator.models.test_schedules import BERLIN, fires, metrics, path, says

EVERY_NIGHT = {"expression": "cron(0 0 * * ? *)", **BERLIN}


class TestARule:
    @pytest.mark.parametrize(
        ("more", "lacks"),
        [
            ({"zone": "Europe/Berlin"}, "time zone"),
            ({"expression": "at(2026-12-24T18:00:00)"}, "one-time schedule"),
            ({"flexible_window": "15 min"}, "flexible window"),
            ({"start_date": "2026-04-01"}, "start date"),
            ({"end_date": "2026-04-01"}, "end date"),
        ],
    )
    def test_lacks_what_a_schedule_has(self, more: dict[str, str], lacks: str) -> None:
        rule = {"kind": "rule", "expression": "rate(1 day)", "starting": "2026-03-27 12:00", **more}
        found, refused = metrics(wanted_at="12:00", **rule), path(**rule)

        assert (found["valid"], found["lacks"], found["fires.1"], found["firings.month"]) == (False, lacks, None, 0)
        assert found["on_time"] is False
        assert not refused.ok
        assert refused.hops[-1].says == f"A rule has no {lacks}; EventBridge Scheduler does."

    @pytest.mark.parametrize("more", [{"zone": "UTC"}, {"clocks": "Europe/Berlin"}, {}])
    def test_is_taken_as_it_is(self, more: dict[str, str]) -> None:
        found = metrics(kind="rule", expression="cron(0 9 * * ? *)", starting="2026-03-27 12:00", **more)

        assert (found["valid"], found["lacks"]) == (True, None)

    def test_would_have_it_all_in_another_world(self) -> None:
        rule = {**EVERY_NIGHT, "kind": "rule"}

        assert fires(1, {"rules_have_what_schedules_have": True}, **rule) == fires(1, **EVERY_NIGHT)
        assert says("Rule", {"rules_have_what_schedules_have": True}, **rule).endswith("if this were so.")


class TestABelief:
    @pytest.mark.parametrize(
        ("patch", "schedule", "true", "believed"),
        [
            (
                {"rules_follow_local_time": True},
                {"kind": "rule", "expression": "cron(0 0 * * ? *)", "clocks": "Europe/Berlin", "starting": "2026-03-27"},
                "2026-03-27 00:00 UTC", "2026-03-26 23:00 UTC",
            ),
            (
                {"skipped_times_fire_later": True},
                {"expression": "cron(30 2 * * ? *)", "zone": "Europe/Berlin", "starting": "2026-03-29"},
                "2026-03-30 00:30 UTC", "2026-03-29 01:30 UTC",
            ),
            (
                {"repeated_times_fire_twice": True},
                {"expression": "cron(30 2 * * ? *)", "zone": "Europe/Berlin", "starting": "2026-10-25 02:31"},
                "2026-10-26 01:30 UTC", "2026-10-25 01:30 UTC",
            ),
            (
                {"cron_is_unix": True},
                {"expression": "cron(0 9 ? * 1 *)", "starting": "2026-11-23 10:00"},
                "2026-11-29 09:00 UTC", "2026-11-30 09:00 UTC",
            ),
            (
                {"rate_counts_from": "midnight"},
                {"expression": "rate(6 hours)", "starting": "2026-05-04 10:07"},
                "2026-05-04 10:07 UTC", "2026-05-04 12:00 UTC",
            ),
            (
                {"rate_counts_from": "hour"},
                {"expression": "rate(6 hours)", "starting": "2026-05-04 10:07"},
                "2026-05-04 10:07 UTC", "2026-05-04 11:00 UTC",
            ),
        ],
    )  # fmt: skip
    def test_moves_the_first_firing(
        self, patch: dict[str, object], schedule: dict[str, str], true: str, believed: str
    ) -> None:
        assert (fires(1, **schedule), fires(1, patch, **schedule)) == ([true], [believed])

    def test_in_days_of_the_clock_keeps_a_rate_on_time(self) -> None:
        schedule = {"expression": "rate(1 day)", "wanted_at": "12:00", **BERLIN}
        world = {"rate_days_follow_the_clock": True}

        assert (metrics(**schedule)["on_time"], metrics(world, **schedule)["on_time"]) == (False, True)
        assert metrics(world, **{**schedule, "expression": "rate(24 hours)"})["on_time"] is False

    @pytest.mark.parametrize(
        ("crontab", "aws"),
        [
            ("cron(0 9 * * *)", "cron(0 9 * * ? *)"),
            ("cron(0 9 * * 1-5)", "cron(0 9 ? * MON-FRI *)"),
            ("cron(0 9 * * 0)", "cron(0 9 ? * SUN *)"),
            ("cron(0 9 * * 7)", "cron(0 9 ? * SUN *)"),
            ("cron(0 9 * * 5-7)", "cron(0 9 ? * FRI-SUN *)"),
            ("cron(0 9 1 * *)", "cron(0 9 1 * ? *)"),
            ("cron(0 9 ? * 2#3 *)", "cron(0 9 ? * TUE#3 *)"),
            ("cron(0 9 ? * 5L *)", "cron(0 9 ? * FRIL *)"),
        ],
    )
    def test_in_a_crontab_reads_five_fields_and_counts_from_sunday(self, crontab: str, aws: str) -> None:
        starting = "2026-11-23 10:00"

        assert fires(9, {"cron_is_unix": True}, expression=crontab, starting=starting) == fires(
            9, expression=aws, starting=starting
        )

    def test_is_named_by_the_hop_that_it_changes(self) -> None:
        changes: list[tuple[dict[str, object], str, dict[str, Any]]] = [
            ({"rules_follow_local_time": True}, "Time zone", {**EVERY_NIGHT, "kind": "rule", "zone": None}),
            ({"skipped_times_fire_later": True}, "Clocks forward", {**EVERY_NIGHT, "expression": "cron(5 2 * * ? *)"}),
            ({"repeated_times_fire_twice": True}, "Clocks back", {**EVERY_NIGHT, "expression": "cron(5 2 * * ? *)"}),
            ({"cron_is_unix": True}, "Day of the week", {**EVERY_NIGHT, "expression": "cron(5 2 ? * 2 *)"}),
            ({"rate_counts_from": "hour"}, "Beginning", {**EVERY_NIGHT, "expression": "rate(1 day)"}),
            ({"rate_days_follow_the_clock": True}, "Rate", {**EVERY_NIGHT, "expression": "rate(1 day)"}),
        ]
        for patch, name, schedule in changes:
            assert says(name, patch, **schedule).endswith("if this were so.")
            assert "if this were so" not in says(name, **schedule)


class TestADelivery:
    def delivered(self, believing: Mapping[str, object] | None = None, /, **more: Any) -> tuple[Value, Value, Value]:
        found = metrics(believing, **EVERY_NIGHT, **more)
        return found["delivery"], found["delivery_calls"], found["delivery_runs"]

    def test_is_one_call_that_lambda_takes(self) -> None:
        assert self.delivered(target="works") == ("taken", 1, 1)

    def test_leaves_a_failing_function_to_lambda(self) -> None:
        assert self.delivered(target="function-fails", retries=185) == ("taken", 1, 3)
        assert self.delivered(target="function-throttled") == ("taken", 1, 1)

    @pytest.mark.parametrize(
        ("more", "delivered"),
        [
            ({"unavailable_for": "1 s"}, ("taken", 2, 1)),
            ({"unavailable_for": "2 s"}, ("taken", 3, 1)),
            ({"unavailable_for": "3 s"}, ("taken", 3, 1)),
            ({"unavailable_for": "1 min"}, ("taken", 7, 1)),
            ({"unavailable_for": "1 min", "retries": 5}, ("dropped", 6, 0)),
            ({"unavailable_for": "1 min", "retries": 6}, ("taken", 7, 1)),
            ({"unavailable_for": "1 s", "retries": 0}, ("dropped", 1, 0)),
            ({"unavailable_for": "1 s", "retries": 0, "dead_letter_queue": "yes"}, ("dead-lettered", 1, 0)),
            ({"unavailable_for": "2 min", "maximum_age": "60 s"}, ("dropped", 6, 0)),
            ({"unavailable_for": "23 h"}, ("taken", 182, 1)),
            ({"unavailable_for": "2 d"}, ("dropped", 186, 0)),
        ],
    )
    def test_is_tried_again_while_lambda_refuses(
        self, more: dict[str, object], delivered: tuple[str, int, int]
    ) -> None:
        assert self.delivered(target="unavailable", **more) == delivered

    @pytest.mark.parametrize("retries", [0, 1, 4, 20, 185])
    def test_makes_no_more_calls_than_it_may(self, retries: int) -> None:
        for minutes in (1, 5, 60, 1_440):
            end, calls, runs = self.delivered(target="unavailable", unavailable_for=f"{minutes} min", retries=retries)
            assert isinstance(calls, int)
            assert 1 <= calls <= retries + 1
            assert (end == "taken") == (runs == 1)

    def test_of_a_belief_repeats_failed_runs(self) -> None:
        world = {"schedules_retry_failed_runs": True}

        assert self.delivered(world, target="function-fails", retries=10) == ("dropped", 11, 11)
        assert says("Delivery", world, **EVERY_NIGHT, target="function-fails").endswith("if this were so.")

    def test_is_nothing_without_a_firing(self) -> None:
        found = metrics(**{**EVERY_NIGHT, "kind": "rule"}, target="works")

        assert (found["delivery"], found["delivery_calls"], found["delivery_runs"]) == (None, 0, 0)

    def test_is_not_spoken_of_unless_asked(self) -> None:
        assert "delivery" not in metrics(**EVERY_NIGHT)
        assert "on_time" not in metrics(**EVERY_NIGHT)


class TestAPath:
    @pytest.mark.parametrize(
        ("name", "expression", "words"),
        [
            ("Minutes", "cron(* 0 * * ? *)", "* is every minute."),
            ("Minutes", "cron(0/15 0 * * ? *)", "0/15 is every 15th from 0."),
            ("Minutes", "cron(3/23 0 * * ? *)", "3/23 is every 23rd from 3."),
            ("Minutes", "cron(0/12 0 * * ? *)", "0/12 is every 12th from 0."),
            ("Minutes", "cron(0/1 0 * * ? *)", "0/1 is every one from 0."),
            ("Minutes", "cron(5,10,15 0 * * ? *)", "5,10,15 is minute 5, 10 and 15."),
            ("Hours", "cron(0 9-17 * * ? *)", "9-17 is hour 9 to 17."),
            ("Hours", "cron(0 */2 * * ? *)", "*/2 is every second from 0."),
            ("Day of the month", "cron(0 0 1 * ? *)", "1 is day 1."),
            ("Day of the month", "cron(0 0 L * ? *)", "L is the last day of the month."),
            ("Day of the month", "cron(0 0 L-3 * ? *)", "L-3 is 3 before the last day of the month."),
            ("Day of the month", "cron(0 0 LW * ? *)", "LW is the last day from Monday to Friday of the month."),
            ("Day of the month", "cron(0 0 3W * ? *)", "3W is the day from Monday to Friday nearest to day 3."),
            ("Day of the month", "cron(0 0 ? * 1 *)", "? is whatever day of the month."),
            ("Month", "cron(0 0 1 1,JUL ? *)", "1,JUL is January and July."),
            ("Month", "cron(0 0 1 1/3 ? *)", "1/3 is every third from January."),
            ("Day of the week", "cron(0 0 ? * 2-6 *)", "2-6 is Monday to Friday."),
            ("Day of the week", "cron(0 0 ? * L *)", "L is Saturday, the last day of the week."),
            ("Day of the week", "cron(0 0 ? * 6L *)", "6L is the last Friday of the month."),
            ("Day of the week", "cron(0 0 ? * SUN#5 *)", "SUN#5 is the fifth Sunday of the month."),
            ("Year", "cron(0 0 1 * ? 2026-2030)", "2026-2030 is 2026 to 2030."),
            ("Minutes", "cron(1,2,3,4,5,6,7,8 0 1 * ? *)", "1,2,3,4,5,6,7,8 is 8 values, from 1 to 8."),
        ],
    )
    def test_says_each_field_in_words(self, name: str, expression: str, words: str) -> None:
        assert says(name, expression=expression, starting="2026-01-01") == words

    @pytest.mark.parametrize("kind", ["rule", "scheduler"])
    @pytest.mark.parametrize("zone", [None, "Europe/Berlin"])
    @pytest.mark.parametrize(
        "expression",
        ["cron(0/15 1,2,3,4,5,6 ? JAN-MAR,7,9-11/2 1,3,5 2026-2031)", "rate(1 day)", "at(2027-01-01T00:00:00)",
         "cron(30 2 * * ? *)", "cron(0 0 31 2 ? *)"],
    )  # fmt: skip
    def test_has_short_sentences_and_ends_where_it_is_decided(self, kind: str, zone: str, expression: str) -> None:
        for target in ({}, {"target": "function-fails"}, {"target": "unavailable", "unavailable_for": "3 d"}):
            more = {"clocks": "America/Argentina/Buenos_Aires", "starting": "2026-03-27 12:00", **target}
            walked = path(kind=kind, zone=zone, expression=expression, **more)

            assert walked.kind == "schedule"
            assert [hop.ok for hop in walked.hops] == [*[True] * (len(walked.hops) - 1), walked.ok]
            for hop in walked.hops:
                assert hop.says.endswith(".")
                assert len(hop.says.split()) <= 24, hop.says
                assert not hop.rule or hasattr(TRUTH, hop.rule)


class TestAnAnswer:
    def test_is_the_same_each_time(self) -> None:
        first, second = (plan({"n": EVERY_NIGHT}, TRUTH).answer(TRUTH) for _ in range(2))

        assert first == second
