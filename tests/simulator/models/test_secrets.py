"""Who reads which secret, how it changes and what it costs, case by case as AWS has it."""

from __future__ import annotations

from typing import Any

import pytest

from studyapp.simulator.models import secrets
from studyapp.simulator.rulebook import TRUTH

Data = dict[str, Any]
VARIABLE: Data = {"in": "environment"}
PARAMETER: Data = {"in": "parameter-store"}
SECRET: Data = {"in": "secrets-manager"}
BUSY: Data = {"invocations": 8_640_000, "environments": 20, "lifetime": "6 h"}
CONFIGURATION, FUNCTION = "lambda:GetFunctionConfiguration", "lambda:GetFunction"
PARAMETER_ACTION, SECRET_ACTION, DECRYPT = "ssm:GetParameter", "secretsmanager:GetSecretValue", "kms:Decrypt"


def answer(kept: Data, believing: Data | None = None, **parts: Any) -> Any:
    """Of one secret s, and a person p where `people` names one."""
    world = TRUTH.believing(believing or {})
    return secrets.plan({"kept": {"s": kept}, **parts}, world).answer(world)


def sees(kept: Data, *may: str, may_not: tuple[str, ...] = (), believing: Data | None = None) -> bool:
    person = {"may": list(may), "may_not": list(may_not)}
    return bool(answer(kept, believing, people={"p": person}).metrics["readable.s.p"])


def works(kept: Data, *may: str, believing: Data | None = None) -> bool:
    return bool(answer(kept, believing, role={"may": list(may)}).metrics["works.s"])


def metric(word: str, kept: Data, believing: Data | None = None, **parts: Any) -> Any:
    return answer(kept, believing, **parts).metrics[f"{word}.s"]


class TestAPerson:
    @pytest.mark.parametrize(
        ("kept", "may", "is_shown"),
        [
            ({"in": "code"}, [FUNCTION], True),
            ({"in": "code"}, [CONFIGURATION, DECRYPT], False),
            (VARIABLE, [CONFIGURATION], True),
            (VARIABLE, [FUNCTION], True),
            (VARIABLE, ["lambda:InvokeFunction", DECRYPT], False),
            ({**VARIABLE, "customer_key": True}, [CONFIGURATION], False),
            ({**VARIABLE, "customer_key": True}, [CONFIGURATION, DECRYPT], True),
            ({**VARIABLE, "customer_key": True}, [DECRYPT], False),
            ({**VARIABLE, "helpers": True}, [CONFIGURATION], False),
            ({**VARIABLE, "helpers": True}, [CONFIGURATION, DECRYPT], True),
            (PARAMETER, [PARAMETER_ACTION], True),
            (PARAMETER, ["ssm:GetParametersByPath"], True),
            (PARAMETER, [CONFIGURATION], False),
            ({**PARAMETER, "customer_key": True}, [PARAMETER_ACTION], False),
            ({**PARAMETER, "customer_key": True}, [PARAMETER_ACTION, DECRYPT], True),
            (SECRET, [SECRET_ACTION], True),
            (SECRET, [PARAMETER_ACTION, FUNCTION], False),
            ({**SECRET, "customer_key": True}, [SECRET_ACTION], False),
            ({**SECRET, "customer_key": True}, [SECRET_ACTION, DECRYPT], True),
        ],
    )
    def test_reads_what_the_permissions_reach(self, kept, may, is_shown):
        assert sees(kept, *may) == is_shown

    @pytest.mark.parametrize("may", ["*", "lambda:*", "lambda:Get*", "LAMBDA:getfunction".replace("LAMBDA", "lambda")])
    def test_may_be_given_many_actions_at_once(self, may):
        assert sees(VARIABLE, may)

    def test_may_be_given_one_secret_alone(self):
        assert sees(SECRET, f"{SECRET_ACTION} on s")
        kept = {"s": SECRET, "other": SECRET}
        found = secrets.plan({"kept": kept, "people": {"p": {"may": [f"{SECRET_ACTION} on s"]}}}, TRUTH).answer(TRUTH)
        assert not found.metrics["readable.other.p"]

    def test_is_kept_out_by_a_deny_whatever_is_allowed(self):
        assert not sees(SECRET, "*", may_not=(SECRET_ACTION,))
        assert not sees({**SECRET, "customer_key": True}, "*", may_not=("kms:*",))


