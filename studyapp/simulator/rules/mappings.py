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
    mapping_window_max: int = rule(300 * SECOND, "time", "lambda.triggers.batch-window")
    mapping_payload_max: int = rule(6 * 1024, "size", "lambda.triggers.batch-payload", says="closes a batch")
    mapping_backoff_min: int = rule(
        1 * SECOND, "time", values=("1 s", "100 ms"), bears_on="sqs sqs-fifo kinesis dynamodb",
        says="before a batch is tried again that was throttled, or that failed on a stream; AWS gives no number",
    )  # fmt: skip
    mapping_backoff_max: int = rule(
        60 * SECOND, "time", values=("60 s", "30 s"), bears_on="sqs sqs-fifo kinesis dynamodb",
        says="the longest such wait; it doubles until then",
    )  # fmt: skip
    partial_responses: str = rule(
        "as set", "word", "lambda.errors.sqs-partial-response", choices=("as set", "always", "never"),
        says="whether a handler can give back single records of a batch",
    )  # fmt: skip

    # SQS
    sqs_batch_default: int = rule(10, "count", "lambda.triggers.sqs-batch", least=1)
    sqs_batch_max: int = rule(10_000, "count", "lambda.triggers.sqs-batch", least=1)
    sqs_batch_without_window: int = rule(
        10, "count", "lambda.triggers.sqs-batch-without-window", says="a larger batch needs a window of at least 1 s"
    )
    sqs_fifo_batch_max: int = rule(10, "count", "lambda.triggers.sqs-fifo-batch", least=1)
    sqs_first_pollers: int | None = rule(
        5,
        "count",
        "lambda.triggers.sqs-first-pollers",
        may_be_none=True,
        says="batches read at once when messages come",
    )
    sqs_growth: Rate = rule(  # noqa: RUF009, `rule` makes the field
        SQS_GROWTH, "rate", "lambda.triggers.sqs-growth",
        says="more batches at once while messages wait; taken as one every 0.2 s",
    )  # fmt: skip
    sqs_most_pollers: int = rule(
        1_250, "count", "lambda.triggers.sqs-most-pollers", least=1, says="batches at once of one mapping"
    )
    sqs_quiet_after: int = rule(
        60 * SECOND, "time", values=("60 s", "300 s"), bears_on="sqs sqs-fifo",
        says="an empty queue sends the number of batches back to its beginning; AWS gives no time",
    )  # fmt: skip
    sqs_quiet_window: int = rule(
        0, "time", "lambda.triggers.sqs-quiet-window", values=("0 s", "20 s"), bears_on="sqs",
        says="a batch window that is not filled lasts at least this; AWS says that it might be up to 20 s",
    )  # fmt: skip
    sqs_quiet_pollers: int = rule(
        5, "count", "lambda.triggers.sqs-quiet", values=("5", "2"), bears_on="sqs", least=1,
        says="batches read at once after a quiet time, without maximum concurrency; AWS says that it may go down to 2",
    )  # fmt: skip
    sqs_errors_slow_down: bool = rule(
        True, "flag", "lambda.errors.sqs-slow-down", says="failed batches in a row make the batches at once fewer"
    )
    sqs_slow_down_to: float = rule(
        0.5, "fraction", values=("50 %", "80 %"), bears_on="sqs sqs-fifo", most=1,
        says="what each of them leaves of the batches at once; AWS says gradually",
    )  # fmt: skip
    sqs_throttles_slow_down: bool = rule(
        True, "flag", "lambda.errors.sqs-throttled", says="each throttled batch takes away one of the batches at once"
    )
    sqs_failures_wait: bool = rule(
        True, "flag", "lambda.triggers.sqs-message-returns", says="no: what has failed can be received again at once"
    )
    sqs_concurrency_min: int = rule(2, "count", "lambda.triggers.sqs-max-concurrency")
    sqs_concurrency_max: int = rule(1_000, "count", "lambda.triggers.sqs-max-concurrency")
    sqs_visibility_default: int = rule(30 * SECOND, "time", "lambda.triggers.sqs-visibility")
    sqs_visibility_covers_timeout: bool = rule(
        True, "flag", "lambda.triggers.sqs-visibility-rule", says="no: a message may come back while its run goes on"
    )
    sqs_visibility_max: int = rule(43_200 * SECOND, "time", "lambda.triggers.sqs-visibility")
    sqs_receives_default: int = rule(
        10, "count", "lambda.errors.sqs-receives-default", says="maxReceiveCount of a redrive policy that names none"
    )
    function_dlq_takes_messages: bool = rule(
        False, "flag", "lambda.errors.sqs-function-dlq",
        says="(false) without a redrive policy, the function's dead-letter queue gets what has failed three times",
    )  # fmt: skip
    fifo_order: str = rule(
        "group", "word", "lambda.triggers.fifo-concurrency", choices=("group", "queue"), says="what is kept in one line"
    )
    sqs_retention_default: int = rule(4 * DAY, "time", "lambda.triggers.sqs-retention")
    sqs_retention_min: int = rule(60 * SECOND, "time", "lambda.triggers.sqs-retention")
    sqs_retention_max: int = rule(14 * DAY, "time", "lambda.triggers.sqs-retention")
    sqs_delay_max: int = rule(900 * SECOND, "time", "lambda.triggers.sqs-delay")
    sqs_message_max: int = rule(1024, "size", "lambda.triggers.sqs-message-max")

    # Streams
    stream_batch_default: int = rule(100, "count", "lambda.triggers.stream-batch", least=1)
    stream_batch_max: int = rule(10_000, "count", "lambda.triggers.stream-batch", least=1)
    stream_window_waits_for_run: bool = rule(
        True, "flag", "lambda.triggers.stream-window-begins",
        says="no: a window begins with its first record, also while the batch before it runs",
    )  # fmt: skip
    stream_parallelization_max: int = rule(10, "count", "lambda.triggers.parallelization", least=1)
    stream_retries_default: int | None = rule(
        None, "count", "lambda.errors.stream-retries-default", may_be_none=True, says="until the record expires"
    )
    stream_retries_max: int = rule(10_000, "count", "lambda.errors.stream-retries-max")
    stream_age_default: int | None = rule(
        None, "time", "lambda.errors.stream-retries-default", may_be_none=True, says="no limit but the retention"
    )
    stream_age_max: int = rule(604_800 * SECOND, "time", "lambda.errors.stream-record-age")
    stream_age_min: int = rule(60 * SECOND, "time", "lambda.errors.stream-record-age")
    stream_failure_settings: bool = rule(
        True, "flag", "lambda.errors.stream-retries-live-on-the-mapping",
        says="no: a failing batch is tried until it expires, whatever the mapping says",
    )  # fmt: skip
    stream_throttles_use_up_retries: bool = rule(
        False, "flag", "lambda.errors.stream-throttles", says="(false) a throttled try counts as a retry"
    )
    kinesis_poll: Rate | None = rule(  # noqa: RUF009, `rule` makes the field
        KINESIS_POLL, "rate", "lambda.triggers.kinesis-polls", may_be_none=True,
        says="looks at one shard; none: it is seen at once",
    )  # fmt: skip
    dynamodb_poll: Rate | None = rule(  # noqa: RUF009, `rule` makes the field
        DYNAMODB_POLL, "rate", "lambda.triggers.dynamodb-polls", may_be_none=True,
        says="looks at one shard; none: it is seen at once",
    )  # fmt: skip
    kinesis_shard_data: int | None = rule(
        1024, "size", "lambda.triggers.kinesis-shard-data", may_be_none=True, says="that one shard takes in each second"
    )
    kinesis_shard_reads: int | None = rule(
        2048, "size", "lambda.triggers.kinesis-shard-reads", may_be_none=True,
        says="that looks at one shard bring each second, without enhanced fan-out",
    )  # fmt: skip
    kinesis_retention_default: int = rule(DAY, "time", "lambda.triggers.kinesis-retention")
    kinesis_retention_max: int = rule(8_760 * 3_600 * SECOND, "time", "lambda.triggers.kinesis-retention")
    dynamodb_retention: int = rule(DAY, "time", "lambda.triggers.dynamodb-retention")
    kinesis_shard_rate: Rate | None = rule(  # noqa: RUF009, `rule` makes the field
        SHARD_RATE, "rate", "lambda.triggers.kinesis-shard-rate", may_be_none=True,
        says="records that one shard takes in",
    )  # fmt: skip
