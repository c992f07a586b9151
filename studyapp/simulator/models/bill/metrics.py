"""The numbers of a bill by name; `__init__` says what each means."""

from collections.abc import Mapping, Sequence

from studyapp.simulator.models.bill.account import Account, Part
from studyapp.simulator.models.bill.choices import Choices, cheapest, fastest
from studyapp.simulator.rulebook import Rulebook
from studyapp.simulator.spans import Value

WORDS: Mapping[str, str] = {
    "bill": "bill.total",
    "bill_of": "bill_of.<function>",
    "gb_s": "gb_s.<function>",
    "billed_requests": "billed_requests.<function>",
    "break_even": "break_even.<function>",
    "break_even_rate": "break_even_rate.<function>",
    "utilization": "utilization.<function>",
    "on_demand": "on_demand.<function>",
    "arm_saving": "arm_saving.<function>",
    "arm_saving_share": "arm_saving_share.<function>",
    "cheapest": "cheapest.<function>",
    "cheapest_cost": "cheapest_cost.<function>",
    "fastest": "fastest.<function>",
    "fastest_cost": "fastest_cost.<function>",
}
"""How the names of the metrics begin, each with an example."""


def metrics(found: Account, chosen: Sequence[Choices], rulebook: Rulebook) -> dict[str, Value]:
    """`chosen` has the choices of each function, in their order."""
    values: dict[str, Value] = {f"bill.{line}": usd for line, usd in found.bill._asdict().items()}
    values["bill.total"] = found.bill.total
    for part, choices in zip(found.parts, chosen, strict=True):
        own = {"bill_of": found.of(part, rulebook), **_usage(part), **_choices(choices)}
        values |= {f"{word}.{part.function.name}": value for word, value in own.items()}
    return values


def _usage(part: Part) -> dict[str, Value]:
    gb_s = part.whole.gb_s + part.whole.provisioned_run_gb_s
    return {"gb_s": int(gb_s) if gb_s == int(gb_s) else gb_s, "billed_requests": part.use.requests}


def _choices(choices: Choices) -> dict[str, Value]:
    values: dict[str, Value] = {}
    if choices.by_architecture:
        x86, arm = choices.by_architecture
        values |= {"arm_saving": x86 - arm, "arm_saving_share": (x86 - arm) / x86 if x86 else 0.0}
    if even := choices.break_even:
        values |= {"break_even": even.share, "break_even_rate": even.rate, "utilization": even.used}
        values["on_demand"] = choices.on_demand
    if choices.sizes:
        least, first = cheapest(choices.sizes), fastest(choices.sizes)
        values |= {
            "cheapest": least.memory,
            "cheapest_cost": least.usd,
            "fastest": first.memory,
            "fastest_cost": first.usd,
        }
    return values