class TestTheRunningCode:
    @pytest.mark.parametrize(
        ("kept", "may", "gets_it"),
        [
            ({"in": "code"}, [], True),
            (VARIABLE, [], True),
            ({**VARIABLE, "customer_key": True}, [], True),
            ({**VARIABLE, "helpers": True}, [], False),
            ({**VARIABLE, "helpers": True}, [DECRYPT], True),
            (PARAMETER, [], False),
            (PARAMETER, [PARAMETER_ACTION], True),
            ({**PARAMETER, "customer_key": True}, [PARAMETER_ACTION], False),
            (SECRET, [DECRYPT], False),
            (SECRET, [SECRET_ACTION], True),
            ({**SECRET, "customer_key": True}, [SECRET_ACTION, DECRYPT], True),
        ],
    )
    def test_needs_what_its_place_asks(self, kept, may, gets_it):
        assert works(kept, *may) == gets_it

    def test_may_everything_when_no_role_is_given(self):
        assert metric("works", {**SECRET, "customer_key": True})


class TestAtRest:
    @pytest.mark.parametrize("kept", [{"in": "code"}, VARIABLE, PARAMETER, SECRET])
    def test_everything_is_encrypted(self, kept):
        assert metric("encrypted", kept)

    @pytest.mark.parametrize(
        ("kept", "whose"),
        [
            ({"in": "code"}, "aws owned"),
            (VARIABLE, "aws managed"),
            ({**VARIABLE, "customer_key": True}, "customer managed"),
            (SECRET, "aws managed"),
        ],
    )
    def test_a_key_belongs_to_somebody(self, kept, whose):
        assert metric("key", kept) == whose


class TestANewValue:
    @pytest.mark.parametrize(
        ("kept", "how", "chores"),
        [
            ({"in": "code", "rotates": "10 d"}, "a new deployment", 3),
            ({**VARIABLE, "rotates": "10 d"}, "a new configuration", 3),
            ({**VARIABLE, "customer_key": True, "rotates": "10 d"}, "a new configuration", 3),
            ({**PARAMETER, "rotates": "10 d"}, "by hand", 3),
            ({**SECRET, "rotates": "10 d"}, "automatic", 0),
            (SECRET, "by hand", 0),
        ],
    )
    def test_comes_in_four_ways(self, kept, how, chores):
        assert (metric("rotation", kept), metric("chores", kept)) == (how, chores)

    @pytest.mark.parametrize(
        ("kept", "seconds"),
        [
            ({"in": "code"}, None),
            (VARIABLE, None),
            ({**SECRET, "read": "each-invocation"}, 0),
            ({**SECRET, "read": "each-invocation", "extension": True}, 300),
            ({**PARAMETER, "read": "each-invocation", "extension": True, "ttl": "60 s"}, 60),
            ({**PARAMETER, "read": "each-invocation", "extension": True, "ttl": "0 s"}, 0),
            (SECRET, 21_600),
            ({**SECRET, "extension": True}, 21_600),
        ],
    )
    def test_is_used_at_the_latest_after(self, kept, seconds):
        assert metric("stale", kept, traffic=BUSY) == seconds

    def test_waits_for_the_end_of_an_environment_that_nobody_knows(self):
        assert metric("stale", SECRET, {"environment_lifetime": "none"}) is None
        assert metric("stale", SECRET, {"environment_lifetime": "90 min"}) == 5_400


