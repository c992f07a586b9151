"""The bill once more, plainly: run by run, in exact fractions, from the price list. Slow, and for small numbers alone.

Nothing of it is taken from the model: prices are written here again, as AWS lists them.
"""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor
from typing import Any, NamedTuple

PRICES: dict[str, dict[str, Fraction]] = {
    "x86_64": {
        "ready": Fraction("0.0000041667"), "run": Fraction("0.0000097222"), "tenant": Fraction("0.000166667"),
        "first": Fraction("0.0000166667"), "second": Fraction("0.0000150000"), "third": Fraction("0.0000133334"),
    },
    "arm64": {
        "ready": Fraction("0.0000033334"), "run": Fraction("0.0000077778"), "tenant": Fraction("0.000133333"),
        "first": Fraction("0.0000133334"), "second": Fraction("0.0000120001"), "third": Fraction("0.0000106667"),
    },
}  # fmt: skip
REQUEST = Fraction("0.0000002")
TMP = Fraction("0.0000000309")
CACHED, RESTORED = Fraction("0.0000015046"), Fraction("0.0001397998")
STREAMED, OPERATION, WRITTEN, KEPT = Fraction("0.008"), Fraction("0.000008"), Fraction("0.25"), Fraction("0.15")
FEE = Fraction("0.15")
POLLER = {"sqs": Fraction("0.00925"), "kafka": Fraction("0.185")}
Plan = dict[str, Any]


class World(NamedTuple):
    """What is free in a month, and where the tiers of each architecture end."""

    requests: int = 1_000_000
    gb_s: int = 400_000
    gb: int = 100
    x86_64: tuple[int, int] = (6_000_000_000, 15_000_000_000)
    arm64: tuple[int, int] = (7_500_000_000, 18_750_000_000)


TODAY = World()


def lines(plan: Plan, world: World = TODAY) -> dict[str, Fraction]:
    """USD by line. Times are microseconds, sizes KB, memory MB; a plan has every key that is read here."""
    used = {name: one(function, plan["month"]) for name, function in plan["functions"].items()}
    total = dict.fromkeys(
        ("requests", "duration", "provisioned", "storage", "tenants", "snapstart", "streaming", "durable", "instances"),
        Fraction(0),
    )
    free = {name: Fraction(0) for name in used}
    requests, gb_s, streamed = dict(free), dict(free), dict(free)
    for name, function in plan["functions"].items():
        if not function["ready"] and not function["instances"]:
            requests[name], gb_s[name] = used[name]["requests"], used[name]["gb_s"]
        streamed[name] = used[name]["streamed"]
    if plan["free_tier"]:
        requests, gb_s, streamed = less(requests, world.requests), less(gb_s, world.gb_s), less(streamed, world.gb)
    for architecture, prices in PRICES.items():
        pool = Fraction(0)
        for name, function in plan["functions"].items():
            if function["architecture"] == architecture:
                is_apart = function["ready"] or function["instances"]
                pool += used[name]["gb_s"] if is_apart else gb_s[name]
                total["requests"] += (used[name]["requests"] if is_apart else requests[name]) * REQUEST
                total["streaming"] += streamed[name] * STREAMED
                for line in ("provisioned", "storage", "tenants", "snapstart", "durable", "instances"):
                    total[line] += used[name][line]
        total["duration"] += tiered(pool, prices, getattr(world, architecture))
    total["pollers"] = sum(
        (
            Fraction(poller["count"] * poller["time"], 3_600_000_000) * POLLER[poller["kind"]]
            for poller in plan["pollers"]
        ),
        Fraction(0),
    )
    return total


def less(uses: dict[str, Fraction], free: int) -> dict[str, Fraction]:
    """What is left to pay when so much of all together is free, shared in proportion to use."""
    whole = sum(uses.values())
    if whole <= free:
        return dict.fromkeys(uses, Fraction(0))
    return {name: use - free * use / whole for name, use in uses.items()}


def tiered(pool: Fraction, prices: dict[str, Fraction], borders: tuple[int, int]) -> Fraction:
    second, third = borders
    if pool <= second:
        return pool * prices["first"]
    if pool <= third:
        return second * prices["first"] + (pool - second) * prices["second"]
    return second * prices["first"] + (third - second) * prices["second"] + (pool - third) * prices["third"]


def one(function: Plan, month: int) -> dict[str, Fraction]:
    """What one function uses, and USD of the lines that no other function changes."""
    gb, prices = Fraction(function["memory"], 1024), PRICES[function["architecture"]]
    inside = floor(function["requests"] * function["ready"]["share"]) if function["ready"] else 0
    outside = function["requests"] - inside
    cold = ceil(outside * function["cold_share"])
    snap = function["snapshot"]
    milliseconds = 0
    for number in range(outside):
        time = function["duration"]
        if number < cold:
            time += snap["restore"] if snap else function["init"]
        milliseconds += ceil(Fraction(time, 1000))
    if snap:
        milliseconds += snap["versions"] * ceil(Fraction(function["init"], 1000))
    inside_milliseconds = sum(ceil(Fraction(function["duration"], 1000)) for _ in range(inside))
    ready_seconds = Fraction(0)
    if function["ready"]:
        for _ in range(function["ready"]["periods"]):
            for _ in range(function["ready"]["count"]):
                inside_milliseconds += ceil(Fraction(function["init"], 1000))
                ready_seconds += 300 * ceil(Fraction(function["ready"]["time"], 300_000_000))
    if function["instances"]:
        milliseconds = 0
    seconds, inside_seconds = Fraction(milliseconds, 1000), Fraction(inside_milliseconds, 1000)
    return {
        "requests": Fraction(function["requests"] * chunks(function)),
        "gb_s": seconds * gb,
        "streamed": Fraction(function["requests"] * max(function["streamed"] - 6 * 1024, 0), 1024 * 1024),
        "provisioned": ready_seconds * gb * prices["ready"] + inside_seconds * gb * prices["run"],
        "storage": (seconds + inside_seconds) * Fraction(max(function["tmp"] - 512, 0), 1024) * TMP,
        "tenants": function["tenants"] * gb * prices["tenant"],
        "snapstart": snapshots(function, cold) * gb,
        "durable": durable(function, month),
        "instances": instances(function),
    }


def chunks(function: Plan) -> int:
    """The first 256 KB are one request, each further 64 KB begun is one more."""
    count, left = 1, function["payload"] - 256
    while function["is_async"] and left > 0:
        count, left = count + 1, left - 64
    return count


def snapshots(function: Plan, cold: int) -> Fraction:
    """USD for each GB of memory."""
    snap = function["snapshot"]
    if not snap or function["runtime"].startswith("java"):
        return Fraction(0)
    seconds = Fraction(max(snap["time"], 3 * 3_600_000_000), 1_000_000)
    return snap["versions"] * seconds * CACHED + cold * RESTORED


def durable(function: Plan, month: int) -> Fraction:
    if not function["durable"]:
        return Fraction(0)
    written = Fraction(function["durable"]["written"] * function["requests"], 1024 * 1024)
    kept = written * Fraction(function["durable"]["kept"], month)
    return function["durable"]["operations"] * function["requests"] * OPERATION + written * WRITTEN + kept * KEPT


def instances(function: Plan) -> Fraction:
    rented = function["instances"]
    if not rented:
        return Fraction(0)
    hours = Fraction(rented["time"], 3_600_000_000) * rented["count"]
    return Fraction(hours * rented["price"] * (1 + FEE))
