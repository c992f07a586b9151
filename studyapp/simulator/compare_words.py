"""What happens to one event at a moment, as half of a sentence about two runs."""

from typing import Final

from studyapp.simulator.spans import Span
from studyapp.simulator.story_words import RESET_BY_TIMEOUT
from studyapp.simulator.units import show_time

WAITS: Final = ("queued", "batch_window", "retry_wait", "visibility_wait")
_WHERE: Final = {
    "warm": " on a warm environment",
    "provisioned": " on a provisioned environment",
    RESET_BY_TIMEOUT: " on an environment that a timeout has reset",
}
_ENDINGS: Final = {
    "timeout": "with a timeout",
    "out of memory": "out of memory",
    "disk full": "with a full disk",
    "no connection": "without a connection to its database",
    "dependency down": "with an error, since what it depends on is down",
    "response too large": "with a response that is too large",
    "given back": "and gives it back",
}
_ORDINALS: Final = {1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth"}


def does(span: Span | None, at: int) -> str:
    """What the event of `span` does at `at` microseconds; None: nothing more."""
    if span is None:
        return "comes to nothing more"
    length = show_time(span.end_us - span.start_us)
    until = show_time(span.end_us)
    later = "" if span.start_us <= at else f" at {show_time(span.start_us)}"
    if span.kind == "invoke":
        return _runs(span, at, length, later)
    return {
        "init": f"starts cold{later}: a new environment takes {length} to get ready"
        if span.end_us > span.start_us
        else f"gets a new environment{later}",
        "throttled": f"is throttled{later}: {span.reason}",
        "refused": f"is refused{later}: {span.reason}",
        "queued": f"waits until {until}",
        "batch_window": f"is {span.reason or 'held for its batch'}, at {until}",
        "retry_wait": f"waits until {until} before it is tried again",
        "visibility_wait": f"stays hidden in its queue until {until}, when its visibility timeout is over",
        "filtered": f"is filtered out{later}: {span.reason}",
        "dead_lettered": f"goes to the dead-letter queue{later}: {span.reason}",
        "dead_letter_error": f"is kept out of the dead-letter queue{later}: {span.reason}",
        "destination_error": f"is kept out of its destination{later}: {span.reason}",
        "destination": f"is recorded at its destination{later}: {span.reason}",
        "dropped": f"is lost{later}: {span.reason}",
        "delivered": f"is {span.reason or 'done'}{later}",
    }.get(span.kind, f"{span.reason}{later}")


def _runs(span: Span, at: int, length: str, later: str) -> str:
    ending = "" if span.status == "ok" else f" {_ENDINGS.get(span.status, 'with an error')}"
    batch = f" in a batch of {span.batch:,}" if span.batch > 1 else ""
    if span.end_us <= at:
        return f"ends after {length}{batch}{ending}"
    where = _WHERE.get(span.reason, "")
    joint = " and ends" if ending and not ending.startswith(" and") else ""
    return f"runs{_time(span)} for {length}{batch}{where}{later}{joint}{ending}"


def _time(span: Span) -> str:
    if span.attempt == 0:
        return " once more than it should"
    return "" if span.attempt == 1 else f" for the {_ORDINALS.get(span.attempt, f'{span.attempt}th')} time"
