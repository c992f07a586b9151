"""Metrics by their CloudWatch names and meanings, each a function of the trace, computed when it is asked for.

Throttles are neither Invocations nor Errors; Duration is the handler's time without init, which billing adds. Times are
seconds, money USD without the free tier. Source: Lambda metric types.
"""

from collections.abc import Callable, Iterator, Mapping
from itertools import accumulate
from typing import Final

from studyapp.simulator.costs import billed_gb_s, costs
from studyapp.simulator.responses import caller_errors, response_times
from studyapp.simulator.spans import Path
from studyapp.simulator.trace import (
    DEAD_LETTER_ERROR,
    DEAD_LETTERED,
    DESTINATION,
    DROPPED,
    ERROR,
    NEW,
    OK,
    PROVISIONED,
    READY,
    RESET,
    TIMEOUT,
    TOO_LARGE,
)
from studyapp.simulator.units import SECOND
from studyapp.simulator.view import View, peak, percentile

Value = float | int | bool | str | None
Metric = Callable[[View], Value]


class Metrics(Mapping[str, Value]):
    """All metrics of a run by name; with several functions also `<function>.<metric>`."""

    def __init__(self, views: Mapping[str, View], paths: tuple[Path, ...]) -> None:
        self._asked: dict[str, tuple[View, Metric]] = {
            prefix + name: (view, metric) for prefix, view in views.items() for name, metric in METRICS.items()
        }
        self._known: dict[str, Value] = _of_paths(paths)

    def __getitem__(self, name: str) -> Value:
        if name not in self._known:
            view, metric = self._asked[name]
            self._known[name] = metric(view)
        return self._known[name]

    def __iter__(self) -> Iterator[str]:
        return iter({**self._asked, **self._known})

    def __len__(self) -> int:
        return len({**self._asked, **self._known})


def _of_paths(paths: tuple[Path, ...]) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for path in paths:
        found[f"reach.{path.target}"] = path.ok
        found[f"refused_by.{path.target}"] = None if path.ok else path.hops[-1].name
        found[f"hops.{path.target}"] = len(path.hops)
    return found


def _status(*statuses: int) -> Metric:
    return lambda view: view.count(view.trace.status, view.runs, statuses)


def _found(*codes: int) -> Metric:
    return lambda view: view.count(view.trace.cold, view.runs, codes)


def _ends(*kinds: int) -> Metric:
    return lambda view: view.count(view.trace.ended_kind, view.ended, kinds)


def _throttles(view: View) -> int:
    return sum(view.trace.refused_reason[row] != TOO_LARGE for row in view.refusals)


def _throttled_share(view: View) -> float | None:
    return _throttles(view) / len(view.events) if view.events else None


def _duration(share: float) -> Metric:
    return lambda view: percentile(view.durations, share)


def _mean_duration(view: View) -> float | None:
    return sum(view.trace.run[row] for row in view.runs) / len(view.runs) / SECOND if view.runs else None


def _init(share: float) -> Metric:
    return lambda view: percentile(
        sorted(view.trace.init[row] for row in view.runs if view.trace.cold[row] == NEW), share
    )


def _response(share: float) -> Metric:
    return lambda view: percentile(sorted(response_times(view)), share)


