"""What the spans of a story say, by the kind of source that an event comes from."""

from typing import Final, NamedTuple

from studyapp.simulator.parts import QUEUE_KINDS, STREAM_KINDS, SYNC_KINDS, Source
from studyapp.simulator.trace import END_REASONS, EXPIRED, NOT_READ, TOO_OLD

RESET_BY_TIMEOUT: Final = "reset by a timeout, so init runs again within the run"
FOUND: Final = ("warm", "cold", RESET_BY_TIMEOUT)
PROVISIONED: Final = "provisioned"
STARTS: Final = "no idle environment: a new one starts"
GIVEN_BACK: Final = "given back"
HIDDEN: Final = "hidden until its visibility timeout is over"
DELAYED: Final = "held back by the delay of its queue"
THROTTLED_BATCH: Final = "its batch was throttled and waits before it is tried again"
REFUSED_QUEUE: Final = "the function may not send to its dead-letter queue"
REFUSED_DESTINATION: Final = "the function may not send to its destination"
AGAIN: Final = {
    "event": "delivered once more: at least once, not exactly once",
    "message": "delivered once more: it was visible again before its first run was done, or the queue repeats it",
    "record": "delivered once more",
}
LATE: Final = "the run ended well when the message had left its queue"


class Words(NamedTuple):
    """How a source's events are called, and what they say while they wait."""

    noun: str
    queued: str
    retried: str
    held: str = ""


def words(source: Source) -> Words:
    if source.kind in SYNC_KINDS:
        return Words("request", "waits for a free environment", "its caller waits before it tries again")
    if source.kind in QUEUE_KINDS:
        waits = "waits in the queue for its turn in its message group" if source.kind == "sqs-fifo" else ""
        return Words("message", waits or "waits in the queue", "waits before it is tried again", _held(source))
    if source.kind in STREAM_KINDS:
        again = "its batch failed and waits before it is tried again"
        return Words("record", "waits in its shard", again, _held(source))
    return Words("event", "waits in the event queue", "waits before the next try")


def _held(source: Source) -> str:
    reads = source.queue or source.stream
    has_window = reads is not None and reads.window_us > 0
    return "held until its batch is full or the batching window is over" if has_window else "held until its batch runs"


def lost(reason: int, noun: str) -> str:
    """Why an event is lost that nothing keeps."""
    if reason == EXPIRED:
        return "its source has kept it for as long as it keeps anything"
    return END_REASONS[reason] if reason == NOT_READ else f"{ended(reason, noun)}, and nothing keeps it"


def ended(reason: int, noun: str) -> str:
    return f"the {noun} is too old" if reason == TOO_OLD else END_REASONS[reason]
