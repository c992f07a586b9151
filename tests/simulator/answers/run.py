"""One run of a case, and what several answers need of it."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from itertools import pairwise
from typing import Any

from studyapp.simulator import Outcome, simulate
from studyapp.simulator.trace import OK, Trace
from tests.simulator import schema, textbook

S = 1_000_000


class Run:
    """A case under one seed. Times in the trace are microseconds, answers are in seconds."""

    def __init__(self, case: Mapping[str, Any], seed: int = 1) -> None:
        self.case = case
        self.inputs: Mapping[str, Any] = case["inputs"]
        self.wanted: Mapping[str, Any] = case["expected"]
        self.seed = seed

    @cached_property
    def outcome(self) -> Outcome:
        inputs = self.inputs
        world = textbook.scenario(inputs, self.case.get("n_invocations"), self.horizon_s, self.wanted)
        return simulate(world, textbook.rulebook(inputs, ramps=schema.ramps(inputs, self.wanted)), self.seed)

    @cached_property
    def carved(self) -> "Run":
        """The same functions, each with its own share of the pool."""
        shares = self.inputs["carve_out"]
        functions = {
            name: {**own, "reserved_concurrency": shares[name]} for name, own in self.inputs["functions"].items()
        }
        inputs = {key: value for key, value in self.inputs.items() if key not in ("shared_pool", "carve_out")}
        return Run({**self.case, "inputs": {**inputs, "functions": functions}}, self.seed)

    @property
    def trace(self) -> Trace:
        return self.outcome.trace

    @cached_property
    def horizon_s(self) -> float | None:
        """As given, or whole periods of a wave, or as long as what is asked for needs, or until all functions together
        have had the case's requests; None where the number of requests ends the run."""
        inputs = self.inputs
        if "periods" in inputs:
            return float(inputs["periods"] * inputs["arrivals"]["period_s"])
        given = inputs.get("horizon_s", inputs.get("run_s"))
        if given is not None:
            return float(given) + (inputs.get("start_s") or 0)
        if named := max(self._named_times(), default=0.0):
            return named
        if "records_per_s" in inputs and self.case.get("n_invocations") is None:
            return self._until_drained()
        flows = [own.get("arrivals", {}) for own in inputs.get("functions", {}).values()]
        if flows and all(flow.get("kind") == "poisson" for flow in flows):
            return float(self.case["n_invocations"] / sum(flow["rate_per_s"] for flow in flows))
        return None

    def _named_times(self) -> Iterable[float]:
        for name, value in self.wanted.items():
            if name == "max_concurrency_at_minutes":
                yield max(minutes(value)) * 60 + 1
            for pattern in ("mean_concurrency_at_#s", "time_average_concurrency_#_#s", "iterator_age_at_#s"):
                yield from schema.numbers(pattern, name) or ()

    def _until_drained(self) -> float:
        """Three times as long as a backlog lasts that capacity less arrivals draws down; ten minutes at least."""
        inputs = self.inputs
        capacity = textbook.lanes(inputs) * inputs.get("batch_size", 1) / inputs["duration"]["mean_s"]
        spare = capacity - inputs["records_per_s"]
        return float(max(600, 3 * (inputs.get("backlog") or 0) / spare)) if spare > 0 else 600.0

    @cached_property
    def first_event(self) -> int:
        """The first event that counts for a probability."""
        return int(len(self.trace.arrived) * self.inputs.get("discard_first", 0))

    @cached_property
    def all_steps(self) -> list[tuple[int, int]]:
        """(time, busy from then on) whenever it changes. What ends at a moment frees its place for what starts then."""
        changes: Counter[int] = Counter()
        for start, end in self.outcome.view().spans_of_use():
            changes[start] += 1
            changes[end] -= 1
        busy, steps = 0, []
        for at in sorted(changes):
            busy += changes[at]
            steps.append((at, busy))
        return steps

    @cached_property
    def steps(self) -> list[tuple[int, int]]:
        """The same from the first request to the horizon or the last arrival."""
        begin = round((self.inputs.get("start_s") or 0) * S)
        last = round(self.horizon_s * S) if self.horizon_s else self.trace.arrived[-1]
        return [(begin, 0), *((at, busy) for at, busy in self.all_steps if at <= last), (last, 0)]

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
            first, to = taken.get(run, (0, 0))
            events = list(trace.batch_event[first:to]) if run in taken else [trace.event[run]]
            failed = list(trace.batch_failed[first:to]) if run in taken else [int(trace.status[run] != OK)]
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


class BatchRun:
    """One run: when, how it ended, which events it took and which of them (1) it gave back."""

    __slots__ = ("end", "events", "failed", "start", "status")

    def __init__(self, start: int, end: int, status: int, events: list[int], failed: list[int]) -> None:
        self.start = start
        self.end = end
        self.status = status
        self.events = events
        self.failed = failed


def minutes(wanted: Any) -> list[float]:
    """The marks of `max_concurrency_at_minutes`: keys of a mapping, firsts of pairs, or places of a list, which
    begins at minute 0 when its first bound is what pollers begin with."""
    if isinstance(wanted, Mapping):
        return [float(key) for key in wanted]
    if wanted and isinstance(wanted[0], list | tuple):
        return [float(mark) for mark, _ in wanted]
    begins = 0 if wanted[0] <= 5 else 1
    return [float(begins + place) for place in range(len(wanted))]
