"""What the mapping of one stream is told to do, as numbers: made once from its settings and the rulebook."""

from dataclasses import dataclass
from typing import Final

from studyapp.simulator.parts import Stream
from studyapp.simulator.rulebook import Rulebook
from studyapp.simulator.trace import EXPIRED, TOO_OLD
from studyapp.simulator.units import SECOND

MOST_DOUBLINGS: Final = 64


@dataclass(frozen=True, slots=True)
class StreamRules:
    """Times in microseconds. `period` None: a record is seen as it arrives. A shard gives out `given` KB to each look (None:
    all that is there), in records of `payload` KB. `retries` None: no limit but the age.

    `most` records make a batch full. A record older than `oldest` is let go, for the reason `age_reason`; whatever is
    let go unprocessed goes to a destination if `has_destination`, but for what the stream itself no longer keeps.
    """

    period: int | None
    given: int | None
    payload: int
    created: int
    most: int
    window: int
    window_waits_for_run: bool
    retries: int | None
    oldest: int
    age_reason: int
    bisects: bool
    has_destination: bool
    backoff_min: int
    backoff_max: int

    def seen_at(self, at: int) -> int:
        """When a record that arrives at `at` is seen: at the next look, which also sees what arrives at its moment.

        Looks come at whole periods after the mapping was created. Source: Lambda with Kinesis, with DynamoDB Streams
        (how often); that the looks of all shards fall together is our reading.
        """
        if at <= self.created:
            return self.created
        return at if self.period is None else at + (self.created - at) % self.period

    def backoff(self, waits: int) -> int:
        """The wait after `waits` waits in a row. AWS names no numbers: an assumption of the rulebook."""
        return min(self.backoff_min << min(waits, MOST_DOUBLINGS), self.backoff_max)


def stream_rules(kind: str, stream: Stream, payload: int, rulebook: Rulebook) -> StreamRules:
    """The rules of a mapping of this `kind` whose records have `payload` KB."""
    oldest, reason = _oldest(stream)
    period = _period(kind, stream, rulebook)
    return StreamRules(
        period=period,
        given=_given(kind, period, rulebook) if payload else None,
        payload=payload,
        created=stream.from_us,
        most=_most(stream, payload, rulebook),
        window=stream.window_us,
        window_waits_for_run=rulebook.stream_window_waits_for_run,
        retries=stream.retries,
        oldest=oldest,
        age_reason=reason,
        bisects=stream.bisects,
        has_destination=stream.on_failure != "none",
        backoff_min=rulebook.mapping_backoff_min,
        backoff_max=rulebook.mapping_backoff_max,
    )


def _oldest(stream: Stream) -> tuple[int, int]:
    """The maximum record age or the retention, whichever is over first. Source: Kinesis ESM parameters."""
    if stream.max_age_us is not None and stream.max_age_us <= stream.retention_us:
        return stream.max_age_us, TOO_OLD
    return stream.retention_us, EXPIRED


def _period(kind: str, stream: Stream, rulebook: Rulebook) -> int | None:
    """Enhanced fan-out pushes what arrives. Source: Lambda with Kinesis, Lambda with DynamoDB Streams."""
    rate = rulebook.kinesis_poll if kind == "kinesis" else rulebook.dynamodb_poll
    return None if stream.is_pushed or rate is None else max(rate.per_us // max(rate.count, 1), 1)


def _given(kind: str, period: int | None, rulebook: Rulebook) -> int | None:
    """KB that a shard gives out in one period. Source: Kinesis quotas; AWS names none for DynamoDB Streams."""
    data = rulebook.kinesis_shard_reads
    return None if kind != "kinesis" or period is None or data is None else max(data * period // SECOND, 1)


def _most(stream: Stream, payload: int, rulebook: Rulebook) -> int:
    """A batch is full at its size or at 6 MB. Source: Lambda event source mappings."""
    if not payload:
        return stream.batch_size
    return min(stream.batch_size, max(rulebook.mapping_payload_max // payload, 1))
