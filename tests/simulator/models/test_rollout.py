"""What AWS documents of gradual deployments, row by row, and each wrong idea beside it."""

from __future__ import annotations

from math import sqrt
from typing import Any

import pytest

from studyapp.simulator import read, simulate
from studyapp.simulator.answers import Answer
from studyapp.simulator.models import rollout
from studyapp.simulator.models.rollout.configs import predefined
from studyapp.simulator.rulebook import Rulebook
from studyapp.simulator.spans import Hop

CANARY = "Canary10Percent5Minutes"
LINEAR = "Linear10PercentEvery1Minute"
BAD = {"new": "50 %"}
ALARM = {"of": "new version", "threshold": 20}
MINUTE = 60


def answer(*, believing: dict[str, object] | None = None, **changes: Any) -> Answer:
    """Ten requests a second; the new version fails in half of its runs, the old one never."""
    rulebook = Rulebook().believing(believing or {})
    data = {"config": CANARY, "requests": "10 per 1 s", "errors": BAD, "horizon": "1 h", **changes}
    return rollout.plan(data, rulebook).answer(rulebook)


def metric(name: str, **changes: Any) -> object:
    return answer(**changes).metrics[name]


def hops(**changes: Any) -> list[Hop]:
    return list(answer(**changes).paths[0].hops)


def shares(**changes: Any) -> list[tuple[float, float]]:
    """Minutes and percent."""
    return [(at / 60e6, round(share * 100)) for at, share in answer(**changes).series["traffic.new"]]


class TestAPredefinedConfiguration:
    @pytest.mark.parametrize(
        ("name", "moments", "first"),
        [
            ("AllAtOnce", [0], 100),
            ("Canary10Percent5Minutes", [0, 5], 10),
            ("Canary10Percent10Minutes", [0, 10], 10),
            ("Canary10Percent15Minutes", [0, 15], 10),
            ("Canary10Percent30Minutes", [0, 30], 10),
            ("Linear10PercentEvery1Minute", range(10), 10),
            ("Linear10PercentEvery2Minutes", range(0, 20, 2), 10),
            ("Linear10PercentEvery3Minutes", range(0, 30, 3), 10),
            ("Linear10PercentEvery10Minutes", range(0, 100, 10), 10),
        ],
    )
    @pytest.mark.parametrize("prefix", ["", "Lambda", "CodeDeployDefault.Lambda"])
    def test_shifts_as_its_name_says(self, prefix, name, moments, first):
        moved = shares(config=f"{prefix}{name}", horizon="2 h")
        assert [minute for minute, _ in moved] == list(moments)
        assert (moved[0][1], moved[-1][1]) == (first, 100)
        if name.startswith("Linear"):
            assert [share for _, share in moved] == list(range(10, 101, 10))

    def test_is_one_of_nine(self):
        assert len(predefined(Rulebook())) == 9

    def test_that_is_linear_may_begin_after_an_interval(self):
        moved = shares(config=LINEAR, believing={"linear_starts_at_once": False})
        assert (moved[0], moved[1], moved[-1]) == ((0, 0), (1, 10), (10, 100))


class TestAConfigurationOfOnesOwn:
    @pytest.mark.parametrize(
        ("config", "moved"),
        [
            ({"canary": "25 %", "after": "7 min"}, [(0, 25), (7, 100)]),
            ({"canary": "1 %", "after": "1 min"}, [(0, 1), (1, 100)]),
            ({"linear": "20 %", "every": "2 min"}, [(0, 20), (2, 40), (4, 60), (6, 80), (8, 100)]),
            ({"linear": "30 %", "every": "1 min"}, [(0, 30), (1, 60), (2, 90), (3, 100)]),
            ({"linear": "50 %", "every": "5 min"}, [(0, 50), (5, 100)]),
        ],
    )
    def test_shifts_as_it_says(self, config, moved):
        assert shares(config=config) == moved


