"""Scenarios with one stream, and what became of its records."""

from typing import Any, NamedTuple

from studyapp.simulator import Outcome
from studyapp.simulator.trace import OK
from tests.simulator.worlds import Data

S = 1_000_000
AT_ONCE = {"kinesis_poll": "none", "mapping_backoff_min": 0, "mapping_backoff_max": 0}
"""No look and no back-off, so that times are those of the runs alone."""


class Handed(NamedTuple):
    """A batch that was handed over: when, which records (from 1), whether its run was good, how often, what it gave back."""

    at: float
    records: list[int]
    is_good: bool
    attempt: int
    back: int


def stream(kind: str = "kinesis", function: Data | None = None, **source: Any) -> Data:
    """One function of 1 s and a stream of one shard with nothing in it."""
    body = {"duration": "1 s", "timeout": "60 s", **(function or {})}
    return {"functions": {"f": body}, "sources": {"s": {"kind": kind, "arrivals": {"at": []}, **source}}}


def handed(outcome: Outcome) -> list[Handed]:
    trace = outcome.trace
    return [
        Handed(
            trace.start[row] / S,
            [event + 1 for event in trace.batch_event[first:last]],
            trace.status[row] == OK,
            trace.attempt[row],
            sum(trace.batch_failed[first:last]),
        )
        for row, first, last in trace.batches()
    ]


def sizes(outcome: Outcome) -> list[tuple[float, int]]:
    return [(batch.at, len(batch.records)) for batch in handed(outcome)]


def ends(outcome: Outcome) -> list[tuple[int, float, int, int]]:
    """(record from 1, when, kind, reason)."""
    trace = outcome.trace
    columns = zip(trace.ended_event, trace.ended_at, trace.ended_kind, trace.ended_reason, strict=True)
    return [(event + 1, at / S, kind, reason) for event, at, kind, reason in columns]


def delivered(outcome: Outcome) -> list[int]:
    """Records that a good run took and did not give back, in order of the runs."""
    return [
        record for batch in handed(outcome) if batch.is_good
        for record in batch.records[: len(batch.records) - batch.back]
    ]  # fmt: skip
