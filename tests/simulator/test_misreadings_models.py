"""Misreadings of models, queues and APIs, and the metrics that count how much of a model's questions ends well."""

from __future__ import annotations

from typing import Any

import pytest

from studyapp.simulator import simulate
from studyapp.simulator.misreadings import MISREADINGS
from studyapp.simulator.misreadings_models import READINGS
from studyapp.simulator.outcome import Outcome, Value
from studyapp.simulator.scenario import read

CURVE = {"256MB": "6 s", "1024MB": "1.2 s", "3538MB": "0.8 s"}
LINEAR = {"rollout": {"config": {"linear": "10 %", "every": "3 min"}, "requests": "10 per 1 s"}}
ALIAS = [
    {"publish": True},
    {"edit": "new code"},
    {"publish": True},
    {"create_alias": "riders", "to": 1, "weights": {"2": "10 %"}},
]
RATE = {"expression": "rate(6 hours)", "starting": "2026-05-04 10:07", "next": 3}
TOKYO = {"kind": "rule", "expression": "cron(0 4 * * ? *)", "clocks": "Asia/Tokyo", "starting": "2026-11-21 12:00"}
MESSAGE = {"kind": "sqs", "visibility_timeout": "60 s", "max_receive_count": 3, "arrivals": {"at": ["0 s"]}}
PLANNER = {"zipped": "30 MB", "unzipped": "90 MB"}


def outcome(**body: Any) -> Outcome:
    return simulate(read(body))


def reading(name: str, run: Outcome, asked: str) -> Value:
    return MISREADINGS[name](run, asked)


def parcels(**function: Any) -> Outcome:
    fields = {"duration": "10 s", "timeout": "30 s", "fails": "always", **function}
    return outcome(functions={"labels": fields}, sources={"parcels": MESSAGE}, horizon="2 h")


class TestReadingsOfABill:
    run = outcome(bill={"functions": {"scores": {"memory": "256 MB", "requests": 1000, "curve": CURVE}}})

    @pytest.mark.parametrize(("name", "size"), [("fastest-is-cheapest", 3538), ("one-vcpu-is-cheapest", 1769)])
    def test_take_another_size_for_the_cheapest(self, name: str, size: int) -> None:
        assert self.run.value("cheapest.scores") == 1024
        assert reading(name, self.run, "cheapest.scores") == size

    def test_take_what_the_fastest_costs(self) -> None:
        found = reading("fastest-is-cheapest", self.run, "cheapest_cost.scores")
        assert found == self.run.value("fastest_cost.scores") != self.run.value("cheapest_cost.scores")


class TestReadingsOfADeployment:
    run = outcome(**LINEAR)

    @pytest.mark.parametrize(
        ("name", "minutes"),
        [("shifts-are-intervals", 30), ("second-shift-is-the-rest", 3), ("each-shift-doubles", 12)],
    )
    def test_take_another_time_for_all_shifts(self, name: str, minutes: int) -> None:
        assert self.run.value("rollout.shifting") == 27 * 60
        assert reading(name, self.run, "rollout.shifting") == minutes * 60

    def test_see_no_end_of_shares_of_what_is_left(self) -> None:
        assert reading("shifts-take-from-what-is-left", self.run, "rollout.shifting") is None

    def test_swap_the_two_versions(self) -> None:
        both = self.run.value("users.requests"), self.run.value("users.requests_new")
        assert reading("old-and-new-swapped", self.run, "users.requests_new") == both[0] - both[1]

    def test_swap_the_shares_of_an_alias(self) -> None:
        run = outcome(versions={"code": "old code", "steps": ALIAS})
        assert reading("old-and-new-swapped", run, "share.riders.1") == 0.1


class TestReadingsOfASchedule:
    def test_turn_an_offset_round(self) -> None:
        run = outcome(schedules={"market": TOKYO})
        assert run.value("local.market.1") == "2026-11-21 13:00"
        assert reading("offset-has-the-other-sign", run, "local.market.1") == "2026-11-20 19:00"

    def test_wait_one_interval(self) -> None:
        run = outcome(schedules={"scales": RATE})
        assert run.value("local.scales.2") == "2026-05-04 16:07"
        assert reading("rate-waits-one-interval", run, "local.scales.2") == "2026-05-04 22:07"
        assert reading("rate-waits-one-interval", run, "local.scales.3") == run.value("local.scales.3")


