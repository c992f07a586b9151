"""How many requests and errors fall into a stretch of time: means, exact, as whole numbers of a very small unit.

Everything is constant between a few moments, so a count is a sum of products of whole numbers: requests for a number of
microseconds, microseconds, and two shares in millionths. `unit` is how many of them make one request or one error.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from studyapp.simulator.models.rollout.plan import MILLION, Errors
from studyapp.simulator.units import Rate

Shift = tuple[int, int]
"""A moment in microseconds, and the share of the new version from then on, in millionths."""


class Counts(NamedTuple):
    """In units."""

    requests: int
    requests_new: int
    errors_old: int
    errors_new: int


@dataclass(frozen=True)
class Traffic:
    """Calls of the alias. Before the first shift all of them go to the old version, also before the deployment."""

    requests: Rate
    old: Errors
    new: Errors
    shifts: Sequence[Shift]

    @property
    def unit(self) -> int:
        return self.requests.per_us * MILLION * MILLION

    def counts(self, start: int, stop: int) -> Counts:
        """From `start` to `stop`, moments in microseconds; before 0 is before the deployment."""
        before, after = self.until(start), self.until(stop)
        return Counts(*(late - early for early, late in zip(before, after, strict=True)))

    def a_microsecond(self, at: int) -> Counts:
        """What falls into each microsecond from a moment on."""
        place = bisect_right(self._moments, at)
        share = self.shifts[place - 1][1] if place else 0
        old, new = (errors.share if is_failing(errors, at) else 0 for errors in (self.old, self.new))
        count = self.requests.count
        moved = count * share
        return Counts(count * MILLION * MILLION, moved * MILLION, (count * MILLION - moved) * old, moved * new)

    def until(self, at: int) -> Counts:
        """Counts from the first edge to a moment; below 0 before it. Kept, as where one period ends another begins."""
        found = self._known.get(at)
        if found is None:
            place = bisect_right(self._edges, at)
            last = max(place - 1, 0)
            found = self._known[at] = _after(self._totals[last], self._rates[place], at - self._edges[last])
        return found

    @cached_property
    def _known(self) -> dict[int, Counts]:
        return {}

    @cached_property
    def _moments(self) -> list[int]:
        return [at for at, _ in self.shifts]

    @cached_property
    def _edges(self) -> list[int]:
        """The moments at which something changes, and 0."""
        failing = (each for errors in (self.old, self.new) for each in (errors.from_us, errors.to_us))
        return sorted({0, *self._moments, *(each for each in failing if each is not None)})

    @cached_property
    def _rates(self) -> list[Counts]:
        """Before the first edge, and from each edge on."""
        return [self.a_microsecond(at) for at in (self._edges[0] - 1, *self._edges)]

    @cached_property
    def _totals(self) -> list[Counts]:
        """Counts from the first edge to each."""
        totals = [Counts(0, 0, 0, 0)]
        for (start, stop), rates in zip(pairwise(self._edges), self._rates[1:], strict=False):
            totals.append(_after(totals[-1], rates, stop - start))
        return totals


def _after(total: Counts, rates: Counts, us: int) -> Counts:
    return Counts(
        total[0] + rates[0] * us, total[1] + rates[1] * us, total[2] + rates[2] * us, total[3] + rates[3] * us
    )


def is_failing(errors: Errors, at: int) -> bool:
    """Whether requests fail at a moment."""
    return (errors.from_us is None or errors.from_us <= at) and (errors.to_us is None or at < errors.to_us)
