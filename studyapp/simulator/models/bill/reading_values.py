"""How single values of a bill are read."""

from decimal import Decimal
from fractions import Fraction
from typing import Final

from studyapp.simulator import units
from studyapp.simulator.reading import Fields
from studyapp.simulator.units import show_time

QUOTAS: Final = "Lambda quotas"


def share(value: object) -> Fraction:
    """`0.2` or `20 %`, from 0 to 1, exactly. Raises UnitError."""
    units.fraction(value)
    amount, unit = units.split(value)
    return Fraction(amount / 100 if unit else amount * Decimal(1))


def time_within(fields: Fields, key: str, usual: int, low: int, high: int, source: str) -> int:
    """Microseconds from `low` to `high`."""
    return fields.within(key, units.span, usual, low, high, show_time, source)


def mb(megabytes: int) -> str:
    return f"{megabytes:,} MB"
