"""How the other lines of a bill are worked out, those that the account has: each step is a sentence."""

from collections.abc import Iterator

from studyapp.simulator.models.bill.account import Account, Part
from studyapp.simulator.models.bill.parts import Month
from studyapp.simulator.models.bill.use import HOUR, cached_us
from studyapp.simulator.models.bill.words import counted, memory, number, price, usd
from studyapp.simulator.pricing import Usage, provisioned_prices
from studyapp.simulator.rulebook import Rulebook
from studyapp.simulator.spans import Hop
from studyapp.simulator.units import show_time

MILLION = 1_000_000


def provisioned(found: Account, rulebook: Rulebook) -> Iterator[Hop]:
    for part in found.parts:
        ready, name = part.function.ready, part.function.name
        if ready and ready.count:
            yield from _provisioned(part, ready.count, name, rulebook)


def storage(found: Account, rulebook: Rulebook) -> Iterator[Hop]:
    for part in found.parts:
        if part.whole.tmp_gb_s:
            extra, free = part.function.tmp - rulebook.tmp_free, rulebook.tmp_free
            says = f"{memory(extra)} of /tmp above the free {memory(free)}, while it runs: {number(part.whole.tmp_gb_s)} GB-s."
            yield Hop(part.function.name, True, says, "tmp_free")
    gb_s = sum(part.whole.tmp_gb_s for part in found.parts)
    if gb_s:
        says = f"{number(gb_s)} GB-s at {price(rulebook.price_tmp_gb_s)} cost {usd(found.bill.storage)}."
        yield Hop("price", True, says, "price_tmp_gb_s")


def tenants(found: Account, rulebook: Rulebook) -> Iterator[Hop]:
    for part in found.parts:
        function = part.function
        if function.tenant_environments:
            is_x86 = function.architecture == "x86_64"
            rule = f"price_tenant_environment_{'x86' if is_x86 else 'arm64'}_gb"
            each: float = getattr(rulebook, rule)
            says = (
                f"{counted(function.tenant_environments, 'new environment')} of {memory(function.memory)} "
                f"at {price(each)} a GB cost {usd(part.whole.tenant_environment_gb * each)}."
            )
            yield Hop(function.name, True, says, rule)


