"""Every model by the name that its part of a scenario has."""

from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from studyapp.simulator.answers import Plan
from studyapp.simulator.models import access, bill, network, packages, rollout, schedules, secrets, versions
from studyapp.simulator.rulebook import Rulebook


class Model(NamedTuple):
    """`plan` reads and checks its part of a scenario and raises ScenarioError. `metrics` are how the names of its
    metrics begin, each with an example; no two models share one."""

    plan: Callable[[object, Rulebook], Plan]
    metrics: Mapping[str, str]


MODELS: Final[Mapping[str, Model]] = {
    "network": Model(
        network.plan,
        {
            "reach": "reach.<target>",
            "hops": "hops.<target>",
            "refused_by": "refused_by.<target>",
            "reached": "reached.all",
            "interfaces": "interfaces.all",
        },
    ),
    "packages": Model(
        packages.plan,
        {
            "accepted": "accepted.<function>",
            "breaks": "breaks.<function>",
            "deployed": "deployed.all",
            "size": "size.<function>",
            "starts": "starts.<function>",
            "left": "left.<function>.unzipped",
            "stored": "stored.total",
            "uploads": "uploads.<layer>",
            "updates": "updates.<layer>",
        },
    ),
    "access": Model(
        access.plan,
        {
            "allowed": "allowed.<request>",
            "decided_by": "decided_by.<request>",
            "missing": "missing.<request>",
            "status": "status.<request>",
            "granted": "granted.all",
        },
    ),
    "bill": Model(bill.plan, bill.WORDS),
    "rollout": Model(
        rollout.plan,
        {
            "rollout": "rollout.status",
            "shift": "shift.<step>",
            "alarm": "alarm.at",
            "traffic": "traffic.new_at_end",
            "users": "users.errors_new",
            "unseen": "unseen.first_step",
        },
    ),
    "versions": Model(
        versions.plan,
        {
            "runs": "runs.<address>",
            "version": "version.<address>",
            "mixes": "mixes.<address>",
            "share": "share.<alias>.<version>",
            "setting": "setting.<address>.memory",
            "reserved": "reserved.<address>",
            "provisioned": "provisioned.<address>",
            "published": "published.<step>",
            "refused": "refused.<step>",
        },
    ),
    "schedules": Model(
        schedules.plan,
        {
            "valid": "valid.<schedule>",
            "lacks": "lacks.<schedule>",
            "fires": "fires.<schedule>.1",
            "local": "local.<schedule>.1",
            "firings": "firings.<schedule>.day",
            "delay_max": "delay_max.<schedule>",
            "skips": "skips.<schedule>",
            "on_time": "on_time.<schedule>",
            "late_from": "late_from.<schedule>",
            "delivery": "delivery.<schedule>",
            "delivery_calls": "delivery_calls.<schedule>",
            "delivery_runs": "delivery_runs.<schedule>",
        },
    ),
    "secrets": Model(
        secrets.plan,
        {
            "readable": "readable.<secret>.<person>",
            "works": "works.<secret>",
            "encrypted": "encrypted.<secret>",
            "key": "key.<secret>",
            "rotation": "rotation.<secret>",
            "chores": "chores.<secret>",
            "stale": "stale.<secret>",
            "calls": "calls.<secret>",
            "kms_requests": "kms_requests.<secret>",
            "peak_calls": "peak_calls.<secret>",
            "throttled": "throttled.parameter-store",
            "secret_cost": "secret_cost.<secret>",
        },
    ),
}
FIRST_WORDS: Final[Mapping[str, str]] = {
    word: example for model in MODELS.values() for word, example in model.metrics.items()
}
"""How the names of metrics begin that are of no function, each with an example."""