def _peak(view: View) -> int:
    """Environments busy at once, those in init included."""
    return -(-peak(view.spans_of_use()) // view.rulebook.requests_per_environment)


def _mean_concurrency(view: View) -> float:
    window = view.window_us
    busy = sum(max(min(end, window) - start, 0) for start, end in view.spans_of_use())
    return busy / window if window else 0.0


def _provisioned(view: View) -> int:
    kind = view.trace.environment_kind
    return sum(kind[view.trace.environment[row]] == PROVISIONED for row in view.runs)


def _spillover(view: View) -> int:
    """Runs outside provisioned concurrency, of functions that have some."""
    trace, functions = view.trace, view.scenario.functions
    has = [function.provisioned > 0 for function in functions]
    return sum(
        has[trace.function[trace.event[row]]] and trace.environment_kind[trace.environment[row]] != PROVISIONED
        for row in view.runs
    )


def _environments(view: View) -> int:
    return len(view.lives)


def _retries(view: View) -> int:
    return sum(view.trace.attempt[row] > 1 for row in view.runs)


def _async_received(view: View) -> int:
    return sum(view.is_async[view.trace.source[event]] for event in view.events)


def _async_age_max(view: View) -> float | None:
    trace = view.trace
    return max((trace.start[row] - trace.arrived[trace.event[row]] for row in view.async_rows()), default=0) / SECOND


def _events_lost(view: View) -> int:
    """Dropped events that no queue and no destination has kept."""
    trace = view.trace
    kept = {trace.ended_event[row] for row in view.ended if trace.ended_kind[row] in (DEAD_LETTERED, DESTINATION)}
    dropped = {trace.ended_event[row] for row in view.ended if trace.ended_kind[row] == DROPPED}
    return len(dropped - kept)


def _rows_of_first(view: View) -> list[int]:
    if not view.events:
        return []
    first = view.events[0]
    return [row for row in view.runs if view.trace.event[row] == first]


def _attempt_start(place: int) -> Metric:
    def start(view: View) -> float | None:
        rows = _rows_of_first(view)
        return view.trace.start[rows[place]] / SECOND if len(rows) > max(place, -1 - place) else None

    return start


def _dead_lettered_at(view: View) -> float | None:
    times = (view.trace.ended_at[row] for row in view.ended if view.trace.ended_kind[row] == DEAD_LETTERED)
    first = min(times, default=None)
    return None if first is None else first / SECOND


def _peak_connections(view: View) -> int:
    """Connections that environments hold open at the most, busy or idle, from their start until they are reclaimed."""
    held = [function.holds_connections for function in view.scenario.functions]
    changes = []
    for function, born, gone in view.existences():
        changes.append((born, held[function]))
        if gone is not None:
            changes.append((gone, -held[function]))
    return max(accumulate(change for _, change in sorted(changes)), default=0)


def _cost(line: str) -> Metric:
    return lambda view: costs(view)[line]


METRICS: Final[dict[str, Metric]] = {
    "requests": lambda view: len(view.events),
    "invocations": lambda view: len(view.runs),
    "errors": _status(ERROR, TIMEOUT),
    "timeouts": _status(TIMEOUT),
    "throttles": _throttles,
    "throttled_share": _throttled_share,
    "delivered": _status(OK),
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
    "response_p50": _response(0.5),
    "response_p95": _response(0.95),
    "response_p99": _response(0.99),
    "response_max": _response(1),
    "client_errors": caller_errors,
    "peak_concurrency": _peak,
    "mean_concurrency": _mean_concurrency,
    "peak_connections": _peak_connections,
    "provisioned_invocations": _provisioned,
    "spillover_invocations": _spillover,
    "async_received": _async_received,
    "async_age_max": _async_age_max,
    "async_dropped": _ends(DROPPED),
    "dead_letters": _ends(DEAD_LETTERED),
    "dead_letter_errors": _ends(DEAD_LETTER_ERROR),
    "destination_deliveries": _ends(DESTINATION),
    "events_lost": _events_lost,
    "retries": _retries,
    "attempts": lambda view: len(_rows_of_first(view)),
    "first_attempt_start": _attempt_start(0),
    "second_attempt_start": _attempt_start(1),
    "last_attempt_start": _attempt_start(-1),
    "dead_lettered_at": _dead_lettered_at,
    "billed_gb_s": billed_gb_s,
    "cost.requests": _cost("requests"),
    "cost.duration": _cost("duration"),
    "cost.provisioned": _cost("provisioned"),
    "cost.storage": _cost("storage"),
    "cost.total": _cost("total"),
}
