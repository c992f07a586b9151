"""The model equals its plain twin on random permissions, and keeps the laws of IAM."""

from copy import deepcopy

from hypothesis import given, settings
from hypothesis import strategies as st

from studyapp.simulator.spelling import VERDICTS
from tests.simulator.models import access_twin
from tests.simulator.models.access_plans import answer, plans

EXAMPLES = settings(max_examples=300, deadline=None)
FEW = settings(max_examples=60, deadline=None)


def allowed(plan, believing=None):
    return {name for name, value in answer(plan, believing).metrics.items() if name.startswith("allowed.") and value}


class TestTheModel:
    @EXAMPLES
    @given(plans())
    def test_equals_its_twin(self, plan):
        metrics = answer(plan).metrics
        for name, request in plan["requests"].items():
            missing = access_twin.missing(plan, request)
            assert metrics[f"missing.{name}"] == (", ".join(missing) or None), request
            assert metrics[f"allowed.{name}"] == (not missing), request

    @FEW
    @given(plans())
    def test_gives_the_same_answer_twice(self, plan):
        assert answer(plan) == answer(deepcopy(plan))


class TestAPath:
    @EXAMPLES
    @given(plans())
    def test_ends_at_the_first_hop_that_refuses(self, plan):
        found = answer(plan)
        for path in found.paths:
            assert [hop.ok for hop in path.hops] == [*[True] * (len(path.hops) - 1), path.ok]
            assert found.metrics[f"allowed.{path.target}"] == path.ok
            assert path.kind == "access"
        assert "access" in VERDICTS

    @FEW
    @given(plans())
    def test_says_so_in_short_sentences(self, plan):
        for path in answer(plan).paths:
            for hop in path.hops:
                assert hop.says.endswith(".")
                assert len(hop.says.split()) <= 24

    @FEW
    @given(plans())
    def test_names_what_decided(self, plan):
        metrics = answer(plan).metrics
        for name in plan["requests"]:
            assert metrics[f"decided_by.{name}"]


class TestADeny:
    @FEW
    @given(plans(), st.sampled_from(("r1", "r2")))
    def test_wins_over_everything(self, plan, role):
        """Whatever else is allowed: who is denied all of it gets nothing signed with that role."""
        plan["roles"][role]["policy"] = [{"deny": ["*"]}, *plan["roles"][role]["policy"]]
        metrics = answer(plan).metrics
        for name, request in plan["requests"].items():
            acts = {"f1": "r1", "timer": "r1", "f2": "r2"}.get(request["by"], request["by"])
            is_signed = not (request["does"] == "url" and plan["resources"]["f1"]["url"] == "none")
            if acts == role and is_signed and request["does"] != "run":
                assert metrics[f"allowed.{name}"] is False

    @FEW
    @given(plans(), st.sampled_from(("f1", "b1", "b2", "q1")))
    def test_for_everyone_shuts_a_resource(self, plan, name):
        plan["resources"][name]["policy"] = [*plan["resources"][name]["policy"], {"deny": ["*"], "to": "everyone"}]
        metrics = answer(plan).metrics
        for each, request in plan["requests"].items():
            if request.get("target") == name:
                assert metrics[f"allowed.{each}"] is False

    @FEW
    @given(plans())
    def test_taken_away_never_refuses_anything(self, plan):
        free = deepcopy(plan)
        for part in ("roles", "users", "resources"):
            for body in free[part].values():
                if "policy" in body:
                    body["policy"] = [each for each in body["policy"] if "deny" not in each]

        assert allowed(plan) <= allowed(free)


class TestAnAllow:
    @FEW
    @given(plans(), st.sampled_from(("r1", "r2")))
    def test_never_refuses_anything(self, plan, role):
        more = deepcopy(plan)
        more["roles"][role]["policy"].append({"allow": ["*"]})

        assert allowed(plan) <= allowed(more)

    @FEW
    @given(plans(), st.sampled_from(("f1", "b1", "b2", "q1")))
    def test_of_a_resource_never_refuses_anything(self, plan, name):
        more = deepcopy(plan)
        more["resources"][name]["policy"].append({"allow": ["*"], "to": "everyone"})

        assert allowed(plan) <= allowed(more)


class TestABelief:
    @FEW
    @given(
        plans(),
        st.sampled_from(
            ["explicit_deny_wins", "implicit_deny", "cross_account_needs_both", "key_policy_decides", "trust_is_checked",
             "url_none_needs_policy", "encrypted_sources_need_the_key", "destinations_need_rights"]
        ),
    )  # fmt: skip
    def test_that_a_guard_is_none_only_opens(self, plan, rule):
        assert allowed(plan) <= allowed(plan, {rule: "no"})

    @FEW
    @given(
        plans(),
        st.sampled_from(
            ["same_account_is_enough", "account_statement_is_enough", "execution_role_lets_callers_in",
             "access_to_the_source_lets_it_invoke", "trusted_services_may_invoke", "invocation_grants_access_back"]
        ),
    )  # fmt: skip
    def test_in_another_door_only_opens(self, plan, rule):
        assert allowed(plan) <= allowed(plan, {rule: "yes"})

    @FEW
    @given(
        plans(),
        st.sampled_from(
            ["same_account_needs_both", "services_stay_in_their_account", "vpc_rights_needed_to_run", "logs_needed_to_run"]
        ),
    )  # fmt: skip
    def test_in_another_guard_only_shuts(self, plan, rule):
        assert allowed(plan, {rule: "yes"}) <= allowed(plan)


class TestRandomPlans:
    def test_allow_and_refuse(self):
        """A law that only ever sees refusals would hold for a model that refuses everything."""
        seen = []

        @settings(max_examples=30, deadline=None, database=None)
        @given(plans())
        def look(plan):
            seen.extend(value for name, value in answer(plan).metrics.items() if name.startswith("allowed."))

        look()

        assert 0.2 < sum(seen) / len(seen) < 0.8