class TestAMonth:
    @pytest.mark.parametrize(
        ("kept", "calls", "kms", "cost"),
        [
            ({"in": "code"}, 0, 0, 0),
            (VARIABLE, 0, 0, 0),
            ({**VARIABLE, "customer_key": True}, 0, 2_400, 1.0072),
            ({**VARIABLE, "helpers": True, "read": "each-invocation"}, 0, 8_640_000, 26.92),
            (SECRET, 2_400, 0, 0.412),
            ({**SECRET, "read": "each-invocation"}, 8_640_000, 0, 43.60),
            ({**SECRET, "read": "each-invocation", "extension": True}, 172_800, 0, 1.264),
            ({**SECRET, "read": "each-invocation", "extension": True, "customer_key": True}, 172_800, 172_800, 2.7824),
            ({**PARAMETER, "read": "each-invocation", "extension": True}, 172_800, 172_800, 0.5184),
            ({**PARAMETER, "tier": "advanced", "read": "each-invocation", "extension": True}, 172_800, 172_800, 1.4324),
        ],
    )
    def test_is_counted_and_billed(self, kept, calls, kms, cost):
        found = answer(kept, traffic=BUSY).metrics

        assert (found["calls.s"], found["kms_requests.s"]) == (calls, kms)
        assert found["secret_cost.s"] == pytest.approx(cost, abs=1e-9)

    def test_with_higher_throughput_bills_each_call_to_a_parameter(self):
        cached = {**PARAMETER, "read": "each-invocation", "extension": True}

        assert metric("secret_cost", cached, traffic=BUSY, throughput="high") == pytest.approx(1.3824)
        assert metric("secret_cost", SECRET, traffic=BUSY, throughput="high") == pytest.approx(0.412)

    def test_without_an_invocation_asks_for_nothing(self):
        found = answer({**SECRET, "read": "each-invocation", "extension": True}).metrics

        assert found["calls.s"] == 0
        assert found["secret_cost.s"] == pytest.approx(0.40)


CROWD: Data = {"invocations": 1_000_000, "environments": 30, "peak": "600 per 2 s"}


class TestTheBusiestSecond:
    @pytest.mark.parametrize(
        ("kept", "calls"),
        [
            (VARIABLE, 0),
            (PARAMETER, 30),
            ({**PARAMETER, "read": "each-invocation"}, 300),
            ({**PARAMETER, "read": "each-invocation", "extension": True}, 30),
        ],
    )
    def test_sees_the_most_calls(self, kept, calls):
        assert metric("peak_calls", kept, traffic=CROWD) == calls

    @pytest.mark.parametrize(
        ("place", "peak", "throughput", "refused"),
        [
            ("parameter-store", 40, "standard", 0),
            ("parameter-store", 41, "standard", 1),
            ("parameter-store", 10_000, "high", 0),
            ("parameter-store", 10_001, "high", 1),
            ("secrets-manager", 10_000, "standard", 0),
            ("secrets-manager", 10_001, "standard", 1),
        ],
    )
    def test_is_throttled_above_the_quota_of_the_store(self, place, peak, throughput, refused):
        kept = {"in": place, "read": "each-invocation"}
        found = answer(kept, traffic={"peak": f"{peak} per 1 s"}, throughput=throughput).metrics

        assert found[f"throttled.{place}"] == refused

    def test_adds_up_all_secrets_of_one_store(self):
        kept = {name: {**PARAMETER, "read": "each-invocation"} for name in "abc"}
        found = secrets.plan({"kept": kept, "traffic": {"peak": "20 per 1 s"}}, TRUTH).answer(TRUTH).metrics

        assert found["throttled.parameter-store"] == 20

    def test_is_as_all_others_when_nothing_is_said(self):
        kept = {**PARAMETER, "read": "each-invocation"}

        assert metric("peak_calls", kept, traffic={"invocations": 2_592_001}) == 2
        assert metric("peak_calls", kept, traffic={"invocations": 2_592_000}) == 1


