"""IAM's evaluation in full, as tables, and what an answer says."""

import pytest

from tests.simulator.models.access_plans import allowed, answer, ask, data

READ = {"does": "s3:GetObject", "target": "photos"}

RESOURCE_SAYS = ("nothing", "names", "account", "everyone", "deny")
SAME_ACCOUNT = {"nothing": "no yes no yes no", "allow": "yes yes yes yes no", "deny": "no no no no no"}
TWO_ACCOUNTS = {"nothing": "no no no no no", "allow": "no yes yes yes no", "deny": "no no no no no"}
A_KEY = {"nothing": "no yes no yes no", "allow": "no yes yes yes no", "deny": "no no no no no"}
NO_POLICY_OF_ITS_OWN = "no yes no yes no"


def rows(table):
    return [
        (own, theirs, verdict == "yes")
        for own, verdicts in table.items()
        for theirs, verdict in zip(RESOURCE_SAYS, verdicts.split(), strict=True)
    ]


def own_policy(says, action="s3:GetObject"):
    return {"nothing": [], "allow": [{"allow": action}], "deny": [{"allow": "*"}, {"deny": action}]}[says]


def resource_policy(says, name, account, action="s3:GetObject"):
    to = {"names": name, "account": account, "everyone": "everyone"}
    if says == "deny":
        return [{"allow": action, "to": "everyone"}, {"deny": action, "to": name}]
    return [] if says == "nothing" else [{"allow": action, "to": to[says]}]


class TestEvaluation:
    """Own policy x resource's policy x accounts x kind of caller."""

    @pytest.mark.parametrize("role", [False, True], ids=["user", "role"])
    @pytest.mark.parametrize(("own", "theirs", "ok"), rows(SAME_ACCOUNT))
    def test_within_one_account(self, role, own, theirs, ok):
        part, name = ("roles", "code-role") if role else ("users", "anna")
        changes = {
            f"{part}__{name}__policy": own_policy(own),
            "resources__photos__policy": resource_policy(theirs, name, "home"),
        }

        assert allowed({"by": name, **READ}, **changes) is ok

    @pytest.mark.parametrize("role", [False, True], ids=["user", "role"])
    @pytest.mark.parametrize(("own", "theirs", "ok"), rows(TWO_ACCOUNTS))
    def test_across_accounts(self, role, own, theirs, ok):
        part, name = ("roles", "other-role") if role else ("users", "ben")
        changes = {
            f"{part}__{name}__policy": own_policy(own),
            "resources__photos__policy": resource_policy(theirs, name, "partner"),
        }

        assert allowed({"by": name, **READ}, **changes) is ok

    @pytest.mark.parametrize(("own", "theirs", "ok"), rows(A_KEY))
    def test_of_a_key(self, own, theirs, ok):
        changes = {
            "users__anna__policy": own_policy(own, "kms:Decrypt"),
            "resources__lock__policy": resource_policy(theirs, "anna", "home", "kms:Decrypt"),
        }

        assert allowed({"by": "anna", "does": "kms:Decrypt", "target": "lock"}, **changes) is ok

    @pytest.mark.parametrize(("own", "theirs", "ok"), rows(TWO_ACCOUNTS))
    def test_of_a_key_across_accounts(self, own, theirs, ok):
        changes = {
            "users__ben__policy": own_policy(own, "kms:Decrypt"),
            "resources__lock__policy": resource_policy(theirs, "ben", "partner", "kms:Decrypt"),
        }

        assert allowed({"by": "ben", "does": "kms:Decrypt", "target": "lock"}, **changes) is ok

    @pytest.mark.parametrize(
        ("own", "trusts", "ok"),
        [("nothing", [], False), ("allow", [], False), ("nothing", ["anna"], True), ("allow", ["anna"], True),
         ("nothing", ["home"], False), ("allow", ["home"], True), ("deny", ["anna"], False), ("deny", ["home"], False),
         ("nothing", ["everyone"], True)],
    )  # fmt: skip
    def test_of_a_role_that_is_to_be_taken_on(self, own, trusts, ok):
        changes = {"users__anna__policy": own_policy(own, "sts:AssumeRole"), "roles__code-role__trusts": trusts}

        assert allowed({"by": "anna", "does": "assume", "target": "code-role"}, **changes) is ok

    @pytest.mark.parametrize(
        ("own", "trusts", "ok"),
        [("nothing", ["ben"], False), ("allow", ["ben"], True), ("allow", ["partner"], True), ("allow", [], False),
         ("allow", ["home"], False)],
    )  # fmt: skip
    def test_of_a_role_of_another_account(self, own, trusts, ok):
        changes = {"users__ben__policy": own_policy(own, "sts:AssumeRole"), "roles__code-role__trusts": trusts}

        assert allowed({"by": "ben", "does": "assume", "target": "code-role"}, **changes) is ok

    @pytest.mark.parametrize(
        ("theirs", "ok"), list(zip(RESOURCE_SAYS, [v == "yes" for v in NO_POLICY_OF_ITS_OWN.split()], strict=True))
    )
    def test_of_a_service(self, theirs, ok):
        changes = {"resources__code__policy": resource_policy(theirs, "s3", "home", "lambda:InvokeFunction")}

        assert allowed({"by": "photos", "does": "invoke", "target": "code"}, **changes) is ok

    @pytest.mark.parametrize(
        ("theirs", "ok"), [("nothing", False), ("account", False), ("everyone", True), ("names", False)]
    )
    def test_of_the_public(self, theirs, ok):
        changes = {"resources__photos__policy": resource_policy(theirs, "anna", "home")}

        assert allowed({"by": "everyone", **READ}, **changes) is ok

    def test_of_a_deny_that_names_an_account(self):
        policy = [{"allow": "s3:*", "to": "anna"}, {"id": "not-us", "deny": "s3:*", "to": "home"}]
        found = ask({"by": "anna", **READ}, resources__photos__policy=policy)

        assert (found["allowed"], found["decided_by"]) == (False, "not-us")

    def test_of_an_action_about_no_resource_takes_a_star(self):
        request = {"by": "anna", "does": "s3:ListAllMyBuckets"}

        assert allowed(request, users__anna__policy=[{"allow": "s3:*"}])
        assert not allowed(request, users__anna__policy=[{"allow": "s3:*", "resources": "photos"}])
        assert not allowed(request, users__anna__policy=[{"allow": "s3:*", "resources": "p*"}])


