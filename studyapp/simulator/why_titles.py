"""What a span is, in a few words: "Request 17, throttled at 4.3 s"."""

from typing import Final

from studyapp.simulator.spans import Span
from studyapp.simulator.trace import END_REASONS, NOT_READ
from studyapp.simulator.why_words import moment

_WAITS: Final = {
    "request": "waiting in line",
    "event": "waiting in Lambda's queue",
    "message": "waiting in its queue",
    "record": "waiting in its shard",
}
_POINTS: Final = {
    "init": "cold start",
    "throttled": "throttled",
    "refused": "refused",
    "filtered": "filtered out",
    "delivered": "done",
    "dead_lettered": "moved to the dead-letter queue",
    "dead_letter_error": "not taken by the dead-letter queue",
    "destination": "recorded at its destination",
    "destination_error": "not taken by its destination",
    "dropped": "lost",
}
_STRETCHES: Final = {
    "batch_window": "held for its batch",
    "retry_wait": "waiting for its next try",
    "visibility_wait": "hidden in its queue",
}
_ENDINGS: Final = {
    "ok": "",
    "error": ", failed",
    "timeout": ", timed out",
    "dependency down": ", database down",
}


def title(span: Span) -> str:
    return f"{span.noun.capitalize()} {span.event:,}, {_what(span)}"


def _what(span: Span) -> str:
    if span.kind == "invoke":
        run = f"run {span.attempt}" if span.attempt > 1 else "run" if span.attempt else "delivered once more, run"
        return f"{run} at {moment(span.start_us)}{_ENDINGS.get(span.status, f', {span.status}')}"
    if span.kind in _POINTS:
        again = span.kind == "delivered" and span.reason != ""
        what = "done once more" if again else "skipped" if span.reason == END_REASONS[NOT_READ] else _POINTS[span.kind]
        return f"{what} at {moment(span.start_us)}"
    what = _STRETCHES.get(span.kind) or _WAITS[span.noun]
    return f"{what} from {moment(span.start_us)} to {moment(span.end_us)}"
