"""Percentiles of times and peaks of spans."""

from collections.abc import Iterable, Sequence
from math import ceil

from studyapp.simulator.units import SECOND


def percentile(values: Sequence[int], share: float) -> float | None:
    """The nearest-rank percentile of sorted times in microseconds, in seconds; None without values."""
    if not values:
        return None
    return values[max(ceil(share * len(values)) - 1, 0)] / SECOND


def peak(spans: Iterable[tuple[int, int]]) -> int:
    """The most spans that hold at one moment. `spans` come in order of start; an end frees its place at once."""
    pairs = list(spans)
    ends = sorted(end for _, end in pairs)
    most = now = freed = 0
    for start, _ in pairs:
        while freed < len(ends) and ends[freed] <= start:
            freed += 1
            now -= 1
        now += 1
        most = max(most, now)
    return most
