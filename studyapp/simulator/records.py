"""What is kept of an event: the message in a dead-letter queue, the record at a destination, what a stream's mapping sends.

A dead-letter queue gets the event as it is and three attributes; a destination gets a document about the event, the
response and the reason; the destination of a stream gets where the records lie and not the records, unless it is a bucket.
Names of fields are AWS's; ids, bodies and the day on which a run begins stand for real ones. An event's number counts from
1, as in a span. Sources: Lambda, capturing records of asynchronous invocations; on-failure destinations of Kinesis and
DynamoDB Streams.
"""

from bisect import bisect_left
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Final
from uuid import NAMESPACE_URL, uuid5

from studyapp.simulator.outcome import Outcome
from studyapp.simulator.parts import Function, Source, Stream
from studyapp.simulator.trace import (
    DEAD_LETTERED,
    DESTINATION,
    ERROR,
    OK,
    OUT_OF_MEMORY,
    RETRIES_EXHAUSTED,
    STATUS,
    STOPPED,
    SUCCESS,
    TIMEOUT,
    TOO_OLD,
)
from studyapp.simulator.units import SECOND

Document = dict[str, object]

BEGINNING: Final = datetime(2026, 1, 1, tzinfo=UTC)
MOST_OF_A_MESSAGE: Final = 1_024
CONDITIONS: Final = {
    SUCCESS: "Success",
    RETRIES_EXHAUSTED: "RetriesExhausted",
    TOO_OLD: "EventAgeExceeded",
    STOPPED: "ZeroReservedConcurrency",
}
"""AWS's pages show RetriesExhausted; the other words are taken from records as people have met them (our reading)."""
STREAM_CONDITIONS: Final = {RETRIES_EXHAUSTED: "RetryAttemptsExhausted", TOO_OLD: "RecordAgeExceeded"}
"""AWS's pages show the first alone; the second likewise."""
_BATCH_INFO: Final = {"kinesis": "KinesisBatchInfo", "dynamodb": "DDBStreamBatchInfo"}
_STREAM_ARN: Final = {
    "kinesis": "arn:aws:kinesis:us-east-1:123456789012:stream/{}",
    "dynamodb": "arn:aws:dynamodb:us-east-1:123456789012:table/{}/stream/2026-01-01T00:00:00.000",
}


def kept(outcome: Outcome, event: int) -> dict[str, Document]:
    """All that is kept of an event, by where: "dead-letter queue", "destination", "stream destination"."""
    found = {
        "dead-letter queue": dead_letter(outcome, event),
        "destination": destination_record(outcome, event),
        "stream destination": stream_record(outcome, event),
    }
    return {where: document for where, document in found.items() if document is not None}


def dead_letter(outcome: Outcome, event: int) -> Document | None:
    """The message that an asynchronous event became, `{body, attributes}`, or None if none was sent.

    ErrorCode is the HTTP status of the last try: 200 of a run that failed, 429 of what never ran.
    """
    life = _Life(outcome, event)
    if not life.source.is_async or life.ended(DEAD_LETTERED) is None:
        return None
    says = life.refusal() if life.is_refused else str(life.response()["errorMessage"])
    attributes = {
        "RequestID": life.request_id,
        "ErrorCode": 429 if life.is_refused else 200,
        "ErrorMessage": says.encode()[:MOST_OF_A_MESSAGE].decode(errors="ignore"),
    }
    return {"body": life.body(), "attributes": attributes}


def destination_record(outcome: Outcome, event: int) -> Document | None:
    """The record that an on-success or on-failure destination got of an asynchronous event, or None if none did.

    What has never run has no response (our reading).
    """
    life = _Life(outcome, event)
    row = life.ended(DESTINATION)
    if not life.source.is_async or row is None:
        return None
    trace = outcome.trace
    record: Document = {
        "version": "1.0",
        "timestamp": _time(trace.ended_at[row]),
        "requestContext": {
            "requestId": life.request_id,
            "functionArn": _arn(life.function, life.version),
            "condition": CONDITIONS[trace.ended_reason[row]],
            "approximateInvokeCount": len(life.runs),
        },
        "requestPayload": life.body(),
    }
    if life.runs:
        record |= {"responseContext": life.response_context(), "responsePayload": life.response()}
    return record


def stream_record(outcome: Outcome, event: int) -> Document | None:
    """What the mapping of a stream sent of the batch with which a record was given up, or None if it sent nothing.

    A bucket gets the records too; a queue, a topic or Kafka gets where they lie.
    """
    life = _Life(outcome, event)
    row = life.ended(DESTINATION)
    if life.source.stream is None or row is None:
        return None
    trace = outcome.trace
    batch = _given_up_with(outcome, life, row)
    record: Document = {
        "requestContext": {
            "requestId": batch[0].request_id,
            "functionArn": _arn(life.function),
            "condition": STREAM_CONDITIONS[trace.ended_reason[row]],
            "approximateInvokeCount": len(life.runs),
        },
        "version": "1.0",
        "timestamp": _time(trace.ended_at[row]),
        _BATCH_INFO[life.source.kind]: _where(batch),
    }
    if life.runs:
        record["responseContext"] = life.response_context()
    if life.stream.on_failure == "s3":
        record["payload"] = {"Records": [each.body() for each in batch]}
    return record