class TestAHook:
    @pytest.mark.parametrize(
        ("hook", "status", "ends_at", "exposed"),
        [
            ({"takes": "1 min"}, "succeeded", 6 * MINUTE, True),
            ({"takes": "1 min", "result": "failed"}, "rolled back", MINUTE, False),
            ({"result": "never reports"}, "rolled back", 60 * MINUTE, False),
            ({"takes": "2 h"}, "rolled back", 60 * MINUTE, False),
            ({}, "succeeded", 5 * MINUTE, True),
        ],
    )
    def test_before_the_shift_decides_whether_it_begins(self, hook, status, ends_at, exposed):
        metrics = answer(pre_traffic=hook).metrics
        assert (metrics["rollout.status"], metrics["rollout.ends_at"]) == (status, ends_at)
        assert (metrics["users.requests_new"] > 0) is exposed

    @pytest.mark.parametrize(
        ("hook", "status", "ends_at", "at_end"),
        [
            ({"takes": "1 min"}, "succeeded", 6 * MINUTE, 1),
            ({"takes": "1 min", "result": "failed"}, "rolled back", 6 * MINUTE, 0),
            ({"result": "failed"}, "rolled back", 5 * MINUTE, 0),
            ({"result": "never reports"}, "rolled back", 65 * MINUTE, 0),
        ],
    )
    def test_after_the_shift_can_still_undo_it(self, hook, status, ends_at, at_end):
        metrics = answer(post_traffic=hook, horizon="2 h").metrics
        assert (metrics["rollout.status"], metrics["rollout.ends_at"]) == (status, ends_at)
        assert metrics["traffic.new_at_end"] == at_end

    def test_is_called_once_before_and_once_after(self):
        names = [hop.name for hop in hops(pre_traffic={"takes": "1 min"}, post_traffic={"takes": "1 min"})]
        assert names == ["Start", "BeforeAllowTraffic", "AllowTraffic", "AllowTraffic", "AfterAllowTraffic", "End"]


class TestAnAlarm:
    @pytest.mark.parametrize(
        ("alarm", "at", "saw"),
        [
            ({"of": "new version", "threshold": 20}, 1 * MINUTE, 30),
            ({"of": "new version", "threshold": 29}, 1 * MINUTE, 30),
            ({"of": "new version", "threshold": 30}, None, None),
            ({"of": "alias", "threshold": 20}, 1 * MINUTE, 30),
            ({"of": "new version", "metric": "error rate", "threshold": "49 %"}, 1 * MINUTE, 0.5),
            ({"of": "new version", "metric": "error rate", "threshold": "50 %"}, None, None),
            ({"of": "alias", "metric": "error rate", "threshold": "4 %"}, 1 * MINUTE, 0.05),
            ({"of": "alias", "metric": "error rate", "threshold": "5 %"}, None, None),
            ({"of": "new version", "threshold": 20, "periods": 3}, 3 * MINUTE, 30),
            ({"of": "new version", "threshold": 20, "periods": 3, "datapoints": 2}, 2 * MINUTE, 30),
            ({"of": "new version", "threshold": 20, "period": "5 min"}, 1 * MINUTE, 30),
            ({"of": "new version", "threshold": 100, "period": "5 min"}, 4 * MINUTE, 120),
            ({"of": "new version", "threshold": 20, "periods": 5}, 5 * MINUTE, 30),
            ({"of": "new version", "threshold": 20, "periods": 6}, None, None),
            ({"of": "new version", "missing": "breaching", "threshold": 999}, 0, None),
            ({"of": "new version", "missing": "notBreaching", "threshold": 999}, None, None),
        ],
    )
    def test_goes_off_when_enough_data_points_are_above_its_threshold(self, alarm, at, saw):
        metrics = answer(alarm=alarm).metrics
        assert (metrics["alarm.at"], metrics["alarm.saw"]) == (at, saw)
        assert metrics["rollout.status"] == ("succeeded" if at is None else "rolled back")

    def test_comes_before_a_shift_of_the_same_moment(self):
        assert metric("traffic.new_most", alarm={**ALARM, "periods": 5}) == 0.1

    def test_takes_all_traffic_back_at_once(self):
        moved = shares(config=LINEAR, alarm={**ALARM, "threshold": 200})
        assert moved[-2:] == [(6, 70), (7, 0)]

    def test_that_is_on_already_lets_no_shift_begin(self):
        metrics = answer(errors={"old": "50 %"}, alarm={"of": "alias", "threshold": 20}).metrics
        assert (metrics["alarm.at"], metrics["rollout.steps"], metrics["rollout.status"]) == (0, 0, "rolled back")

    def test_is_not_watched_after_the_end(self):
        late = {"errors": {"new": {"share": "50 %", "from": "6 min"}}, "alarm": ALARM}
        assert metric("rollout.status", **late) == "succeeded"
        assert metric("rollout.status", **late, post_traffic={"takes": "3 min"}) == "rolled back"

    def test_has_nothing_to_see_where_everything_moves_at_once(self):
        metrics = answer(config="AllAtOnce", alarm=ALARM).metrics
        assert (metrics["rollout.status"], metrics["users.errors"]) == ("succeeded", 18_000)

    @pytest.mark.parametrize(("delay", "at"), [("0 s", 60), ("60 s", 120), ("180 s", 240)])
    def test_reaches_codedeploy_after_what_aws_leaves_open(self, delay, at):
        assert metric("alarm.at", alarm=ALARM, believing={"alarm_reaches_codedeploy_after": delay}) == at

    def test_follows_the_minutes_of_the_clock(self):
        begun_late = {"rollout_starts_into_the_minute": "30 s"}
        assert metric("alarm.at", alarm=ALARM, believing=begun_late) == 90
        assert metric("alarm.saw", alarm={**ALARM, "threshold": 14}, believing=begun_late) == 15


