"""A dot on a short ruler in a line of text, such as a row of a table. Places are shares of its width, so that it fits any."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Dot:
    """Places as SVG reads them, "62.5%". `low` and `high`: ends of the interval, "" without one. `mark`: what the dot is held
    against, "" without. `ticks`: hairlines across. `says`: the same in words."""

    at: str
    says: str
    low: str = ""
    high: str = ""
    mark: str = ""
    ticks: tuple[str, ...] = ()


def dot(
    amount: float,
    says: str,
    *,
    interval: tuple[float, float] | None = None,
    mark: float | None = None,
    end: float = 1.0,
    ticks: int = 2,
) -> Dot:
    """`amount` on a ruler from 0 to `end`, in as many equal parts as `ticks`. What lies beyond is held at its ends."""
    low, high = ("", "") if interval is None else (_place(interval[0], end), _place(interval[1], end))
    return Dot(
        at=_place(amount, end),
        says=says,
        low=low,
        high=high,
        mark="" if mark is None else _place(mark, end),
        ticks=tuple(_place(end * each / ticks, end) for each in range(ticks + 1)),
    )


def _place(amount: float, end: float) -> str:
    return f"{100 * min(max(amount / end, 0.0), 1.0):.4g}%"