class TestWildcards:
    @pytest.mark.parametrize(
        ("pattern", "ok"),
        [("s3:GetObject", True), ("s3:getobject", True), ("s3:Get*", True), ("s3:?etObject", True), ("s3:*", True), ("*", True),
         ("s3:Put*", False), ("s3:Get?", False), ("sqs:*", False), ("s3:GetObjectAcl", False)],
    )  # fmt: skip
    def test_of_actions(self, pattern, ok):
        assert allowed({"by": "anna", **READ}, users__anna__policy=[{"allow": pattern}]) is ok

    @pytest.mark.parametrize(
        ("pattern", "ok"),
        [("photos", True), ("*", True), ("pho*", True), ("?hotos", True), ("pho?", False), ("orders", False)],
    )
    def test_of_resources(self, pattern, ok):
        assert allowed({"by": "anna", **READ}, users__anna__policy=[{"allow": "*", "resources": pattern}]) is ok


class TestAnAnswer:
    def test_names_every_statement_that_decides(self):
        changes = {
            "users__ben__policy": [{"id": "ours", "allow": "s3:*"}],
            "resources__photos__policy": [{"allow": "s3:Get*", "to": "partner"}],
        }

        assert ask({"by": "ben", **READ}, **changes)["decided_by"] == "ours, statement 1 of photos"

    def test_writes_actions_as_they_were_asked_for(self):
        assert ask({"by": "anna", "does": ["s3:PUTobject", "s3:GetObject"], "target": "photos"})["missing"] == (
            "s3:PUTobject, s3:GetObject"
        )

    def test_keeps_the_order_of_the_requests(self):
        requests = {name: {"by": "anna", **READ} for name in ("c", "a", "b")}

        assert [path.target for path in answer(data(requests=requests)).paths] == ["c", "a", "b"]

    def test_walks_a_single_action_step_by_step(self):
        (path,) = answer(data(requests={"q": {"by": "code", **READ}})).paths

        assert [hop.name for hop in path.hops] == [
            "Trust policy of code-role",
            "Explicit denies",
            "Policies of role code-role",
            "Policy of photos",
            "Same account",
        ]

    def test_gives_a_hop_to_each_of_several_actions(self):
        changes = {"roles__code-role__policy": [{"id": "receive", "allow": ["sqs:Rec*", "sqs:Del*"]}]}
        (path,) = answer(data(requests={"q": {"by": "code", "does": "poll", "target": "orders"}}, **changes)).paths

        assert [(hop.name, hop.ok) for hop in path.hops[1:]] == [
            ("sqs:ReceiveMessage", True),
            ("sqs:DeleteMessage", True),
            ("sqs:GetQueueAttributes", False),
        ]
        assert path.hops[1].says == "Allowed by receive."


class TestASecretOfAnotherAccount:
    """Under the AWS managed key nobody outside its account reads it, whatever policies say."""

    FETCH = {"by": "code", "does": "secretsmanager:GetSecretValue", "target": "token"}
    THEIRS = {"kind": "secret", "account": "partner", "policy": [{"allow": "secretsmanager:*", "to": "code-role"}]}
    KEY = {"kind": "key", "account": "partner", "policy": [{"allow": "kms:Decrypt", "to": "code-role"}]}

    @pytest.mark.parametrize(
        ("secret", "is_read"),
        [
            ({}, False),
            ({"key": "theirs"}, True),
            ({"account": "home"}, True),
            ({"account": "home", "key": "lock"}, False),
        ],
    )
    def test_needs_a_key_that_both_may_use(self, secret, is_read):
        parts = {"resources__token": {**self.THEIRS, **secret}, "resources__theirs": self.KEY}
        role = [{"allow": ["secretsmanager:*", "kms:Decrypt"]}]

        assert allowed(self.FETCH, **{"roles__code-role__policy": role}, **parts) is is_read

    def test_may_be_described_all_the_same(self):
        role = [{"allow": "secretsmanager:*"}]
        request = {**self.FETCH, "does": "secretsmanager:DescribeSecret"}

        assert allowed(request, **{"roles__code-role__policy": role}, resources__token=self.THEIRS)
