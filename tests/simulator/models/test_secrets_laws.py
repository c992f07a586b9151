"""What holds of any secrets: the model equals its twin, a deny wins, and nobody loses sight by one more permission."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studyapp.simulator.models import secrets
from studyapp.simulator.rulebook import TRUTH
from tests.simulator.models import secrets_twin as twin

Data = dict[str, Any]
ACTIONS = [
    "lambda:GetFunction", "lambda:GetFunctionConfiguration", "lambda:Get*", "lambda:*", "lambda:InvokeFunction", "kms:Decrypt",
    "kms:*", "ssm:GetParameter", "ssm:Get*", "secretsmanager:GetSecretValue", "*", "s3:GetObject",
]  # fmt: skip
grants = st.lists(
    st.builds("{}{}".format, st.sampled_from(ACTIONS), st.sampled_from(["", "", " on one", " on two"])), max_size=4
)
readers = st.fixed_dictionaries({"may": grants, "may_not": st.just([]) | grants})
reading = {
    "read": st.sampled_from(["each-environment", "each-invocation"]),
    "customer_key": st.booleans(),
    "extension": st.booleans(),
}
kept = (
    st.just({"in": "code"})
    | st.fixed_dictionaries({"in": st.just("environment"), "customer_key": st.booleans()})
    | st.fixed_dictionaries(
        {"in": st.just("environment"), "helpers": st.just(True), "customer_key": st.booleans(), "read": reading["read"]}
    )
    | st.fixed_dictionaries({"in": st.just("secrets-manager"), **reading})
    | st.fixed_dictionaries(
        {
            "in": st.just("parameter-store"),
            "tier": st.sampled_from(["standard", "advanced"]),
            **reading,
        }
    )
)
cached = st.tuples(kept, st.integers(0, 300)).map(
    lambda both: {**both[0], "ttl": both[1]} if both[0].get("extension") else both[0]
)
traffics = st.fixed_dictionaries(
    {"invocations": st.integers(0, 400), "environments": st.integers(1, 6), "lifetime": st.integers(200, 5_000)}
)
WORLDS: list[Data] = [
    {},
    {"default_key_hides_variables": True},
    {"customer_key_guards_values": False, "helpers_are_undone_by_lambda": True},
]


def with_units(secret: Data) -> Data:
    return {**secret, "ttl": f"{secret['ttl']} s"} if "ttl" in secret else secret


def plan(people: Data, role: Data | None, both: list[Data], traffic: Data | None = None) -> Data:
    busy = {**traffic, "lifetime": f"{traffic['lifetime']} s"} if traffic else {}
    one, two = [*map(with_units, both), {"in": "code"}][:2]
    body: Data = {"people": people, "kept": {"one": one, "two": two}, "traffic": busy}
    return body if role is None else {**body, "role": role}


def model(body: Data, patch: Data | None = None) -> Data:
    world = TRUTH.believing(patch or {})
    return dict(secrets.plan(body, world).answer(world).metrics)


class TestTheModel:
    @given(readers, st.none() | readers, st.lists(kept, min_size=2, max_size=2))
    @settings(max_examples=250, deadline=None)
    def test_equals_its_twin_about_readers(self, person: Data, role: Data | None, both: list[Data]) -> None:
        found = model(plan({"p": person}, role, both))

        for name, secret in zip(("one", "two"), both, strict=True):
            assert found[f"readable.{name}.p"] == twin.sees(person, name, secret)
            assert found[f"works.{name}"] == twin.works(role, name, secret)

    @given(cached, traffics, st.sampled_from(["standard", "high"]))
    @settings(max_examples=250, deadline=None)
    def test_equals_its_twin_about_a_month_of_an_hour(self, secret: Data, traffic: Data, throughput: str) -> None:
        body = {**plan({}, None, [secret], traffic), "throughput": throughput}
        found = model(body, {"secret_month": "3600 s"})

        for word, value in twin.month(secret, traffic, 3_600, throughput).items():
            assert found[f"{word}.one"] == pytest.approx(value, abs=1e-12), word

    @given(readers, readers, st.lists(kept, min_size=2, max_size=2), st.sampled_from(WORLDS))
    @settings(max_examples=100, deadline=None)
    def test_says_why_in_short_plain_sentences(self, person: Data, role: Data, both: list[Data], patch: Data) -> None:
        world = TRUTH.believing(patch)

        for path in secrets.plan(plan({"p": person}, role, both), world).answer(world).paths:
            assert [hop.ok for hop in path.hops] == [*[True] * (len(path.hops) - 1), path.ok]
            assert all(len(hop.says.split()) <= 24 and hop.says.endswith(".") for hop in path.hops)
            assert all(not hop.rule or hasattr(TRUTH, hop.rule) for hop in path.hops)


class TestAReader:
    @given(readers, kept)
    @settings(max_examples=100, deadline=None)
    def test_who_is_denied_everything_reads_nothing(self, person: Data, secret: Data) -> None:
        assert not model(plan({"p": {**person, "may_not": ["*"]}}, None, [secret]))["readable.one.p"]

    @given(readers, kept, st.sampled_from(ACTIONS))
    @settings(max_examples=100, deadline=None)
    def test_loses_nothing_by_one_more_permission(self, person: Data, secret: Data, action: str) -> None:
        more = {**person, "may": [*person["may"], action]}
        found = model(plan({"less": person, "more": more}, None, [secret]))

        assert found["readable.one.more"] >= found["readable.one.less"]

    @given(readers, kept)
    @settings(max_examples=100, deadline=None)
    def test_sees_no_more_for_a_customer_key(self, person: Data, secret: Data) -> None:
        if secret["in"] == "code":
            return
        plain, guarded = (
            model(plan({"p": person}, None, [{**secret, "customer_key": has_key}]))["readable.one.p"]
            for has_key in (False, True)
        )

        assert plain >= guarded


class TestACache:
    @given(traffics, st.integers(1, 299))
    @settings(max_examples=80, deadline=None)
    def test_that_keeps_longer_never_asks_more(self, traffic: Data, ttl: int) -> None:
        secret: Data = {"in": "secrets-manager", "read": "each-invocation", "extension": True}
        hour: Data = {"secret_month": "3600 s"}
        calls = [model(plan({}, None, [{**secret, "ttl": each}], traffic), hour)["calls.one"] for each in (0, ttl, 300)]

        assert traffic["invocations"] == calls[0] >= calls[1] >= calls[2]
