"""A trace seen through one function, or all of them: its rows, and how long its environments lived."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

from studyapp.simulator.handing import Handings
from studyapp.simulator.trace import PROVISIONED, WARM


class Life(NamedTuple):
    """One environment: from its first run until it is reclaimed (None: still there at the end). Microseconds."""

    created_us: int
    reclaimed_us: int | None


class View(Handings):
    """The rows, and the environments that they ran in."""

    @cached_property
    def lives(self) -> tuple[Life, ...]:
        """On-demand environments that were used, in order of first use. An idle one is reclaimed when its lifetime is over."""
        return tuple(
            Life(created, self._reclaimed(environment, created, ended))
            for environment, (created, ended) in self._uses.items()
            if self.trace.environment_kind[environment] != PROVISIONED
        )

    @cached_property
    def provisioned_ready_at(self) -> Mapping[int, int]:
        """When the provisioned concurrency of a function, by its number, could be used; microseconds."""
        return dict(zip(self.trace.provisioned_function, self.trace.provisioned_ready_at, strict=True))

    def existences(self) -> Iterator[tuple[int, int, int, int | None]]:
        """(environment, function, from, until) of every one, used or not; until None: still there at the end.

        What is provisioned is there from when it was ready, what was warm from the beginning.
        """
        used = self._uses
        for number, function in enumerate(self.trace.environment_function):
            if self.functions is not None and function not in self.functions:
                continue
            if self.trace.environment_kind[number] == PROVISIONED:
                if function in self.provisioned_ready_at:
                    yield number, function, self.provisioned_ready_at[function], None
                continue
            first, last = used.get(number, (0, 0))
            is_warm = self.trace.environment_kind[number] == WARM
            yield number, function, 0 if is_warm else first, self._reclaimed(number, first, last)

    @cached_property
    def _uses(self) -> dict[int, tuple[int, int]]:
        """When each environment that was used began its first run and ended its last."""
        environments = self.of(self.trace.environment, self.runs)
        last = dict(zip(environments, self.ends, strict=True))
        first = dict(zip(reversed(environments), reversed(self.starts), strict=True))
        return {environment: (first[environment], end) for environment, end in last.items()}

    @cached_property
    def _lost(self) -> frozenset[int]:
        return frozenset(self.trace.lost_environment)

    def _reclaimed(self, environment: int, first: int, ended: int) -> int | None:
        """When its idle time was over or, if that was sooner, its life; never during a run. At once where init failed."""
        if environment in self._lost:
            return ended
        rulebook = self.rulebook
        born = 0 if self.trace.environment_kind[environment] == WARM else first
        ends = [] if rulebook.idle_lifetime is None else [ended + rulebook.idle_lifetime]
        if rulebook.environment_lifetime is not None:
            ends.append(max(born + rulebook.environment_lifetime, ended))
        gone = min(ends, default=None)
        return None if gone is None or gone > self.window_us else gone
