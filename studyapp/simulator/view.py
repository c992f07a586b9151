"""A trace seen through one function, or all of them: the rows and sums that metrics are made of."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from math import ceil
from typing import NamedTuple

from studyapp.simulator.engine.set_up import provisioned_ready_at
from studyapp.simulator.parts import Scenario
from studyapp.simulator.rulebook import Rulebook
from studyapp.simulator.trace import PROVISIONED, WARM, Trace
from studyapp.simulator.units import SECOND


class Life(NamedTuple):
    """One environment: from its first run until it is reclaimed (None: still there at the end). Microseconds."""

    created_us: int
    reclaimed_us: int | None


class View:
    """Rows of `trace` that belong to the functions whose numbers are in `functions` (all of them: None)."""

    def __init__(self, scenario: Scenario, rulebook: Rulebook, trace: Trace, functions: frozenset[int] | None) -> None:
        self.scenario = scenario
        self.rulebook = rulebook
        self.trace = trace
        self.functions = functions
        self.costs: dict[str, float] = {}  # filled at the first look at the bill

    @cached_property
    def window_us(self) -> int:
        """How long was watched: to the horizon, or to the end of the last thing that happened."""
        if self.scenario.horizon_us is not None:
            return self.scenario.horizon_us
        trace = self.trace
        last = [column[-1] for column in (trace.arrived, trace.refused_at) if column]
        return max([*last, max(trace.ends(), default=0), max(trace.ended_at, default=0)], default=0)

    @cached_property
    def events(self) -> Sequence[int]:
        return self._of(self.trace.function)

    @cached_property
    def runs(self) -> Sequence[int]:
        """Row numbers of runs, in order of start."""
        function = self.trace.function
        return self._of(
            [function[event] for event in self.trace.event] if self.functions is not None else self.trace.event
        )

    @cached_property
    def refusals(self) -> Sequence[int]:
        return self._by_event(self.trace.refused_event)

    @cached_property
    def ended(self) -> Sequence[int]:
        return self._by_event(self.trace.ended_event)

    @cached_property
    def is_async(self) -> tuple[bool, ...]:
        """By source number."""
        return tuple(source.is_async for source in self.scenario.sources)

    def count(self, column: Sequence[int], rows: Sequence[int], values: Iterable[int]) -> int:
        wanted = set(values)
        if self.functions is None and hasattr(column, "count"):
            return sum(column.count(value) for value in wanted)
        return sum(column[row] in wanted for row in rows)

    @cached_property
    def durations(self) -> Sequence[int]:
        """Handler times of all runs, shortest first."""
        return sorted(self.trace.run[row] for row in self.runs)

    def spans_of_use(self) -> Iterator[tuple[int, int]]:
        """(start, end) of each run, init included, in order of start."""
        trace = self.trace
        for row in self.runs:
            start = trace.start[row]
            yield start, start + trace.init[row] + trace.run[row]

    def async_rows(self) -> list[int]:
        trace = self.trace
        return [row for row in self.runs if self.is_async[trace.source[trace.event[row]]]]

    @cached_property
    def lives(self) -> tuple[Life, ...]:
        """On-demand environments that were used, in order of first use. An idle one is reclaimed when its lifetime is over."""
        return tuple(
            Life(created, self._reclaimed(ended))
            for environment, (created, ended) in self._uses().items()
            if self.trace.environment_kind[environment] != PROVISIONED
        )

    def existences(self) -> Iterator[tuple[int, int, int | None]]:
        """(function, from, until) of every environment, used or not; until None: still there at the end.

        What is provisioned is there from when it was ready, what was warm from the beginning.
        """
        used = self._uses()
        for number, function in enumerate(self.trace.environment_function):
            if self.functions is not None and function not in self.functions:
                continue
            if self.trace.environment_kind[number] == PROVISIONED:
                yield function, provisioned_ready_at(self.scenario.functions[function], self.rulebook), None
                continue
            first, last = used.get(number, (0, 0))
            is_warm = self.trace.environment_kind[number] == WARM
            yield function, 0 if is_warm else first, self._reclaimed(last)

    def _uses(self) -> dict[int, tuple[int, int]]:
        """When each environment that was used began its first run and ended its last."""
        used: dict[int, tuple[int, int]] = {}
        for row, (start, end) in zip(self.runs, self.spans_of_use(), strict=True):
            environment = self.trace.environment[row]
            used[environment] = (used[environment][0] if environment in used else start, end)
        return used

    def _reclaimed(self, ended: int) -> int | None:
        lifetime = self.rulebook.idle_lifetime
        return None if lifetime is None or ended + lifetime > self.window_us else ended + lifetime

    def _of(self, functions: Sequence[int]) -> Sequence[int]:
        if self.functions is None:
            return range(len(functions))
        return [row for row, function in enumerate(functions) if function in self.functions]

    def _by_event(self, events: Sequence[int]) -> Sequence[int]:
        function = self.trace.function
        if self.functions is None:
            return range(len(events))
        return [row for row, event in enumerate(events) if function[event] in self.functions]


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
