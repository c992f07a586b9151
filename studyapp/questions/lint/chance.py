"""How likely a bank's keys would be so by chance."""

from __future__ import annotations

from collections.abc import Sequence
from math import erfc, exp, gamma, sqrt


def chi_square(counts: Sequence[int]) -> float:
    """The chance that counts which should be equal differ by so much. `counts` has at least two, and a sum over zero."""
    expected = sum(counts) / len(counts)
    statistic = sum((count - expected) ** 2 / expected for count in counts)
    return chi_square_tail(statistic, len(counts) - 1)


def chi_square_tail(statistic: float, freedom: int) -> float:
    """The share of a chi-square distribution with `freedom` degrees of freedom, at least 1, that lies above `statistic`."""
    half = statistic / 2
    at = 1 if freedom % 2 else 2
    tail = erfc(sqrt(half)) if freedom % 2 else exp(-half)
    while at < freedom:
        tail += half ** (at / 2) * exp(-half) / gamma(at / 2 + 1)
        at += 2
    return tail


def at_least(successes: int, chances: Sequence[float]) -> float:
    """The chance of so many successes or more, where each trial has a chance of its own."""
    spread = [1.0]
    for chance in chances:
        failed = [share * (1 - chance) for share in spread]
        done = [share * chance for share in spread]
        spread = [one + other for one, other in zip([*failed, 0.0], [0.0, *done], strict=True)]
    return sum(spread[successes:])
