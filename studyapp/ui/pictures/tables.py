"""The same run in words: a row for each thing that happened."""

from __future__ import annotations

from collections.abc import Sequence

from studyapp.simulator.outcome import Span
from studyapp.ui.pictures.shapes import Row, Table
from studyapp.ui.pictures.words import duration, seconds

MOST_ROWS = 60
OUTCOMES = {"ok": "succeeds", "error": "fails", "timeout": "times out"}
POINTS = {
    "throttled": "is throttled",
    "dead_lettered": "goes to the dead-letter queue",
    "dead_letter_error": "is refused by the dead-letter queue",
    "destination": "is sent to the destination",
    "dropped": "is lost",
    "refused": "is refused",
}
STRETCHES = {"queued": "waits in the queue", "retry_wait": "waits for its next attempt"}


def table(spans: Sequence[Span], heading: str, most: int = MOST_ROWS) -> Table:
    """The trace in order of time. A start and the invocation that it serves are one row."""
    rows, starts = [], {}
    for span in sorted(spans, key=lambda span: (span.start_us, span.event)):
        if span.kind == "init":
            starts[span.event, span.attempt] = span
        elif span.kind == "invoke":
            rows.append((span, starts.pop((span.event, span.attempt), None)))
        elif span.kind in POINTS or (span.kind in STRETCHES and span.end_us > span.start_us):
            rows.append((span, None))
    rows += [(span, None) for span in starts.values()]
    rows.sort(key=lambda row: (row[1] or row[0]).start_us)
    return Table(heading, tuple(_row(span, init) for span, init in rows[:most]), max(len(rows) - most, 0))


def _row(span: Span, init: Span | None) -> Row:
    return Row(
        start=seconds((init or span).start_us),
        what=f"Request {span.event} {_happens(span)}",
        environment="" if span.environment is None else f"env {span.environment}",
        end=seconds(span.end_us) if span.end_us > span.start_us else "",
        why=_why(span, init),
    )


def _happens(span: Span) -> str:
    if span.kind == "init":
        return "starts an environment"
    if span.kind == "invoke":
        again = f" at attempt {span.attempt}" if span.attempt > 1 else ""
        return OUTCOMES.get(span.status, "runs") + again
    return POINTS.get(span.kind) or STRETCHES.get(span.kind, span.kind)


def _why(span: Span, init: Span | None) -> str:
    """The trace's own reason, and how long it lasted."""
    lasts = [duration(span.end_us - span.start_us)] if span.end_us > span.start_us else []
    if init is not None:
        lasts = [
            f"start {duration(init.end_us - init.start_us)}",
            f"invocation {duration(span.end_us - span.start_us)}",
        ]
    reason = (init or span).reason
    return "; ".join([*([reason[:1].upper() + reason[1:]] if reason else []), *lasts])