class TestARollback:
    @pytest.mark.parametrize(
        ("causes", "change", "status", "at_end"),
        [
            (["alarm"], {"alarm": ALARM}, "rolled back", 0),
            (["failure", "request"], {"alarm": ALARM}, "stopped", 0.1),
            ("none", {"alarm": ALARM}, "stopped", 0.1),
            (["failure"], {"post_traffic": {"result": "failed"}}, "rolled back", 0),
            (["alarm"], {"post_traffic": {"result": "failed"}}, "failed", 1),
            (["request"], {"stopped_at": "2 min"}, "rolled back", 0),
            (["failure", "alarm"], {"stopped_at": "2 min"}, "stopped", 0.1),
            (["alarm"], {"pre_traffic": {"result": "failed"}}, "failed", 0),
            (["failure", "alarm", "request"], {}, "succeeded", 1),
        ],
    )
    def test_comes_for_what_it_is_set_for(self, causes, change, status, at_end):
        metrics = answer(rollback_on=causes, **change).metrics
        assert (metrics["rollout.status"], metrics["traffic.new_at_end"]) == (status, at_end)

    def test_is_a_deployment_of_its_own(self):
        assert metric("rollout.deployments", alarm=ALARM) == 2
        assert metric("rollout.deployments") == 1

    def test_is_set_for_all_where_nothing_is_said(self):
        assert metric("rollout.status", stopped_at="2 min") == "rolled back"


class TestTheFirstDeployment:
    def test_has_no_version_to_shift_from(self):
        found = answer(first_deployment=True)
        assert found.metrics["rollout.status"] == "not started"
        assert not found.paths[0].ok


