"""Percentiles of times and peaks of spans."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from math import ceil

from studyapp.simulator.units import SECOND


class Stretches:
    """How many of some stretches of time hold at each moment, from their starts and their ends alone, both sorted.

    An end frees its place at once: at one moment, ends come before starts. Moments are microseconds.
    """

    __slots__ = ("_peak", "ends", "starts")

    def __init__(self, starts: Iterable[int], ends: Iterable[int]) -> None:
        self.starts = sorted(starts)
        self.ends = sorted(ends)
        self._peak: int | None = None

    @property
    def peak(self) -> int:
        """The most that hold at one moment. More than `most` do where the end that is `most` places before a start is later."""
        if self._peak is None:
            most, ends = 0, self.ends
            for place, start in enumerate(self.starts):
                if ends[place - most] > start:
                    most += 1
            self._peak = most
        return self._peak

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
