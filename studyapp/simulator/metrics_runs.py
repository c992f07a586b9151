"""Metrics of runs: how many, how they ended, how they found their environment, how long they took.

Throttles are neither Invocations nor Errors; Duration is the handler's time without init, which billing adds. A run whose
handler reports some of its records as failed is no Error. Times are seconds. Source: Lambda metric types.
"""

from collections.abc import Sequence
from itertools import compress
from typing import Final

from studyapp.simulator.metric import Group, Metric, always
from studyapp.simulator.sums import percentile
from studyapp.simulator.trace import (
    DEPENDENCY_DOWN,
    DISK_FULL,
    NEW,
    NOT_LAMBDAS,
    OK,
    OUT_OF_MEMORY,
    PROVISIONED,
    READY,
    RESET,
    RESPONSE_TOO_LARGE,
    TIMEOUT,
)
from studyapp.simulator.units import SECOND
from studyapp.simulator.view import View


def _status(*statuses: int) -> Metric:
    return lambda view: view.count(view.trace.status, view.runs, statuses)


def _errors(view: View) -> int:
    """Runs that ended in any way but well."""
    return len(view.runs) - view.count(view.trace.status, view.runs, [OK])


def _found(*codes: int) -> Metric:
    return lambda view: view.count(view.trace.cold, view.runs, codes)


def _throttles(view: View) -> int:
    """What Lambda refused: not what an API or a payload limit never let through to it. A refused batch counts once."""
    return len(view.refusals) - view.count(view.trace.refused_reason, view.refusals, NOT_LAMBDAS)


def _throttled_share(view: View) -> float | None:
    """Of all tries that Lambda has seen, those that it refused."""
    throttles = _throttles(view)
    tries = len(view.runs) + throttles
    return throttles / tries if tries else None


def _duration(share: float) -> Metric:
    return lambda view: percentile(view.durations, share)


def _mean_duration(view: View) -> float | None:
    return sum(view.of(view.trace.run, view.runs)) / len(view.runs) / SECOND if view.runs else None


def _init(share: float) -> Metric:
    return lambda view: percentile(_inits(view), share)


def _inits(view: View) -> Sequence[int]:
    """Of new environments, shortest first."""
    init, found = (view.of(column, view.runs) for column in (view.trace.init, view.trace.cold))
    return sorted(compress(init, (code == NEW for code in found)))


def _environments(view: View) -> int:
    """Those that were used, provisioned ones left out."""
    kind = view.trace.environment_kind
    used = set(view.of(view.trace.environment, view.runs))
    return sum(kind[environment] != PROVISIONED for environment in used)


def _connections_refused(view: View) -> int:
    """Runs that found no free connection to their database, however they ended."""
    rows = set(view.runs)
    return sum(row in rows for row in view.trace.unconnected_run)


def _retries(view: View) -> int:
    """Runs that take up again what a run had been given before; duplicates are none."""
    attempt, seen, again = view.trace.attempt, set[int](), set[int]()
    if not view.batches and max(view.of(attempt, view.runs), default=0) <= 1:
        return 0
    for row, events, _ in view.batches:
        if attempt[row] and not seen.isdisjoint(events):
            again.add(row)
        seen.update(events)
    return sum(attempt[row] > 1 or row in again for row in view.runs)


def _fails_in_another_way(view: View) -> bool:
    functions = view.scenario.functions
    chosen = range(len(functions)) if view.functions is None else view.functions
    return any(functions[number].database or functions[number].memory_used for number in chosen)


GROUPS: Final = (
    Group(
        always,
        {
            "invocations": lambda view: len(view.runs),
            "errors": _errors,
            "timeouts": _status(TIMEOUT),
            "throttles": _throttles,
            "throttled_share": _throttled_share,
            "cold_starts": _found(NEW),
            "warm_starts": _found(READY, RESET),
            "environments": _environments,
            "duration_mean": _mean_duration,
            "duration_p50": _duration(0.5),
            "duration_p95": _duration(0.95),
            "duration_p99": _duration(0.99),
            "duration_max": _duration(1),
            "init_p50": _init(0.5),
            "init_max": _init(1),
            "retries": _retries,
        },
    ),
    Group(
        _fails_in_another_way,
        {
            "out_of_memory": _status(OUT_OF_MEMORY),
            "disk_full": _status(DISK_FULL),
            "connections_refused": _connections_refused,
            "dependency_errors": _status(DEPENDENCY_DOWN),
            "responses_too_large": _status(RESPONSE_TOO_LARGE),
        },
    ),
)
