"""Mappings: how long messages and records wait, what their batches reach, where the bad ones go."""

from bisect import bisect_right
from collections.abc import Mapping
from math import ceil
from typing import Any

from studyapp.simulator.trace import DESTINATION, OK, READY
from tests.simulator import schema
from tests.simulator.answers.busy import peak_concurrency
from tests.simulator.answers.horizons import minutes
from tests.simulator.answers.run import BatchRun, Run, S


def waits(run: Run) -> list[int]:
    """Microseconds from the arrival of each event to its first run, shortest first."""
    arrived, first = run.trace.arrived, run.first_event
    return sorted(start - arrived[event] for event, start in run.first_starts.items() if event >= first)


def p_wait(run: Run) -> float:
    found = waits(run)
    return sum(wait > 0 for wait in found) / len(found)


def mean_wait(run: Run) -> float:
    found = waits(run)
    return sum(found) / len(found) / S


def p95_wait(run: Run) -> float:
    found = waits(run)
    return found[ceil(0.95 * len(found)) - 1] / S


def receives(run: Run) -> list[float]:
    """Of the first message."""
    trace = run.trace
    return [at / S for event, at in zip(trace.received_event, trace.received_at, strict=True) if event == 0]


def invocations(run: Run) -> int:
    return len(run.batches)


def failed_invocations(run: Run) -> int:
    return sum(batch.status != OK for batch in run.batches)


def good_records_delivered(run: Run) -> int:
    """Records besides the poison that a run has taken and not given back."""
    poison = run.inputs.get("poison_index")
    done = (zip(batch.events, batch.failed, strict=True) for batch in run.batches if batch.status == OK)
    return len({event for batch in done for event, failed in batch if not failed} - {poison})


def records_to_destination(run: Run) -> int:
    return run.trace.ended_kind.count(DESTINATION)


def capacity(run: Run) -> float:
    """Records a second if every lane ran full batches, once it is warm: how long a batch takes does not hang on how full
    it is."""
    trace = run.trace
    lengths = [end - start for start, end in zip(trace.start, trace.ends(), strict=True)]
    warm = [length for length, cold in zip(lengths, trace.cold, strict=True) if cold == READY] or lengths
    return (schema.places(run.inputs) or peak_concurrency(run)) * _size(run) * len(warm) * S / sum(warm)


def iterator_age(run: Run, at_s: float) -> float:
    """The age of the last record of the batch that was handed over last, at or before a moment."""
    last = max((batch for batch in run.batches if batch.start <= at_s * S), key=lambda batch: batch.start)
    return (last.start - run.trace.arrived[last.events[-1]]) / S


def drain_time(run: Run) -> float | None:
    """When nothing waits any more; None if it does not come to that.

    What has arrived by then is drained when the last run ends. While more arrives some of it is always in flight, and
    a lane that finds no full batch wastes time. So the fall of what waits, over the time in which every batch is full
    of records that were behind, is followed down to nothing.
    """
    arrived, behind = run.trace.arrived, _behind(run)
    if len(behind) == len(run.batches) and len(run.first_starts) < len(arrived):
        return None
    at = behind[-1].start if behind else arrived[0]
    if arrived[-1] <= at:
        return max(batch.end for batch in run.batches) / S
    waited = bisect_right(arrived, arrived[0])
    fallen = waited + sum(_done(batch, at) for batch in behind) - bisect_right(arrived, at)
    if fallen <= 0:
        return max(batch.end for batch in run.batches if batch.events[0] < waited) / S
    return (arrived[0] + (at - arrived[0]) * waited / fallen) / S


def _behind(run: Run) -> list[BatchRun]:
    """The runs from the beginning on that took as much as they may, all of it records that had to wait for them."""
    arrived, found = run.trace.arrived, []
    for batch in run.batches:
        youngest = arrived[batch.events[-1]]
        if len(batch.events) < _size(run) or arrived[0] < youngest == batch.start:
            break
        found.append(batch)
    return found


def _done(batch: BatchRun, at: int) -> float:
    """How many records of `batch` are done at a moment, one after the other."""
    share = min((at - batch.start) / (batch.end - batch.start), 1.0) if batch.end > batch.start else 1.0
    return batch.failed.count(0) * share


def _size(run: Run) -> int:
    return int(run.inputs.get("batch_size", 1))


def max_concurrency_at_minutes(run: Run) -> Any:
    """The most busy up to each mark, in the form in which it is wanted."""
    wanted = run.wanted["max_concurrency_at_minutes"]
    peaks = [max(busy for at, busy in run.all_steps if at <= mark * 60 * S) for mark in minutes(wanted)]
    if isinstance(wanted, Mapping):
        return dict(zip(wanted, peaks, strict=True))
    if isinstance(wanted[0], list | tuple):
        return [[mark, peak] for (mark, _), peak in zip(wanted, peaks, strict=True)]
    return peaks
