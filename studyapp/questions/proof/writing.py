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
TIMES = re.compile(r"(?:duration|init|response)_\w+|async_age_max|\w+_attempt_start|dead_lettered_at")


def writer(metric: str, values: Iterable[Value]) -> Writer:
    """A function that writes each of `values`, and others like them, as a student reads them.

    Times are in seconds, `189 s` or `3 min 9 s` or `650 ms` by the longest of them; costs in USD.
    """
    numbers = [Decimal(str(each)) for each in values if isinstance(each, int | float) and not isinstance(each, bool)]
    write = _number_writer(metric.rpartition(".")[2] if "cost." not in metric else metric, numbers)

    def text(value: Value) -> str:
        if value is None:
            return "Never" if _is_time(metric.rpartition(".")[2]) else "None"
        if isinstance(value, bool):
            return "Yes" if value else "No"
        return value if isinstance(value, str) else write(Decimal(str(value)))

    return text


def _number_writer(metric: str, numbers: list[Decimal]) -> Callable[[Decimal], str]:
    longest = max((abs(number) for number in numbers), default=Decimal(0))
    if _is_time(metric):
        return _time_writer(numbers, longest)
    if "cost." in metric:
        return _plain_writer(_dollar_places(numbers), "USD")
    if metric.endswith("_share"):
        percent = _plain_writer(_places([number * 100 for number in numbers], most=1), "%")
        return lambda share: percent(share * 100)
    places = 0 if all(number == number.to_integral_value() for number in numbers) else 2
    return _plain_writer(places, "GB-s" if metric == "billed_gb_s" else "")


def _is_time(metric: str) -> bool:
    return TIMES.fullmatch(metric) is not None


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
