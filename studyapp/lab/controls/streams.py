"""What can be changed of a stream and of the mapping that polls it."""

from __future__ import annotations

from typing import Final

from studyapp.lab.controls.settings import Setting, flag, number, time, words
from studyapp.simulator.reading_streams import DESTINATIONS, MOST_BACKLOG, MOST_SHARDS
from studyapp.simulator.rulebook import TRUTH
from studyapp.simulator.units import show_time

STREAM: Final = (
    number("shards", "Shards", least=1, most=MOST_SHARDS, usual="1", source="kinesis_shard_data", is_simple=True),
    number("batch_size", "Batch size", least=1, most="stream_batch_max", usual="stream_batch_default", is_simple=True),
    time("batch_window", "Batch window", least=0, most="mapping_window_max", usual="0 s"),
    number("parallelization_factor", "Parallelization factor", least=1, most="stream_parallelization_max", usual="1",
           says="Batches of one shard at a time."),
    number("retry_attempts", "Retry attempts", least=-1, most="stream_retries_max", usual="-1", says="-1 for no limit."),
    Setting("maximum_record_age", "Maximum record age", reads="time", most="stream_age_max", usual="-1",
            says=f"-1 for no limit, else at least {show_time(TRUTH.stream_age_min)}."),
    flag("bisect", "Bisect a failed batch"),
    words("on_failure", "Destination on failure", DESTINATIONS),
    number("partition_keys", "Partition keys", least=1, usual="spread evenly", says="Records take them in turn."),
    number("backlog", "Records that wait at the start", least=0, most=MOST_BACKLOG, usual="0"),
    time("created_at", "The mapping begins to read at", usual="0 s"),
)  # fmt: skip
KINESIS: Final = (
    Setting("starting_position", "Starting position", usual="trim-horizon", says="trim-horizon, latest or {at: 5 s}."),
    time("retention", "Retention", least="kinesis_retention_default", most="kinesis_retention_max",
         usual="kinesis_retention_default", says="Whole hours."),
    flag("enhanced_fan_out", "Enhanced fan-out", source="kinesis_shard_reads"),
)  # fmt: skip
DYNAMODB: Final = (
    words("starting_position", "Starting position", ("trim-horizon", "latest")),
    time("retention", "Retention", usual="dynamodb_retention", says="Fixed."),
)
