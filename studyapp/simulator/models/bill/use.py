"""From one function to what it uses in a month, in whole units, before any free tier and any price."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from studyapp.simulator.models.bill.curve import duration_us
from studyapp.simulator.models.bill.parts import Function
from studyapp.simulator.pricing import GB_KB, Usage, billed_us, init_is_billed
from studyapp.simulator.rulebook import Rulebook
from studyapp.simulator.units import SECOND

HOUR: Final = 3_600 * SECOND


@dataclass(frozen=True)
class Use:
    """`runs` are billed, each as `chunks` requests; `in_ready` of them in provisioned concurrency, `cold` of the others with a
    cold start. Microseconds are sums: of on-demand duration, of environments that are configured, of what is run in them.
    `memory` is what is billed, in MB.
    """

    runs: int
    chunks: int
    in_ready: int
    cold: int
    memory: int
    warm_us: int
    on_demand_us: int
    idle_us: int
    configured_us: int
    ready_us: int

    @property
    def requests(self) -> int:
        return self.runs * self.chunks

    def gb_s(self, us: int) -> float:
        return us * self.memory / SECOND / 1024


def use(function: Function, month_us: int, rulebook: Rulebook) -> Use:
    failed = up(function.requests, function.fails) if rulebook.failed_runs_are_free else 0
    runs = function.requests - failed
    in_ready = int(runs * function.ready.share) if function.ready else 0
    cold = up(runs - in_ready, function.cold_share)
    warm = billed_us(0, _run_us(function, rulebook), rulebook)
    has_duration = function.instances is None or rulebook.managed_instances_pay_duration
    on_demand = _on_demand_us(function, runs - in_ready, cold, rulebook) if has_duration else 0
    idles = rulebook.idle_functions_cost and not function.ready and not function.instances
    configured, starts = _configured(function, rulebook)
    return Use(
        runs=runs,
        chunks=chunks(function, rulebook),
        in_ready=in_ready,
        cold=cold,
        memory=_billed_memory(function, rulebook),
        warm_us=warm,
        on_demand_us=on_demand,
        idle_us=max(month_us - on_demand, 0) if idles else 0,
        configured_us=configured,
        ready_us=in_ready * warm + starts * billed_us(function.init_us, 0, rulebook),
    )


def usage(function: Function, used: Use, month_us: int, rulebook: Rulebook) -> Usage:
    """In the units of the price list. What a free tier reaches is in `requests`, `gb_s` and `streamed_gb`."""
    is_apart = is_beyond_the_free_tier(function, rulebook)
    ran_us = used.on_demand_us + used.ready_us
    memory_gb = function.memory / 1024
    snap, durable, rented = function.snapshot, function.durable, function.instances
    is_charged = snap is not None and not is_among(function.runtime, rulebook.snapstart_free_runtimes)
    written = durable.written * used.runs / GB_KB if durable else 0
    return Usage(
        architecture=function.architecture,
        requests=0 if is_apart else used.requests,
        provisioned_requests=used.requests if is_apart else 0,
        gb_s=used.gb_s(used.on_demand_us + used.idle_us),
        provisioned_gb_s=used.gb_s(used.configured_us),
        provisioned_run_gb_s=used.gb_s(used.ready_us),
        tmp_gb_s=ran_us * max(function.tmp - rulebook.tmp_free, 0) / SECOND / 1024,
        tenant_environment_gb=function.tenant_environments * memory_gb,
        snapstart_cache_gb_s=cached_us(function, rulebook) / SECOND * memory_gb if is_charged else 0,
        snapstart_restored_gb=used.cold * memory_gb if is_charged else 0,
        streamed_gb=max(function.streamed - rulebook.stream_free_part, 0) * used.runs / GB_KB,
        durable_operations=durable.operations * used.runs if durable else 0,
        durable_written_gb=written,
        durable_kept=written * durable.kept_us / month_us if durable else 0,
        instance_usd=rented.usd_per_hour * rented.count * rented.time_us / HOUR if rented else 0,
    )


def is_beyond_the_free_tier(function: Function, rulebook: Rulebook) -> bool:
    """Of Managed Instances AWS says nothing; that the free tier does not reach them is our reading."""
    return bool(function.instances) or (bool(function.ready) and not rulebook.free_tier_reaches_provisioned)


def cached_us(function: Function, rulebook: Rulebook) -> int:
    """How long the snapshots of all versions are paid for."""
    snap = function.snapshot
    return snap.versions * max(snap.time_us, rulebook.snapstart_cache_minimum) if snap else 0


def chunks(function: Function, rulebook: Rulebook) -> int:
    """Requests that one run is billed as. Source: Lambda pricing."""
    if not function.is_async:
        return 1
    return 1 + max(-(-(function.payload - rulebook.async_first_chunk) // rulebook.async_next_chunk), 0)


def up(count: int, share: Fraction) -> int:
    """The share of a count, a part of one for a whole one."""
    return -int(-count * share // 1)


def is_among(runtime: str, names: str) -> bool:
    """`python3.13` is among `java python`."""
    return any(runtime.startswith(name) for name in names.split())


def _run_us(function: Function, rulebook: Rulebook) -> int:
    wait = function.durable.wait_us if function.durable and rulebook.durable_waits_are_billed else 0
    return duration_us(function.curve, function.memory, rulebook) + wait


def _on_demand_us(function: Function, runs: int, cold: int, rulebook: Rulebook) -> int:
    """A version with SnapStart runs its init once, when it is published, and what a restore runs at each cold start."""
    run_us, snap = _run_us(function, rulebook), function.snapshot
    warm = billed_us(0, run_us, rulebook)
    if snap is None:
        init_us = function.init_us if init_is_billed(function.package, function.runtime, rulebook) else 0
        return (runs - cold) * warm + cold * billed_us(init_us, run_us, rulebook)
    first = snap.versions * billed_us(function.init_us, 0, rulebook)
    return (runs - cold) * warm + cold * billed_us(0, run_us + snap.restore_us, rulebook) + first


def _configured(function: Function, rulebook: Rulebook) -> tuple[int, int]:
    """(microseconds that environments are configured, environments that are made ready)."""
    ready = function.ready
    if ready is None:
        return 0, 0
    step = rulebook.provisioned_billing_step
    return ready.periods * ready.count * (-(-ready.time_us // step) * step), ready.periods * ready.count


def _billed_memory(function: Function, rulebook: Rulebook) -> int:
    if rulebook.used_memory_is_billed and function.memory_used is not None:
        return function.memory_used
    return function.memory
