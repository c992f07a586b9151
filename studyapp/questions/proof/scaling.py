"""Half of a value and twice the value: the range of what has no usual size, such as a load."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from studyapp.facts import quantity
from studyapp.facts.quantity import Quantity
from studyapp.questions.filling import value_at
from studyapp.simulator import units

FACTORS = (Decimal("0.5"), Decimal(2))
LONGER_ONLY = (Decimal(2), Decimal(10))


def scaled(path: str, body: Mapping[str, object]) -> tuple[object, ...]:
    """The value at `path` by each factor; nothing for what is zero or is no quantity."""
    return _scaled(value_at(path, body), FACTORS)


def scaled_rate(path: str, body: Mapping[str, object]) -> tuple[object, ...]:
    """Half and twice the whole things of a rate: half of `5 per 1 s` is `5 per 2 s`. What is no rate is scaled."""
    try:
        rate = units.rate(found := value_at(path, body))
    except units.UnitError:
        return scaled(path, body)
    return (f"{rate.count} per {units.show_time(2 * rate.per_us)}", by(found, Decimal(2)))


def longer(path: str, body: Mapping[str, object]) -> tuple[object, ...]:
    """The time at `path` only grown, as that of a horizon."""
    return _scaled(value_at(path, body), LONGER_ONLY)


def by(value: object, factor: Decimal) -> object:
    """`value` times `factor`, in the same form; whole numbers stay whole and at least 1. None if it cannot be done."""
    if isinstance(value, list | tuple):
        parts = [by(each, factor) if worth_scaling(each) else each for each in value]
        return None if None in parts else parts
    if isinstance(value, bool) or not worth_scaling(value):
        return None
    if isinstance(value, int):
        return max(1, int(value * factor))
    if isinstance(value, float):
        return float(Decimal(str(value)) * factor)
    read = quantity.parse(str(value))
    return plain(Quantity(read.amount * factor, read.unit))


def _scaled(value: object, factors: tuple[Decimal, ...]) -> tuple[object, ...]:
    moved = tuple(by(value, factor) for factor in factors)
    return tuple(each for each in moved if each is not None and each != value)


def plain(value: Quantity) -> str:
    """A quantity as a scenario writes it, without commas."""
    return f"{value.amount.normalize():f} {value.unit}".strip()


def worth_scaling(value: object) -> bool:
    if isinstance(value, int | float):
        return value != 0
    try:
        return quantity.parse(str(value)).amount != 0
    except quantity.BadQuantity:
        return False