class TestUsers:
    def test_are_counted_to_the_horizon(self):
        metrics = answer(alarm=ALARM, horizon="10 min").metrics
        assert metrics["users.requests"] == 6_000
        assert metrics["users.requests_new"] == 60
        assert metrics["users.errors"] == metrics["users.errors_new"] == 30

    def test_are_counted_for_an_hour_where_nothing_is_said(self):
        assert metric("users.requests", horizon=None) == 36_000
        assert metric("users.requests", horizon=None, config="Linear10PercentEvery10Minutes") == 54_000

    def test_are_still_under_way_at_an_early_horizon(self):
        metrics = answer(horizon="2 min").metrics
        assert (metrics["rollout.status"], metrics["rollout.ends_at"], metrics["shift.2"]) == ("running", None, None)

    @pytest.mark.parametrize(
        ("failing", "chance"),
        [("0 %", 1.0), ("0.1 %", 0.999**300), ("5 %", 0.95**300), ("100 %", 0.0)],
    )
    def test_of_a_canary_may_all_be_served_well(self, failing, chance):
        assert metric("unseen.first_step", errors={"new": failing}) == pytest.approx(chance)

    def test_of_all_at_once_show_nothing_before_its_end(self):
        assert metric("unseen.deployment", config="AllAtOnce") == 1

    def test_are_what_the_engine_says_of_a_split(self):
        """One step of a rollout is a source whose calls an alias splits; the engine draws, the rollout takes means."""
        functions = {
            "new": {"duration": "20 ms", "fails": "5 %"},
            "old": {"duration": "20 ms", "fails": "1 %"},
        }
        source = {
            "kind": "sync",
            "calls": {"new": "10 %", "old": "90 %"},
            "arrivals": {"even": "50 per 1 s", "for": "300 s"},
        }
        drawn = simulate(read({"functions": functions, "sources": {"s": source}}), seed=11).metrics
        means = answer(requests="50 per 1 s", errors={"new": "5 %", "old": "1 %"}, horizon="5 min").metrics

        assert drawn["invocations"] == means["users.requests"] == 15_000
        for name, mean, chance in (
            ("new.invocations", means["users.requests_new"], 0.1),
            ("new.errors", means["users.errors_new"], 0.005),
            ("old.errors", means["users.errors_old"], 0.009),
        ):
            assert mean == pytest.approx(15_000 * chance)
            assert abs(drawn[name] - mean) <= 4 * sqrt(15_000 * chance * (1 - chance))


SILENT = {"pre_traffic": {"result": "never reports"}, "horizon": "2 h"}
LATE = {"alarm": ALARM, "errors": {"new": {"share": "50 %", "from": "10 min"}}}


class TestABelief:
    @pytest.mark.parametrize(
        ("patch", "change", "asked", "so", "believed"),
        [
            ({"canary_goes_on_in_steps": True}, {}, "rollout.steps", 2, 10),
            ({"canary_goes_on_in_steps": True}, {}, "shift.2", 300, 300),
            ({"canary_goes_on_in_steps": True}, {"config": LINEAR}, "rollout.steps", 10, 10),
            ({"canary_goes_on_in_steps": True}, {"config": "AllAtOnce"}, "rollout.steps", 1, 1),
            ({"alarm_only_stops_the_shift": True}, {"alarm": ALARM}, "traffic.new_at_end", 0, 0.1),
            ({"alarm_only_stops_the_shift": True}, {"stopped_at": "1 min"}, "traffic.new_at_end", 0, 0),
            ({"rollback_needs_a_person": True}, {"alarm": ALARM}, "traffic.new_at_end", 0, 0.1),
            ({"rollback_needs_a_person": True}, {"stopped_at": "1 min"}, "traffic.new_at_end", 0, 0.1),
            ({"alarms_watched_for_ever": True}, LATE, "rollout.status", "succeeded", "rolled back"),
            ({"alarms_watched_for_ever": True}, LATE, "alarm.at", None, 660),
            ({"alarms_watched_for_ever": True}, {}, "rollout.status", "succeeded", "succeeded"),
            (
                {"pre_traffic_hook_sees_traffic": True},
                {"pre_traffic": {"takes": "1 min", "result": "failed"}},
                "users.errors",
                0,
                30,
            ),
            ({"silent_hook_has_succeeded": True}, SILENT, "rollout.status", "rolled back", "succeeded"),
            ({"predefined_step": "20 %"}, {"config": "AllAtOnce"}, "rollout.steps", 1, 1),
        ],
    )
    def test_turns_what_it_should(self, patch, change, asked, so, believed):
        assert metric(asked, **change) == so
        assert metric(asked, **change, believing=patch) == believed

    @pytest.mark.parametrize(
        ("patch", "change"),
        [
            ({"canary_goes_on_in_steps": True}, {}),
            ({"alarm_only_stops_the_shift": True}, {"alarm": ALARM}),
            ({"rollback_needs_a_person": True}, {"alarm": ALARM}),
            ({"alarms_watched_for_ever": True}, {}),
            ({"pre_traffic_hook_sees_traffic": True}, {"pre_traffic": {"takes": "1 min"}}),
            ({"silent_hook_has_succeeded": True}, SILENT),
        ],
    )
    def test_is_named_in_the_path(self, patch, change):
        assert any("if this were so" in hop.says for hop in hops(**change, believing=patch))
