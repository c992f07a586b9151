"""How many environments are busy, how many live, how many requests are refused."""

from bisect import bisect_right
from cmath import exp, phase
from collections import Counter
from math import pi
from typing import Any

from studyapp.simulator.trace import NEW, PROVISIONED
from tests.simulator.answers.run import Run, S


def throttle_fraction(run: Run, function: str = "") -> float:
    trace, first = run.trace, run.first_event
    names = [each.name for each in run.outcome.functions]
    number = names.index(function) if function else None
    arrived = sum(number in (None, each) for each in trace.function[first:])
    refused = sum(event >= first and number in (None, trace.function[event]) for event in trace.refused_event)
    return refused / arrived


def each_throttle_fraction(run: Run) -> Any:
    """By function, in the form in which it is wanted: one number for all is compared with each."""
    found = {name: throttle_fraction(run, name) for name in run.inputs["functions"]}
    return found if isinstance(run.wanted.get("shared_throttle_fraction_each"), dict) else list(found.values())


def carved_throttle_fraction(run: Run) -> dict[str, float]:
    return {name: throttle_fraction(run.carved, name) for name in run.inputs["functions"]}


def spillover_fraction(run: Run) -> float:
    trace = run.trace
    first = int(len(trace.event) * run.inputs.get("discard_first", 0))
    kinds = [trace.environment_kind[environment] for environment in trace.environment[first:]]
    return 1 - kinds.count(PROVISIONED) / len(kinds)


def mean(run: Run) -> float:
    if "periods" not in run.inputs:
        return run.time_average(float)
    first, last = (edge * S for edge in _kept_periods(run))
    uses = run.outcome.view().spans_of_use()
    return sum(max(min(end, last) - max(start, first), 0) for start, end in uses) / (last - first)


def variance(run: Run) -> float:
    middle = run.time_average(float)
    return run.time_average(lambda busy: (busy - middle) ** 2)


def time_fraction_above(run: Run, limit: float) -> float:
    return run.time_average(lambda busy: busy > limit)


def concurrency_at(run: Run, at_s: float) -> float:
    return float(sum(start <= at_s * S < end for start, end in run.outcome.view().spans_of_use()))


def average_concurrency(run: Run, from_s: float, to_s: float) -> float:
    uses = run.outcome.view().spans_of_use()
    return sum(max(min(end, to_s * S) - max(start, from_s * S), 0) for start, end in uses) / (to_s - from_s) / S


def amplitude(run: Run) -> float:
    return abs(_harmonic(run))


def peak_mean(run: Run) -> float:
    return mean(run) + amplitude(run)


def lag(run: Run) -> float:
    """A sine has phase -pi/2; how far the busy number's lags behind, in seconds."""
    return (-pi / 2 - phase(_harmonic(run))) % (2 * pi) / (2 * pi) * float(run.inputs["arrivals"]["period_s"])


def _harmonic(run: Run) -> complex:
    """Twice the first Fourier coefficient of the busy number over whole periods."""
    first, last = _kept_periods(run)
    turn = 2j * pi / run.inputs["arrivals"]["period_s"]
    total = 0j
    for start, end in run.outcome.view().spans_of_use():
        start_s, end_s = max(start / S, first), min(end / S, last)
        if end_s > start_s:
            total += (exp(-turn * end_s) - exp(-turn * start_s)) / -turn
    return 2 * total / (last - first)


def _kept_periods(run: Run) -> tuple[float, float]:
    period = run.inputs["arrivals"]["period_s"]
    return run.inputs.get("discard_periods", 0) * period, run.inputs["periods"] * period


def p_cold(run: Run) -> float:
    cold = run.trace.cold
    first = int(len(cold) * run.inputs.get("discard_first", 0))
    return cold[first:].count(NEW) / (len(cold) - first)


def cold_starts(run: Run) -> int:
    return run.trace.cold.count(NEW)


def warm_starts(run: Run) -> int:
    return len(run.trace.cold) - cold_starts(run)


def peak_concurrency(run: Run) -> int:
    return max((busy for _, busy in run.all_steps), default=0)


def mean_instances(run: Run) -> float:
    end = run.trace.arrived[-1]
    lives = run.outcome.view().lives
    return sum(min(life.reclaimed_us or end, end) - min(life.created_us, end) for life in lives) / end


def mean_lifespan(run: Run) -> float:
    lives = run.outcome.view().lives
    spans = [life.reclaimed_us - life.created_us for life in lives if life.reclaimed_us is not None]
    return sum(spans) / len(spans) / S


def accepted(run: Run) -> Any:
    return _by_burst(run, "accepted", list(run.trace.start), [run.trace.function[event] for event in run.trace.event])


def throttled(run: Run) -> Any:
    functions = [run.trace.function[event] for event in run.trace.refused_event]
    return _by_burst(run, "throttled", list(run.trace.refused_at), functions)


def _by_burst(run: Run, name: str, times: list[int], functions: list[int]) -> Any:
    """In the form in which it is wanted: by function, per burst, or in total."""
    wanted, names = run.wanted[name], [each.name for each in run.outcome.functions]
    by_function = [functions.count(number) for number in range(len(names))]
    if isinstance(wanted, dict):
        return dict(zip(names, by_function, strict=True))
    if not isinstance(wanted, list):
        return len(times)
    if "functions" in run.inputs:
        return by_function
    bursts = [round((at + (run.inputs.get("start_s") or 0)) * S) for at, _ in run.inputs["arrivals"]["counts"]]
    per_burst = Counter(bisect_right(bursts, at) for at in times)
    return [per_burst[place] for place in range(1, len(bursts) + 1)]
