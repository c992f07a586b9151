"""The bill of an account: what each function uses, what of it is free, and USD by line.

The free tier and the tiers of duration belong to the account, so what one function pays needs a rule: what is free is shared in
proportion to use, and so is what the tiers of an architecture come to. AWS states neither; sums do not depend on it, but for an
account that uses both architectures (there AWS says no more than that the free tier holds for both).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import fsum

from studyapp.simulator.models.bill.parts import Function, Month
from studyapp.simulator.models.bill.use import HOUR, Use, is_beyond_the_free_tier, usage, use
from studyapp.simulator.pricing import GB_KB, Bill, Usage, bill, tiered
from studyapp.simulator.rulebook import Rulebook


@dataclass(frozen=True)
class Part:
    """What one function uses, before and after what is free of it."""

    function: Function
    use: Use
    whole: Usage
    charged: Usage


@dataclass(frozen=True)
class Account:
    """`duration` is what the charged GB-s of one architecture come to, all functions together."""

    parts: tuple[Part, ...]
    pollers: Usage
    bill: Bill
    duration: Mapping[str, float]

    def of(self, part: Part, rulebook: Rulebook) -> float:
        """USD that one function pays of the bill: its part of the duration, and its other lines."""
        charged, name = part.charged, part.charged.architecture
        pool = sum(each.charged.gb_s for each in self.parts if each.charged.architecture == name)
        duration = self.duration[name] * charged.gb_s / pool if pool else 0.0
        return bill(replace(charged, gb_s=0), rulebook).total + duration


def account(month: Month, rulebook: Rulebook) -> Account:
    uses = [use(function, month.time_us, rulebook) for function in month.functions]
    wholes = [
        usage(function, used, month.time_us, rulebook) for function, used in zip(month.functions, uses, strict=True)
    ]
    charged = _charged(month, wholes, rulebook)
    parts = tuple(Part(*each) for each in zip(month.functions, uses, wholes, charged, strict=True))
    pools = {name: sum(each.gb_s for each in charged if each.architecture == name) for name in _architectures(charged)}
    duration = {
        name: sum(gb_s * tier.price for gb_s, tier in tiered(pool, name, rulebook)) for name, pool in pools.items()
    }
    pollers = _pollers(month)
    lines = [bill(replace(each, gb_s=0), rulebook) for each in (*charged, pollers)]
    sums = Bill(*(fsum(column) for column in zip(*lines, strict=True)))
    counted = Usage(
        requests=sum(each.requests for each in charged),
        provisioned_requests=sum(each.provisioned_requests for each in charged),
    )
    sums = sums._replace(duration=fsum(duration.values()), requests=bill(counted, rulebook).requests)
    return Account(parts, pollers, sums, duration)


def alone(function: Function, month_us: int, rulebook: Rulebook) -> Bill:
    """What one function costs as the only one of an account, without the free tier: so choices for it are compared."""
    return bill(usage(function, use(function, month_us, rulebook), month_us, rulebook), rulebook)


def _charged(month: Month, wholes: Sequence[Usage], rulebook: Rulebook) -> list[Usage]:
    if not month.has_free_tier:
        return list(wholes)
    by_function = rulebook.free_tier_per_function
    reached = [
        0 if is_beyond_the_free_tier(function, rulebook) else each.gb_s
        for function, each in zip(month.functions, wholes, strict=True)
    ]
    requests = _free(rulebook.free_requests, [each.requests for each in wholes], by_function)
    gb_s = _free(rulebook.free_gb_s, reached, by_function)
    streamed = _free(rulebook.free_stream / GB_KB, [each.streamed_gb for each in wholes], by_function)
    return [
        replace(
            each,
            requests=each.requests - requests[at],
            gb_s=each.gb_s - gb_s[at],
            streamed_gb=each.streamed_gb - streamed[at],
        )
        for at, each in enumerate(wholes)
    ]


def _free(most: float, used: Sequence[float], by_function: bool) -> list[float]:
    """What is free of each use: of all together `most`, shared in proportion to use, or as much of each by itself."""
    if by_function:
        return [min(each, most) for each in used]
    total = sum(used)
    return list(used) if total <= most else [most * each / total for each in used]


def _pollers(month: Month) -> Usage:
    hours = {"sqs": 0.0, "kafka": 0.0}
    for poller in month.pollers:
        hours[poller.kind] += poller.count * poller.time_us / HOUR
    return Usage(sqs_poller_hours=hours["sqs"], kafka_unit_hours=hours["kafka"])


def _architectures(usages: Sequence[Usage]) -> list[str]:
    return sorted({each.architecture for each in usages})
