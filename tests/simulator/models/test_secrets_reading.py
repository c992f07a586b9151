"""Secrets that contradict themselves are refused with the field, the value and the limit; nothing else ever comes of them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studyapp.simulator.errors import ScenarioError
from studyapp.simulator.models import secrets
from studyapp.simulator.rulebook import TRUTH
from tests.simulator.models.factories import patched
from tests.simulator.models.hostile import anything, refusal

Data = dict[str, Any]
PLAIN: Data = {
    "traffic": {"invocations": 1000},
    "role": {"may": ["kms:Decrypt"]},
    "people": {"p": {"may": ["*"]}},
    "kept": {
        "c": {"in": "code"},
        "v": {"in": "environment"},
        "s": {"in": "secrets-manager"},
        "p": {"in": "parameter-store"},
    },
}
FIELDS = (
    "in", "size", "tier", "customer_key", "helpers", "read", "extension", "ttl", "rotates",
)  # fmt: skip


def data(changes: Data) -> Data:
    """PLAIN with values at dotted paths."""
    return patched(PLAIN, changes)


class TestRead:
    @pytest.mark.parametrize(
        ("changes", "field", "says"),
        [
            ({"kept": {}}, "kept", "is missing: there is no secret"),
            ({"kept": None}, "kept", "is missing: there is no secret"),
            ({"kept": ["s"]}, "kept", "is not a mapping of names"),
            ({"kept": {f"s{number}": {} for number in range(13)}}, "kept", "is above 12"),
            ({"people": {f"p{number}": {} for number in range(9)}}, "people", "is above 8"),
            ({"kept": {"a.b": {}}}, "kept", "a.b is no name"),
            ({"people": {"function": {}}}, "people", "is the running code here"),
            ({"kept.s.in": None}, "kept.s.in", "is missing: where is it kept?"),
            ({"kept.s.in": "vault"}, "kept.s.in", "none of code, environment, parameter-store, secrets-manager"),
            ({"kept.s.speed": 1}, "kept.s.speed", "is not a field of this part"),
            ({"kept.s.helpers": True}, "kept.s.helpers", "is for a secret in environment"),
            ({"kept.c.customer_key": True}, "kept.c.customer_key", "is for a secret in environment, or"),
            ({"kept.s.tier": "advanced"}, "kept.s.tier", "is for a secret in parameter-store"),
            ({"kept.s.tier": "golden"}, "kept.s.tier", "none of standard, advanced"),
            ({"throughput": "low"}, "throughput", "none of standard, high"),
            ({"traffic.peak": "many"}, "traffic.peak", "begin with a number"),
            ({"traffic.peak": "30"}, "traffic.peak", "is not a rate"),
            ({"kept.v.read": "each-invocation"}, "kept.v.read", "or with helpers"),
            ({"kept.s.read": "often"}, "kept.s.read", "none of each-environment, each-invocation"),
            ({"kept.v.extension": "yes"}, "kept.v.extension", "is for a secret in parameter-store or secrets-manager"),
            ({"kept.s.ttl": "60 s"}, "kept.s.ttl", "is for a secret with extension: yes"),
            ({"kept.s.extension": True, "kept.s.ttl": "301 s"}, "kept.s.ttl", "above the maximum of 300 s (AWS Param"),
            ({"kept.s.extension": True, "kept.s.ttl": "1.5 s"}, "kept.s.ttl", "not a whole number of seconds"),
            ({"kept.s.rotates": "3 h"}, "kept.s.rotates", "below the minimum of 4 h (Secrets Manager quotas)"),
            ({"kept.s.rotates": "1001 d"}, "kept.s.rotates", "above the maximum of 24,000 h (Secrets Manager quotas)"),
            ({"kept.v.rotates": "0 s"}, "kept.v.rotates", "is not longer than no time"),
            ({"kept.v.size": "5 KB"}, "kept.v.size", "above the maximum of 4 KB (Lambda quotas)"),
            ({"kept.p.size": "5 KB"}, "kept.p.size", "above the maximum of 4 KB (Parameter Store, standard tier)"),
            (
                {"kept.p.size": "9 KB", "kept.p.tier": "advanced"},
                "kept.p.size",
                "8 KB (Parameter Store, advanced tier)",
            ),
            ({"kept.s.size": "65 KB"}, "kept.s.size", "above the maximum of 64 KB (Secrets Manager quotas)"),
            ({"traffic.invocations": -1}, "traffic.invocations", "is not a whole number from 0"),
            ({"traffic.environments": 0}, "traffic.environments", "is not a whole number from 1"),
            ({"traffic.lifetime": "0 s"}, "traffic.lifetime", "is not longer than no time"),
            ({"traffic.speed": 1}, "traffic.speed", "is not a field of this part"),
            ({"people.p.may": 3}, "people.p.may", "is not a list of at most 20 actions"),
            ({"people.p.may": ["kms:Decrypt"] * 21}, "people.p.may", "is not a list of at most 20 actions"),
            ({"people.p.may": ["Decrypt"]}, "people.p.may", "is not an action, such as kms:Decrypt"),
            ({"people.p.may": [None]}, "people.p.may", "is not an action, such as kms:Decrypt"),
            ({"people.p.may_not": "kms:*crypt"}, "people.p.may_not", "is not an action, such as kms:Decrypt"),
            ({"people.p.may": ["kms:Decrypt on x"]}, "people.p.may", "names no secret; kept are c, v, s, p"),
            ({"people.p.name": "Eve"}, "people.p.name", "is not a field of this part"),
            ({"role": ["kms:Decrypt"]}, "role", "is not a mapping of fields"),
            ({"region": "eu"}, "region", "is not a field of this part"),
        ],
    )
    def test_names_what_is_wrong(self, changes: Data, field: str, says: str) -> None:
        with pytest.raises(ScenarioError) as refused:
            secrets.plan(data(changes), TRUTH)

        assert refused.value.field == f"secrets.{field}"
        assert says in str(refused.value)

    @pytest.mark.parametrize(
        "changes",
        [
            {"kept.s.rotates": "never"},
            {"kept.s.rotates": "4 h"},
            {"kept.s.rotates": "1000 d"},
            {"kept.s.size": "64 KB"},
            {"kept.p.size": "8 KB", "kept.p.tier": "advanced"},
            {"kept.c.size": "3 MB"},
            {"kept.v.extension": "no"},
            {"traffic.invocations": "1,000,000 per month"},
        ],
    )
    def test_takes_what_aws_takes(self, changes: Data) -> None:
        secrets.plan(data(changes), TRUTH)


ANYTHING = anything("1 KB", "30 d", "yes", "code", "kms:Decrypt", "kms:* on s", "each-invocation", "1e15 d")
places = st.sampled_from(
    ["traffic", "role", "people", "kept", "people.p", "people.p.may", "role.may_not", "kept.s", "traffic.invocations"]
    + ["traffic.environments", "traffic.lifetime", "traffic.peak", "throughput"]
    + [f"kept.{name}.{field}" for name in "cvsp" for field in FIELDS]
)


class TestNonsense:
    @given(places, ANYTHING)
    @settings(max_examples=400, deadline=None)
    def test_in_any_field_is_refused_or_answered(self, place: str, value: Any) -> None:
        assert refusal({"secrets": data({place: value})}).startswith(("secrets", "scenario", "answered"))

    @given(ANYTHING)
    @settings(max_examples=100, deadline=None)
    def test_as_a_whole_is_refused(self, value: Any) -> None:
        with pytest.raises(ScenarioError):
            secrets.plan(value, TRUTH)