class _Life:
    """One event of an outcome: its source, its runs, how it ended."""

    def __init__(self, outcome: Outcome, event: int, others: Sequence[int] = ()) -> None:
        """`others`: all events of its source, in order, where they are known."""
        self.trace = trace = outcome.trace
        self.event = event - 1
        self.number = trace.source[self.event]
        self.source: Source = outcome.scenario.sources[self.number]
        self.stream = self.source.stream or Stream(1, 1, 1)
        self.function: Function = outcome.scenario.functions[trace.function[self.event]]
        self.others = others or [other for other, number in enumerate(trace.source) if number == self.number]
        self.index = bisect_left(self.others, self.event)

    @cached_property
    def runs(self) -> list[int]:
        """Rows of the runs that took it, alone or in a batch; duplicates of it are not among them."""
        trace, event = self.trace, self.event
        alone = {row for row, lead in enumerate(trace.event) if lead == event and trace.attempt[row]}
        batched = {row for row, first, upto in trace.batches() if event in trace.batch_event[first:upto]}
        return sorted(alone | batched)

    @property
    def version(self) -> str:
        return self.function.name if self.function.version_of else "$LATEST"

    @property
    def request_id(self) -> str:
        return str(uuid5(NAMESPACE_URL, f"{self.source.name}/{self.index}"))

    @property
    def sequence_number(self) -> str:
        return f"{self.index + 1:021d}"

    @property
    def is_refused(self) -> bool:
        """Whether its last try never became a run."""
        refused = [
            at for event, at in zip(self.trace.refused_event, self.trace.refused_at, strict=True) if event == self.event
        ]
        return not self.runs or (bool(refused) and refused[-1] > self.trace.start[self.runs[-1]])

    def track(self) -> int:
        return self.stream.track(self.index)

    def ended(self, kind: int) -> int | None:
        """The row of its end of this kind."""
        rows = zip(self.trace.ended_event, self.trace.ended_kind, strict=True)
        return next((row for row, found in enumerate(rows) if found == (self.event, kind)), None)

    def body(self) -> Document:
        return {"source": self.source.name, "number": self.index + 1}

    def response_context(self) -> Document:
        """Lambda answers 200 for a run that failed, too, and names the failure beside it."""
        context: Document = {"statusCode": 200, "executedVersion": self.version}
        if self.trace.status[self.runs[-1]] != OK:
            context["functionError"] = "Unhandled"
        return context

    def response(self) -> Document:
        """What its last run answered."""
        status = self.trace.status[self.runs[-1]]
        if status == OK:
            return {"done": self.index + 1}
        request = f"RequestId: {self.request_id}"
        if status == TIMEOUT:
            says = f"{request} Error: Task timed out after {self.function.timeout / SECOND:.2f} seconds"
            return {"errorType": "Sandbox.Timedout", "errorMessage": says}
        if status == OUT_OF_MEMORY:
            return {"errorType": "Runtime.ExitError", "errorMessage": f"{request} Error: Runtime exited: killed"}
        return {"errorType": "Error", "errorMessage": "the handler failed" if status == ERROR else STATUS[status]}

    def refusal(self) -> str:
        return "Reserved concurrency is 0." if self.function.reserved == 0 else "Rate Exceeded."


def _given_up_with(outcome: Outcome, life: _Life, row: int) -> list[_Life]:
    """The records that were given up at one moment, for one reason and on one track, in order."""
    trace = outcome.trace
    ends = zip(trace.ended_at, trace.ended_kind, trace.ended_reason, trace.ended_event, strict=True)
    wanted = (trace.ended_at[row], trace.ended_kind[row], trace.ended_reason[row])
    same = (event for *end, event in ends if tuple(end) == wanted and trace.source[event] == life.number)
    found = (_Life(outcome, event + 1, life.others) for event in same)
    return [each for each in found if each.track() == life.track()]


def _where(batch: list[_Life]) -> Document:
    """Where the records of a batch lie in their stream."""
    first, last = batch[0], batch[-1]
    return {
        "shardId": f"shardId-{first.track() % first.stream.shards:012d}",
        "startSequenceNumber": first.sequence_number,
        "endSequenceNumber": last.sequence_number,
        "approximateArrivalOfFirstRecord": _time(first.trace.arrived[first.event]),
        "approximateArrivalOfLastRecord": _time(last.trace.arrived[last.event]),
        "batchSize": len(batch),
        "streamArn": _STREAM_ARN[first.source.kind].format(first.source.name),
    }


def _arn(function: Function, version: str = "") -> str:
    """A version is called by its name here, where AWS has a number."""
    name = function.version_of or function.name
    return f"arn:aws:lambda:us-east-1:123456789012:function:{name}" + (f":{version}" if version else "")


def _time(us: int) -> str:
    return (BEGINNING + timedelta(microseconds=us)).isoformat(timespec="milliseconds").replace("+00:00", "Z")
