"""How long a case runs."""

from collections.abc import Iterable, Mapping
from typing import Any

from tests.simulator import schema
from tests.simulator.schema import Inputs


def horizon_s(inputs: Inputs, wanted: Mapping[str, Any], requests: int | None) -> float | None:
    """As given, or whole periods of a wave, or as long as what is asked for needs, or until endless flows have brought
    the case's requests on the mean; None where the number of requests ends the run."""
    start = float(inputs.get("start_s", 0))
    given = inputs.get("horizon_s", inputs.get("run_s"))
    if given is not None:
        return start + float(given)
    if "periods" in inputs:
        return start + float(inputs["periods"] * inputs["arrivals"]["period_s"])
    if named := max(_named_times(wanted), default=0.0):
        return named
    return _until_enough(inputs, start, requests)


def minutes(wanted: Any) -> list[float]:
    """The marks of `max_concurrency_at_minutes`: keys of a mapping, firsts of pairs, or places of a list, which
    begins at minute 0 when its first bound is what pollers begin with."""
    if isinstance(wanted, Mapping):
        return [float(key) for key in wanted]
    if wanted and isinstance(wanted[0], list | tuple):
        return [float(mark) for mark, _ in wanted]
    begins = 0 if wanted[0] <= 5 else 1
    return [float(begins + place) for place in range(len(wanted))]


def _named_times(wanted: Mapping[str, Any]) -> Iterable[float]:
    for name, value in wanted.items():
        if name == "max_concurrency_at_minutes":
            yield max(minutes(value)) * 60 + 1
        for pattern in ("mean_concurrency_at_#s", "time_average_concurrency_#_#s", "iterator_age_at_#s"):
            yield from schema.numbers(pattern, name) or ()


def _until_enough(inputs: Inputs, start: float, requests: int | None) -> float | None:
    endless = [_rate(flow) for each in schema.by_function(inputs).values() if (flow := _endless(each))]
    if "events" in inputs or not endless:
        return None
    if requests is None:
        return start + _until_drained(inputs, sum(endless)) if "event_source" in inputs else None
    return start + requests / sum(endless) if "functions" in inputs else None


def _endless(inputs: Inputs) -> Mapping[str, Any] | None:
    flow = schema.flow(inputs)
    return flow if flow and flow["kind"] != "at" and "count" not in flow else None


def _rate(flow: Mapping[str, Any]) -> float:
    """Requests a second on the mean."""
    if flow["kind"] == "every":
        return 1 / float(flow["period_s"])
    return float(flow["base_per_s"] if flow["kind"] == "wave" else flow["rate_per_s"])


def _until_drained(inputs: Inputs, rate: float) -> float:
    """Twice as long as a backlog lasts that capacity less arrivals draws down; ten minutes at least."""
    places, duration = schema.places(inputs), inputs["duration"]["mean_s"]
    spare = 0.0 if places is None else places * inputs.get("batch_size", 1) / duration - rate
    return max(600.0, 2 * inputs.get("backlog", 0) / spare) if spare > 0 else 600.0
