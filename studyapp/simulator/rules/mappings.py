"""Event source mappings: queues, streams, and what polls them."""

from dataclasses import dataclass
from typing import Final

from studyapp.simulator.rules.rule import rule
from studyapp.simulator.units import SECOND, Rate

SQS_GROWTH: Final = Rate(300, 60 * SECOND)
KINESIS_POLL: Final = Rate(1, SECOND)
DYNAMODB_POLL: Final = Rate(4, SECOND)
SHARD_RATE: Final = Rate(1_000, SECOND)
DAY: Final = 86_400 * SECOND


@dataclass(frozen=True)
class Mappings:
    """Sources: Lambda event source mappings, Lambda with Amazon SQS, Lambda with Kinesis and DynamoDB Streams."""

    # Both
    mapping_window_max: int = rule(300 * SECOND, "time")
    mapping_payload_max: int = rule(6 * 1024, "size", says="closes a batch")
    mapping_backoff_min: int = rule(
        1 * SECOND, "time", values=("1 s", "100 ms"), bears_on="sqs sqs-fifo kinesis dynamodb",
        says="before a batch is tried again that was throttled, or that failed on a stream; AWS gives no number",
    )  # fmt: skip
    mapping_backoff_max: int = rule(
        60 * SECOND, "time", values=("60 s", "30 s"), bears_on="sqs sqs-fifo kinesis dynamodb",
        says="the longest such wait; it doubles until then",
    )  # fmt: skip

    # SQS
    sqs_batch_default: int = rule(10, "count", "lambda.triggers.sqs-batch")
    sqs_batch_max: int = rule(10_000, "count")
    sqs_batch_without_window: int = rule(10, "count", says="a larger batch needs a window of at least 1 s")
    sqs_fifo_batch_max: int = rule(10, "count")
    sqs_first_pollers: int | None = rule(5, "count", may_be_none=True, says="batches read at once when messages come")
    sqs_growth: Rate = rule(  # noqa: RUF009, `rule` makes the field
        SQS_GROWTH, "rate", says="more batches at once while messages wait; taken as one every 0.2 s"
    )
    sqs_most_pollers: int = rule(1_250, "count", says="batches at once of one mapping")
    sqs_quiet_after: int = rule(
        60 * SECOND, "time", values=("60 s", "300 s"), bears_on="sqs sqs-fifo",
        says="an empty queue sends the number of batches back to its beginning; AWS gives no time",
    )  # fmt: skip
    sqs_errors_slow_down: bool = rule(True, "flag", says="failed batches in a row each halve the batches at once")
    sqs_concurrency_min: int = rule(2, "count")
    sqs_concurrency_max: int = rule(1_000, "count")
    sqs_visibility_default: int = rule(30 * SECOND, "time")
    sqs_visibility_max: int = rule(43_200 * SECOND, "time")
    sqs_receives_default: int = rule(10, "count", says="maxReceiveCount of a redrive policy that names none")
    sqs_retention_default: int = rule(4 * DAY, "time")
    sqs_retention_min: int = rule(60 * SECOND, "time")
    sqs_retention_max: int = rule(14 * DAY, "time")
    sqs_delay_max: int = rule(900 * SECOND, "time")
    sqs_message_max: int = rule(1024, "size")

    # Streams
    stream_batch_default: int = rule(100, "count")
    stream_batch_max: int = rule(10_000, "count")
    stream_parallelization_max: int = rule(10, "count", "lambda.triggers.parallelization")
    stream_retries_default: int | None = rule(None, "count", may_be_none=True, says="until the record expires")
    stream_retries_max: int = rule(10_000, "count")
    stream_age_default: int | None = rule(None, "time", may_be_none=True, says="no limit but the retention")
    stream_age_max: int = rule(604_800 * SECOND, "time")
    stream_age_min: int = rule(60 * SECOND, "time")
    kinesis_poll: Rate | None = rule(  # noqa: RUF009, `rule` makes the field
        KINESIS_POLL, "rate", may_be_none=True, says="looks at one shard; none: it is seen at once"
    )
    dynamodb_poll: Rate | None = rule(  # noqa: RUF009, `rule` makes the field
        DYNAMODB_POLL, "rate", "lambda.triggers.dynamodb-polls", may_be_none=True,
        says="looks at one shard; none: it is seen at once",
    )  # fmt: skip
    kinesis_retention_default: int = rule(DAY, "time")
    kinesis_retention_max: int = rule(8_760 * 3_600 * SECOND, "time")
    dynamodb_retention: int = rule(DAY, "time")
    kinesis_shard_rate: Rate | None = rule(  # noqa: RUF009, `rule` makes the field
        SHARD_RATE, "rate", may_be_none=True, says="records that one shard takes in"
    )
