"""Reads a Kinesis or DynamoDB stream and the mapping that polls it."""

from collections.abc import Mapping
from typing import Final

from studyapp.simulator import units
from studyapp.simulator.errors import ScenarioError
from studyapp.simulator.parts import Arrivals, Function, Source, Stream
from studyapp.simulator.reading import Fields, bounded
from studyapp.simulator.rulebook import Rulebook
from studyapp.simulator.units import SECOND, show_time

MAPPINGS: Final = "Lambda event source mappings"
PARAMETERS: Final = "Lambda API, CreateEventSourceMapping"
RETENTION: Final = "Kinesis data retention"
DESTINATIONS: Final = ("none", "sqs", "sns", "s3", "kafka")
MOST_SHARDS: Final = 1_000
MOST_BACKLOG: Final = 20_000_000
HOUR: Final = 3_600 * SECOND
_KINESIS_ONLY: Final = "is for Kinesis alone (Lambda with DynamoDB Streams)"


def read_stream(fields: Fields, kind: str, function: Function, rulebook: Rulebook, horizon: int | None) -> Stream:
    """The fields of a source of kind kinesis or dynamodb. Raises ScenarioError."""
    created = fields.take("created_at", units.span, 0)
    position, at = _position(fields, kind, created)
    _check_payload(fields, rulebook)
    return Stream(
        shards=_count(fields, "shards", 1, 1, MOST_SHARDS, "this simulator"),
        factor=_count(fields, "parallelization_factor", 1, 1, rulebook.stream_parallelization_max, PARAMETERS),
        batch_size=_count(fields, "batch_size", rulebook.stream_batch_default, 1, rulebook.stream_batch_max, MAPPINGS),
        window_us=_window(fields, rulebook),
        retries=_retries(fields, rulebook),
        max_age_us=_max_age(fields, rulebook),
        bisects=fields.take("bisect", units.flag, default=False),
        partial_responses=fields.take("partial_batch_responses", units.flag, default=False),
        on_failure=fields.choice("on_failure", DESTINATIONS, "none"),
        retention_us=_retention(fields, kind, rulebook),
        position=position,
        at_us=at,
        from_us=created,
        keys=fields.whole("partition_keys", 1),
        backlog=_count(fields, "backlog", 0, 0, MOST_BACKLOG, "this simulator"),
        is_pushed=_is_pushed(fields, kind),
    )


