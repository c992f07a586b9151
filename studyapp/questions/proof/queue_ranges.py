"""Ranges of queues, and of the mappings that poll queues and streams alike."""

from __future__ import annotations

from studyapp.questions.proof import time_ranges
from studyapp.questions.proof.range import ALWAYS, Body, Range, beside, seconds
from studyapp.questions.proof.scaling import scaled
from studyapp.simulator.parts import QUEUE_KINDS
from studyapp.simulator.rulebook import TRUTH

FIFO = "sqs-fifo"


def _batch_sizes(path: str, body: Body) -> tuple[object, ...]:
    """One, AWS's default, and the most."""
    kind = beside(path, "kind", body)
    if kind == FIFO:
        return (1, TRUTH.sqs_fifo_batch_max)
    if kind in QUEUE_KINDS:
        return (1, TRUTH.sqs_batch_default, TRUTH.sqs_batch_max)
    return (1, TRUTH.stream_batch_default, TRUTH.stream_batch_max)


def _windows(path: str, body: Body) -> tuple[object, ...]:
    is_fifo = beside(path, "kind", body) == FIFO
    return () if is_fifo else ("0 s", "20 s", seconds(TRUTH.mapping_window_max))


def _retentions(path: str, body: Body) -> tuple[object, ...]:
    """AWS's default and both ends of the range; a DynamoDB stream has one that is fixed."""
    kind = beside(path, "kind", body)
    if kind in QUEUE_KINDS:
        ends = (TRUTH.sqs_retention_min, TRUTH.sqs_retention_default, TRUTH.sqs_retention_max)
        return tuple(seconds(each) for each in ends)
    usual, most = TRUTH.kinesis_retention_default, TRUTH.kinesis_retention_max
    return (seconds(usual), seconds(most)) if kind == "kinesis" else ()


def _groups(path: str, body: Body) -> tuple[object, ...]:
    return (1, 10, 100) if beside(path, "kind", body) == FIFO else ()


RANGES: tuple[Range, ...] = (
    Range("sources.*.backlog", scaled, "half as much and twice as much: no backlog is usual"),
    Range("sources.*.batch_size", _batch_sizes, "one, AWS's default, and the most"),
    Range("sources.*.batch_window", _windows, "AWS's default is none; some time, and the longest"),
    Range("sources.*.partial_batch_responses", ("no", "yes"), "AWS's default is no"),
    Range("sources.*.matches", ("100 %", "50 %", "10 %"), "AWS's default is no filter; one that takes half, or little"),
    Range("sources.*.retention", _retentions, "AWS's default, and both ends of the range"),
    Range(
        "sources.*.maximum_concurrency",
        (None, TRUTH.sqs_concurrency_min, TRUTH.sqs_concurrency_max),
        "AWS's default is none; both ends of the range",
    ),
    Range(
        "sources.*.visibility_timeout",
        time_ranges.visibilities,
        "as short as AWS takes it, six times that, as it advises, and the longest",
    ),
    Range("sources.*.delay", ("0 s", seconds(TRUTH.sqs_delay_max)), "AWS's default is none; the longest"),
    Range(
        "sources.*.max_receive_count",
        (None, 1, TRUTH.sqs_receives_default),
        "a queue without a dead-letter queue, one that gives up at once, and AWS's default",
    ),
    Range("sources.*.message_groups", _groups, "AWS gives no number: all in one line, some, and many", ALWAYS),
)
