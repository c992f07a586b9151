"""Each wrong belief about permissions decides as those who hold it would, and says so."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyapp.simulator.rulebook import Rulebook
from studyapp.simulator.rules.access import Access
from tests.simulator.models.access_plans import allowed, answer, ask, data, plan_of

INVOKE = {"by": "photos", "does": "invoke", "target": "code"}
READ = {"by": "code", "does": "s3:GetObject", "target": "photos"}
POLL = {"by": "code", "does": "poll", "target": "orders"}
CALL = {"by": "everyone", "does": "url", "target": "code"}
DENY = [{"allow": "*"}, {"deny": "s3:*"}]
FROM_S3 = [{"id": "in", "allow": "lambda:InvokeFunction", "to": "s3", "source": "photos"}]
OPEN = [{"allow": "lambda:*", "to": "everyone"}]
ROLE = "roles__code-role__policy"
TIMED = [{"allow": "*", "to": "scheduler"}]
CASES = [
    ("explicit_deny_wins", "no", READ, {ROLE: DENY}),
    ("implicit_deny", "no", READ, {}),
    ("cross_account_needs_both", "no", {**READ, "by": "ben"}, {"users__ben__policy": [{"allow": "s3:*"}]}),
    ("cross_account_needs_both", "no", {**READ, "by": "ben"}, {"resources__photos__policy": [{"allow": "s3:*", "to": "ben"}]}),
    ("same_account_needs_both", "yes", READ, {ROLE: [{"allow": "s3:*"}]}),
    ("same_account_is_enough", "yes", READ, {}),
    ("same_account_is_enough", "yes", INVOKE, {}),
    ("account_statement_is_enough", "yes", READ, {"resources__photos__policy": [{"allow": "s3:*", "to": "home"}]}),
    ("key_policy_decides", "no", {"by": "code", "does": "kms:Decrypt", "target": "lock"}, {ROLE: [{"allow": "kms:*"}]}),
    ("trust_is_checked", "no", {"by": "code", "does": "run"}, {"roles__code-role__trusts": ["ec2"]}),
    ("execution_role_lets_callers_in", "yes", INVOKE, {ROLE: [{"allow": "lambda:InvokeFunction"}]}),
    ("access_to_the_source_lets_it_invoke", "yes", INVOKE, {ROLE: [{"allow": "s3:GetObject", "resources": "photos"}]}),
    ("trusted_services_may_invoke", "yes", INVOKE, {"roles__code-role__trusts": ["lambda", "s3"]}),
    ("invocation_grants_access_back", "yes", READ, {"resources__code__policy": FROM_S3}),
    (
        "services_stay_in_their_account", "yes", {**INVOKE, "by": "pictures"},
        {"resources__pictures": {"kind": "bucket", "account": "partner"}, "resources__code__policy": [{"allow": "*", "to": "s3"}]},
    ),
    (
        "url_actions", "lambda:InvokeFunctionUrl", CALL,
        {"resources__code__url": "none", "resources__code__policy": [{"allow": "lambda:InvokeFunctionUrl", "to": "everyone"}]},
    ),
    ("url_none_needs_policy", "no", CALL, {"resources__code__url": "none"}),
    (
        "cors_guards_a_url", "yes", {**CALL, "origin": "https://b.example"},
        {"resources__code__url": "none", "resources__code__cors": ["https://a.example"], "resources__code__policy": OPEN},
    ),
    ("mappings_are_pushed", "yes", POLL, {"resources__code__policy": [{"allow": "lambda:*", "to": "sqs", "source": "orders"}]}),
    ("mappings_are_pushed", "yes", POLL, {"roles__code-role__managed": "AWSLambdaSQSQueueExecutionRole"}),
    (
        "encrypted_sources_need_the_key", "no", POLL,
        {"resources__orders__key": "lock", "roles__code-role__managed": "AWSLambdaSQSQueueExecutionRole"},
    ),
    (
        "default_key_crosses_accounts", "yes", {"by": "code", "does": "secretsmanager:GetSecretValue", "target": "token"},
        {
            "resources__token": {"kind": "secret", "account": "partner", "policy": [{"allow": "*", "to": "home"}]},
            ROLE: [{"allow": "secretsmanager:*"}],
        },
    ),
    (
        "schedules_use_the_function_policy", "yes", {**INVOKE, "by": "nightly"},
        {"resources__nightly": {"kind": "schedule", "role": "code-role"}, "resources__code__policy": TIMED},
    ),
    ("vpc_rights_needed_to_run", "yes", {"by": "code", "does": "run"}, {"resources__code__vpc": True}),
    ("logs_needed_to_run", "yes", {"by": "code", "does": "run"}, {}),
    ("destinations_need_rights", "no", {**POLL, "does": "send"}, {}),
]  # fmt: skip


class TestABelief:
    @pytest.mark.parametrize(("rule", "value", "request_", "changes"), CASES, ids=[case[0] for case in CASES])
    def test_turns_the_answer_around(self, rule, value, request_, changes):
        truth = allowed(request_, **changes)

        assert allowed(request_, believing={rule: value}, **changes) is not truth

    @pytest.mark.parametrize(("rule", "value", "request_", "changes"), CASES, ids=[case[0] for case in CASES])
    def test_says_that_it_is_one(self, rule, value, request_, changes):
        """The hop that turned names the rule; where a list of actions changed there is just one hop less."""
        (path,) = answer(data(requests={"q": request_}, **changes), {rule: value}).paths
        says = [hop for hop in path.hops if hop.says.endswith(", if this were so.")]

        assert (rule in {hop.rule for hop in says}) is (rule != "url_actions")

    @pytest.mark.parametrize("name", {case[0] for case in CASES} - {"cors_guards_a_url"})
    def test_makes_a_difference_to_random_plans(self, name):
        """So the plans on which the model equals its twin would show a model that is wrong in this."""
        value = next(case[1] for case in CASES if case[0] == name)
        differs = (answer(plan).metrics != answer(plan, {name: value}).metrics for plan in map(plan_of, range(400)))

        assert any(differs)


class TestTheSwitches:
    def test_all_have_a_case(self):
        flags = {name for name, value in vars(Access()).items() if isinstance(value, bool)}

        assert flags == {case[0] for case in CASES if case[0] in flags}

    def test_of_a_deny_need_an_allow_to_win(self):
        assert not allowed(READ, believing={"explicit_deny_wins": "no"}, **{ROLE: [{"deny": "s3:*"}]})

    def test_of_the_role_as_a_door_open_the_url_too(self):
        changes = {
            "resources__code__url": "none",
            "resources__code__policy": [],
            ROLE: [{"allow": ["lambda:InvokeFunctionUrl", "lambda:InvokeFunction"]}],
        }
        request = {"by": "everyone", "does": "url", "target": "code"}

        assert not allowed(request, **changes)
        assert allowed(request, believing={"execution_role_lets_callers_in": "yes"}, **changes)

    def test_of_the_role_as_a_door_ask_for_the_function(self):
        changes = {ROLE: [{"allow": "lambda:InvokeFunction", "resources": "photos"}]}

        assert not allowed(INVOKE, believing={"execution_role_lets_callers_in": "yes"}, **changes)

    @pytest.mark.parametrize(
        "policy", [[{"allow": "sqs:*"}], [{"allow": "s3:*", "resources": "orders"}], [{"deny": "s3:*"}]]
    )
    def test_of_the_source_as_a_door_ask_for_the_source(self, policy):
        assert not allowed(INVOKE, believing={"access_to_the_source_lets_it_invoke": "yes"}, **{ROLE: policy})

    def test_of_the_way_back_ask_for_the_source(self):
        changes = {"resources__other": {"kind": "bucket"}, "resources__code__policy": FROM_S3}
        request = {**READ, "target": "other"}

        assert not allowed(request, believing={"invocation_grants_access_back": "yes"}, **changes)

    def test_leave_a_deny_alone(self):
        """A door that is believed in does not open what is denied."""
        changes = {"resources__code__policy": [{"id": "shut", "deny": "lambda:*", "to": "everyone"}]}
        for rule in ("same_account_is_enough", "execution_role_lets_callers_in", "trusted_services_may_invoke"):
            assert ask(INVOKE, believing={rule: "yes"}, **changes)["decided_by"] == "shut"

    @given(st.sampled_from(["sqs_poll_actions", "log_actions", "vpc_attach_actions", "send_to_queue_actions"]))
    def test_can_change_what_is_needed(self, rule):
        believing = {rule: "s3:ListBucket"}
        request = {"sqs_poll_actions": POLL, "send_to_queue_actions": {**POLL, "does": "send"}}.get(
            rule, {"by": "code", "does": "log" if rule == "log_actions" else "attach"}
        )

        assert ask(request, believing=believing)["missing"] == "s3:ListBucket"
        assert getattr(Rulebook().believing(believing), rule) == "s3:listbucket"
