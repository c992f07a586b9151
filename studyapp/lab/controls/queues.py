"""What can be changed of an SQS queue and of the mapping that polls it."""

from __future__ import annotations

from typing import Final

from studyapp.lab.controls.settings import Setting, flag, number, time
from studyapp.simulator.reading_queues import MOST_BACKLOG, MOST_GROUPS, MOST_RECEIVES
from studyapp.simulator.rulebook import TRUTH

QUEUE: Final = (
    time("visibility_timeout", "Visibility timeout", least=0, most="sqs_visibility_max", usual="sqs_visibility_default",
         source="sqs_visibility_covers_timeout", says="At least the function's timeout.", is_simple=True),
    Setting("max_receive_count", "Receives before the dead-letter queue", reads="count", usual="no such queue",
            source="sqs_receives_default", says=f"1 to {MOST_RECEIVES:,}, or yes for AWS's default, {TRUTH.sqs_receives_default}."),
    number("maximum_concurrency", "Maximum concurrency", least="sqs_concurrency_min", most="sqs_concurrency_max",
           usual="AWS's own growth"),
    Setting("backlog", "Messages that wait at the start", reads="count", usual="0",
            says=f"At most {MOST_BACKLOG:,}; or infinite, with a horizon and no arrivals."),
    time("delay", "Delay", least=0, most="sqs_delay_max", usual="0 s"),
    time("retention", "Retention", least="sqs_retention_min", most="sqs_retention_max", usual="sqs_retention_default"),
)  # fmt: skip
STANDARD: Final = (
    number("batch_size", "Batch size", least=1, most="sqs_batch_max", usual="sqs_batch_default", is_simple=True,
           says=f"Above {TRUTH.sqs_batch_without_window} it needs a batch window of at least 1 s."),
    time("batch_window", "Batch window", least=0, most="mapping_window_max", usual="0 s"),
)  # fmt: skip
FIFO: Final = (
    number("batch_size", "Batch size", least=1, most="sqs_fifo_batch_max", usual="sqs_batch_default", is_simple=True),
    number("message_groups", "Message groups", least=1, most=MOST_GROUPS, usual="1", source="fifo_order",
           says="Messages take them in turn."),
)  # fmt: skip
SHARED: Final = (
    flag("partial_batch_responses", "Partial batch responses", says="yes: the handler names what failed."),
    Setting("matches", "Share that passes the filter", reads="fraction", usual="100 %"),
)
"""Of queues and of streams."""
