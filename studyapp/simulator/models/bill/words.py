"""Numbers as a bill writes them."""

from decimal import Decimal
from typing import Final

FIGURES: Final = 4
"""Of an amount below 1."""


def number(value: float) -> str:
    """`540,000`, `1,234.57`, `0.04167`: two decimals at most, four figures below 1, never an exponent."""
    rounded = round(value, 2)
    if abs(value) >= 1 or not value:
        return f"{int(rounded):,}" if rounded == int(rounded) else f"{rounded:,.2f}"
    return _plain(f"{value:.{FIGURES}g}")


def usd(value: float) -> str:
    """`2,265.39 USD`; below a dollar with four figures: `0.40 USD`, `0.02463 USD`."""
    if abs(value) >= 1 or not value:
        return f"{value:,.2f} USD"
    written = _plain(f"{value:.{FIGURES}g}")
    return f"{written}{'0' * (2 - len(written.partition('.')[2]))} USD"


def price(value: float) -> str:
    """All its figures: `0.0000166667 USD`."""
    return f"{_plain(repr(value))} USD"


def counted(count: int, one: str, many: str = "") -> str:
    """`1 run`, `3,000,000 runs`."""
    return f"{count:,} {one if count == 1 else many or f'{one}s'}"


def memory(megabytes: int) -> str:
    return f"{megabytes:,} MB"


def _plain(text: str) -> str:
    written = format(Decimal(text), "f")
    return written.rstrip("0").rstrip(".") if "." in written else written
