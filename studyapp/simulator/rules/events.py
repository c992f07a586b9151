"""Asynchronous events."""

from dataclasses import dataclass

from studyapp.simulator.rules.rule import rule
from studyapp.simulator.units import SECOND


@dataclass(frozen=True)
class Events:
    async_retries_min: int = rule(0, "count", "lambda.errors.async-retries", most=100)
    async_retries_max: int = rule(2, "count", "lambda.errors.async-retries", most=100)
    async_retries_default: int = rule(2, "count", "lambda.errors.async-retries", most=100)
    async_first_wait: int = rule(60 * SECOND, "time", "lambda.errors.async-first-wait")
    async_second_wait: int = rule(120 * SECOND, "time", "lambda.errors.async-second-wait")
    async_waits_from: str = rule(
        "end", "word", "lambda.errors.async-first-wait", choices=("end", "start"), says="of the failed run"
    )
    async_age_min: int = rule(60 * SECOND, "time", "lambda.errors.async-age")
    async_age_max: int = rule(21_600 * SECOND, "time", "lambda.errors.async-age")
    async_age_default: int = rule(21_600 * SECOND, "time", "lambda.errors.async-age")
    throttle_backoff_min: int = rule(1 * SECOND, "time", "lambda.errors.throttle-backoff")
    throttle_backoff_max: int = rule(300 * SECOND, "time", "lambda.errors.throttle-backoff")
    throttle_backoff_factor: float = rule(
        2.0, "number", values=("2", "1.5"), most=1_000, says="AWS says exponential, without a base"
    )
    async_duplicate_after: int = rule(
        10 * SECOND, "time", values=("10 s", "0 s", "120 s"), bears_on="duplicates",
        says="when an event that is delivered twice comes again; AWS says only that it can",
    )  # fmt: skip
    async_new_events_wait: bool = rule(
        False, "flag", values=("no", "yes"), bears_on="async s3 sns eventbridge schedule codepipeline",
        says="new events wait like those that were refused before them; AWS: a long queue is read at a lower rate",
    )  # fmt: skip
    sns_message_max: int = rule(
        256,
        "size",
        "lambda.errors.sns-message-max",
        says="a larger event is lost on its way to a topic, with its record or without",
    )
    throttles_use_up_retries: bool = rule(
        False, "flag", "lambda.errors.throttled-async", says="(false) a throttled try counts as a retry"
    )
    timeouts_use_up_retries: bool = rule(
        True,
        "flag",
        "lambda.errors.timeout-is-an-error",
        says="no: a run that timed out is repeated until it is too old",
    )
    dlq_retries_events: bool = rule(
        False,
        "flag",
        "lambda.errors.dlq-does-not-retry",
        says="(false) a dead-letter queue hands the event back for one run",
    )
    reserved_zero_keeps_events: bool = rule(
        False, "flag", "lambda.errors.reserved-zero-events", says="(false) events wait while reserved concurrency is 0"
    )
