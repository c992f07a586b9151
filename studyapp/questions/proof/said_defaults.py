"""AWS's defaults of what a scenario may set: a stem may say `default` for them instead of the number.

Each stands in the rulebook. Patterns are those of the ranges.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from studyapp.simulator import units
from studyapp.simulator.rulebook import TRUTH

NO_LIMIT = -1
"""What a mapping's retries and ages of records are called without a limit."""


class Default(NamedTuple):
    """The value of a pattern as its reader reads it, None if AWS has none; `kinds` are those of the source, if it depends on
    that."""

    pattern: str
    read: Callable[[object], int]
    value: int | None
    kinds: tuple[str, ...] = ()


def _of_functions(where: str) -> tuple[Default, ...]:
    return (
        Default(f"{where}.memory", units.memory, TRUTH.memory_default),
        Default(f"{where}.tmp", units.memory, TRUTH.tmp_min),
        Default(f"{where}.timeout", units.time, TRUTH.timeout_default),
        Default(f"{where}.async_retries", units.count, TRUTH.async_retries_default),
        Default(f"{where}.async_max_age", units.time, TRUTH.async_age_default),
    )


DEFAULTS: tuple[Default, ...] = (
    Default("account.concurrency", units.count, TRUTH.account_concurrency),
    *_of_functions("functions.*"),
    *_of_functions("packages.functions.*"),
    *_of_functions("bill.functions.*"),
    *_of_functions("versions.settings"),
    *_of_functions("versions.steps.*.configure"),
    Default("sources.*.timeout", units.time, TRUTH.api_rest_timeout, ("api",)),
    Default("sources.*.timeout", units.time, TRUTH.api_http_timeout, ("http-api",)),
    Default("sources.*.retries.tries", units.count, TRUTH.sdk_tries),
    Default("sources.*.retries.backoff", units.time, TRUTH.sdk_backoff),
    Default("sources.*.retries.most", units.time, TRUTH.sdk_backoff_max),
    Default("sources.*.job_timeout", units.time, TRUTH.pipeline_reply_limit),
    Default("sources.*.batch_size", units.count, TRUTH.sqs_batch_default, ("sqs", "sqs-fifo")),
    Default("sources.*.batch_size", units.count, TRUTH.stream_batch_default, ("kinesis", "dynamodb")),
    Default("sources.*.visibility_timeout", units.time, TRUTH.sqs_visibility_default),
    Default("sources.*.retention", units.time, TRUTH.sqs_retention_default, ("sqs", "sqs-fifo")),
    Default("sources.*.retention", units.time, TRUTH.kinesis_retention_default, ("kinesis",)),
    Default("sources.*.retention", units.time, TRUTH.dynamodb_retention, ("dynamodb",)),
    Default("sources.*.max_receive_count", units.count, TRUTH.sqs_receives_default),
    Default("sources.*.parallelization_factor", units.count, 1),
    Default("sources.*.retry_attempts", units.count, NO_LIMIT),
    Default("sources.*.maximum_record_age", units.count, NO_LIMIT),
    Default("schedules.*.retries", units.count, TRUTH.schedule_retries_default),
    Default("schedules.*.maximum_age", units.time, TRUTH.schedule_age_default),
    Default("secrets.kept.*.ttl", units.time, TRUTH.secret_cache_ttl),
)


def is_default(path: str, value: object, kind: object) -> bool:
    """Whether AWS's default of the parameter at `path` is `value`; `kind` is that of the source, if it is a source's."""
    fitting = (each for each in DEFAULTS if _fits(path, each.pattern) and (not each.kinds or kind in each.kinds))
    return any(each.value is not None and _read(each, value) == each.value for each in fitting)


def _fits(path: str, pattern: str) -> bool:
    steps, wanted = path.split("."), pattern.split(".")
    return len(steps) == len(wanted) and all(want in ("*", step) for step, want in zip(steps, wanted, strict=True))


def _read(default: Default, value: object) -> int | None:
    """None for what is no such value."""
    try:
        return default.read(value)
    except units.UnitError:
        return None
