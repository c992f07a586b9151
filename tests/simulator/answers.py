"""What the simulator answers to an oracle case: one function for each expected value, by its name."""

from bisect import bisect_right
from cmath import exp, phase
from collections import Counter
from collections.abc import Callable, Mapping
from functools import cached_property
from itertools import pairwise
from math import pi
from typing import Any

from studyapp.simulator import Outcome, simulate
from studyapp.simulator.pricing import Usage, bill, billable_gb_s, billed_us, provisioned_break_even
from studyapp.simulator.trace import END_REASONS, NEW
from tests.simulator import textbook

S = 1_000_000


class Case:
    """One case, run when an answer needs it."""

    def __init__(self, case: Mapping[str, Any]) -> None:
        self.case = case
        self.inputs: Mapping[str, Any] = case["inputs"]

    def answer(self, name: str) -> Any:
        return ANSWERS[name](self)

    @cached_property
    def outcome(self) -> Outcome:
        return self.run(seed=1)

    def run(self, seed: int) -> Outcome:
        inputs = self.inputs
        world = textbook.scenario(inputs, self.case.get("n_invocations"), self.horizon_s)
        return simulate(world, textbook.rulebook(inputs), seed)

    @property
    def horizon_s(self) -> float | None:
        """Given, or whole periods of a wave, or as long as all functions together need for the case's requests."""
        inputs = self.inputs
        if "periods" in inputs:
            return float(inputs["periods"] * inputs["arrivals"]["period_s"])
        flows = [own.get("arrivals", {}) for own in inputs.get("functions", {}).values()]
        if flows and all(flow.get("kind") == "poisson" for flow in flows):
            return float(self.case["n_invocations"] / sum(flow["rate_per_s"] for flow in flows))
        return inputs.get("horizon_s", inputs.get("run_s"))

    @cached_property
    def carved(self) -> Outcome:
        shares = self.inputs["carve_out"]
        functions = {
            name: {**own, "reserved_concurrency": shares[name]} for name, own in self.inputs["functions"].items()
        }
        inputs = {**self.inputs, "functions": functions, "shared_pool": None}
        world = textbook.scenario(inputs, self.case.get("n_invocations"), self.horizon_s)
        return simulate(world, textbook.rulebook(inputs), 1)

    @cached_property
    def replications(self) -> list[Outcome]:
        return [self.run(seed) for seed in range(1, self.inputs.get("replications", 1) + 1)]

    @cached_property
    def steps(self) -> list[tuple[int, int]]:
        """(time, busy from then on), from 0 to the last arrival."""
        changes: Counter[int] = Counter()
        for start, end in self.outcome.view().spans_of_use():
            changes[start] += 1
            changes[end] -= 1
        busy, steps, last = 0, [(0, 0)], self.outcome.trace.arrived[-1]
        for at in sorted(changes):
            busy += changes[at]
            if at <= last:
                steps.append((at, busy))
        return [*steps, (last, busy)]

    def time_average(self, weigh: Callable[[int], float]) -> float:
        return sum(weigh(busy) * (later - at) for (at, busy), (later, _) in pairwise(self.steps)) / self.steps[-1][0]


def _fraction(outcome: Outcome, function: str = "") -> float:
    prefix = f"{function}." if function else ""
    return outcome.metrics[f"{prefix}throttles"] / outcome.metrics[f"{prefix}requests"]  # type: ignore[operator]


def _harmonic(case: Case) -> complex:
    """Twice the first Fourier coefficient of the busy number over whole periods."""
    period = case.inputs["arrivals"]["period_s"]
    first, last = case.inputs.get("discard_periods", 0) * period, case.inputs["periods"] * period
    turn = 2j * pi / period
    total = 0j
    for start, end in case.outcome.view().spans_of_use():
        start_s, end_s = max(start / S, first), min(end / S, last)
        if end_s > start_s:
            total += (exp(-turn * end_s) - exp(-turn * start_s)) / -turn
    return 2 * total / (last - first)


def _wave_mean(case: Case) -> float:
    period = case.inputs["arrivals"]["period_s"]
    first, last = case.inputs.get("discard_periods", 0) * period * S, case.inputs["periods"] * period * S
    uses = case.outcome.view().spans_of_use()
    return sum(max(min(end, last) - max(start, first), 0) for start, end in uses) / (last - first)