class TestReadingsOfAQueue:
    @pytest.mark.parametrize(
        ("name", "seconds"),
        [("hidden-from-the-failure", 210), ("moved-by-the-last-failure", 130), ("receives-are-retries", 240)],
    )
    def test_see_a_message_moved_at_another_time(self, name: str, seconds: int) -> None:
        run = parcels()
        assert run.value("dead_lettered_at") == 180
        assert reading(name, run, "dead_lettered_at") == seconds


class TestReadingsOfAnApi:
    @pytest.mark.parametrize(("kind", "limit"), [("api", 29), ("http-api", 30)])
    def test_wait_for_a_run_that_was_stopped(self, kind: str, limit: int) -> None:
        source = {"kind": kind, "arrivals": {"at": ["0 s"]}}
        run = outcome(functions={"check": {"duration": "20 s", "timeout": "8 s"}}, sources={"lenders": source})
        assert run.value("response_max") == 8
        assert reading("stopped-runs-are-silent", run, "response_max") == limit

    @pytest.mark.parametrize(("name", "seconds"), [("caller-stops-the-run", 5), ("runs-last-until-the-timeout", 60)])
    def test_bill_a_run_for_another_time(self, name: str, seconds: int) -> None:
        source = {"kind": "url", "timeout": "5 s", "arrivals": {"at": ["0 s"]}}
        function = {"duration": "20 s", "timeout": "60 s", "memory": "1024 MB"}
        run = outcome(functions={"rebate": function}, sources={"tills": source}, warm={"rebate": 1})
        assert run.value("billed_gb_s") == 20
        assert reading(name, run, "billed_gb_s") == seconds


class TestReadingsOfAPackage:
    def test_count_the_zip_beside_its_files(self) -> None:
        run = outcome(packages={"functions": {"planner": PLANNER}})
        assert reading("zip-takes-room-as-well", run, "left.planner.unzipped") == 130

    def test_say_nothing_of_a_zip_from_s3(self) -> None:
        run = outcome(packages={"functions": {"planner": PLANNER | {"upload": "s3"}}})
        assert reading("zip-takes-room-as-well", run, "left.planner.unzipped") == 160


@pytest.mark.parametrize("name", [each.__name__.replace("_", "-") for each in READINGS])
def test_each_leaves_other_metrics_alone(name: str) -> None:
    run = parcels()
    assert reading(name, run, "invocations") == run.value("invocations")


class TestCounts:
    def test_of_a_network_are_its_reached_targets(self) -> None:
        network = {
            "function": {"attached": True, "subnets": ["private"], "security_groups": ["code"]},
            "subnets": {"private": {"route_table": "private"}},
            "routes": {"private": "none"},
            "security_groups": {"code": {}, "db": {"ingress": ["code"]}},
            "targets": {"internet": {"kind": "internet"}, "database": {"kind": "private", "security_group": "db"}},
        }
        run = outcome(network=network)
        assert run.value("reached.all") == 1
        assert reading("everything-is-reached", run, "reached.all") == 2

    def test_of_packages_are_the_accepted_functions(self) -> None:
        heavy = {"zipped": "60 MB", "unzipped": "90 MB"}
        assert outcome(packages={"functions": {"light": PLANNER, "heavy": heavy}}).value("deployed.all") == 1

    def test_of_permissions_are_the_allowed_requests(self) -> None:
        access = {
            "users": {"editor": {"policy": [{"allow": ["lambda:InvokeFunction"]}]}, "guest": {}},
            "resources": {"archive": {"kind": "function"}},
            "requests": {who: {"by": who, "does": "invoke", "target": "archive"} for who in ("editor", "guest")},
        }
        run = outcome(access=access)
        assert run.value("granted.all") == 1
        assert reading("everything-is-reached", run, "granted.all") == 2

    def test_of_a_deployment_is_the_time_between_its_shifts(self) -> None:
        stopped = {"rollout": LINEAR["rollout"] | {"stopped_at": "10 min"}}
        assert outcome(**stopped).value("rollout.shifting") is None
