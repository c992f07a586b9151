"""How the values of a metric are written as options: one form for all the values of an item."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from decimal import ROUND_HALF_UP, Decimal

from studyapp.facts.quantity import NO_BREAK_SPACE
from studyapp.simulator.outcome import Value

Writer = Callable[[Value], str]

MINUTES_FROM = 120
MILLISECONDS_BELOW = 1
TIMES = re.compile(
    r"(?:duration|init|response|iterator_age)_\w+|async_age_max|\w+_attempt_start|dead_lettered_at|peak_concurrency_at"
)
OF_MODELS = {
    "s": r"rollout\.(?:ends_at|rolled_back_at|shifting)|shift\..+|alarm\.at|delay_max\..+|stale\..+",
    "USD": r"(?:bill|bill_of|secret_cost|cheapest_cost|fastest_cost|on_demand|arm_saving)\..+",
    "MB": r"(?:size|cheapest|fastest|stored)\..+|left\..+\.(?:zipped|unzipped|image|tmp)",
    "KB": r"left\..+\.(?:environment|settings)",
    "%": r"(?:share|break_even|utilization|arm_saving_share)\..+|traffic\.new_(?:at_end|most)",
    "GB-s": r"gb_s\..+",
}
"""What the metrics of models are counted in, by their full names; the others are plain numbers or words."""


def writer(metric: str, values: Iterable[Value]) -> Writer:
    """A function that writes each of `values`, and others like them, as a student reads them.

    Times are in seconds, `189 s` or `3 min 9 s` or `650 ms` by the longest of them; costs in USD.
    """
    numbers = [Decimal(str(each)) for each in values if isinstance(each, int | float) and not isinstance(each, bool)]
    unit = _unit(metric)
    write = _number_writer(unit, numbers)

    def text(value: Value) -> str:
        if value is None:
            return "Never" if unit == "s" else "None"
        if isinstance(value, bool):
            return "Yes" if value else "No"
        return value if isinstance(value, str) else write(Decimal(str(value)))

    return text


def _unit(metric: str) -> str:
    """What its values are counted in; nothing for a plain number."""
    for unit, names in OF_MODELS.items():
        if re.fullmatch(names, metric):
            return unit
    if TIMES.fullmatch(metric.rpartition(".")[2]):
        return "s"
    if "cost." in metric:
        return "USD"
    return "%" if metric.endswith("_share") else "GB-s" if metric.endswith("billed_gb_s") else ""


def _number_writer(unit: str, numbers: list[Decimal]) -> Callable[[Decimal], str]:
    if unit == "s":
        return _time_writer(numbers, max((abs(number) for number in numbers), default=Decimal(0)))
    if unit == "USD":
        return _plain_writer(_dollar_places(numbers), unit)
    if unit == "%":
        percent = _plain_writer(_places([number * 100 for number in numbers], most=1), unit)
        return lambda share: percent(share * 100)
    places = 0 if all(number == number.to_integral_value() for number in numbers) else 2
    return _plain_writer(places, unit)


def _time_writer(numbers: list[Decimal], longest: Decimal) -> Callable[[Decimal], str]:
    if longest < MILLISECONDS_BELOW:
        milliseconds = _plain_writer(_places([number * 1000 for number in numbers], most=1), "ms")
        return lambda seconds: milliseconds(seconds * 1000)
    places = _places(numbers, most=2)
    if longest < MINUTES_FROM:
        return _plain_writer(places, "s")
    return lambda seconds: _clock(_rounded(seconds, places))


def _clock(seconds: Decimal) -> str:
    """`3 min 9 s`, `6 h`, `45 s`: what is nothing is left out."""
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    parts = [(hours, "h"), (minutes, "min"), (rest, "s")]
    return (
        " ".join(f"{amount.normalize():,f}{NO_BREAK_SPACE}{unit}" for amount, unit in parts if amount)
        or f"0{NO_BREAK_SPACE}s"
    )


def _plain_writer(places: int, unit: str) -> Callable[[Decimal], str]:
    def write(number: Decimal) -> str:
        return NO_BREAK_SPACE.join(part for part in (f"{_rounded(number, places):,f}", unit) if part)

    return write


def _places(numbers: list[Decimal], *, most: int) -> int:
    """The fewest decimal places, up to `most`, at which no number changes."""
    return next((places for places in range(most) if all(_rounded(each, places) == each for each in numbers)), most)


def _dollar_places(numbers: list[Decimal]) -> int:
    """Two, or as many as the smallest amount needs for three figures."""
    smallest = min((abs(number) for number in numbers if number), default=Decimal(1))
    return max(2, 2 - smallest.adjusted())


def _rounded(number: Decimal, places: int) -> Decimal:
    return number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
