"""Random deployments, against a twin that plays them second by second; and laws that hold in every one."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import pytest
from hypothesis import given, settings

from studyapp.simulator.answers import Answer
from studyapp.simulator.models import rollout
from studyapp.simulator.rulebook import Rulebook
from tests.simulator.models import rollout_twin as twin

SECOND = 1_000_000
RULES = {"", *(each.name for each in fields(Rulebook))}


def answer(plan: dict[str, Any], **changes: Any) -> Answer:
    rulebook = Rulebook().believing(twin.patch(plan))
    return rollout.plan({**twin.written(plan), **changes}, rulebook).answer(rulebook)


def share_at(answered: Answer, second: int) -> float:
    return [value for at, value in answered.series["traffic.new"] if at <= second * SECOND][-1]


class TestADeployment:
    @given(twin.PLANS)
    @settings(max_examples=400, deadline=None)
    def test_goes_as_the_twin_says(self, plan):
        found, said = twin.Twin(plan).play(), answer(plan)
        metrics = said.metrics

        assert metrics["rollout.status"] == found.status
        assert metrics["rollout.ends_at"] == found.ended
        assert metrics["rollout.rolled_back_at"] == found.rolled_back
        assert metrics["rollout.steps"] == len(found.shifts)
        assert [metrics[f"shift.{number}"] for number in range(1, len(found.shifts) + 1)] == found.shifts
        assert metrics["alarm.at"] == found.alarm_at
        assert metrics["alarm.saw"] == (None if found.saw is None else float(found.saw))
        assert metrics["traffic.new_at_end"] == found.share / 100
        for name in ("requests", "requests_new", "errors_old", "errors_new"):
            assert metrics[f"users.{name}"] == float(found.total(name))
        assert [share_at(said, second) for second in range(plan["horizon"] + 1)] == [
            each / 100 for each in found.shares
        ]

    @given(twin.PLANS)
    @settings(max_examples=150, deadline=None)
    def test_serves_every_request_by_one_version(self, plan):
        metrics = answer(plan).metrics

        assert metrics["users.requests"] == plan["rate"] * plan["horizon"]
        assert 0 <= metrics["users.requests_new"] <= metrics["users.requests"]
        assert metrics["users.errors"] == pytest.approx(metrics["users.errors_old"] + metrics["users.errors_new"])

    @given(twin.PLANS)
    @settings(max_examples=150, deadline=None)
    def test_shows_nobody_the_new_version_after_a_rollback(self, plan):
        metrics = answer(plan).metrics
        if metrics["rollout.status"] == "rolled back":
            longer = answer(plan, horizon="2 h").metrics
            assert longer["users.requests_new"] == metrics["users.requests_new"]
            assert longer["users.errors_new"] == metrics["users.errors_new"]

    @given(twin.PLANS)
    @settings(max_examples=150, deadline=None)
    def test_exposes_nobody_more_slowly_than_all_at_once(self, plan):
        calm = {"alarm": "none", "pre_traffic": "none", "post_traffic": "none", "stopped_at": None}
        gradual, sudden = answer(plan, **calm).metrics, answer(plan, **calm, config="AllAtOnce").metrics

        assert gradual["users.requests_new"] <= sudden["users.requests_new"]

    @given(twin.PLANS)
    @settings(max_examples=150, deadline=None)
    def test_keeps_a_canary_small_until_its_wait_is_over(self, plan):
        said = answer(plan, config={"canary": "10 %", "after": "5 min"})
        second = said.metrics["shift.2"]
        shares = {value for at, value in said.series["traffic.new"] if second is None or at < second * SECOND}

        assert shares <= {0, 0.1}

    @given(twin.PLANS)
    @settings(max_examples=150, deadline=None)
    def test_has_a_path_that_ends_as_it_does(self, plan):
        said = answer(plan)
        (path,) = said.paths

        assert [hop.ok for hop in path.hops] == [*[True] * (len(path.hops) - 1), path.ok]
        assert path.ok is (said.metrics["rollout.status"] == "succeeded")
        assert all(hop.rule in RULES for hop in path.hops)
        assert all(hop.says.endswith(".") and len(hop.says.split()) <= 24 for hop in path.hops)
