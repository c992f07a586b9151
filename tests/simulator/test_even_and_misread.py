"""Even arrivals fall on their exact moments; misreadings of load; partings in what is reached and what callers see."""

from __future__ import annotations

from typing import Any

import pytest

from studyapp.simulator import simulate
from studyapp.simulator.compare import parting
from studyapp.simulator.misreadings import MISREADINGS
from studyapp.simulator.outcome import Outcome
from studyapp.simulator.scenario import read


def outcome(source: dict[str, Any], **function: Any) -> Outcome:
    return simulate(
        read({"functions": {"search": {"duration": "500 ms", **function}}, "sources": {"visitors": source}})
    )


def even(rate: str, length: str = "1 s") -> dict[str, Any]:
    return {"kind": "sync", "arrivals": {"even": rate, "for": length}}


class TestEvenArrivals:
    @pytest.mark.parametrize("rate", [10, 40, 80, 100, 200, 400, 1000])
    def test_an_even_rate_gives_exactly_its_number_of_requests(self, rate: int) -> None:
        assert outcome(even(f"{rate} per 1 s")).value("requests") == rate

    def test_a_rate_that_divides_a_second_falls_on_whole_steps(self) -> None:
        assert list(outcome(even("40 per 1 s")).trace.arrived) == [step * 25_000 for step in range(40)]

    def test_requests_in_progress_are_rate_times_duration(self) -> None:
        assert outcome(even("40 per 1 s")).value("peak_concurrency") == 20


class TestMisreadings:
    def test_a_rate_is_divided_where_it_should_be_multiplied(self) -> None:
        assert MISREADINGS["rate-divided-by-duration"](outcome(even("40 per 1 s")), "peak_concurrency") == 80

    def test_the_caller_is_thought_to_wait_for_the_timeout(self) -> None:
        slow = outcome({"kind": "api", "arrivals": {"at": ["0 s"]}}, duration="40 s", timeout="60 s")
        assert slow.value("response_max") == 29
        assert MISREADINGS["callers-wait-for-the-timeout"](slow, "response_max") == 60

    @pytest.mark.parametrize("name", ["rate-divided-by-duration", "callers-wait-for-the-timeout"])
    def test_they_leave_other_metrics_alone(self, name: str) -> None:
        run = outcome(even("40 per 1 s"))
        assert MISREADINGS[name](run, "throttles") == run.value("throttles")


def network(**changes: Any) -> Outcome:
    plan = {
        "function": {"attached": True, "subnets": ["private"], "security_groups": ["code"]},
        "subnets": {"private": {"route_table": "private"}, "public": {"route_table": "public"}},
        "routes": {"private": "nat", "public": "igw"},
        "nat_in": "public",
        "security_groups": {"code": {}, "db": {"ingress": ["code"]}},
        "targets": {"internet": {"kind": "internet"}, "database": {"kind": "private", "security_group": "db"}},
    }
    return simulate(read({"network": plan | changes}))


class TestPartingsThatMatter:
    def test_a_target_that_is_lost_says_more_than_one_reached_in_another_way(self) -> None:
        assert "database" in parting(network(), network(function={"attached": False})).says

    def test_two_ways_to_one_target_part_when_nothing_is_lost(self) -> None:
        assert "internet" in parting(network(nat_in="none"), network(nat_in="private")).says

    def test_equal_runs_may_end_differently_for_the_caller(self) -> None:
        slow = {"duration": "40 s", "timeout": "60 s"}
        by_url = outcome({"kind": "url", "arrivals": {"at": ["0 s"]}}, **slow)
        by_api = outcome({"kind": "http-api", "arrivals": {"at": ["0 s"]}}, **slow)
        says = "callers see another: an answer after 40 s in the first run, an error after 30 s in the second run."
        assert parting(by_url, by_api).says.endswith(says)

    def test_runs_that_end_alike_for_everybody_do_not_part(self) -> None:
        run = outcome(even("40 per 1 s"))
        assert parting(run, run).says == "Both runs are the same from beginning to end."
