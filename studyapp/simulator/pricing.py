"""The bill: what was used in, USD by line out. Source: Lambda pricing, us-east-1; one month's tiers."""

from dataclasses import dataclass
from typing import NamedTuple

from studyapp.simulator.rulebook import TRUTH, Rulebook


@dataclass(frozen=True)
class Usage:
    """What one account used in one month on one architecture.

    gb_s is on-demand duration; provisioned_gb_s is configured, provisioned_run_gb_s is run in it, provisioned_requests go
    to functions that have any; tmp_gb_s is /tmp above what is free; tenant_environment_gb is memory of new environments of
    tenants; snapstart_* are Python and .NET.
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


class Bill(NamedTuple):
    """USD by line."""

    requests: float
    duration: float
    provisioned: float
    storage: float
    tenants: float = 0.0
    snapstart: float = 0.0

    @property
    def total(self) -> float:
        return sum(self)


def bill(usage: Usage, rulebook: Rulebook = TRUTH, *, free_tier: bool = False) -> Bill:
    """The lines of the bill. The free tier does not reach functions with provisioned concurrency, nor their requests."""
    x86 = usage.architecture == "x86_64"
    requests = max(usage.requests - (rulebook.free_requests if free_tier else 0), 0)
    gb_s = billable_gb_s(usage.gb_s, rulebook, free_tier=free_tier)
    configured = rulebook.price_x86_provisioned_gb_s if x86 else rulebook.price_arm64_provisioned_gb_s
    run = rulebook.price_x86_provisioned_run_gb_s if x86 else rulebook.price_arm64_provisioned_run_gb_s
    tenant = rulebook.price_tenant_environment_x86_gb if x86 else rulebook.price_tenant_environment_arm64_gb
    return Bill(
        requests=(requests + usage.provisioned_requests) * rulebook.price_request,
        duration=_tiered(gb_s, usage.architecture, rulebook),
        provisioned=usage.provisioned_gb_s * configured + usage.provisioned_run_gb_s * run,
        storage=usage.tmp_gb_s * rulebook.price_tmp_gb_s,
        tenants=usage.tenant_environment_gb * tenant,
        snapstart=usage.snapstart_cache_gb_s * rulebook.price_snapstart_cache_gb_s
        + usage.snapstart_restored_gb * rulebook.price_snapstart_restore_gb,
    )


def billable_gb_s(gb_s: float, rulebook: Rulebook = TRUTH, *, free_tier: bool = False) -> float:
    return max(gb_s - rulebook.free_gb_s, 0) if free_tier else gb_s


def billed_us(init_us: int, run_us: int, rulebook: Rulebook = TRUTH) -> int:
    """Microseconds billed for one invocation: init and run together, rounded up to the billing step."""
    used = run_us + (init_us if rulebook.init_is_billed else 0)
    return -(-used // rulebook.billing_step) * rulebook.billing_step


def provisioned_break_even(rulebook: Rulebook = TRUTH, architecture: str = "x86_64") -> float:
    """The share of use from which provisioned concurrency costs less than on demand."""
    if architecture == "x86_64":
        configured, run = rulebook.price_x86_provisioned_gb_s, rulebook.price_x86_provisioned_run_gb_s
        return configured / (rulebook.price_x86_gb_s - run)
    configured, run = rulebook.price_arm64_provisioned_gb_s, rulebook.price_arm64_provisioned_run_gb_s
    return configured / (rulebook.price_arm64_gb_s - run)


def _tiered(gb_s: float, architecture: str, rulebook: Rulebook) -> float:
    if architecture == "x86_64":
        first, second = rulebook.tier_x86_second, rulebook.tier_x86_third
        prices = (rulebook.price_x86_gb_s, rulebook.price_x86_gb_s_second, rulebook.price_x86_gb_s_third)
    else:
        first, second = rulebook.tier_arm64_second, rulebook.tier_arm64_third
        prices = (rulebook.price_arm64_gb_s, rulebook.price_arm64_gb_s_second, rulebook.price_arm64_gb_s_third)
    second = max(first, second)  # a belief may say otherwise
    parts = (min(gb_s, first), min(max(gb_s - first, 0), second - first), max(gb_s - second, 0))
    return sum(part * price for part, price in zip(parts, prices, strict=True))
