"""The same run in words: a row for each thing that happened."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from operator import itemgetter
from typing import NamedTuple

from studyapp.simulator.outcome import Span
from studyapp.ui.pictures.batches import Once, as_once, what
from studyapp.ui.pictures.marks import of_span
from studyapp.ui.pictures.shapes import Row, Table
from studyapp.ui.pictures.verbs import called, verb
from studyapp.ui.pictures.words import duration, seconds

MOST_ROWS = 60
POINTS = {
    "throttled": ("is throttled", "are throttled"),
    "dead_lettered": ("goes to the dead-letter queue", "go to the dead-letter queue"),
    "dead_letter_error": ("is refused by the dead-letter queue", "are refused by the dead-letter queue"),
    "destination": ("is sent to the destination", "are sent to the destination"),
    "destination_error": ("cannot be sent to the destination", "cannot be sent to the destination"),
    "dropped": ("is lost", "are lost"),
    "refused": ("is refused", "are refused"),
    "filtered": ("is filtered out", "are filtered out"),
}
STRETCHES = {
    "queued": ("waits", "wait"),
    "batch_window": ("is held for its batch", "are held for their batch"),
    "retry_wait": ("waits for its next attempt", "wait for their next attempt"),
    "visibility_wait": ("is hidden in the queue", "are hidden in the queue"),
}

QUEUED = {
    "message": ("waits in the queue", "wait in the queue"),
    "record": ("waits in its shard", "wait in their shard"),
}


class Entry(NamedTuple):
    """One row before it is written: the spans that it stands for, and those of the start that came before it, if any."""

    start_us: int
    spans: Sequence[Span]
    starts: Sequence[Span]


def table(spans: Sequence[Span], heading: str, most: int = MOST_ROWS) -> Table:
    """The trace in order of time. A start and the invocation that it serves are one row, and so is a batch."""
    return of_entries(entries(spans), heading, most)


def entries(spans: Iterable[Span]) -> list[Entry]:
    """What rows are made of, in order of time."""
    return sorted(_entries(sorted(spans, key=itemgetter(1, 3))), key=itemgetter(0))


def of_entries(found: Sequence[Entry], heading: str, most: int = MOST_ROWS) -> Table:
    rows = [row_of(as_once(each.spans), as_once(each.starts) if each.starts else None) for each in found[:most]]
    return Table(heading, tuple(rows), max(len(found) - most, 0))


def _entries(spans: Iterable[Span]) -> list[Entry]:
    """`spans` come in order of start, then of event."""
    found: list[Entry] = []
    starts: dict[Hashable, list[Span]] = {}
    together: dict[Hashable, list[Span]] = {}
    for span in spans:
        kind, is_run = span.kind, span.kind in ("init", "invoke")
        if not is_run and kind not in POINTS and (kind not in STRETCHES or span.end_us == span.start_us):
            continue
        own = [span]
        if not is_run or span.batch > 1:
            own = together.setdefault(what(span), own)
            if own[0] is not span:
                own.append(span)
                continue
        if kind == "init":
            starts[_run_of(span)] = own
        else:
            init = starts.pop(_run_of(span), ()) if is_run else ()
            found.append(Entry((init or own)[0].start_us, own, init))
    return found + [Entry(own[0].start_us, own, ()) for own in starts.values()]


def _run_of(span: Span) -> Hashable:
    """What a start and its invocation have in common: the init ends as the run begins, in one environment."""
    return span.event, span.attempt, span.environment


def row_of(each: Once, init: Once | None) -> Row:
    """One thing that happened, with the start that came before it, if any."""
    span = each.span
    return Row(
        start=seconds((init or each).span.start_us),
        what=f"{called(span.noun, each.events).capitalize()} {_happens(each)}",
        environment="" if span.environment is None else f"env {span.environment}",
        end=seconds(span.end_us) if span.end_us > span.start_us else "",
        why=_why(each, init),
        mark=of_span(span),
    )


def _happens(each: Once) -> str:
    span, several = each.span, len(each.events) > 1
    if span.kind == "init":
        return "starts an environment" if not several else "start an environment"
    if span.kind == "invoke":
        return _runs(each)
    words = POINTS.get(span.kind) or STRETCHES.get(span.kind)
    if span.kind == "queued" and span.noun != "request":
        words = QUEUED["record" if span.noun == "record" else "message"]
    return words[several] if words else span.kind


def _runs(each: Once) -> str:
    """'fails at attempt 2', 'succeed, a batch of 3', 'succeeds once more than it should'."""
    span, several = each.span, len(each.events) > 1
    in_part = 0 < each.given_back < span.batch
    told = verb("ok" if in_part else each.status, several=several)
    if span.attempt == 0:
        return f"{told}, delivered once more"
    again = f" at attempt {span.attempt}" if span.attempt > 1 else ""
    return told + again + (f", but {each.given_back:,} of them given back" if in_part else "")


def _why(each: Once, init: Once | None) -> str:
    """The trace's own reason, and how long it lasted."""
    span = each.span
    lasts = [duration(span.end_us - span.start_us)] if span.end_us > span.start_us else []
    if init is not None:
        start = init.span
        lasts = [
            f"start {duration(start.end_us - start.start_us)}",
            f"invocation {duration(span.end_us - span.start_us)}",
        ]
    reason = (init or each).span.reason
    batch = [f"a batch of {span.batch:,}"] if span.batch > 1 else []
    return "; ".join([*([reason[:1].upper() + reason[1:]] if reason else []), *batch, *lasts])
