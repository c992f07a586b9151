"""Who may call a function URL: the table of the AWS facts, row by row."""

import pytest

from tests.simulator.models.access_plans import allowed, ask


class TestAFunctionURL:
    """B15, row by row."""

    BOTH = ["lambda:InvokeFunctionUrl", "lambda:InvokeFunction"]

    @pytest.mark.parametrize(
        ("url", "by", "own", "theirs", "ok"),
        [
            ("iam", "anna", BOTH, None, True),
            ("iam", "anna", None, "anna", True),
            ("iam", "anna", None, "everyone", True),
            ("iam", "anna", None, "home", False),
            ("iam", "anna", None, None, False),
            ("iam", "anna", BOTH[:1], None, False),
            ("iam", "anna", BOTH[1:], None, False),
            ("iam", "ben", BOTH, None, False),
            ("iam", "ben", None, "ben", False),
            ("iam", "ben", BOTH, "ben", True),
            ("iam", "ben", BOTH, "partner", True),
            ("iam", "ben", BOTH[:1], "ben", False),
            ("iam", "everyone", None, "everyone", False),
            ("none", "everyone", None, None, False),
            ("none", "everyone", None, "everyone", True),
            ("none", "everyone", None, "home", False),
            ("none", "anna", BOTH, None, False),
            ("none", "ben", None, "everyone", True),
        ],
    )
    def test_follows_the_table(self, url, by, own, theirs, ok):
        changes = {"resources__code__url": url}
        if own:
            changes[f"users__{by}__policy"] = [{"allow": own}]
        if theirs:
            changes["resources__code__policy"] = [{"allow": self.BOTH, "to": theirs}]
        found = ask({"by": by, "does": "url", "target": "code"}, **changes)

        assert (found["allowed"], found["status"]) == (ok, None if ok else 403)

    @pytest.mark.parametrize(("given", "lacks"), [(BOTH[0], BOTH[1]), (BOTH[1], BOTH[0])])
    def test_needs_both_actions(self, given, lacks):
        changes = {"resources__code__url": "none", "resources__code__policy": [{"allow": given, "to": "everyone"}]}

        assert ask({"by": "everyone", "does": "url", "target": "code"}, **changes)["missing"] == lacks

    @pytest.mark.parametrize(
        ("condition", "url", "by_url", "by_api"),
        [
            ({"through_url": True}, "none", True, False),
            ({}, "none", True, True),
            ({"auth": "none"}, "none", False, False),
        ],
    )
    def test_can_be_the_only_way_in(self, condition, url, by_url, by_api):
        changes = {
            "resources__code__url": url,
            "resources__code__policy": [
                {"allow": self.BOTH[0], "to": "everyone", "auth": "none"},
                {"allow": self.BOTH[1], "to": "everyone", **condition},
            ],
        }

        assert allowed({"by": "everyone", "does": "url", "target": "code"}, **changes) is by_url
        assert allowed({"by": "anna", "does": "invoke", "target": "code"}, **changes) is by_api

    @pytest.mark.parametrize(
        ("auth", "url", "ok"), [("iam", "iam", True), ("none", "iam", False), ("none", "none", True)]
    )
    def test_is_told_apart_by_its_authentication(self, auth, url, ok):
        statements = [
            {"allow": self.BOTH[0], "to": "everyone", "auth": auth},
            {"allow": self.BOTH[1], "to": "everyone"},
        ]
        changes = {"resources__code__url": url, "resources__code__policy": statements}

        assert allowed({"by": "anna", "does": "url", "target": "code"}, **changes) is ok

    def test_is_shut_by_a_deny_in_its_policy(self):
        policy = [
            {"allow": "lambda:*", "to": "everyone"},
            {"id": "shut", "deny": "lambda:InvokeFunctionUrl", "to": "everyone"},
        ]
        found = ask(
            {"by": "everyone", "does": "url", "target": "code"},
            resources__code__url="none",
            resources__code__policy=policy,
        )

        assert (found["status"], found["decided_by"]) == (403, "shut")

    def test_does_not_look_at_cors(self):
        changes = {
            "resources__code__url": "none",
            "resources__code__cors": ["https://shop.example"],
            "resources__code__policy": [{"allow": "lambda:*", "to": "everyone"}],
        }

        assert allowed({"by": "everyone", "does": "url", "target": "code", "origin": "https://x.example"}, **changes)
