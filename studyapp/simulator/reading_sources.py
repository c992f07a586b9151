"""Reads a source: who calls, when, and what the mapping that polls it is told."""

from collections.abc import Mapping

from studyapp.simulator import units
from studyapp.simulator.errors import ScenarioError
from studyapp.simulator.parts import (
    ASYNC_KINDS,
    MAPPING_KINDS,
    QUEUE_KINDS,
    STREAM_KINDS,
    SYNC_KINDS,
    Function,
    Source,
)
from studyapp.simulator.reading import Fields
from studyapp.simulator.reading_arrivals import read_arrivals
from studyapp.simulator.reading_callers import read_duplicates, read_job, read_retrying, read_timeout
from studyapp.simulator.reading_queues import read_queue
from studyapp.simulator.reading_streams import check_shard_rate, read_stream
from studyapp.simulator.rulebook import Rulebook

MOST_VERSIONS = 2
KINDS = SYNC_KINDS + ASYNC_KINDS + MAPPING_KINDS
_QUEUES, _STREAMS = f"queues: kind {' or '.join(QUEUE_KINDS)}", f"streams: kind {' or '.join(STREAM_KINDS)}"
_ELSEWHERE = {
    **dict.fromkeys(
        ("backlog", "batch_size", "batch_window", "partial_batch_responses", "matches", "retention"),
        f"queues and streams: kind {', '.join(MAPPING_KINDS)}",
    ),
    **dict.fromkeys(
        ("maximum_concurrency", "visibility_timeout", "delay", "max_receive_count", "message_groups"), _QUEUES
    ),
    **dict.fromkeys(
        ("shards", "parallelization_factor", "partition_keys", "starting_position", "created_at", "retry_attempts",
         "maximum_record_age", "bisect", "on_failure", "enhanced_fan_out"), _STREAMS,
    ),
}  # fmt: skip
"""Of which kinds a field is that another kind does not have."""


def read_source(
    name: str, body: object, functions: tuple[Function, ...], horizon: int | None, rulebook: Rulebook
) -> Source:
    """One source from its mapping. Raises ScenarioError with the field, the value and the quota."""
    fields = Fields(body, f"sources.{name}")
    kind = fields.choice("kind", KINDS, "sync")
    calls = _calls(fields, functions, 1 if kind in MAPPING_KINDS else MOST_VERSIONS)
    function = next(each for each in functions if each.name == calls[0][0])
    queue = read_queue(fields, kind, function, rulebook, horizon) if kind in QUEUE_KINDS else None
    stream = read_stream(fields, kind, function, rulebook, horizon) if kind in STREAM_KINDS else None
    reads = queue or stream
    job = read_job(fields, kind, rulebook)
    may_be_silent = reads is not None and reads.backlog != 0
    source = Source(
        name=name,
        kind=kind,
        calls=calls,
        arrivals=()
        if may_be_silent and not fields.has("arrivals")
        else read_arrivals(fields.at("arrivals"), fields.raw("arrivals"), horizon, kind),
        caller_timeout=read_timeout(fields, kind, rulebook),
        payload=fields.take("payload", units.payload, 1),
        retrying=read_retrying(fields, kind, rulebook),
        queue=queue,
        stream=stream,
        matches=fields.take("matches", units.fraction, 1.0) if kind in MAPPING_KINDS else 1.0,
        duplicates=read_duplicates(fields, kind),
        job_timeout=job.timeout,
        reports=job.reports,
    )
    fields.done(_ELSEWHERE)
    check_shard_rate(source, fields.at("arrivals"), rulebook)
    return source


def _calls(fields: Fields, functions: tuple[Function, ...], most: int) -> tuple[tuple[str, float], ...]:
    """One function's name, or {name: share} for an alias that splits traffic; shares sum to 1."""
    known = [function.name for function in functions]
    raw = fields.raw("calls", known[0] if len(known) == 1 else None)
    if raw is None and not known:
        raise ScenarioError("functions", None, "is missing: a source needs a function to call")
    if raw is None:
        raise ScenarioError(fields.at("calls"), None, f"is missing: it needs one of {', '.join(known)}")
    shares = (
        {str(name): each for name, each in raw.items()}
        if isinstance(raw, Mapping)
        else {fields.name("calls") or str(raw): 1}
    )
    _check_number(fields, list(shares), most)
    calls = tuple((name, fields.read("calls", units.fraction, share)) for name, share in shares.items())
    for name, _ in calls:
        if name not in known:
            raise ScenarioError(fields.at("calls"), name, f"is not a function here: {', '.join(known) or 'none'}")
    if abs(sum(share for _, share in calls) - 1) > 1e-9:
        raise ScenarioError(fields.at("calls"), sum(share for _, share in calls), "is not 1: shares must sum to 1")
    return calls


def _check_number(fields: Fields, names: list[str], most: int) -> None:
    if len(names) <= most:
        return
    limit = (
        "are more than one: an event source mapping has one function (Lambda event source mappings)"
        if most == 1
        else f"are more than {most}, the most that an alias splits traffic between (Lambda aliases)"
    )
    raise ScenarioError(fields.at("calls"), ", ".join(names), limit)
