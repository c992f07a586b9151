"""How many environments are busy, how many live, how many requests are refused."""

from bisect import bisect_right
from cmath import exp, phase
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import accumulate
from math import pi
from typing import Any

from studyapp.simulator.trace import NEW, PROVISIONED, Trace
from tests.simulator.answers.run import Run, S


def throttle_fraction(run: Run) -> float:
    trace, first = run.trace, run.first_event
    return sum(event >= first for event in trace.refused_event) / (len(trace.arrived) - first)


def each_throttle_fraction(run: Run) -> Any:
    """Of every function, so that one number that is wanted of all is compared with each."""
    return [throttle_fraction(run.of(name)) for name in run.functions] or throttle_fraction(run)


def carved_throttle_fraction(run: Run) -> Any:
    return each_throttle_fraction(run.carved)


def carved_total(run: Run) -> float:
    return throttle_fraction(run.carved)


def spillover_fraction(run: Run) -> float:
    used, kind_of = run.trace.environment, run.outcome.trace.environment_kind
    first = int(len(used) * run.inputs.get("discard_first", 0))
    kinds = [kind_of[environment] for environment in used[first:]]
    return 1 - kinds.count(PROVISIONED) / len(kinds)


def mean(run: Run) -> float:
    return run.time_average(float)


def variance(run: Run) -> float:
    middle = run.time_average(float)
    return run.time_average(lambda busy: (busy - middle) ** 2)


def time_fraction_above(run: Run, limit: float) -> float:
    return run.time_average(lambda busy: busy > limit)


def concurrency_at(run: Run, at_s: float) -> float:
    return float(sum(start <= at_s * S < end for start, end in run.view.spans_of_use()))


def average_concurrency(run: Run, from_s: float, to_s: float) -> float:
    uses = run.view.spans_of_use()
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
    first, last = (edge / S for edge in run.window)
    turn = 2j * pi / run.inputs["arrivals"]["period_s"]
    total = 0j
    for start, end in run.view.spans_of_use():
        start_s, end_s = max(start / S, first), min(end / S, last)
        if end_s > start_s:
            total += (exp(-turn * end_s) - exp(-turn * start_s)) / -turn
    return 2 * total / (last - first)


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
    first, last = run.window
    lives = (
        (max(born, first), last if gone is None else min(gone, last)) for _, _, born, gone in run.view.existences()
    )
    return sum(max(gone - born, 0) for born, gone in lives) / (last - first)


def mean_lifespan(run: Run) -> float:
    spans = [gone - born for _, _, born, gone in run.view.existences() if gone is not None]
    return sum(spans) / len(spans) / S


def accepted(run: Run) -> Any:
    return _counted(run, "accepted", lambda trace: trace.event)


def throttled(run: Run) -> Any:
    return _counted(run, "throttled", lambda trace: trace.refused_event)


def _counted(run: Run, name: str, events_of: Callable[[Trace], Sequence[int]]) -> Any:
    """In total; per burst, or by function, where a list is wanted."""
    if not isinstance(run.wanted[name], list):
        return len(events_of(run.trace))
    if run.functions:
        return [len(events_of(run.of(name).trace)) for name in run.functions]
    bursts = run.inputs["arrivals"]["counts"]
    in_order = sorted(range(len(bursts)), key=lambda place: bursts[place][0])
    first_after = list(accumulate(bursts[place][1] for place in in_order))
    per_burst = Counter(in_order[bisect_right(first_after, event)] for event in events_of(run.trace))
    return [per_burst[place] for place in range(len(bursts))]
