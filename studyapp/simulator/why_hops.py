"""Why a step of a path lets something pass or refuses it. The step says so itself; here it gets its place and its rules."""

from collections.abc import Iterator, Sequence
from dataclasses import fields
from functools import cache
from typing import Final, NamedTuple

from studyapp.simulator import spelling
from studyapp.simulator.rulebook import Rulebook
from studyapp.simulator.spans import Hop, Path

_RULES: Final[dict[str, tuple[tuple[str, str], ...]]] = {
    "access": (("URL authentication", "url_actions"), ("Caller", "url_none_needs_policy")),
    "bill": (
        ("requests", "price_request"),
        ("duration", "billing_step"),
        ("provisioned", "provisioned_billing_step"),
        ("ephemeral storage", "price_tmp_gb_s"),
        ("snapstart", "price_snapstart_cache_gb_s"),
        ("streaming", "price_stream_gb"),
        ("durable", "price_durable_operation"),
        ("managed instances", "managed_instances_fee"),
        ("pollers", "price_sqs_poller_hour"),
        ("total", "price_request"),
    ),
    "network": (
        ("Function", "unattached_functions_reach_the_vpc"),
        ("Egress-only gateway", "egress_only_gateway_carries_ipv4"),
        ("IPv6 setting", "ipv6_needs_every_subnet"),
        ("Internet gateway", "nat_works_from_a_private_subnet"),
        ("Lambda's own network", "vpc_attachment_keeps_internet"),
        ("Private DNS", "endpoints_work_without_private_dns"),
        ("Route table", "vpc_attachment_keeps_internet"),
    ),
    "package": (("Layer", "layers_count_in_the_total"), ("Architecture", "managed_runtimes")),
    "rollout": (
        ("Start", "predefined_step"),
        ("Stop", "rollback_needs_a_person"),
        ("Horizon", "alarms_watched_for_ever"),
    ),
    "schedule": (
        ("Time zone", "rules_follow_local_time"),
        ("Time", "rules_have_what_schedules_have"),
        ("First firing", "schedule_precision"),
        ("Hours", "schedule_precision"),
        ("Minutes", "schedule_precision"),
        ("Delivery", "schedule_retries_default"),
    ),
    "secret": (("Environment", "variables_are_encrypted_at_rest"),),
    "version": (("Version", "version_numbers_come_back"),),
}
"""By the kind of a path: how the name of a step begins, and its rule, for steps that name none. The first one counts."""
_WORDS: Final = {
    "peering connection": "peering_makes_routes",
    "IPv6 default route": "egress_only_gateway_carries_ipv4",
    "egress-only": "egress_only_gateway_carries_ipv4",
    "type NONE": "url_none_needs_policy",
    "Canary": "canary_waits",
    "Linear": "linear_intervals",
}
"""What such a step says may name its rule better than its name does."""
_USUAL: Final = {
    "access": "implicit_deny",
    "bill": "billing_step",
    "network": "vpc_attachment_keeps_internet",
    "package": "unzipped_max",
    "rollout": "canary_goes_on_in_steps",
    "schedule": "cron_is_unix",
    "secret": "implicit_deny",
    "version": "alias_is_a_copy",
}
"""Where nothing else names one: the rule behind every such path."""


class Step(NamedTuple):
    """What a step is, what it says, and its rules, most important first."""

    title: str
    says: str
    rules: tuple[str, ...]


def of_step(path: Path, number: int) -> Step:
    """Step `number`, from 1, of a path."""
    hop = path.hops[number - 1]
    does = "" if hop.ok else f" {spelling.stops(path.kind)}"
    title = f"Step {number} of {len(path.hops)}: {hop.name}{does}"
    return Step(title, hop.says, _sourced(path, number))


def _sourced(path: Path, number: int) -> tuple[str, ...]:
    """The first rule that has a source, of those that could be named; a false world's own rule has none."""
    rules = _candidates(path.kind, path.hops[:number])
    return (next(rule for rule in rules if rule in _with_a_source()),)


def _candidates(kind: str, hops: Sequence[Hop]) -> Iterator[str]:
    """The step's own rule; one for what it says or is called; that of the step before; the usual one."""
    hop = hops[-1]
    if hop.rule:
        yield hop.rule
    yield from (rule for word, rule in _WORDS.items() if word in hop.says)
    yield from (rule for name, rule in _RULES[kind] if hop.name.startswith(name))
    yield from (before.rule for before in reversed(hops[:-1]) if before.rule)
    yield _USUAL[kind]


@cache
def _with_a_source() -> frozenset[str]:
    return frozenset(each.name for each in fields(Rulebook) if each.metadata["fact"] or each.metadata["assumption"])
