"""Reads a Kinesis or DynamoDB stream and the mapping that polls it."""

from studyapp.simulator.parts import Function, Stream
from studyapp.simulator.reading import Fields
from studyapp.simulator.rulebook import Rulebook


def read_stream(fields: Fields, kind: str, function: Function, rulebook: Rulebook, horizon: int | None) -> Stream:
    """The fields of a source of kind kinesis or dynamodb. Raises ScenarioError."""
    return Stream(1, 1, fields.whole("batch_size", 1, 10_000, rulebook.stream_batch_default) or 1)
