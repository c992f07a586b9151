"""What screens call the metrics of models: `reach.database` is "Reaches database", `bill.total` the cost of the month."""

from __future__ import annotations

from collections.abc import Mapping

WHOLE: Mapping[str, str] = {
    "reached.all": "Targets reached",
    "interfaces.all": "Network interfaces",
    "granted.all": "Requests allowed",
    "deployed.all": "Accepted by Lambda",
    "stored.total": "Code storage in use",
    "stored.left": "Code storage left",
    "bill.total": "Cost of the month",
    "bill.free": "Covered by the free tier",
    "rollout.status": "The deployment",
    "rollout.deployments": "Deployments in all",
    "rollout.steps": "Steps of the shift",
    "rollout.ends_at": "Deployment ends at",
    "alarm.at": "Alarm goes off at",
    "alarm.saw": "Errors when the alarm goes off",
    "traffic.new_at_end": "Share of the new version at the end",
    "traffic.new_most": "Largest share of the new version",
    "users.errors": "Requests that fail",
    "users.errors_new": "Failed in the new version",
    "unseen.first_step": "Chance that the first step sees no error",
    "unseen.deployment": "Chance that the deployment sees no error",
    "refused.total": "Steps that AWS refuses",
}
"""Names that no scenario makes."""

OF: Mapping[str, str] = {
    "reach": "Reaches {}",
    "hops": "Steps on the way to {}",
    "refused_by": "What stops the call to {}",
    "reached": "Reached, {}",
    "interfaces": "Network interfaces, {}",
    "accepted": "Lambda accepts {}",
    "breaks": "Quota that {} breaks",
    "size": "Size of {}",
    "starts": "{} starts",
    "left": "Left for {}",
    "uploads": "Uploads of {}",
    "updates": "Functions to change for {}",
    "allowed": "{} is allowed",
    "decided_by": "What decides on {}",
    "missing": "Permission that {} lacks",
    "status": "Answer to {}",
    "bill": "Cost of {} in the month",
    "bill_of": "Cost of {} in the month",
    "gb_s": "GB-seconds of {}",
    "billed_requests": "Requests billed for {}",
    "break_even": "{} pays off from a use of",
    "break_even_rate": "{} pays off from a rate of",
    "utilization": "Provisioned concurrency of {} in use",
    "on_demand": "{} on demand",
    "arm_saving": "Saved by arm64, {}",
    "arm_saving_share": "Share saved by arm64, {}",
    "cheapest": "Cheapest memory for {}",
    "cheapest_cost": "{} at its cheapest memory",
    "fastest": "Fastest memory for {}",
    "fastest_cost": "{} at its fastest memory",
    "shift": "Shift {} takes place at",
    "runs": "What {} runs",
    "version": "Version behind {}",
    "mixes": "{} serves two versions",
    "share": "Share of {}",
    "setting": "Setting of {}",
    "reserved": "Reserved concurrency of {}",
    "provisioned": "Provisioned concurrency of {}",
    "published": "Version that step {} publishes",
    "refused": "Why step {} is refused",
    "valid": "AWS accepts the schedule {}",
    "lacks": "What the rule {} cannot do",
    "fires": "When {} fires",
    "local": "Local time of {}",
    "firings": "Times that {} fires in a",
    "delay_max": "Longest delay of {}",
    "skips": "Day that {} leaves out",
    "on_time": "{} is on time all year",
    "late_from": "{} is off its time from",
    "delivery": "Event of {}",
    "delivery_calls": "Calls for {}",
    "delivery_runs": "Runs for {}",
    "readable": "{} can be read by",
    "works": "{} works",
    "encrypted": "{} is encrypted",
    "key": "Key of {}",
    "rotation": "What it takes to change {}",
    "chores": "Changes of {} by hand in a month",
    "stale": "Old value of {} is used for at most",
    "calls": "Calls for {} in a month",
    "kms_requests": "KMS requests for {} in a month",
    "peak_calls": "Calls for {} in the busiest second",
    "throttled": "Requests refused by {}",
    "secret_cost": "Cost of {} in a month",
}
"""By the first word: what is said of the name that follows. Whatever comes after that name stands at the end."""


UNITS: Mapping[str, str] = {
    "shift": "s",
    "stale": "s",
    "delay_max": "s",
    "alarm.at": "s",
    "size": "MB",
    "stored": "MB",
    "cheapest": "MB",
    "fastest": "MB",
    "gb_s": "GB-s",
}
"""By the whole name or its first word: the unit of a number that has one and is neither money nor a time of a run."""

NOTHING = frozenset({"refused_by", "refused", "breaks", "lacks", "missing", "skips", "published"})
"""First words of metrics that are "nothing" where a moment would be "never"."""


def of_model(name: str) -> str | None:
    """A metric of a model as screens call it; None for one that is of a run, or unknown."""
    if name in WHOLE:
        return WHOLE[name]
    word, _, rest = name.partition(".")
    whose, _, more = rest.partition(".")
    if word not in OF or not whose:
        return None
    said = " ".join(filter(None, (OF[word].format(spoken(whose)), _further(more))))
    return said[:1].upper() + said[1:] if OF[word].startswith("{}") else said


def unit_of(name: str) -> str:
    """Of a number; "" for a plain count, and for what `UNITS` does not know."""
    return UNITS.get(name) or UNITS.get(name.partition(".")[0], "")


def without_value(name: str) -> str:
    """How a metric reads that has no value."""
    return "nothing" if name.partition(".")[0] in NOTHING else "never"


def spoken(name: str) -> str:
    """A name of a scenario in words: `parameter-store` is "parameter store"."""
    return name.replace("-", " ").replace("_", " ")


def _further(more: str) -> str:
    return spoken(more.replace(".", ", "))
