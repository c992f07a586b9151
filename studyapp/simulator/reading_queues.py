"""Reads an SQS queue and the mapping that polls it, and refuses what AWS would refuse."""

from typing import Final

from studyapp.simulator import units
from studyapp.simulator.errors import ScenarioError
from studyapp.simulator.parts import Function, Queue
from studyapp.simulator.reading import Fields, bounded
from studyapp.simulator.rulebook import Rulebook
from studyapp.simulator.units import SECOND, show_time

MAPPING: Final = "Lambda with Amazon SQS"
QUEUE: Final = "Amazon SQS quotas"
MOST_RECEIVES: Final = 1_000
MOST_GROUPS: Final = 100_000
MOST_BACKLOG: Final = 20_000_000


def read_queue(fields: Fields, kind: str, function: Function, rulebook: Rulebook, horizon: int | None) -> Queue:
    """The fields of a source of kind sqs or sqs-fifo. Raises ScenarioError with the field, the value and the quota."""
    is_fifo = kind == "sqs-fifo"
    window = _window(fields, rulebook, is_fifo=is_fifo)
    _check_message(fields, rulebook, is_fifo=is_fifo)
    return Queue(
        is_fifo=is_fifo,
        batch_size=_batch_size(fields, rulebook, window, is_fifo=is_fifo),
        window_us=window,
        max_concurrency=_count(
            fields, "maximum_concurrency", rulebook.sqs_concurrency_min, rulebook.sqs_concurrency_max, MAPPING
        ),
        visibility_us=_visibility(fields, function, rulebook),
        max_receives=_receives(fields, rulebook),
        retention_us=_seconds(
            fields, "retention", rulebook.sqs_retention_default, rulebook.sqs_retention_min, rulebook.sqs_retention_max
        ),
        delay_us=_seconds(fields, "delay", 0, 0, rulebook.sqs_delay_max),
        partial_responses=fields.take("partial_batch_responses", units.flag, default=False),
        groups=_groups(fields, is_fifo=is_fifo),
        backlog=_backlog(fields, horizon),
    )


def _window(fields: Fields, rulebook: Rulebook, *, is_fifo: bool) -> int:
    window = fields.take("batch_window", units.whole_seconds, 0)
    where = fields.at("batch_window")
    if window and is_fifo:
        raise ScenarioError(
            where, show_time(window), f"is for standard queues alone: a FIFO queue has none ({MAPPING})"
        )
    return bounded(where, window, 0, rulebook.mapping_window_max, show_time, MAPPING)


def _batch_size(fields: Fields, rulebook: Rulebook, window: int, *, is_fifo: bool) -> int:
    """A standard queue's batch of more than 10 needs a window. Source: Lambda with Amazon SQS, configuration."""
    most = rulebook.sqs_fifo_batch_max if is_fifo else rulebook.sqs_batch_max
    size = _count(fields, "batch_size", 1, most, MAPPING)
    if size is None:
        return min(rulebook.sqs_batch_default, most)
    if not is_fifo and size > rulebook.sqs_batch_without_window and window < SECOND:
        raise ScenarioError(
            fields.at("batch_size"), size,
            f"is above {rulebook.sqs_batch_without_window}: it needs a batch_window of at least 1 s ({MAPPING})",
        )  # fmt: skip
    return size


def _receives(fields: Fields, rulebook: Rulebook) -> int | None:
    """`max_receive_count: 5`, or `yes` for a redrive policy that names no number. Source: Amazon SQS CreateQueue."""
    said = fields.raw("max_receive_count")
    if said is True or said == "yes":  # 1 equals True, and is a number here
        return rulebook.sqs_receives_default
    return _count(fields, "max_receive_count", 1, MOST_RECEIVES, QUEUE)


def _visibility(fields: Fields, function: Function, rulebook: Rulebook) -> int:
    """Lambda refuses a mapping whose function may run for longer. Source: Lambda with Amazon SQS, configuration."""
    visibility = _seconds(fields, "visibility_timeout", rulebook.sqs_visibility_default, 0, rulebook.sqs_visibility_max)
    if rulebook.sqs_visibility_covers_timeout and visibility < function.timeout:
        raise ScenarioError(
            fields.at("visibility_timeout"), show_time(visibility),
            f"is below the timeout of {function.name}, {show_time(function.timeout)} ({MAPPING})",
        )  # fmt: skip
    return visibility


def _groups(fields: Fields, *, is_fifo: bool) -> int:
    groups = _count(fields, "message_groups", 1, MOST_GROUPS, "the most that one run keeps apart")
    if groups is not None and not is_fifo:
        raise ScenarioError(fields.at("message_groups"), groups, "are for FIFO queues: kind sqs-fifo")
    return groups or 1


def _backlog(fields: Fields, horizon: int | None) -> int | None:
    """How many messages wait at the beginning; None for a backlog that never ends."""
    value = fields.raw("backlog", 0)
    if str(value) != "infinite":
        return _count(fields, "backlog", 0, MOST_BACKLOG, "the most that one run can hold") or 0
    if horizon is None:
        raise ScenarioError(fields.at("backlog"), value, "never ends: it needs a horizon")
    if fields.has("arrivals"):
        raise ScenarioError(fields.at("backlog"), value, "leaves nothing to arrive: remove arrivals")
    return None


def _check_message(fields: Fields, rulebook: Rulebook, *, is_fifo: bool) -> None:
    """What a message may be. Source: Amazon SQS quotas; exactly-once processing of FIFO queues."""
    fields.within("payload", units.payload, 1, 0, rulebook.sqs_message_max, lambda kb: f"{kb:,} KB", QUEUE)
    if is_fifo and fields.take("duplicates", units.fraction, 0.0):
        raise ScenarioError(
            fields.at("duplicates"), fields.raw("duplicates"),
            "are for standard queues: a FIFO queue delivers no message twice (Amazon SQS FIFO queues)",
        )  # fmt: skip


def _seconds(fields: Fields, key: str, default: int, low: int, high: int) -> int:
    return fields.within(key, units.whole_seconds, default, low, high, show_time, QUEUE)


def _count(fields: Fields, key: str, low: int, high: int, source: str) -> int | None:
    value = fields.take(key, units.count, None)
    return None if value is None else bounded(fields.at(key), value, low, high, lambda count: f"{count:,}", source)