class TestWrongIdeas:
    @pytest.mark.parametrize(
        ("patch", "word", "kept", "so", "believed"),
        [
            ({"variables_are_encrypted_at_rest": False}, "encrypted", VARIABLE, True, False),
            ({"parameter_store_rotates": True}, "rotation", {**PARAMETER, "rotates": "1 d"}, "by hand", "automatic"),
            (
                {"key_rotation_changes_secrets": True},
                "rotation",
                {**VARIABLE, "customer_key": True, "rotates": "30 d"},
                "a new configuration",
                "automatic",
            ),
            ({"rotation_needs_a_deployment": True}, "stale", {**SECRET, "read": "each-invocation"}, 0, None),
            (
                {"secret_cache_hears_of_changes": True},
                "stale",
                {**SECRET, "read": "each-invocation", "extension": True},
                300,
                0,
            ),
            (
                {"secret_cache_is_shared": True},
                "calls",
                {**SECRET, "read": "each-invocation", "extension": True},
                172_800,
                8_640,
            ),
            ({"price_parameter_standard": "0.05 USD"}, "secret_cost", PARAMETER, 0.0072, 0.0572),
            ({"price_secret": "0 USD"}, "secret_cost", SECRET, 0.412, 0.012),
        ],
    )
    def test_change_what_they_are_about(self, patch, word, kept, so, believed):
        for world, value in (({}, so), (patch, believed)):
            found = metric(word, kept, world, traffic=BUSY)
            assert found == (pytest.approx(value) if isinstance(value, float) else value)

    def test_about_keys_change_who_reads(self):
        guarded = {**VARIABLE, "customer_key": True}

        assert sees(VARIABLE, CONFIGURATION)
        assert not sees(VARIABLE, CONFIGURATION, believing={"default_key_hides_variables": True})
        assert sees(guarded, CONFIGURATION, believing={"customer_key_guards_values": False})
        assert works({**VARIABLE, "helpers": True}, believing={"helpers_are_undone_by_lambda": True})


class TestADeny:
    @pytest.mark.parametrize(
        ("kept", "action"), [(VARIABLE, CONFIGURATION), (PARAMETER, PARAMETER_ACTION), (SECRET, SECRET_ACTION)]
    )
    def test_of_the_key_hides_the_value_under_the_default_key_too(self, kept, action):
        assert not sees(kept, action, may_not=(DECRYPT,))
        assert sees(kept, action, may_not=(DECRYPT,), believing={"explicit_deny_wins": False})
        assert sees({"in": "code"}, FUNCTION, may_not=(DECRYPT,))


class TestAWay:
    def test_ends_where_a_permission_is_missing(self):
        path, _ = answer({**VARIABLE, "customer_key": True}, people={"new-intern": {"may": [CONFIGURATION]}}).paths

        assert (path.target, path.kind, path.ok) == ("s.new-intern", "secret", False)
        assert [(hop.name, hop.ok) for hop in path.hops] == [("Configuration", True), ("Customer managed key", False)]
        assert path.hops[-1].says.startswith("The new intern is not allowed kms:Decrypt")

    def test_tells_a_deny_from_what_nobody_allows(self):
        people = {"new": {}, "barred": {"may": ["*"], "may_not": ["secretsmanager:*"]}}
        new, barred, _ = answer(SECRET, people=people).paths

        assert new.hops[-1].says == "The new is not allowed secretsmanager:GetSecretValue."
        assert barred.hops[-1].says == "The barred is denied secretsmanager:GetSecretValue."

    def test_leads_to_the_running_code_as_well(self):
        (path,) = answer(SECRET, role={"may": []}).paths

        assert (path.target, path.ok) == ("s.function", False)
        assert path.hops[-1].says == "The role is not allowed secretsmanager:GetSecretValue."


class TestAnEnvironmentThatLivesForNoTime:
    def test_reads_the_secret_once_for_each_invocation(self):
        traffic = {"invocations": 1_000, "environments": 3}

        assert metric("calls", SECRET, {"environment_lifetime": "0 s"}, traffic=traffic) == 1_000
        assert metric("stale", SECRET, {"environment_lifetime": "0 s"}, traffic=traffic) == 0
