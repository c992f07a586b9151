"""What cannot be read is refused with the field, the value and the limit; nothing else is ever raised."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studyapp.simulator.errors import ScenarioError
from studyapp.simulator.models import rollout
from studyapp.simulator.models.registry import MODELS
from studyapp.simulator.rulebook import TRUTH, Rulebook
from tests.simulator.models.hostile import said
from tests.simulator.models.largest import LARGEST

PLAIN: dict[str, Any] = {"config": "AllAtOnce", "requests": "10 per 1 s"}


class TestRead:
    @pytest.mark.parametrize(
        ("changes", "field", "says"),
        [
            ({"config": None}, "rollout.config", "is missing"),
            ({"config": "HalfAtATime"}, "rollout.config", "HalfAtATime is none of AllAtOnce, Canary10Percent5Minutes"),
            ({"config": "CodeDeployDefault.AllAtOnce"}, "rollout.config", "is none of"),
            ({"config": "Canary10Percent20Minutes"}, "rollout.config", "no canary or linear one of your own"),
            ({"config": 10}, "rollout.config", "10 is none of"),
            ({"config": {}}, "rollout.config.canary", "is missing: a configuration is either canary or linear"),
            ({"config": {"canary": "10 %", "linear": "10 %"}}, "rollout.config.canary", "either canary or linear"),
            ({"config": {"canary": "10 %"}}, "rollout.config.after", "is missing"),
            ({"config": {"canary": "10 %", "every": "1 min"}}, "rollout.config.after", "is missing"),
            (
                {"config": {"canary": "10 %", "after": "1 min", "every": "1 min"}},
                "rollout.config.every",
                "is for a linear one",
            ),
            ({"config": {"linear": "0.5 %", "every": "1 min"}}, "rollout.config.linear", "from 1 % to 99 %"),
            ({"config": {"linear": "100 %", "every": "1 min"}}, "rollout.config.linear", "(CodeDeploy API)"),
            ({"config": {"linear": "10 %", "every": "90 s"}}, "rollout.config.every", "whole number of minutes"),
            ({"config": {"linear": "10 %", "every": "0 s"}}, "rollout.config.every", "whole number of minutes"),
            ({"config": {"linear": "10 %", "every": "25 h"}}, "rollout.config.every", "is above 1,440 minutes"),
            ({"requests": None}, "rollout.requests", "is missing"),
            ({"requests": 10}, "rollout.requests", "is not a rate"),
            ({"requests": "0 per 1 s"}, "rollout.requests", "is not a rate of at least one request"),
            ({"errors": "5 %"}, "rollout.errors", "is not a mapping"),
            ({"errors": {"both": "5 %"}}, "rollout.errors.both", "is not a field of this part"),
            ({"errors": {"new": "150 %"}}, "rollout.errors.new", "is not a share from 0 to 1"),
            ({"errors": {"new": 0.00000015}}, "rollout.errors.new", "is finer than a millionth"),
            ({"errors": {"new": {"from": "1 s"}}}, "rollout.errors.new.share", "is missing"),
            (
                {"errors": {"new": {"share": 1, "from": "9 s", "to": "9 s"}}},
                "rollout.errors.new.to",
                "9 s is not after 9 s, its from",
            ),
            ({"pre_traffic": "succeeded"}, "rollout.pre_traffic", "is not a mapping"),
            ({"pre_traffic": {"result": "maybe"}}, "rollout.pre_traffic.result", "is none of succeeded, failed"),
            ({"pre_traffic": {"takes": "-1 s"}}, "rollout.pre_traffic.takes", "is below 0 s"),
            ({"pre_traffic": {"takes": "25 h"}}, "rollout.pre_traffic.takes", "is longer than 12 h"),
            (
                {"post_traffic": {"takes": "1 min", "result": "never reports"}},
                "rollout.post_traffic.takes",
                "60 s is for a hook that reports",
            ),
            ({"alarm": "errors"}, "rollout.alarm", "is not a mapping"),
            ({"alarm": {"of": "function"}}, "rollout.alarm.of", "is none of alias, new version"),
            ({"alarm": {"metric": "latency"}}, "rollout.alarm.metric", "is none of errors, error rate"),
            ({"alarm": {"threshold": "5 %"}}, "rollout.alarm.threshold", "a share is for metric: error rate"),
            ({"alarm": {"threshold": -1}}, "rollout.alarm.threshold", "is not a number of errors from 0"),
            ({"alarm": {"metric": "error rate", "threshold": 2}}, "rollout.alarm.threshold", "a share from 0 to 1"),
            ({"alarm": {"period": "30 s"}}, "rollout.alarm.period", "in which Lambda's metrics come"),
            ({"alarm": {"periods": 0}}, "rollout.alarm.periods", "from 1 to 180"),
            ({"alarm": {"datapoints": 2}}, "rollout.alarm.datapoints", "2 is above 1, the number of periods"),
            (
                {"alarm": {"period": "1 h", "periods": 4}},
                "rollout.alarm.periods",
                "look back 4 h, which is above 3 h",
            ),
            ({"alarm": {"missing": "ok"}}, "rollout.alarm.missing", "is none of missing, ignore, breaching"),
            ({"rollback_on": "errors"}, "rollout.rollback_on", "errors is none of failure, alarm, request, none"),
            ({"rollback_on": [["alarm"]]}, "rollout.rollback_on", "is none of failure, alarm, request"),
            ({"stopped_at": "soon"}, "rollout.stopped_at", "does not begin with a number"),
            ({"horizon": "0 s"}, "rollout.horizon", "is not longer than no time"),
            ({"horizon": "25 h"}, "rollout.horizon", "is longer than 12 h (the simulator's own limit)"),
            ({"first_deployment": "perhaps"}, "rollout.first_deployment", "is not yes or no"),
            ({"canary": "10 %"}, "rollout.canary", "is not a field of this part"),
        ],
    )
    def test_names_what_is_wrong(self, changes, field, says):
        with pytest.raises(ScenarioError) as refused:
            rollout.plan({**PLAIN, **changes}, TRUTH)

        assert refused.value.field == field
        assert says in str(refused.value)

    def test_takes_the_configurations_of_another_world(self):
        believing = Rulebook().believing({"canary_waits": "7 x 0", "predefined_step": "25 %"})
        data = {**PLAIN, "config": "Canary25Percent7Minutes"}
        assert rollout.plan(data, believing).answer(believing).metrics["shift.2"] == 420

    def test_takes_no_hook_and_no_alarm_as_words(self):
        data = {**PLAIN, "pre_traffic": "none", "post_traffic": "none", "alarm": "none"}
        assert rollout.plan(data, TRUTH).answer(TRUTH).metrics["rollout.status"] == "succeeded"


anything = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(),
        st.text(max_size=8),
        st.sampled_from(["10 %", "1 min", "3 s", "24 h", "none", "5 per 1 s", "1000000000000000 per 1 us", 10**400]),
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=5), inner, max_size=3)),
    max_leaves=6,
)
INNER = ("canary", "after", "linear", "every", "old", "new", "share", "from", "to", "takes", "result")
ALARM = ("of", "metric", "threshold", "period", "periods", "datapoints", "missing")
parts = st.one_of(anything, st.dictionaries(st.sampled_from((*INNER, *ALARM)), anything, max_size=4))
fields = {
    "config": st.one_of(st.sampled_from(["AllAtOnce", "Linear10PercentEvery1Minute"]), parts),
    "requests": st.one_of(st.just("5 per 1 s"), anything),
}
OPTIONAL = (
    "errors",
    "pre_traffic",
    "post_traffic",
    "alarm",
    "rollback_on",
    "stopped_at",
    "horizon",
    "first_deployment",
)


class TestHostileInput:
    @given(st.one_of(anything, st.fixed_dictionaries(fields, optional=dict.fromkeys(OPTIONAL, parts))))
    @settings(max_examples=800, deadline=None)
    def test_is_answered_or_refused_by_name(self, data):
        assert said("rollout", data) <= {"rollout", *MODELS["rollout"].metrics}


class TestTheLargestRollout:
    def test_is_answered(self):
        """How fast, `make bench-models` says."""
        data = LARGEST["rollout"]()
        answer = rollout.plan(data, TRUTH).answer(TRUTH)

        assert answer.metrics["rollout.steps"] == 100

    @pytest.mark.parametrize(
        ("part", "key", "value", "field", "limit"),
        [
            ("config", "linear", "0.5 %", "rollout.config.linear", "is not a whole percentage from 1 % to 99 %"),
            ("alarm", "periods", 181, "rollout.alarm.periods", "181 is not a whole number from 1 to 180"),
            ("alarm", "period", "2 min", "rollout.alarm.periods", "look back 6 h, which is above 3 h"),
        ],
    )
    def test_can_have_nothing_more(self, part, key, value, field, limit):
        data = LARGEST["rollout"]()
        data[part][key] = value
        with pytest.raises(ScenarioError, match=limit) as caught:
            rollout.plan(data, TRUTH)

        assert caught.value.field == field

    def test_is_looked_at_for_no_longer_than_a_day(self):
        with pytest.raises(ScenarioError, match="is longer than 12 h"):
            rollout.plan({**LARGEST["rollout"](), "horizon": "1441 min"}, TRUTH)
