"""Numbers of a run, each against something: for two runs that differ in nothing that can be drawn."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain, islice

from studyapp.simulator.metrics import Metrics
from studyapp.simulator.models.registry import FIRST_WORDS
from studyapp.ui.pictures.names_of_metrics import of_model, unit_of, without_value
from studyapp.ui.pictures.shapes import Readout
from studyapp.ui.pictures.words import NBSP

MOST = 3
NAMES = {
    "throttles": "Throttled",
    "errors": "Errors",
    "cold_starts": "Cold starts",
    "invocations": "Invocations",
    "client_errors": "Errors seen by callers",
    "cost.total": "Cost",
    "billed_gb_s": "Billed",
    "response_max": "Slowest response",
    "response_p95": "95 % of responses within",
    "response_p50": "Median response",
    "duration_p50": "Median duration",
    "duration_max": "Longest duration",
    "peak_concurrency": "Most at once",
    "mean_concurrency": "At once on average",
    "spillover_invocations": "Spilled over",
    "events_lost": "Lost",
    "dead_letters": "In the dead-letter queue",
    "records_to_destination": "Sent to the destination",
    "delivered": "Succeeded",
    "duplicates": "Delivered once more",
    "filtered_out": "Filtered out",
    "iterator_age_max": "Highest iterator age",
    "messages_waiting_max": "Most messages waiting",
    "oldest_message_age_max": "Oldest message",
    "wait_mean": "Mean wait",
    "drained_at": "Worked off at",
    "client_retries": "Retries by callers",
    "front_door_throttles": "Refused by the API",
    "too_many_requests": "Answers of 429",
    "connections_refused": "Without a connection",
    "out_of_memory": "Out of memory",
    "job_timeouts": "Jobs that timed out",
    "job_duration_max": "Longest job",
    "batches": "Batches",
    "batch_size_mean": "Mean batch",
    "attempts": "Attempts",
    "last_attempt_start": "Last attempt starts",
    "dead_lettered_at": "Dead-lettered at",
}
"""The metrics that are worth a readout, the most telling first."""
LINES = {
    "cost.duration": "Cost of duration",
    "cost.requests": "Cost of requests",
    "cost.provisioned": "Cost of provisioned concurrency",
    "cost.storage": "Cost of storage",
    "moved_to_dlq_at": "Moved to the dead-letter queue at",
    "claimed_peak": "Most claimed of the account",
}
IN_SECONDS = (
    "duration_", "init_", "response_", "async_age", "wait_", "iterator_age", "oldest_message_age", "job_duration",
)  # fmt: skip
IN_USD = ("bill.", "bill_of.", "secret_cost.", "cheapest_cost.", "fastest_cost.", "on_demand.", "arm_saving.")
"""How the names of models' metrics begin that are money; those of a run hold `cost.`."""
MOMENTS = ("_start", "_at")
"""How the names of metrics end that are moments, in seconds from the beginning."""


def readouts(
    metrics: Metrics, other: Mapping[str, object] | None, asks: str, other_heading: str
) -> tuple[Readout, ...]:
    """Up to three metrics: the one that was asked for, then those in which the runs differ."""
    applies = frozenset(metrics.that_apply)
    telling = (
        name for name in (*NAMES, *metrics.that_apply) if name in applies and (name in NAMES or _is_answered(name))
    )
    others = (name for name in dict.fromkeys(telling) if name != asks and _is_telling(name, metrics, other))
    names = islice(chain([asks] if asks in metrics else [], others), MOST)
    return tuple(readout(name, metrics[name], other, other_heading) for name in names)


def _is_answered(name: str) -> bool:
    """Whether it is a metric of a model."""
    return name.partition(".")[0] in FIRST_WORDS


def _is_telling(name: str, metrics: Mapping[str, object], other: Mapping[str, object] | None) -> bool:
    if name.startswith("response_") and metrics["async_received"]:
        return False  # nobody waits for a response to an event
    if other is None:
        return bool(metrics[name])
    return metrics[name] != other.get(name)


def readout(name: str, value: object, other: Mapping[str, object] | None, other_heading: str) -> Readout:
    """One metric, against what it is in the other run."""
    text, unit = text_and_unit(name, value)
    against = ""
    if other is not None and name in other:
        against = (
            f"{other_heading.partition(':')[0].lower()}: {NBSP.join(filter(None, text_and_unit(name, other[name])))}"
        )
    return Readout(named(name), text, unit, against)


def named(name: str) -> str:
    """A metric as screens call it."""
    if said := of_model(name):
        return said
    function, _, metric = name.rpartition(".")
    if function and metric in NAMES:
        return f"{NAMES[metric]}, {function}"
    return NAMES.get(name) or LINES.get(name) or name.replace("_", " ").replace(".", " ").capitalize()


def text_and_unit(name: str, value: object) -> tuple[str, str]:
    """A metric's value and its unit."""
    if isinstance(value, bool):
        return ("yes" if value else "no"), ""
    if value is None:
        return without_value(name), ""
    if not isinstance(value, int | float):
        return str(value), ""
    bare = name.rpartition(".")[2] if not name.startswith("cost.") and ".cost." not in name else name
    if "cost." in name or name.startswith(IN_USD):
        return _money(value), "USD"
    if bare.startswith(IN_SECONDS) or bare.endswith(MOMENTS):
        return f"{value:,.3f}".rstrip("0").rstrip("."), "s"
    return _number(value), ("GB-s" if bare == "billed_gb_s" else unit_of(name))


def _number(value: int | float) -> str:
    """A count as it is; else three digits that count, or all before the point."""
    if isinstance(value, int):
        return f"{value:,}"
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def _money(value: float) -> str:
    """Three digits that count, never an exponent."""
    if value == 0 or value >= 1:
        return f"{value:,.2f}"
    decimals = 2
    while decimals < 12 and value < 10 ** (2 - decimals):
        decimals += 1
    return f"{value:.{decimals}f}".rstrip("0")
