"""The bill explained: one path for each line that the account has, one for the total, and one for each choice."""

from collections.abc import Iterable, Iterator, Sequence

from studyapp.simulator.models.bill import extras, lines
from studyapp.simulator.models.bill.account import Account
from studyapp.simulator.models.bill.choices import Choices, cheapest
from studyapp.simulator.models.bill.parts import Month
from studyapp.simulator.models.bill.words import memory, number, usd
from studyapp.simulator.rulebook import Rulebook
from studyapp.simulator.spans import Hop, Path
from studyapp.simulator.units import show_time

NAMES = {"tenants": "tenant environments", "storage": "ephemeral storage", "instances": "managed instances"}
"""Of lines, where another word says more."""


def paths(month: Month, found: Account, chosen: Sequence[Choices], rulebook: Rulebook) -> tuple[Path, ...]:
    """Every hop is ok: it is a step of a sum, and nothing is refused."""
    of_account = {
        "requests": lines.requests,
        "duration": lines.duration,
        "provisioned": extras.provisioned,
        "storage": extras.storage,
        "tenants": extras.tenants,
        "snapstart": extras.snapstart,
        "streaming": extras.streaming,
        "durable": extras.durable,
        "instances": extras.instances,
    }
    worked = [_path(line, steps(found, rulebook)) for line, steps in of_account.items()]
    worked += [_path("pollers", extras.pollers(month, rulebook)), _path("total", _total(found))]
    for part, choices in zip(found.parts, chosen, strict=True):
        worked.append(_path(f"memory of {part.function.name}", _sizes(choices)))
        worked.append(_path(f"provisioned concurrency of {part.function.name}", _break_even(choices)))
    return tuple(path for path in worked if path.hops)


def _path(target: str, hops: Iterable[Hop]) -> Path:
    return Path(target, True, tuple(hops), "bill")


def _total(found: Account) -> Iterator[Hop]:
    for line, cost in found.bill._asdict().items():
        if cost:
            yield Hop(NAMES.get(line, line), True, f"It comes to {usd(cost)}.")
    yield Hop("total", True, f"The month costs {usd(found.bill.total)}.")


def _sizes(choices: Choices) -> Iterator[Hop]:
    for size in choices.sizes:
        says = f"A run takes {show_time(size.run_us)}, and the month costs {usd(size.usd)}."
        yield Hop(memory(size.memory), True, says, "memory_moves_cpu")
    if choices.sizes:
        yield Hop("choice", True, f"The lowest bill has {memory(cheapest(choices.sizes).memory)}.", "memory_moves_cpu")


def _break_even(choices: Choices) -> Iterator[Hop]:
    even, rule = choices.break_even, "provisioned_billing_step"
    if even is None or choices.on_demand is None:
        return
    yield Hop(
        "use", True, f"Its environments run requests for {number(even.used * 100)} % of the time they are ready.", rule
    )
    if even.share is None or even.rate is None:
        yield Hop("break-even", True, "No use makes it cheaper than on demand.", rule)
    else:
        says = f"It costs less than on demand from {number(even.share * 100)} % use on, {number(even.rate)} requests a second."
        yield Hop("break-even", True, says, rule)
    yield Hop("on demand", True, f"Without it, the same requests would cost {usd(choices.on_demand)}.", rule)
