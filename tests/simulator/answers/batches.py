"""Mappings: how long messages and records wait, what their batches reach, where the bad ones go."""

from collections.abc import Mapping
from math import ceil
from typing import Any

from studyapp.simulator.trace import DESTINATION, OK
from tests.simulator import textbook
from tests.simulator.answers.run import BatchRun, Run, S, minutes


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
    """Records a second while every lane runs full batches."""
    full = [batch.end - batch.start for batch in run.batches if _is_full(run, batch)]
    return textbook.lanes(run.inputs) * int(run.inputs["batch_size"]) * len(full) * S / sum(full)


def iterator_age(run: Run, at_s: float) -> float:
    """The age of the last record of the batch that was handed over last, at or before a moment."""
    last = max((batch for batch in run.batches if batch.start <= at_s * S), key=lambda batch: batch.start)
    return (last.start - run.trace.arrived[last.events[-1]]) / S


def drain_time(run: Run) -> float:
    """The end of the batch that took the last waiting record: the one behind the last full batch whose records had to
    wait for more than the window, or the last with records of the beginning, whichever is later."""
    window = (run.inputs.get("batch_window_s") or 0) * S
    arrived = run.trace.arrived
    behind = [
        batch.end
        for batch in run.batches
        if _is_full(run, batch) and batch.start - arrived[batch.events[0]] > window
    ]  # fmt: skip
    last = max(behind, default=0)
    return max(batch.end for batch in run.batches if batch.start <= last or not arrived[batch.events[0]]) / S


def _is_full(run: Run, batch: BatchRun) -> bool:
    return len(batch.events) == run.inputs.get("batch_size", 1)


def max_concurrency_at_minutes(run: Run) -> Any:
    """The most busy up to each mark, in the form in which it is wanted."""
    wanted = run.wanted["max_concurrency_at_minutes"]
    peaks = [max(busy for at, busy in run.all_steps if at <= mark * 60 * S) for mark in minutes(wanted)]
    if isinstance(wanted, Mapping):
        return dict(zip(wanted, peaks, strict=True))
    if isinstance(wanted[0], list | tuple):
        return [[mark, peak] for (mark, _), peak in zip(wanted, peaks, strict=True)]
    return peaks
