"""Every rule in force that a run has read, for people: what it is, its value, where it is from, and what AWS leaves open."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any, Final

from studyapp.lab.controls.settings import RULES, shown
from studyapp.simulator.rulebook import TRUTH, Rulebook, read_rule
from studyapp.simulator.rules.access import Access
from studyapp.simulator.rules.bill import Bill
from studyapp.simulator.rules.callers import Callers
from studyapp.simulator.rules.concurrency import Concurrency
from studyapp.simulator.rules.environments import Environments
from studyapp.simulator.rules.events import Events
from studyapp.simulator.rules.functions import Functions
from studyapp.simulator.rules.mappings import Mappings
from studyapp.simulator.rules.networks import Networks
from studyapp.simulator.rules.packages import Packages
from studyapp.simulator.rules.releases import Releases
from studyapp.simulator.rules.schedules import Schedules
from studyapp.simulator.rules.secrets import Secrets

SUBJECTS: Final = {
    "Functions": Functions, "Execution environments": Environments, "Concurrency": Concurrency,
    "Asynchronous events": Events, "Queues and streams": Mappings, "Callers": Callers, "Prices and billing": Bill,
    "Networks": Networks, "Permissions": Access, "Packages": Packages, "Secrets": Secrets,
    "Versions and deployments": Releases, "Schedules": Schedules,
}  # fmt: skip
_FIELDS: Final = {title: frozenset(each.name for each in fields(holder)) for title, holder in SUBJECTS.items()}
_FALSE: Final = "(false)"
_WORDS: Final = {
    "acl": "ACL", "acls": "ACLs", "alb": "load balancer", "alloc": "allocation", "api": "API", "apis": "APIs",
    "arm64": "arm64", "async": "asynchronous", "aws": "AWS", "codedeploy": "CodeDeploy", "cors": "CORS", "cpu": "CPU",
    "dlq": "dead-letter queue", "dns": "DNS", "dynamodb": "DynamoDB", "efs": "EFS", "env": "environment",
    "esm": "event source mapping", "fifo": "FIFO", "gb": "GB", "http": "HTTP", "iam": "IAM", "ipv4": "IPv4",
    "ipv6": "IPv6", "kafka": "Kafka", "kinesis": "Kinesis", "kms": "KMS", "lambda": "Lambda", "max": "maximum",
    "min": "minimum", "nat": "NAT gateway", "rest": "REST", "s3": "S3", "sdk": "SDK", "snapstart": "SnapStart",
    "sns": "SNS", "sqs": "SQS", "sync": "synchronous", "tmp": "temporary space", "ttl": "time to live", "unix": "Unix",
    "url": "URL", "vars": "variables", "vcpu": "vCPU", "vpc": "VPC", "x86": "x86",
}  # fmt: skip
_PER: Final = {
    "_gb_month": "GB-month", "_gb_s": "GB-s", "_gb": "GB", "_hour": "hour", "_request": "request", "_operation": "operation",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Constant:
    """A rule in force. `value` has its unit; `fact` is a slug or ""; `says` may be "".

    `alternatives` are texts that a proof tries, the default first, for what AWS leaves open; else there are none.
    """

    name: str
    label: str
    value: str
    fact: str
    says: str
    is_assumption: bool
    is_changed: bool
    alternatives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Subject:
    title: str
    constants: tuple[Constant, ...]


def constants(patch: Mapping[str, object], seen: Collection[str]) -> tuple[Subject, ...]:
    """What a run under `patch` has read (`seen`: names of rules), by subject. Raises RulebookError for a bad patch.

    Rules that exist for false worlds alone are left out, unless `patch` changes them.
    """
    rulebook = TRUTH.believing(patch)
    found = []
    for title, holder in _FIELDS.items():
        names = (name for name in RULES if name in seen and name in holder)
        made = tuple(_constant(name, rulebook) for name in names if _is_of_interest(name, rulebook))
        if made:
            found.append(Subject(title, made))
    return tuple(found)


def assumed(patch: Mapping[str, object], seen: Collection[str]) -> tuple[Constant, ...]:
    """Of what a run has read that which AWS leaves open. Raises RulebookError for a bad patch."""
    return tuple(each for subject in constants(patch, seen) for each in subject.constants if each.is_assumption)


def beliefs_for(
    seen: Collection[str], beliefs: Mapping[str, Mapping[str, object]], curated: Iterable[str] = ()
) -> tuple[str, ...]:
    """The slugs of those `beliefs` (slug -> patch) that change a rule which the run has read, the `curated` ones first."""
    bearing = [slug for slug, patch in beliefs.items() if any(rule in seen for rule in patch)]
    first = [slug for slug in dict.fromkeys(curated) if slug in bearing]
    return (*first, *(slug for slug in bearing if slug not in first))


def label(name: str) -> str:
    """A rule's name in words: `sqs_batch_max` is "SQS batch maximum"."""
    words = " ".join(_WORDS.get(word, word) for word in name.replace("price_", "price_of_", 1).split("_"))
    words = words.replace("GB s", "GB-s").replace("GB month", "GB-month").replace("at REST", "at rest")
    return words if words.startswith("vCPU") else words[:1].upper() + words[1:]


def _constant(name: str, rulebook: Rulebook) -> Constant:
    about, value = RULES[name], getattr(rulebook, name)
    says = str(about.get("says", "")).removeprefix(_FALSE).strip()
    is_changed = value != getattr(TRUTH, name)
    open_values = tuple(map(str, about.get("values", ())))
    return Constant(
        name,
        label(name),
        _value(name, value, about),
        about["fact"] or "",
        says,
        about["assumption"],
        is_changed,
        open_values,
    )


def _is_of_interest(name: str, rulebook: Rulebook) -> bool:
    is_for_false_worlds = str(RULES[name].get("says", "")).startswith(_FALSE)
    return not is_for_false_worlds or getattr(rulebook, name) != getattr(TRUTH, name)


def _value(name: str, value: object, about: Mapping[str, Any]) -> str:
    if about["unit"] == "fraction" and isinstance(value, float):
        return f"{shown(value * 100, 'number')} %"
    text = shown(value, about["unit"])
    if about["unit"] != "price" or value is None:
        return text
    per = next((f" per {unit}" for ending, unit in _PER.items() if ending in name), "")
    return f"{text} USD{per}"


def as_text(name: str, typed: str) -> str:
    """`typed` as one of the alternatives of rule `name` where it says the same, else as it is. Raises RulebookError."""
    value = read_rule(name, typed)
    same = (text for text in map(str, RULES[name].get("values", ())) if read_rule(name, text) == value)
    return next(same, typed)
