"""How the two lines that every bill has are worked out: requests and duration. Each step is a sentence."""

from collections.abc import Iterator

from studyapp.simulator.models.bill.account import Account, Part
from studyapp.simulator.models.bill.words import counted, memory, number, price, usd
from studyapp.simulator.pricing import tiered
from studyapp.simulator.rulebook import Rulebook
from studyapp.simulator.spans import Hop
from studyapp.simulator.units import show_time

MILLION = 1_000_000


def requests(found: Account, rulebook: Rulebook) -> Iterator[Hop]:
    parts = [part for part in found.parts if part.function.requests]
    yield from (_requests(part, rulebook) for part in parts)
    before = sum(part.whole.requests for part in parts)
    reached = sum(part.charged.requests for part in parts)
    apart = sum(part.charged.provisioned_requests for part in parts)
    if before != reached:
        yield _free(
            f"{number(before - reached)} of them", number(reached + apart), "requests", "free_requests", rulebook
        )
    if parts:
        charged = reached + apart
        says = f"{number(charged)} at {number(rulebook.price_request * MILLION)} USD per million cost {usd(found.bill.requests)}."
        yield Hop("price", True, says, "price_request")


def duration(found: Account, rulebook: Rulebook) -> Iterator[Hop]:
    parts = [part for part in found.parts if part.whole.gb_s]
    for part in parts:
        yield from _duration(part, rulebook)
    before, charged = (
        (sum(gb_s) for gb_s in zip(*((p.whole.gb_s, p.charged.gb_s) for p in parts), strict=True)) if parts else (0, 0)
    )
    if before != charged:
        yield _free(f"{number(before - charged)} GB-s", number(charged), "GB-s", "free_gb_s", rulebook)
    for name in found.duration:
        pool = sum(part.charged.gb_s for part in parts if part.charged.architecture == name)
        for gb_s, tier in tiered(pool, name, rulebook):
            says = f"{number(gb_s)} GB-s on {name} at {price(tier.price)} cost {usd(gb_s * tier.price)}."
            yield Hop("price", True, says, tier.rule)


def _requests(part: Part, rulebook: Rulebook) -> Hop:
    function, used = part.function, part.use
    if used.runs != function.requests:
        failed = counted(function.requests - used.runs, "run")
        says = f"{failed} of {function.requests:,} failed and would be free, if this were so."
        return Hop(function.name, True, says, "failed_runs_are_free")
    if used.chunks > 1:
        says = f"{counted(used.runs, 'event')} of {function.payload:,} KB count as {used.chunks} requests each: {used.requests:,}."
        return Hop(function.name, True, says, "async_next_chunk")
    if part.whole.provisioned_requests and function.ready:
        says = f"{counted(used.requests, 'request')}; the free tier does not reach a function with provisioned concurrency."
        return Hop(function.name, True, says, "free_tier_reaches_provisioned")
    return Hop(
        function.name,
        True,
        f"Its {counted(used.runs, 'run')} count as {counted(used.requests, 'request')}.",
        "price_request",
    )


def _duration(part: Part, rulebook: Rulebook) -> Iterator[Hop]:
    function, used = part.function, part.use
    runs = used.runs - used.in_ready
    warm = used.gb_s(runs * used.warm_us)
    if runs and used.on_demand_us:
        says = (
            f"{counted(runs, 'run')} of {show_time(used.warm_us)} with {memory(used.memory)} take {number(warm)} GB-s."
        )
        rule = "used_memory_is_billed" if used.memory != function.memory else "billing_step"
        yield Hop(function.name, True, _if_so(says, rule == "used_memory_is_billed"), rule)
    more = used.gb_s(used.on_demand_us) - warm
    if more > 0 and used.on_demand_us > runs * used.warm_us:
        starts = (
            "init of its versions and restores" if function.snapshot else f"init of {counted(used.cold, 'cold start')}"
        )
        verb = "add" if function.snapshot else "adds"
        yield Hop(function.name, True, f"The {starts} {verb} {number(more)} GB-s.", "init_is_billed")
    if used.idle_us:
        says = f"Its idle time adds {number(used.gb_s(used.idle_us))} GB-s, if this were so."
        yield Hop(function.name, True, says, "idle_functions_cost")


def _free(what: str, left: str, unit: str, rule: str, rulebook: Rulebook) -> Hop:
    scope = " in each function's own free tier, if this were so" if rulebook.free_tier_per_function else ""
    return Hop("free tier", True, f"{what} are free{scope}; {left} {unit} are charged.", rule)


def _if_so(says: str, is_false: bool) -> str:
    return f"{says[:-1]}, if this were so." if is_false else says