def _lag(case: Case) -> float:
    """A sine has phase -pi/2; how far the busy number's lags behind, in seconds."""
    period = case.inputs["arrivals"]["period_s"]
    return (-pi / 2 - phase(_harmonic(case))) % (2 * pi) / (2 * pi) * period


def _mean(case: Case) -> float:
    return _wave_mean(case) if "periods" in case.inputs else case.time_average(float)


def _variance(case: Case) -> float:
    mean = case.time_average(float)
    return case.time_average(lambda busy: (busy - mean) ** 2)


def _p_cold(case: Case) -> float:
    cold = case.outcome.trace.cold
    first = int(len(cold) * case.inputs.get("discard_first", 0))
    return cold[first:].count(NEW) / (len(cold) - first)


def _mean_instances(case: Case) -> float:
    view = case.outcome.view()
    end = case.outcome.trace.arrived[-1]
    return sum(min(life.reclaimed_us or end, end) - min(life.created_us, end) for life in view.lives) / end


def _mean_lifespan(case: Case) -> float:
    spans = [life.reclaimed_us - life.created_us for life in case.outcome.view().lives if life.reclaimed_us is not None]
    return sum(spans) / len(spans) / S


def _at_5s(case: Case) -> float:
    at = 5 * S
    total = sum(sum(start <= at < end for start, end in outcome.view().spans_of_use()) for outcome in case.replications)
    return total / len(case.replications)


def _average_0_20s(case: Case) -> float:
    end = 20 * S
    used = sum(
        max(min(stop, end) - start, 0) for outcome in case.replications for start, stop in outcome.view().spans_of_use()
    )
    return used / end / len(case.replications)


def _tries(case: Case) -> list[float]:
    """When the first event was tried: its runs, and its throttled tries."""
    trace = case.outcome.trace
    runs = [at for event, at in zip(trace.event, trace.start, strict=True) if event == 0]
    refusals = [at for event, at in zip(trace.refused_event, trace.refused_at, strict=True) if event == 0]
    return [at / S for at in sorted(runs + refusals)]


def _first_tries(case: Case) -> list[float]:
    return _tries(case)[: len(case.case["expected"]["first_attempt_times_s"])]


def _mean_attempts(case: Case) -> float:
    return len(case.outcome.trace.event) / len(case.outcome.trace.arrived)


def _reason(case: Case) -> str:
    said = END_REASONS[case.outcome.trace.ended_reason[0]]
    return {END_REASONS[0]: "RetriesExhausted", END_REASONS[1]: "EventAgeExceeded"}.get(said, said)


def _by_burst(case: Case, *, accepted: bool) -> Any:
    inputs, outcome = case.inputs, case.outcome
    metric = "invocations" if accepted else "throttles"
    if "functions" in inputs:
        return {name: outcome.metrics[f"{name}.{metric}"] for name in inputs["functions"]}
    column = outcome.trace.start if accepted else outcome.trace.refused_at
    bursts = [round(at * S) for at, _ in inputs["arrivals"]["counts"]] if inputs["arrivals"]["kind"] == "at" else []
    per_burst = Counter(bisect_right(bursts, at) for at in column)
    wanted = case.case["expected"]["accepted" if accepted else "throttled"]
    return [per_burst[place] for place in range(1, len(bursts) + 1)] if isinstance(wanted, list) else len(column)


def _versions(case: Case, requests: int) -> list[int]:
    """0 or 1 for each request: whether it went to the new version."""
    weight = case.inputs["weight"]
    data = {
        "functions": {"new": {"duration": "1 ms"}, "old": {"duration": "1 ms"}},
        "sources": {
            "alias": {
                "calls": {"new": weight, "old": 1 - weight},
                "arrivals": {"even": "1000 per 1 s", "count": requests},
            }
        },
    }
    return [
        1 - function
        for function in simulate(textbook.read(data, textbook.TEXTBOOK), textbook.TEXTBOOK, 1).trace.function
    ]


def _new_version(case: Case) -> int:
    return sum(_versions(case, case.inputs["invocations"]))


def _fraction_zero(case: Case) -> float:
    size, batches = case.inputs["invocations"], case.inputs["batches"]
    new = _versions(case, size * batches)
    return sum(not any(new[first : first + size]) for first in range(0, size * batches, size)) / batches


