"""One run of a case, and what several answers need of it."""

from array import array
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Any

from studyapp.simulator import Outcome, simulate
from studyapp.simulator.trace import OK, Trace
from studyapp.simulator.view import View
from tests.simulator import schema, textbook
from tests.simulator.answers.horizons import horizon_s
from tests.simulator.answers.parts import of_function

S = 1_000_000


class Run:
    """A case in its plain form under one seed. Times in the trace are microseconds, answers are in seconds."""

    def __init__(self, case: Mapping[str, Any], seed: int = 1) -> None:
        self.case = case
        self.inputs: Mapping[str, Any] = case["inputs"]
        self.wanted: Mapping[str, Any] = case["expected"]
        self.requests: int | None = case.get("n_invocations")
        self.seed = seed

    @cached_property
    def outcome(self) -> Outcome:
        ramps = schema.ramps(self.inputs, self.wanted)
        world = textbook.scenario(self.inputs, self.requests, self.horizon_s, ramps=ramps)
        return simulate(world, textbook.rulebook(self.inputs, ramps=ramps), self.seed)

    @property
    def trace(self) -> Trace:
        return self.outcome.trace

    @cached_property
    def view(self) -> View:
        return self.outcome.view()

    @property
    def functions(self) -> list[str]:
        """By their names, if the case names any."""
        return list(self.inputs.get("functions", ()))

    def of(self, function: str) -> "Run":
        """The same run as far as one function goes."""
        return Part(self, function)

    @cached_property
    def carved(self) -> "Run":
        """The same functions, each with its own share of the pool; those without one share the rest."""
        shares = self.inputs["carve_out"]
        functions = {
            name: {**own, "reserved_concurrency": shares[name]} if name in shares else own
            for name, own in self.inputs["functions"].items()
        }
        gone = {"carve_out", "shared_pool"} if functions.keys() == shares.keys() else {"carve_out"}
        inputs = {key: value for key, value in self.inputs.items() if key not in gone}
        return Run({**self.case, "inputs": {**inputs, "functions": functions}}, self.seed)

    @cached_property
    def horizon_s(self) -> float | None:
        return horizon_s(self.inputs, self.wanted, self.requests)

    @cached_property
    def window(self) -> tuple[int, int]:
        """Microseconds that averages go over: the whole periods of a wave that are not discarded, or from the first
        request to the horizon or the last arrival; to the end of the last run where all arrive at once."""
        begin = float(self.inputs.get("start_s", 0))
        if "periods" in self.inputs:
            period = self.inputs["arrivals"]["period_s"]
            edges = (begin + self.inputs.get(name, 0) * period for name in ("discard_periods", "periods"))
            first, last = (round(edge * S) for edge in edges)
            return first, last
        first, last = round(begin * S), round(self.horizon_s * S) if self.horizon_s else self.trace.arrived[-1]
        return first, last if last > first else max(self.trace.ends())

    @cached_property
    def first_event(self) -> int:
        """The first event that counts for a probability."""
        return int(len(self.trace.arrived) * self.inputs.get("discard_first", 0))

    @cached_property
    def all_steps(self) -> list[tuple[int, int]]:
        """(time, busy from then on) whenever it changes. What ends at a moment frees its place for what starts then."""
        changes: Counter[int] = Counter()
        for start, end in self.view.spans_of_use():
            changes[start] += 1
            changes[end] -= 1
        busy, steps = 0, []
        for at in sorted(changes):
            busy += changes[at]
            steps.append((at, busy))
        return steps

    @cached_property
    def steps(self) -> list[tuple[int, int]]:
        """The same inside the window."""
        first, last = self.window
        before = next((busy for at, busy in reversed(self.all_steps) if at <= first), 0)
        return [(first, before), *((at, busy) for at, busy in self.all_steps if first < at < last), (last, 0)]

    def time_average(self, weigh: Callable[[int], float]) -> float:
        total = sum(weigh(busy) * (later - at) for (at, busy), (later, _) in pairwise(self.steps))
        return total / (self.steps[-1][0] - self.steps[0][0])

    @cached_property
    def batches(self) -> list["BatchRun"]:
        """Every run with what it took, in order of start."""
        trace = self.trace
        taken = {run: (first, to) for run, first, to in trace.batches()}
        found = []
        for run, (start, end) in enumerate(zip(trace.start, trace.ends(), strict=True)):
            if run in taken:
                first, to = taken[run]
                events, failed = trace.batch_event[first:to], trace.batch_failed[first:to]
            else:
                events, failed = trace.event[run : run + 1], array("B", [trace.status[run] != OK])
            found.append(BatchRun(start, end, trace.status[run], events, failed))
        return found

    @cached_property
    def first_starts(self) -> dict[int, int]:
        """When the first run of each event began, by event."""
        starts: dict[int, int] = {}
        for batch in self.batches:
            for event in batch.events:
                starts.setdefault(event, batch.start)
        return starts


class Part(Run):
    """A run as far as one of its functions goes, with that function's inputs and what is wanted of it."""

    def __init__(self, whole: Run, function: str) -> None:
        wanted = {
            name: value[function] if isinstance(value, Mapping) and function in value else value
            for name, value in whole.wanted.items()
        }
        inputs = schema.by_function(whole.inputs)[function]
        super().__init__({**whole.case, "inputs": inputs, "expected": wanted}, whole.seed)
        self.whole = whole
        self.function = function

    @property
    def outcome(self) -> Outcome:
        return self.whole.outcome

    @cached_property
    def trace(self) -> Trace:
        return of_function(self.whole.trace, self.whole.functions.index(self.function))

    @cached_property
    def view(self) -> View:
        return self.outcome.view(self.function)

    @property
    def carved(self) -> Run:
        return self.whole.carved.of(self.function)

    @property
    def horizon_s(self) -> float | None:
        return self.whole.horizon_s

    @property
    def window(self) -> tuple[int, int]:
        return self.whole.window


class BatchRun:
    """One run: when, how it ended, which events it took and which of them (1) it gave back."""

    __slots__ = ("end", "events", "failed", "start", "status")

    def __init__(self, start: int, end: int, status: int, events: Sequence[int], failed: Sequence[int]) -> None:
        self.start = start
        self.end = end
        self.status = status
        self.events = events
        self.failed = failed
