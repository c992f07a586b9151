"""Cases in the one form that everything else reads, however they are written."""

from collections.abc import Mapping
from typing import Any, Final

from tests.simulator import schema
from tests.simulator.schema import Inputs, UnknownKey

OF_ONE: Final = {"attempt_starts_s", "first_attempt_times_s", "attempts", "retries", "sent_to_dlq_at_s", "receives_at_s",
                 "moved_to_dlq_at_s", "invocations", "reason"}  # fmt: skip
"""What is asked about one event."""


def plain(case: Mapping[str, Any]) -> dict[str, Any]:
    """`case` without nulls and with whole numbers as such, what belongs to its event source beside it, and what the
    rest tells filled in. Raises UnknownKey for what has no meaning."""
    said = {**case, "inputs": _flat(_said(case["inputs"])), "n_invocations": _tidy(case.get("n_invocations"))}
    schema.check(said)
    return {**said, "inputs": _filled_in(said["inputs"], case["expected"], said["n_invocations"])}


def _said(inputs: Inputs) -> Inputs:
    """Null says nothing, except that there is no dead-letter queue."""
    return {**_tidy(inputs), "dlq": bool(inputs["dlq"])} if "dlq" in inputs else dict(_tidy(inputs))


def _tidy(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _tidy(each) for key, each in value.items() if each is not None}
    if isinstance(value, list):
        return [_tidy(each) for each in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _flat(inputs: Inputs) -> Inputs:
    """`{"kind": "sqs", ...}` or `{"sqs": {...}}` as an event source: its keys stand beside it."""
    source = inputs.get("event_source")
    if not isinstance(source, Mapping):
        return inputs
    if "kind" not in source and len(source) != 1:
        raise UnknownKey("event_source: it names no kind")
    kind, own = (source["kind"], source) if "kind" in source else next(iter(source.items()))
    own = {key: value for key, value in own.items() if key != "kind"}
    for key in own.keys() & inputs.keys():
        raise UnknownKey(f"event_source: {key} is said twice")
    return {**inputs, **own, "event_source": kind}


def _filled_in(inputs: Inputs, wanted: Mapping[str, Any], requests: int | None) -> Inputs:
    told = {"periods": _periods(inputs, requests), "backlog": _backlog(inputs, wanted)}
    inputs = {**inputs, **{key: value for key, value in told.items() if value}}
    return {**inputs, "events": _events(inputs, wanted, requests)} if _has_events(inputs) else inputs


def _periods(inputs: Inputs, requests: int | None) -> int:
    """Of a wave: how many whole ones the case has time for, or requests on the mean."""
    wave = inputs.get("arrivals", {})
    if "periods" in inputs or wave.get("kind") != "wave":
        return int(inputs.get("periods", 0))
    length = inputs.get("horizon_s", inputs.get("run_s", (requests or 0) / wave["base_per_s"]))
    return int(length / wave["period_s"] + 1e-9)


def _backlog(inputs: Inputs, wanted: Mapping[str, Any]) -> Any:
    """What waits at the beginning: as given, or where nothing arrives without end if pollers grow, as many batches as
    it takes to reach the poison, or enough to fill every lane ten times where a capacity is asked for."""
    given, size = inputs.get("backlog"), int(inputs.get("batch_size", 1))
    if "event_source" not in inputs or given is not None or schema.flow(inputs) or "events" in inputs:
        return given
    if schema.ramps(inputs, wanted):
        return "infinite"
    if "poison_index" in inputs:
        return (inputs["poison_index"] // size + 1) * size
    asks = "capacity_records_per_s" in wanted or "max_concurrency" in wanted
    return 10 * (schema.places(inputs) or 1) * size if asks else None


def _has_events(inputs: Inputs) -> bool:
    """Whether events must be made because nothing else brings any."""
    if "functions" in inputs or "events" in inputs or schema.flow(inputs) or inputs.get("backlog"):
        return False
    return "event_source" in inputs or schema.allowed(inputs) >= schema.ASYNC


def _events(inputs: Inputs, wanted: Mapping[str, Any], requests: int | None) -> int:
    """As many as the case runs, unless it asks about one."""
    return 1 if requests is None or OF_ONE & wanted.keys() else requests
