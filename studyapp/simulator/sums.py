"""Percentiles of times and peaks of spans."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import repeat
from math import ceil

from studyapp.simulator.units import SECOND


class Stretches:
    """How many of some stretches of time hold at each moment, from their starts and their ends alone, both sorted.

    An end frees its place at once: at one moment, ends come before starts. Moments are microseconds.
    """

    __slots__ = ("_peak", "_peak_us", "ends", "starts")

    def __init__(self, starts: Iterable[int], ends: Iterable[int]) -> None:
        self.starts = sorted(starts)
        self.ends = sorted(ends)
        self._peak: int | None = None
        self._peak_us = 0

    @property
    def peak(self) -> int:
        """The most that hold at one moment. A start makes one more, unless there is an end for it that is not later."""
        if self._peak is None:
            ends, freed = self.ends, 0
            for start in self.starts:
                if ends[freed] <= start:
                    freed += 1
                else:
                    self._peak_us = start
            self._peak = len(ends) - freed
        return self._peak

    @property
    def peak_us(self) -> int:
        """The first moment at which so many hold; 0 if none ever does."""
        return self._peak_us if self.peak else 0

    def until(self, moment: int) -> "Stretches":
        """As far as they hold before `moment`: what would hold longer ends then."""
        if not self.ends or (self.ends[-1] <= moment and self.starts[-1] < moment):
            return self
        starts, ends = self.starts[: bisect_left(self.starts, moment)], self.ends[: bisect_left(self.ends, moment)]
        return Stretches(starts, [*ends, *repeat(moment, len(starts) - len(ends))])

    def at(self, moment: int) -> int:
        return bisect_right(self.starts, moment) - bisect_right(self.ends, moment)

    def steps(self, first: int, last: int) -> list[tuple[int, int]]:
        """(moment, how many from then on): one step at `first`, then one for each change up to `last`, with it."""
        came, gone = bisect_right(self.starts, first), bisect_right(self.ends, first)
        level, after = came - gone, last + 1
        starts = iter([*self.starts[came : bisect_right(self.starts, last)], after])
        ends = iter([*self.ends[gone : bisect_right(self.ends, last)], after])
        steps, start, end = [(first, level)], next(starts), next(ends)
        while (moment := start if start < end else end) <= last:  # a call of min takes as long as the rest
            before = level
            while start == moment:
                level, start = level + 1, next(starts)
            while end == moment:
                level, end = level - 1, next(ends)
            if level != before:
                steps.append((moment, level))
        return steps

    def within(self, window: int) -> int:
        """The time of all of them together, as far as it lies between 0 and `window`."""
        return _until(self.ends, window) - _until(self.starts, window)


def _until(moments: Sequence[int], window: int) -> int:
    """The sum of the moments, none of them later than `window`."""
    inside = bisect_right(moments, window)
    return sum(moments[:inside]) + (len(moments) - inside) * window


def percentile(values: Sequence[int], share: float) -> float | None:
    """The nearest-rank percentile of sorted times in microseconds, in seconds; None without values."""
    if not values:
        return None
    return values[max(ceil(share * len(values)) - 1, 0)] / SECOND


def peak(spans: Iterable[tuple[int, int]]) -> int:
    """The most spans that hold at one moment."""
    pairs = list(spans)
    return Stretches((start for start, _ in pairs), (end for _, end in pairs)).peak
