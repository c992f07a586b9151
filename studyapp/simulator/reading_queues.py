"""Reads an SQS queue and the mapping that polls it."""

from studyapp.simulator.parts import Function, Queue
from studyapp.simulator.reading import Fields
from studyapp.simulator.rulebook import Rulebook


def read_queue(fields: Fields, kind: str, function: Function, rulebook: Rulebook, horizon: int | None) -> Queue:
    """The fields of a source of kind sqs or sqs-fifo. Raises ScenarioError."""
    return Queue(kind == "sqs-fifo", fields.whole("batch_size", 1, 10_000, rulebook.sqs_batch_default) or 1)
