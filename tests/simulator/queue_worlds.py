"""Scenarios of one queue, and what their traces say."""

from collections import Counter

from studyapp.simulator import Outcome
from studyapp.simulator.trace import OK
from tests.simulator.worlds import Data

UNLIMITED = {"account_concurrency": "none", "scaling_rate": "none", "request_rate_factor": "none"}
AT_THE_CAP = {**UNLIMITED, "sqs_first_pollers": "none"}


def queue(function: Data | None = None, kind: str = "sqs", **source: object) -> Data:
    """One function `f` of 1 s that reads the queue `q`: one message at 0 s unless `source` says otherwise."""
    body = {"memory": "1024 MB", "timeout": "10 s", "duration": "1 s", **(function or {})}
    if source.get("backlog") is None:
        source.setdefault("arrivals", {"at": ["0 s"]})
    return {"functions": {"f": body}, "sources": {"q": {"kind": kind, **source}}}


def starts(outcome: Outcome) -> list[float]:
    return [start / 1e6 for start in outcome.trace.start]


def receives(outcome: Outcome, event: int = 0) -> list[float]:
    trace = outcome.trace
    return [at / 1e6 for each, at in zip(trace.received_event, trace.received_at, strict=True) if each == event]


def ends(outcome: Outcome) -> list[tuple[int, int, float]]:
    """(event, kind, second)"""
    trace = outcome.trace
    return [
        (event, kind, at / 1e6)
        for event, kind, at in zip(trace.ended_event, trace.ended_kind, trace.ended_at, strict=True)
    ]


def batches(outcome: Outcome) -> list[list[int]]:
    trace = outcome.trace
    return [list(trace.batch_event[first:last]) for _, first, last in trace.batches()]


def busy_at(outcome: Outcome, second: float) -> int:
    return sum(start <= second * 1e6 < end for start, end in outcome.view().spans_of_use())


def deliveries(outcome: Outcome) -> Counter[int]:
    """How often each message was in a run that succeeded and did not give it back."""
    trace = outcome.trace
    return Counter(
        trace.batch_event[place]
        for row, first, last in trace.batches()
        for place in range(first, last)
        if trace.status[row] == OK and not trace.batch_failed[place]
    )