def _billed(case: Case) -> list[int]:
    inits = case.inputs.get("init_ms") or [None] * len(case.inputs["runs_ms"])
    pairs = zip(inits, case.inputs["runs_ms"], strict=True)
    return [billed_us(round((init or 0) * 1000), round(run * 1000)) // 1000 for init, run in pairs]


def _gb_s(case: Case) -> float:
    inputs = case.inputs
    if "gb_s" in inputs:
        return float(inputs["gb_s"])
    if "runs_ms" in inputs:
        return sum(_billed(case)) * inputs["memory_mb"] / 1024 / 1000
    billed = billed_us(0, round(inputs["duration_ms"] * 1000))
    return inputs["invocations"] * billed / S * inputs["memory_mb"] / 1024


def _storage_gb_s(case: Case) -> float:
    extra = max(case.inputs.get("ephemeral_mb", 512) - 512, 0) / 1024
    return case.inputs["invocations"] * case.inputs["duration_ms"] / 1000 * extra if extra else 0.0


def _bill(case: Case) -> Any:
    inputs = case.inputs
    provisioned = inputs.get("provisioned_concurrency")
    gb_s = _gb_s(case)
    configured = provisioned * inputs["hours"] * 3600 * inputs["memory_mb"] / 1024 if provisioned else 0.0
    usage = Usage(
        architecture="arm64" if inputs.get("arch") == "arm64" else "x86_64",
        requests=inputs.get("invocations", inputs.get("requests", 0)),
        gb_s=0.0 if provisioned else gb_s,
        provisioned_gb_s=configured,
        provisioned_run_gb_s=gb_s if provisioned else 0.0,
        tmp_gb_s=_storage_gb_s(case),
    )
    return bill(usage, free_tier=bool(inputs.get("free_tier")))


ANSWERS: dict[str, Callable[[Case], Any]] = {
    "throttle_fraction": lambda case: _fraction(case.outcome),
    "shared_throttle_fraction_each": lambda case: [_fraction(case.outcome, name) for name in case.inputs["functions"]],
    "carved_throttle_fraction": lambda case: {name: _fraction(case.carved, name) for name in case.inputs["functions"]},
    "carved_total": lambda case: _fraction(case.carved),
    "mean_concurrency": _mean,
    "mean": _mean,
    "variance": _variance,
    "time_fraction_above_30": lambda case: case.time_average(lambda busy: busy > 30),
    "amplitude": lambda case: abs(_harmonic(case)),
    "peak_mean_concurrency": lambda case: _wave_mean(case) + abs(_harmonic(case)),
    "lag_of_peak_s": _lag,
    "mean_concurrency_at_5s": _at_5s,
    "time_average_concurrency_0_20s": _average_0_20s,
    "p_cold": _p_cold,
    "mean_instances": _mean_instances,
    "mean_lifespan_s": _mean_lifespan,
    "cold_starts": lambda case: case.outcome.metrics["cold_starts"],
    "warm_starts": lambda case: case.outcome.metrics["warm_starts"],
    "total": lambda case: case.outcome.metrics["invocations"],
    "peak_concurrency": lambda case: case.outcome.metrics["peak_concurrency"],
    "spillover_fraction": lambda case: (
        case.outcome.metrics["spillover_invocations"] / case.outcome.metrics["invocations"]
    ),
    "attempt_starts_s": _tries,
    "first_attempt_times_s": _first_tries,
    "attempts": lambda case: len(_tries(case)),
    "mean_attempts": _mean_attempts,
    "retries": lambda case: case.outcome.metrics["retries"],
    "sent_to_dlq_at_s": lambda case: case.outcome.metrics["dead_lettered_at"],
    "sent_to_dlq": lambda case: case.outcome.metrics["dead_letters"] == 1,
    "dlq_fraction": lambda case: case.outcome.metrics["dead_letters"] / case.outcome.metrics["requests"],
    "discarded": lambda case: case.outcome.metrics["async_dropped"] == 1,
    "reason": _reason,
    "accepted": lambda case: _by_burst(case, accepted=True),
    "throttled": lambda case: _by_burst(case, accepted=False),
    "new_version": _new_version,
    "fraction_zero": _fraction_zero,
    "gb_s": _gb_s,
    "billable_gb_s": lambda case: billable_gb_s(_gb_s(case), free_tier=bool(case.inputs.get("free_tier"))),
    "usd": lambda case: _bill(case).total,
    "billed_ms": _billed,
    "storage_gb_s": _storage_gb_s,
    "storage_usd": lambda case: _bill(case).storage,
    "break_even_utilisation": lambda case: provisioned_break_even(
        architecture="arm64" if case.inputs.get("arch") == "arm64" else "x86_64"
    ),
}
