"""The bill: what was used in, USD by line out. Source: Lambda pricing, us-east-1; one month's tiers."""

from dataclasses import dataclass
from math import inf
from typing import Final, NamedTuple

from studyapp.simulator.rulebook import TRUTH, Rulebook

GB_KB: Final = 1024**2
CUSTOM: Final = ("go", "rust")
"""Runtimes that are measured on provided.al2023."""


@dataclass(frozen=True)
class Usage:
    """What one account used in one month on one architecture.

    gb_s is on-demand duration; provisioned_gb_s is configured, provisioned_run_gb_s is run in it, provisioned_requests go
    to functions that have any; tmp_gb_s is /tmp above what is free; tenant_environment_gb is memory of new environments of
    tenants; snapstart_* are Python and .NET; streamed_gb is beyond the free part of each response; durable_kept is in
    GB-months; instance_usd is what EC2 charges for managed instances.
    """

    architecture: str = "x86_64"
    requests: float = 0
    gb_s: float = 0
    provisioned_requests: float = 0
    provisioned_gb_s: float = 0
    provisioned_run_gb_s: float = 0
    tmp_gb_s: float = 0
    tenant_environment_gb: float = 0
    snapstart_cache_gb_s: float = 0
    snapstart_restored_gb: float = 0
    streamed_gb: float = 0
    durable_operations: float = 0
    durable_written_gb: float = 0
    durable_kept: float = 0
    instance_usd: float = 0
    sqs_poller_hours: float = 0
    kafka_unit_hours: float = 0


class Bill(NamedTuple):
    """USD by line."""

    requests: float
    duration: float
    provisioned: float
    storage: float
    tenants: float = 0.0
    snapstart: float = 0.0
    streaming: float = 0.0
    durable: float = 0.0
    instances: float = 0.0
    pollers: float = 0.0

    @property
    def total(self) -> float:
        return sum(self)


def bill(usage: Usage, rulebook: Rulebook = TRUTH, *, free_tier: bool = False) -> Bill:
    """The lines of the bill. The free tier does not reach functions with provisioned concurrency, nor their requests.

    A GB of streamed data is 1,024 MB.
    """
    x86 = usage.architecture == "x86_64"
    requests = _beyond(usage.requests, rulebook.free_requests, free_tier)
    gb_s = billable_gb_s(usage.gb_s, rulebook, free_tier=free_tier)
    configured, run = provisioned_prices(usage.architecture, rulebook)
    tenant = rulebook.price_tenant_environment_x86_gb if x86 else rulebook.price_tenant_environment_arm64_gb
    return Bill(
        requests=(requests + usage.provisioned_requests) * rulebook.price_request,
        duration=sum(part * tier.price for part, tier in tiered(gb_s, usage.architecture, rulebook)),
        provisioned=usage.provisioned_gb_s * configured + usage.provisioned_run_gb_s * run,
        storage=usage.tmp_gb_s * rulebook.price_tmp_gb_s,
        tenants=usage.tenant_environment_gb * tenant,
        snapstart=usage.snapstart_cache_gb_s * rulebook.price_snapstart_cache_gb_s
        + usage.snapstart_restored_gb * rulebook.price_snapstart_restore_gb,
        streaming=_beyond(usage.streamed_gb, rulebook.free_stream / GB_KB, free_tier) * rulebook.price_stream_gb,
        durable=usage.durable_operations * rulebook.price_durable_operation
        + usage.durable_written_gb * rulebook.price_durable_written_gb
        + usage.durable_kept * rulebook.price_durable_kept_gb_month,
        instances=usage.instance_usd * (1 + rulebook.managed_instances_fee),
        pollers=usage.sqs_poller_hours * rulebook.price_sqs_poller_hour
        + usage.kafka_unit_hours * rulebook.price_kafka_unit_hour,
    )


def billable_gb_s(gb_s: float, rulebook: Rulebook = TRUTH, *, free_tier: bool = False) -> float:
    return _beyond(gb_s, rulebook.free_gb_s, free_tier)


def billed_us(init_us: int, run_us: int, rulebook: Rulebook = TRUTH) -> int:
    """Microseconds billed for one invocation: init and run together, rounded up to the billing step."""
    used = run_us + (init_us if rulebook.init_is_billed else 0)
    return -(-used // rulebook.billing_step) * rulebook.billing_step


def init_is_billed(package: str, runtime: str, rulebook: Rulebook = TRUTH) -> bool:
    """Every init since August 2025; before that not of a zip package with a managed runtime. Source: INIT billing, AWS blog."""
    return rulebook.init_billed_for == "all" or package == "image" or runtime in CUSTOM


def provisioned_break_even(rulebook: Rulebook = TRUTH, architecture: str = "x86_64") -> float | None:
    """The share of use from which provisioned concurrency costs less than on demand; None where a run in it saves nothing."""
    configured, run = provisioned_prices(architecture, rulebook)
    saved = tiers(architecture, rulebook)[0].price - run
    return configured / saved if saved > 0 else None


def provisioned_prices(architecture: str, rulebook: Rulebook = TRUTH) -> tuple[float, float]:
    """USD for a GB-s that is configured, and for one that is run in it."""
    if architecture == "x86_64":
        return rulebook.price_x86_provisioned_gb_s, rulebook.price_x86_provisioned_run_gb_s
    return rulebook.price_arm64_provisioned_gb_s, rulebook.price_arm64_provisioned_run_gb_s


class Tier(NamedTuple):
    """Of on-demand duration: the GB-s of a month that it ends with (the last has no end), USD for a GB-s, the rules of both."""

    end: float
    price: float
    rule: str


def tiers(architecture: str, rulebook: Rulebook = TRUTH) -> tuple[Tier, ...]:
    name = "x86" if architecture == "x86_64" else "arm64"
    second: int = getattr(rulebook, f"tier_{name}_second")
    third: int = max(second, getattr(rulebook, f"tier_{name}_third"))  # a belief may say otherwise
    rules = (f"price_{name}_gb_s", f"price_{name}_gb_s_second", f"price_{name}_gb_s_third")
    ends = (second, third, inf)
    return tuple(Tier(end, getattr(rulebook, rule), rule) for end, rule in zip(ends, rules, strict=True))


def tiered(gb_s: float, architecture: str, rulebook: Rulebook = TRUTH) -> tuple[tuple[float, Tier], ...]:
    """The GB-s of a month that fall into each tier; tiers that none falls into are left out."""
    found, begin = [], 0.0
    for tier in tiers(architecture, rulebook):
        part = min(gb_s, tier.end) - begin
        if part > 0:
            found.append((part, tier))
        begin = tier.end
    return tuple(found)


def _beyond(used: float, free: float, free_tier: bool) -> float:
    return max(used - free, 0) if free_tier else used
