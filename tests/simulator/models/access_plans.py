"""The plainest permissions that are valid, and random ones."""

from __future__ import annotations

from random import Random
from typing import Any

from hypothesis import strategies as st

from studyapp.simulator.answers import Answer
from studyapp.simulator.models import access
from studyapp.simulator.models.access.words import MOST_REQUESTS
from studyapp.simulator.rulebook import Rulebook
from tests.simulator.models.factories import patched

PLAIN: dict[str, Any] = {
    "roles": {"code-role": {"trusts": ["lambda"]}, "other-role": {"account": "partner"}},
    "users": {"anna": {}, "ben": {"account": "partner"}},
    "resources": {
        "code": {"kind": "function", "role": "code-role"},
        "photos": {"kind": "bucket"},
        "orders": {"kind": "queue"},
        "lock": {"kind": "key", "policy": []},
    },
    "requests": {"q": {"by": "photos", "does": "invoke", "target": "code"}},
}


def data(**changes: Any) -> dict[str, Any]:
    """PLAIN with values replaced by dotted path, dots written as two underscores: roles__code-role__trusts=["s3"]."""
    return patched(PLAIN, {path.replace("__", "."): value for path, value in changes.items()})


def answer(plan: dict[str, Any], believing: dict[str, object] | None = None) -> Answer:
    rulebook = Rulebook().believing(believing or {})
    return access.plan(plan, rulebook).answer(rulebook)


def ask(request: dict[str, Any], *, believing: dict[str, object] | None = None, **changes: Any) -> dict[str, Any]:
    """The metrics of one request, by their first word."""
    found = answer(data(requests={"q": request}, **changes), believing).metrics
    return {name.partition(".")[0]: value for name, value in found.items()}


def allowed(request: dict[str, Any], *, believing: dict[str, object] | None = None, **changes: Any) -> bool:
    return bool(ask(request, believing=believing, **changes)["allowed"])


ACTIONS = (
    "*", "lambda:*", "lambda:Invoke*", "lambda:InvokeFunction", "lambda:InvokeFunctionUrl", "s3:*", "s3:GetObject",
    "s3:?etObject", "s3:PutObject", "sqs:*", "sqs:ReceiveMessage", "sqs:Receive*", "sqs:SendMessage", "kms:Decrypt",
    "kms:*", "secretsmanager:*", "secretsmanager:Get*",
    "dynamodb:*", "kinesis:*", "kinesis:Get*", "sns:Publish", "sts:AssumeRole", "sts:*", "iam:PassRole",
    "ec2:*", "ec2:Create*", "logs:*", "logs:Put*", "elasticfilesystem:ClientMount", "elasticfilesystem:*", "events:PutEvents",
)  # fmt: skip
MANAGED = (
    "AWSLambdaBasicExecutionRole", "AWSLambdaSQSQueueExecutionRole", "AWSLambdaVPCAccessExecutionRole",
    "AWSLambdaKinesisExecutionRole", "AWSLambdaDynamoDBExecutionRole", "AWSLambdaRole",
)  # fmt: skip
CALLERS = ("anna", "ben", "r1", "r2", "b1", "b2", "n1", "rule")
PRINCIPALS = (
    "everyone",
    "home",
    "partner",
    "r1",
    "r2",
    "anna",
    "ben",
    "s3",
    "sns",
    "events",
    "scheduler",
    "lambda",
    "sqs",
)
THINGS = (
    "f1",
    "f2",
    "b1",
    "b2",
    "q1",
    "q2",
    "s1",
    "s?",
    "k1",
    "t1",
    "n1",
    "fs",
    "bus",
    "r1",
    "r2",
    "*",
    "b?",
    "?1",
    "f*",
)
REQUESTS = [
    *[{"by": by, "does": "invoke", "target": f} for by in CALLERS for f in ("f1", "f2")],
    *[{"by": by, "does": "url", "target": "f1"} for by in ("everyone", "anna", "ben", "f2", "timer")],
    *[{"by": by, "does": "assume", "target": "r1"} for by in ("anna", "ben", "r2")],
    *[{"by": "f1", "does": word} for word in ("run", "attach", "log")],
    *[{"by": "f1", "does": "poll", "target": name} for name in ("q1", "q2", "t1", "st")],
    *[{"by": "f1", "does": "send", "target": name} for name in ("q1", "b1", "n1", "f2", "bus")],
    *[{"by": "f1", "does": word, "target": "fs"} for word in ("mount", "mount-and-write")],
    *[{"by": by, "does": "s3:GetObject", "target": name} for by in ("f1", "f2", "everyone", "anna") for name in ("b1", "b2")],
    *[{"by": by, "does": "kms:Decrypt", "target": "k1"} for by in ("f1", "anna", "ben")],
    *[{"by": by, "does": "secretsmanager:GetSecretValue", "target": name} for by in ("f1", "f2", "anna") for name in ("s1", "s2")],
    {"by": "timer", "does": "invoke", "target": "f1"},
    {"by": "anna", "does": "iam:PassRole", "target": "r1"},
    {"by": "anna", "does": ["s3:GetObject", "s3:PutObject"], "target": "b2"},
    {"by": "anna", "does": "ec2:CreateVpc"},
]  # fmt: skip
"""More than one scenario may hold: a plan has a few of them."""