def check_shard_rate(source: Source, where: str, rulebook: Rulebook) -> None:
    """Refuse a steady rate that the busiest shard cannot take in. Source: Kinesis quotas. Raises ScenarioError.

    Bursts are not looked at, since a producer can wait and try again; a wave counts at its peak.
    """
    stream = source.stream
    limits = _shard_limits(source.payload, rulebook)
    if stream is None or source.kind != "kinesis" or not limits:
        return
    rate = sum(_steady(each) for each in source.arrivals)
    share = 1 / stream.shards if stream.keys is None else -(-stream.keys // stream.shards) / stream.keys
    limit, each_takes = min(limits)
    if rate * share > limit * (1 + 1e-9):
        raise ScenarioError(
            where, f"{rate * SECOND:,.6g} records per 1 s",
            f"is above the maximum of {limit / share * SECOND:,.6g} per 1 s that {_spread(stream)} can take in, "
            f"{each_takes} (Kinesis quotas)",
        )  # fmt: skip


def _shard_limits(payload: int, rulebook: Rulebook) -> list[tuple[float, str]]:
    """(records per microsecond that a shard takes in, why) by number and by size, for records of `payload` KB."""
    limits = []
    if (rate := rulebook.kinesis_shard_rate) is not None:
        limits.append((rate.count / rate.per_us, f"{rate} each"))
    if (data := rulebook.kinesis_shard_data) is not None and payload:
        limits.append((data / payload / SECOND, f"{_kb(data)} per 1 s each in records of {_kb(payload)}"))
    return limits


def _position(fields: Fields, kind: str, created: int) -> tuple[str, int]:
    """(position, time of position at). Source: Kinesis and DynamoDB ESM parameters, CreateEventSourceMapping."""
    value = fields.raw("starting_position", "trim-horizon")
    if not isinstance(value, Mapping):
        return fields.choice("starting_position", ("trim-horizon", "latest"), "trim-horizon"), 0
    inner = Fields(value, fields.at("starting_position"))
    at = inner.need("at", units.span, "is missing: a position in time is {at: time}")
    inner.done()
    if kind != "kinesis":
        raise ScenarioError(inner.at("at"), show_time(at), _KINESIS_ONLY)
    if at > created:
        limit = f"is after the mapping's created_at of {show_time(created)} ({PARAMETERS})"
        raise ScenarioError(inner.at("at"), show_time(at), limit)
    return "at", at


def _check_payload(fields: Fields, rulebook: Rulebook) -> None:
    """One record must fit into a batch. Source: Lambda event source mappings."""
    fields.within("payload", units.payload, 1, 0, rulebook.mapping_payload_max, _kb, MAPPINGS)


def _count(fields: Fields, key: str, default: int, low: int, high: int, source: str) -> int:
    return fields.within(key, units.count, default, low, high, _number, source)


def _window(fields: Fields, rulebook: Rulebook) -> int:
    value = fields.take("batch_window", units.whole_seconds, 0)
    return bounded(fields.at("batch_window"), value, 0, rulebook.mapping_window_max, show_time, MAPPINGS)


def _retries(fields: Fields, rulebook: Rulebook) -> int | None:
    if not fields.has("retry_attempts"):
        fields.raw("retry_attempts")
        return rulebook.stream_retries_default
    value = _count(fields, "retry_attempts", -1, -1, rulebook.stream_retries_max, PARAMETERS)
    return None if value == -1 else value


def _max_age(fields: Fields, rulebook: Rulebook) -> int | None:
    """-1 has no limit; what lies between that and 60 s is refused. Source: CreateEventSourceMapping."""
    value = fields.raw("maximum_record_age")
    if value is None:
        return rulebook.stream_age_default
    if str(value).strip() == "-1":
        return None
    age = fields.read("maximum_record_age", units.whole_seconds, value)
    where = fields.at("maximum_record_age")
    return bounded(where, age, rulebook.stream_age_min, rulebook.stream_age_max, show_time, PARAMETERS)


def _retention(fields: Fields, kind: str, rulebook: Rulebook) -> int:
    where = fields.at("retention")
    if kind == "kinesis":
        usual, most = rulebook.kinesis_retention_default, rulebook.kinesis_retention_max
        return fields.within("retention", _whole_hours, usual, min(usual, most), most, show_time, RETENTION)
    fixed = rulebook.dynamodb_retention
    value = fields.take("retention", units.span, fixed)
    if value != fixed:
        raise ScenarioError(where, show_time(value), f"is not {show_time(fixed)}, which is fixed (DynamoDB Streams)")
    return value


def _is_pushed(fields: Fields, kind: str) -> bool:
    is_pushed = fields.take("enhanced_fan_out", units.flag, default=False)
    if is_pushed and kind != "kinesis":
        raise ScenarioError(fields.at("enhanced_fan_out"), is_pushed, _KINESIS_ONLY)
    return is_pushed


def _steady(arrivals: Arrivals) -> float:
    """Records per microsecond that this stream of arrivals keeps up, at its peak."""
    if arrivals.kind == "every":
        return 1 / arrivals.period_us
    return arrivals.rate + arrivals.amplitude


def _spread(stream: Stream) -> str:
    shards = f"{stream.shards:,} shard{'s' if stream.shards > 1 else ''}"
    if stream.keys is None:
        return shards
    return f"{shards} with {stream.keys:,} partition key{'s' if stream.keys > 1 else ''}"


def _whole_hours(value: object) -> int:
    us = units.time(value)
    if us % HOUR:
        raise units.UnitError("is not a whole number of hours")
    return us


def _kb(kilobytes: int) -> str:
    return f"{kilobytes:,} KB"


def _number(value: int) -> str:
    return f"{value:,}"
