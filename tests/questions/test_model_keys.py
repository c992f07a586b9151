"""What a stem does not name may not decide a key, in any part of a scenario: refused by name, and accepted once it is named."""

from dataclasses import dataclass
from typing import Any

import pytest

from studyapp.questions.proof import Refused, World, prove
from tests.questions.factories import FACT, a_fact, an_item, an_option


@dataclass
class Case:
    """A goal that is reached exactly when what is at `path` has `value`; `states` are the other things it rests on."""

    body: dict[str, Any]
    path: str
    value: object
    goal: str
    states: tuple[str, ...] = ()
    stem: str = "Which change?"

    @property
    def world(self):
        return World({"s": self.body}, {}, {FACT: a_fact()})

    def item(self, states):
        """Its wrong options change nothing but the lot."""
        right = an_option(0, "Right", change={self.path: self.value})
        others = [
            an_option(number, text, change={"seed": number})
            for number, text in enumerate(("Wrong", "Worse", "Worst"), 1)
        ]
        return an_item(
            kind="fix", scenario="s", goal=self.goal, stem=self.stem, options=(right, *others), states=states
        )


_QUIET = {"timeout": "10 s", "duration": "100 ms", "init": "0 s", "fails": "always"}
_ONE = {"arrivals": {"at": "0 s"}}
_BROKEN = ("source.kind", "source.arrivals", "function.fails", "function.timeout", "function.duration")
CASES = {
    "queues": Case(
        {
            "functions": {"work": _QUIET},
            "sources": {"jobs": {**_ONE, "kind": "sqs", "visibility_timeout": "60 s", "retention": "1 h", "max_receive_count": 3}},
        },
        "sources.jobs.max_receive_count", 1, "errors is 1", (*_BROKEN, "source.visibility_timeout", "source.retention"),
        "A queue keeps one message for an hour and hides it for 60 s, 3 times. Its run fails in 100 ms; timeout 10 s.",
    ),
    "streams": Case(
        {
            "functions": {"read": _QUIET},
            "sources": {"clicks": {**_ONE, "kind": "kinesis", "shards": 1, "retry_attempts": 2}},
        },
        "sources.clicks.retry_attempts", 0, "errors is 1", (*_BROKEN, "source.shards"),
        "One record of a shard fails in 100 ms, with a timeout of 10 s, and 2 retries.",
    ),
    "shards": Case(
        {
            "functions": {"read": {"timeout": "10 s", "duration": "100 ms", "init": "0 s"}},
            "sources": {"clicks": {"kind": "kinesis", "arrivals": {"burst": 20}, "batch_size": 100}},
        },
        "sources.clicks.shards", 10, "invocations > 1",
        ("source.kind", "source.arrivals", "source.batch_size", "source.starting_position"),
        "20 records come to a Kinesis stream, batch size 100.",
    ),
    "network": Case(
        {
            "network": {
                "function": {"subnets": "private", "security_groups": "f", "state": "pending"},
                "subnets": {"private": {"route_table": "plain"}}, "routes": {"plain": "none"},
                "security_groups": {"f": {}, "db": {"ingress": "f"}},
                "targets": {"database": {"kind": "private", "security_group": "db"}},
            }
        },
        "network.function.state", "active", "reach.database is yes",
        ("network.function.subnets", "network.function.security_groups", "network.security_groups"),
    ),
    "access": Case(
        {
            "access": {
                "roles": {"worker": {"trusts": "lambda", "policy": [{"allow": ["s3:ListBucket"]}]}},
                "resources": {"photos": {"kind": "bucket"}},
                "requests": {"look": {"by": "worker", "does": "s3:GetObject", "target": "photos"}},
            }
        },
        "access.roles.worker.policy.1.allow", ["*"], "allowed.look is yes", ("access.roles.worker.trusts",),
    ),
    "packages": Case(
        {"packages": {"functions": {"maps": {"zipped": "60 MB", "unzipped": "90 MB"}}}},
        "packages.functions.maps.upload", "s3", "accepted.maps is yes",
        ("packages.functions.maps.zipped", "packages.functions.maps.unzipped"),
        "A zip of 60 MB, 90 MB unzipped.",
    ),
    "secrets": Case(
        {
            "secrets": {
                "traffic": {"invocations": "3000000 per month", "environments": 4},
                "kept": {"login": {"in": "secrets-manager", "read": "each-environment", "rotates": "30 d"}},
            }
        },
        "secrets.kept.login.read", "each-invocation", "stale.login is 0",
        ("secrets.kept.login.in", "secrets.kept.login.rotates", "secrets.traffic"),
        "Secrets Manager rotates a login every 30 days; 4 environments, 3,000,000 invocations a month.",
    ),
    "bill": Case(
        {"bill": {"functions": {"web": {"requests": 1_000_000, "duration": "100 ms", "memory": "1024 MB"}}}},
        "bill.free_tier", True, "bill.total is 0",
        tuple(f"bill.functions.web.{each}" for each in ("requests", "duration", "memory")),
        "1,000,000 requests of 100 ms with 1,024 MB.",
    ),
    "versions": Case(
        {
            "versions": {
                "steps": [
                    {"publish": True}, {"edit": "new code"}, {"publish": True},
                    {"create_alias": "live", "to": 1, "weights": {"2": "10 %"}},
                ]
            }
        },
        "versions.steps.4.weights", None, "mixes.live is no",
        stem="An alias sends 10 % to a second version.",
    ),
    "rollout": Case(
        {
            "rollout": {
                "config": "LambdaCanary10Percent5Minutes", "requests": "100 per 1 s", "errors": {"new": "5 %"},
                "alarm": {"threshold": 5}, "rollback_on": ["alarm"],
            }
        },
        "rollout.rollback_on", "none", "rollout.status is stopped",
        ("rollout.config", "rollout.requests", "rollout.errors", "rollout.alarm"),
        "100 requests a second, of which 5 % fail; an alarm above 5.",
    ),
    "schedules": Case(
        {
            "schedules": {
                "close": {
                    "expression": "cron(0 9 * * ? *)", "zone": "UTC", "clocks": "Europe/Berlin", "wanted_at": "09:00",
                    "starting": "2026-03-27 12:00",
                }
            }
        },
        "schedules.close.zone", "Europe/Berlin", "on_time.close is yes",
        tuple(f"schedules.close.{each}" for each in ("expression", "clocks", "wanted_at")),
    ),
}  # fmt: skip
"""For each part a question that rests on one thing more than `states` says."""


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
class TestAKey:
    def test_may_not_rest_on_what_the_stem_leaves_open(self, case):
        with pytest.raises(Refused) as refused:
            prove(case.item(case.states), case.world)
        (problem,) = refused.value.problems
        assert problem.startswith(f"the key depends on {case.path}, which the stem does not name: it is “Right”")
        assert f", but with {case.path} at " in problem
        assert problem.endswith("it is “Right” and “Wrong” and “Worse” and “Worst”")

    def test_may_rest_on_what_the_stem_names(self, case):
        assert prove(case.item((*case.states, case.path)), case.world).seeds
