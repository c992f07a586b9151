"""Which choice costs least: of memory sizes that were measured, of the two architectures, of provisioned and on demand.

Each is compared for the function alone, at the prices of an account that has nothing else, without the free tier.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from studyapp.simulator.models.bill.account import alone
from studyapp.simulator.models.bill.curve import duration_us
from studyapp.simulator.models.bill.parts import Function
from studyapp.simulator.models.bill.use import Use
from studyapp.simulator.pricing import provisioned_break_even
from studyapp.simulator.rulebook import Rulebook
from studyapp.simulator.units import SECOND


@dataclass(frozen=True)
class Size:
    """One memory size: microseconds of a run, USD of the month."""

    memory: int
    run_us: int
    usd: float


@dataclass(frozen=True)
class BreakEven:
    """From which share of use on provisioned concurrency costs less; `rate` is the requests a second that make it.

    None where no use is enough. `used` is the share in which the environments run requests now.
    """

    share: float | None
    rate: float | None
    used: float


@dataclass(frozen=True)
class Choices:
    """`sizes` is empty where only one memory size is known; the rest is None where there is nothing to choose."""

    sizes: tuple[Size, ...] = ()
    by_architecture: tuple[float, float] | None = None
    break_even: BreakEven | None = None
    on_demand: float | None = None


def choices(function: Function, used: Use, month_us: int, rulebook: Rulebook) -> Choices:
    """USD on x86_64 and on arm64 hold for runs that take the same time on both. On Managed Instances nothing is chosen here."""
    if function.instances:
        return Choices()
    x86, arm = (alone(replace(function, architecture=name), month_us, rulebook).total for name in ("x86_64", "arm64"))
    found = Choices(_sizes(function, month_us, rulebook), (x86, arm))
    if not function.ready:
        return found
    without = alone(replace(function, ready=None), month_us, rulebook).total
    return replace(found, break_even=_break_even(function, used, rulebook), on_demand=without)


def cheapest(found: Sequence[Size]) -> Size:
    """Where two cost the same, the faster."""
    return min(found, key=lambda size: (size.usd, size.run_us, size.memory))


def fastest(found: Sequence[Size]) -> Size:
    """Where two take the same time, the cheaper."""
    return min(found, key=lambda size: (size.run_us, size.usd, size.memory))


def _sizes(function: Function, month_us: int, rulebook: Rulebook) -> tuple[Size, ...]:
    """All measured sizes that what the code needs fits in."""
    if not function.is_measured:
        return ()
    fitting = [memory for memory, _ in function.curve if memory >= (function.memory_used or 0)]
    return tuple(
        Size(
            memory,
            duration_us(function.curve, memory, rulebook),
            alone(replace(function, memory=memory), month_us, rulebook).total,
        )
        for memory in fitting
    )


def _break_even(function: Function, used: Use, rulebook: Rulebook) -> BreakEven:
    share = provisioned_break_even(rulebook, function.architecture)
    now = used.in_ready * used.warm_us / used.configured_us if used.configured_us else 0.0
    if share is None or share > 1 or function.ready is None:
        return BreakEven(None, None, now)
    return BreakEven(share, share * function.ready.count * SECOND / used.warm_us, now)