def snapstart(found: Account, rulebook: Rulebook) -> Iterator[Hop]:
    for part in found.parts:
        function, snap = part.function, part.function.snapshot
        if snap is None:
            continue
        if not part.whole.snapstart_cache_gb_s and not part.whole.snapstart_restored_gb:
            says = f"SnapStart costs nothing extra for {function.runtime}."
            yield Hop(function.name, True, says, "snapstart_free_runtimes")
            continue
        cached = part.whole.snapstart_cache_gb_s * rulebook.price_snapstart_cache_gb_s
        hours = show_time(cached_us(function, rulebook) // snap.versions)
        says = (
            f"{counted(snap.versions, 'version')} of {memory(function.memory)} cached for {hours} cost {usd(cached)}."
        )
        yield Hop(function.name, True, says, "price_snapstart_cache_gb_s")
        restored = part.whole.snapstart_restored_gb * rulebook.price_snapstart_restore_gb
        says = f"{counted(part.use.cold, 'restore')} at {price(rulebook.price_snapstart_restore_gb)} a GB cost {usd(restored)}."
        yield Hop(function.name, True, says, "price_snapstart_restore_gb")


def streaming(found: Account, rulebook: Rulebook) -> Iterator[Hop]:
    parts = [part for part in found.parts if part.whole.streamed_gb]
    for part in parts:
        free = number(rulebook.stream_free_part / 1024)
        says = f"Beyond the first {free} MB of each response: {number(part.whole.streamed_gb)} GB."
        yield Hop(part.function.name, True, says, "stream_free_part")
    before, charged = sum(each.whole.streamed_gb for each in parts), sum(each.charged.streamed_gb for each in parts)
    if before != charged:
        says = f"{number(before - charged)} GB are free; {number(charged)} GB are charged."
        yield Hop("free tier", True, says, "free_stream")
    if parts:
        says = f"{number(charged)} GB at {price(rulebook.price_stream_gb)} cost {usd(found.bill.streaming)}."
        yield Hop("price", True, says, "price_stream_gb")


def durable(found: Account, rulebook: Rulebook) -> Iterator[Hop]:
    per_million = number(rulebook.price_durable_operation * MILLION)
    for part in found.parts:
        if part.function.durable is None:
            continue
        whole, name = part.whole, part.function.name
        cost = usd(whole.durable_operations * rulebook.price_durable_operation)
        says = f"{number(whole.durable_operations)} operations at {per_million} USD per million cost {cost}."
        yield Hop(name, True, says, "price_durable_operation")
        yield from _data(name, whole, rulebook)
        yield _waits(part, rulebook)


def instances(found: Account, rulebook: Rulebook) -> Iterator[Hop]:
    for part in found.parts:
        rented = part.function.instances
        if rented:
            says = (
                f"{counted(rented.count, 'instance')} for {show_time(rented.time_us)} at {price(rented.usd_per_hour)} an hour "
                f"cost {usd(part.whole.instance_usd)} at EC2."
            )
            yield Hop(part.function.name, True, says, "managed_instances_pay_duration")
            fee = rulebook.managed_instances_fee
            says = f"Lambda adds {number(fee * 100)} % for looking after them: {usd(part.whole.instance_usd * fee)}."
            yield Hop(part.function.name, True, says, "managed_instances_fee")


def pollers(month: Month, rulebook: Rulebook) -> Iterator[Hop]:
    for poller in month.pollers:
        rule = "price_sqs_poller_hour" if poller.kind == "sqs" else "price_kafka_unit_hour"
        hours, each = poller.count * poller.time_us / HOUR, getattr(rulebook, rule)
        noun = "poller-hours" if poller.kind == "sqs" else "unit-hours"
        yield Hop(poller.name, True, f"{number(hours)} {noun} at {price(each)} cost {usd(hours * each)}.", rule)


def _provisioned(part: Part, count: int, name: str, rulebook: Rulebook) -> Iterator[Hop]:
    function, used = part.function, part.use
    configured, run = provisioned_prices(function.architecture, rulebook)
    rule = "price_x86_provisioned" if function.architecture == "x86_64" else "price_arm64_provisioned"
    gb_s = part.whole.provisioned_gb_s
    says = (
        f"{counted(count, 'environment')} of {memory(used.memory)}, ready for {show_time(used.configured_us // count)}, "
        f"make {number(gb_s)} GB-s."
    )
    yield Hop(name, True, says, "provisioned_billing_step")
    says = f"{number(gb_s)} GB-s at {price(configured)} cost {usd(gb_s * configured)}, used or not."
    yield Hop(name, True, says, f"{rule}_gb_s")
    ran = part.whole.provisioned_run_gb_s
    says = f"What runs or starts in them, {number(ran)} GB-s at {price(run)}, costs {usd(ran * run)}."
    yield Hop(name, True, says, f"{rule}_run_gb_s")


def _data(name: str, whole: Usage, rulebook: Rulebook) -> Iterator[Hop]:
    amounts = (
        (whole.durable_written_gb, "GB written", "price_durable_written_gb"),
        (whole.durable_kept, "GB-months kept", "price_durable_kept_gb_month"),
    )
    for amount, what, rule in amounts:
        each: float = getattr(rulebook, rule)
        if amount:
            yield Hop(name, True, f"{number(amount)} {what} at {price(each)} cost {usd(amount * each)}.", rule)


def _waits(part: Part, rulebook: Rulebook) -> Hop:
    wait, rule = part.function.durable.wait_us if part.function.durable else 0, "durable_waits_are_billed"
    if rulebook.durable_waits_are_billed:
        return Hop(
            part.function.name, True, f"Waits of {show_time(wait)} would be billed as duration, if this were so.", rule
        )
    return Hop(
        part.function.name,
        True,
        f"It waits {show_time(wait)} in each execution, and no duration is billed for that.",
        rule,
    )
