"""Permissions that contradict themselves are refused with the field, the value and the limit."""

from fnmatch import fnmatchcase

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studyapp.simulator.errors import ScenarioError
from studyapp.simulator.models import access
from studyapp.simulator.models.access.words import fits
from tests.simulator.models.access_plans import PLAIN, allowed, data

ALLOW = {"allow": "s3:GetObject"}
TO_ANNA = {**ALLOW, "to": "anna"}
URL = {"kind": "function", "url": "none"}


def refused(plan):
    with pytest.raises(ScenarioError) as caught:
        access.read(plan)
    return caught.value


class TestRead:
    @pytest.mark.parametrize(
        ("changes", "field", "says"),
        [
            ({"clouds": {}}, "access.clouds", "is not a field of this part"),
            ({"roles": ["code-role"]}, "access.roles", "is not a mapping of names to what they are"),
            ({"users": 3}, "access.users", "3 is not a mapping"),
            ({"resources": "code"}, "access.resources", "code is not a mapping"),
            ({"requests": []}, "access.requests", "is not a mapping"),
            ({"requests": {}}, "access.requests", "none must name at least one request"),
            (
                {"users": {f"u{n}": {} for n in range(21)}},
                "access.users",
                "21 is above 20, the most of one kind here (the simulator's own limit)",
            ),
            ({"users__": {}}, "access.users", "(empty) is no name: a letter, then"),
            ({"users__ a": {}}, "access.users", "is no name"),
            ({"users__1": {}}, "access.users", "is no name"),
            ({"users__ä b": {}}, "access.users", "is no name"),
            ({"users__" + "x" * 64: {}}, "access.users", "at most 63"),
            ({"accounts": "home sweet"}, "access.accounts", "is no name"),
            ({"accounts": ["s3"]}, "access.accounts", "s3 is the name of a service as well"),
            ({"accounts": ["anna", "partner"]}, "access.users.anna", "anna is the name of an account as well"),
            ({"accounts": ["home"]}, "access.roles.other-role.account", "partner is no account; defined are home"),
            ({"users__anna__account": "everyone"}, "access.users.anna.account", "the word for all callers"),
            ({"users__anna__account": ["x"]}, "access.users.anna.account", "[x] is no name"),
            ({"users__anna__account": "2"}, "access.users.anna.account", "2 is no name"),
            ({"users__everyone": {}}, "access.users.everyone", "is the word for all callers as well"),
            ({"users__sns": {}}, "access.users.sns", "is the name of a service as well"),
            ({"users__partner": {}}, "access.users.partner", "is the name of an account as well"),
            ({"users__code-role": {}}, "access.users.code-role", "is one of the roles as well"),
            ({"resources__anna": {"kind": "queue"}}, "access.resources.anna", "is one of the users as well"),
        ],
    )
    def test_names_what_is_wrong_with_the_whole(self, changes, field, says):
        found = refused(data(**changes))

        assert found.field == field
        assert says in str(found)

    @pytest.mark.parametrize(
        ("changes", "field", "says"),
        [
            ({"users__anna": "all"}, "access.users.anna", "all is not a mapping of fields to values"),
            ({"users__anna__polcy": []}, "access.users.anna.polcy", "did you mean policy?"),
            ({"users__anna__trusts": "lambda"}, "access.users.anna.trusts", "is for roles: nobody takes on a user"),
            (
                {"users__anna__managed": "Admin"},
                "access.users.anna.managed",
                "Admin is no policy that AWS manages; defined are",
            ),
            (
                {"roles__code-role__trusts": "lamda"},
                "access.roles.code-role.trusts",
                "lamda is no principal; known are anna",
            ),
            (
                {"roles__code-role__trusts": ["code"]},
                "access.roles.code-role.trusts",
                "is a resource, and no principal",
            ),
            ({"roles__code-role__trusts": 7}, "access.roles.code-role.trusts", "7 is not a list of words"),
            (
                {"roles__code-role__trusts": ["s3"] * 9},
                "access.roles.code-role.trusts",
                "9 is above 8, the most words",
            ),
            ({"roles__code-role__policy": "all"}, "access.roles.code-role.policy", "all is not a list of statements"),
            (
                {"roles__code-role__policy": [ALLOW] * 7},
                "access.roles.code-role.policy",
                "7 is above 6, the most statements",
            ),
            ({"users__anna__policy": ["all"]}, "access.users.anna.policy.1", "all is not a mapping of fields"),
            (
                {"users__anna__policy": [{}]},
                "access.users.anna.policy.1.allow",
                "is missing: a statement allows or denies",
            ),
            (
                {"users__anna__policy": [{**ALLOW, "deny": "*"}]},
                "access.users.anna.policy.1.deny",
                "stands beside allow",
            ),
            (
                {"users__anna__policy": [ALLOW, {"allow": "GetObject"}]},
                "access.users.anna.policy.2.allow",
                "is no action of IAM",
            ),
            ({"users__anna__policy": [{"deny": ["s3"]}]}, "access.users.anna.policy.1.deny", "s3 is no action of IAM"),
            (
                {"users__anna__policy": [{**ALLOW, "to": "s3"}]},
                "access.users.anna.policy.1.to",
                "is not a field of this part",
            ),
            ({"users__anna__policy": [{**ALLOW, "id": "my id"}]}, "access.users.anna.policy.1.id", "is no name"),
            (
                {"users__anna__policy": [{**ALLOW, "resources": ["pictures"]}]},
                "access.users.anna.policy.1.resources",
                "pictures is no resource; defined are code, code-role, lock, orders, other-role, photos",
            ),
            (
                {"users__anna__policy": [{**ALLOW, "resources": "arn:aws:s3:::photos/*"}]},
                "access.users.anna.policy.1.resources",
                "is no name of a resource, and no pattern",
            ),
        ],
    )
    def test_names_what_is_wrong_with_an_identity(self, changes, field, says):
        found = refused(data(**changes))

        assert found.field == field
        assert says in str(found)

    @pytest.mark.parametrize(
        ("changes", "field", "says"),
        [
            (
                {"resources__photos": {}},
                "access.resources.photos.kind",
                "kind: is missing: it is one of function, bucket",
            ),
            ({"resources__photos__kind": "disk"}, "access.resources.photos.kind", "disk is none of function, bucket"),
            ({"resources__photos__kind": {}}, "access.resources.photos.kind", "is not a name"),
            ({"resources__photos": None}, "access.resources.photos", "is not a mapping"),
            ({"resources__photos__colour": 1}, "access.resources.photos.colour", "is not a field of this part"),
            (
                {"resources__photos__role": "code-role"},
                "access.resources.photos.role",
                "is not for a bucket, which acts with no",
            ),
            ({"resources__code__role": "anna"}, "access.resources.code.role", "anna is no role; defined are code-role"),
            (
                {"resources__code__role": "other-role"},
                "access.resources.code.role",
                "is a role of account partner, and this is in",
            ),
            ({"resources__code__url": "open"}, "access.resources.code.url", "open is none of iam, none"),
            ({"resources__code__vpc": "maybe"}, "access.resources.code.vpc", "maybe is none of yes, no"),
            ({"resources__code__cors": "*"}, "access.resources.code.cors", "is for a function with a url"),
            (
                {"resources__photos__url": "iam"},
                "access.resources.photos.url",
                "is not for a bucket: it is of a function",
            ),
            ({"resources__photos__vpc": True}, "access.resources.photos.vpc", "yes is not for a bucket"),
            (
                {"resources__code__key": "lock"},
                "access.resources.code.key",
                "is not for a function: it is of a queue, a stream",
            ),
            ({"resources__photos__key": "orders"}, "access.resources.photos.key", "orders is no key; defined are lock"),
            (
                {"resources__photos__policy": [ALLOW]},
                "access.resources.photos.policy.1.to",
                "to: is missing: a statement of a",
            ),
            (
                {"resources__photos__policy": [{**TO_ANNA, "resources": "*"}]},
                "access.resources.photos.policy.1.resources",
                "is not a field of this part",
            ),
            (
                {"resources__photos__policy": [{**ALLOW, "to": ["orders"]}]},
                "access.resources.photos.policy.1.to",
                "orders is a resource, and no principal: name its service or its role",
            ),
            (
                {"resources__photos__policy": [{**TO_ANNA, "source": "nowhere"}]},
                "access.resources.photos.policy.1.source",
                "nowhere is no resource",
            ),
            (
                {"resources__photos__policy": [{**TO_ANNA, "source_account": "mars"}]},
                "access.resources.photos.policy.1.source_account",
                "mars is no account; defined are home, partner",
            ),
            (
                {"resources__code__policy": [{**TO_ANNA, "auth": "cognito"}]},
                "access.resources.code.policy.1.auth",
                "cognito is none of iam, none",
            ),
            (
                {"resources__code__policy": [{**TO_ANNA, "through_url": 2}]},
                "access.resources.code.policy.1.through_url",
                "2 is none of yes, no",
            ),
            (
                {"resources__rule": {"kind": "rule", "policy": [TO_ANNA]}},
                "access.resources.rule.policy",
                "a policy is not for a rule, which has none",
            ),
        ],
    )
    def test_names_what_is_wrong_with_a_resource(self, changes, field, says):
        found = refused(data(**changes))

        assert found.field == field
        assert says in str(found)

    @pytest.mark.parametrize(
        ("request_", "field", "says"),
        [
            ("read", "", "read is not a mapping"),
            ({}, "by", "by: is missing: it is everyone or a name"),
            ({"by": "nobody"}, "by", "nobody is no caller; defined are anna, ben, code"),
            ({"by": {}}, "by", "is not a name"),
            ({"by": "anna"}, "does", "does: is missing: it is an action of IAM, or one of invoke, url, assume, poll"),
            ({"by": "anna", "does": "read"}, "does", "read is no action of IAM"),
            ({"by": "anna", "does": "s3:Get*"}, "does", "is a pattern: a request is for an action without wildcards"),
            ({"by": "anna", "does": "*"}, "does", "is a pattern"),
            ({"by": "anna", "does": ["s3:GetObject", "invoke"]}, "does", "invoke stands among other actions"),
            ({"by": "anna", "does": "invoke", "target": "x"}, "target", "x is no resource or role; defined are"),
            ({"by": "anna", "does": "invoke"}, "target", "target: is missing: name the resource"),
            ({"by": "everyone", "does": "s3:GetObject"}, "target", "is missing"),
            ({"by": "photos", "does": "sns:Publish"}, "target", "is missing"),
            (
                {"by": "code", "does": "attach", "target": "lock"},
                "target",
                "lock is not for a request with does: attach",
            ),
            (
                {"by": "anna", "does": "poll", "target": "orders"},
                "by",
                "anna is no function, and only a function can poll",
            ),
            ({"by": "photos", "does": "run"}, "by", "photos is no function, and only a function can run"),
            ({"by": "orders", "does": "invoke", "target": "code"}, "by", "orders is a queue that calls nobody"),
            ({"by": "code2", "does": "run"}, "by", "code2 is a function that needs a role to act"),
            ({"by": "everyone", "does": "assume", "target": "code-role"}, "by", "everyone is no user and no role"),
            (
                {"by": "photos", "does": "url", "target": "code2"},
                "by",
                "photos is a bucket: a service calls no function URL",
            ),
            ({"by": "anna", "does": "url", "target": "code"}, "target", "code is a function without a url"),
            (
                {"by": "anna", "does": "invoke", "target": "photos"},
                "target",
                "photos is a bucket, and does: invoke is for a function",
            ),
            (
                {"by": "anna", "does": "assume", "target": "code"},
                "target",
                "code is a function, and does: assume is for a role",
            ),
            (
                {"by": "code", "does": "log", "target": "photos"},
                "target",
                "photos is a bucket, and does: log is for a log group",
            ),
            ({"by": "code", "does": "mount", "target": "photos"}, "target", "does: mount is for a file system"),
            ({"by": "code", "does": "mount", "target": "files"}, "by", "code must be in a VPC to mount a file system"),
            (
                {"by": "code", "does": "poll", "target": "photos"},
                "target",
                "photos is a bucket, which no function can poll",
            ),
            (
                {"by": "code", "does": "send", "target": "lock"},
                "target",
                "lock is a key, which no function can send to",
            ),
            (
                {"by": "anna", "does": "sqs:SendMessage", "target": "photos"},
                "does",
                "sqs:SendMessage is no action on a bucket",
            ),
            (
                {"by": "anna", "does": "s3:GetObject", "target": "photos", "origin": "x"},
                "origin",
                "is for a request with does: url",
            ),
            ({"by": "anna", "does": "s3:GetObject", "taget": "photos"}, "taget", "did you mean target?"),
        ],
    )
    def test_names_what_is_wrong_with_a_request(self, request_, field, says):
        changes = {"resources__code2": URL, "resources__files": {"kind": "file-system"}}
        found = refused(data(requests={"q": request_}, **changes))

        assert found.field == f"access.requests.q.{field}".rstrip(".")
        assert says in str(found)

    def test_takes_a_user_of_whom_nothing_is_said(self):
        assert access.read(data(users__carl=None)).identities["carl"].policy == ()

    def test_knows_accounts_in_which_nothing_is(self):
        world = access.read(data(accounts=["partner", "mars"], **{"roles__code-role__trusts": "mars"}))

        assert world.identities["code-role"].trust.to == {"mars"}

    @pytest.mark.parametrize("service", ["s3", "s3.amazonaws.com"])
    def test_takes_a_service_by_either_name(self, service):
        policy = [{"allow": "lambda:*", "to": service}]

        assert allowed({"by": "photos", "does": "invoke", "target": "code"}, resources__code__policy=policy)

    def test_leaves_what_it_reads_alone(self):
        before = repr(PLAIN)
        access.read(PLAIN)

        assert repr(PLAIN) == before


class TestAPattern:
    @given(st.text("ab*?", max_size=7), st.text("ab", max_size=7))
    @settings(deadline=None)
    def test_fits_what_the_library_says(self, pattern, word):
        assert fits(word, pattern) == fnmatchcase(word, pattern)