def plans() -> st.SearchStrategy[dict[str, Any]]:
    """Two accounts, some of everything, random policies, and 12 requests.

    One number stands for a whole plan: drawing each word by itself takes longer than answering.
    """
    return st.integers(0, 2**64 - 1).map(plan_of)


def plan_of(number: int) -> dict[str, Any]:
    lot = Random(number)
    requests = lot.sample(REQUESTS, MOST_REQUESTS)
    return {
        "roles": {
            "r1": {"trusts": _trusts(lot), "policy": _own(lot), "managed": lot.sample(MANAGED, lot.randint(0, 2))},
            "r2": {"account": "partner", "trusts": _trusts(lot), "policy": _own(lot)},
        },
        "users": {"anna": {"policy": _own(lot)}, "ben": {"account": "partner", "policy": _own(lot)}},
        "resources": _resources(lot),
        "requests": {f"q{place}": each for place, each in enumerate(requests)},
    }


def _resources(lot: Random) -> dict[str, Any]:
    url, home = lot.choice(("iam", "none")), lot.choice(("home", "partner"))
    return {
        "f1": {"kind": "function", "role": "r1", "vpc": True, "url": url, "policy": _theirs(lot, is_function=True)},
        "f2": {"kind": "function", "role": "r2", "account": "partner", "policy": _theirs(lot, is_function=True)},
        "b1": {"kind": "bucket", "policy": _theirs(lot)},
        "b2": {"kind": "bucket", "account": "partner", "policy": _theirs(lot), "key": "k1"},
        "q1": {"kind": "queue", "policy": _theirs(lot)},
        "q2": {"kind": "queue", "key": "k1", "account": home, "policy": _theirs(lot)},
        "t1": {"kind": "table-stream"},
        "st": {"kind": "stream", "policy": _theirs(lot)},
        "k1": {"kind": "key", **_perhaps(lot)},
        "s1": {"kind": "secret", "policy": _theirs(lot)},
        "s2": {"kind": "secret", "account": home, "key": "k1", "policy": _theirs(lot)},
        "n1": {"kind": "topic", "policy": _theirs(lot)},
        "bus": {"kind": "event-bus", "account": "partner", "policy": _theirs(lot)},
        "fs": {"kind": "file-system", **_perhaps(lot)},
        "rule": {"kind": "rule"},
        "timer": {"kind": "schedule", "role": "r1"},
    }


def _trusts(lot: Random) -> list[str]:
    services = [each for each in ("lambda", "scheduler") if lot.random() < 0.8]
    return services + lot.sample(("anna", "ben", "home", "partner", "r2", "everyone", "s3"), lot.randint(0, 2))


def _perhaps(lot: Random) -> dict[str, Any]:
    return lot.choice(({}, {"policy": []}, {"policy": _theirs(lot)}))


def _own(lot: Random) -> list[dict[str, Any]]:
    return [_of_identity(lot) for _ in range(lot.randint(0, 3))]


def _of_identity(lot: Random) -> dict[str, Any]:
    statement = _verb(lot)
    return statement | ({"resources": lot.sample(THINGS, lot.randint(1, 4))} if lot.random() < 0.4 else {})


def _theirs(lot: Random, *, is_function: bool = False) -> list[dict[str, Any]]:
    return [_of_resource(lot, is_function=is_function) for _ in range(lot.randint(0, 3))]


def _of_resource(lot: Random, *, is_function: bool) -> dict[str, Any]:
    statement = {**_verb(lot), "to": lot.sample(PRINCIPALS, lot.randint(1, 4))}
    if lot.random() < 0.2:
        statement["source"] = lot.choice(("b1", "b2", "n1", "rule", "b*"))
    if lot.random() < 0.2:
        statement["source_account"] = lot.choice(("home", "partner"))
    if is_function and lot.random() < 0.2:
        statement["auth"] = lot.choice(("iam", "none"))
    if is_function and lot.random() < 0.2:
        statement["through_url"] = True
    return statement


def _verb(lot: Random) -> dict[str, Any]:
    """Allows are wide and denies are narrow, or hardly anything would be allowed."""
    if lot.random() < 0.2:
        return {"deny": lot.sample(ACTIONS[1:], lot.randint(1, 2))}
    return {"allow": ["*"] if lot.random() < 0.3 else lot.sample(ACTIONS, lot.randint(2, 8))}
