"""What became of asynchronous events, and of requests that an alias routed."""

import re
from functools import lru_cache
from typing import Final

from studyapp.simulator import simulate
from studyapp.simulator.scenario import read
from studyapp.simulator.trace import (
    DEAD_LETTERED,
    DESTINATION,
    DROPPED,
    END_REASONS,
    RECEIVES_USED_UP,
    RETRIES_EXHAUSTED,
    STOPPED,
    TOO_OLD,
)
from tests.simulator import textbook
from tests.simulator.answers.run import Run, S

KEPT: Final = (DEAD_LETTERED, DESTINATION)
REASONS: Final = {
    RETRIES_EXHAUSTED: ("RetriesExhausted", "retr(y|ies)"),
    TOO_OLD: ("EventAgeExceeded", "age|old|expire"),
    STOPPED: ("ZeroReservedConcurrency", "reserved"),
    RECEIVES_USED_UP: ("MaxReceiveCountExceeded", "receive"),
}
"""The name that a case gives to a reason, and what of it remains when others say the same in other words."""


def tries(run: Run) -> list[float]:
    """When the first event was tried."""
    return sorted(at / S for event, at in _tries(run) if event == 0)


def first_tries(run: Run) -> list[float]:
    return tries(run)[: len(run.wanted["first_attempt_times_s"])]


def attempts(run: Run) -> int:
    return len(tries(run))


def retries(run: Run) -> int:
    """Tries after the first, of all events."""
    tried = _tries(run)
    return len(tried) - len({event for event, _ in tried})


def mean_attempts(run: Run) -> float:
    return len(_tries(run)) / len(run.trace.arrived)


def _tries(run: Run) -> list[tuple[int, int]]:
    """(event, when) of all runs, and of the throttled tries where the case counts those."""
    trace = run.trace
    found = list(zip(trace.event, trace.start, strict=True))
    if run.inputs.get("always_throttled"):
        found += zip(trace.refused_event, trace.refused_at, strict=True)
    return found


def dead_lettered_at(run: Run) -> float | None:
    """When the first was."""
    return next(
        (at / S for at, kind in zip(run.trace.ended_at, run.trace.ended_kind, strict=True) if kind in KEPT), None
    )


def dead_letters(run: Run) -> int:
    return sum(kind in KEPT for kind in run.trace.ended_kind)


def dead_letter_fraction(run: Run) -> float:
    return dead_letters(run) / len(run.trace.arrived)


def discarded(run: Run) -> int:
    """Events that were given up; where a case says that there is a dead-letter queue, those that it has not kept."""
    ends = list(zip(run.trace.ended_event, run.trace.ended_kind, strict=True))
    kept = {event for event, kind in ends if kind in KEPT} if run.inputs.get("dlq") else set()
    return len({event for event, kind in ends if kind == DROPPED} - kept)


def reason(run: Run) -> str | None:
    """Why the first event ended, in the case's own words if they say the same."""
    code = next(iter(run.trace.ended_reason), None)
    if code not in REASONS:
        return None if code is None else END_REASONS[code]
    wanted = str(run.wanted.get("reason"))
    meant = [each for each, (_, words) in REASONS.items() if re.search(words, wanted, re.IGNORECASE)]
    return wanted if meant == [code] else REASONS[code][0]


def new_version(run: Run) -> float:
    """Of the case's invocations; of each batch on the mean where there are several, unless more are wanted than that."""
    size, batches = int(run.inputs["invocations"]), int(run.inputs.get("batches", 1))
    new = sum(_versions(run.inputs["weight"], size * batches, run.seed))
    return new if batches == 1 or run.wanted.get("new_version", 0) > size else new / batches


def fraction_zero(run: Run) -> float:
    size, batches = int(run.inputs["invocations"]), int(run.inputs.get("batches", 1))
    new = _versions(run.inputs["weight"], size * batches, run.seed)
    return sum(not any(new[first : first + size]) for first in range(0, size * batches, size)) / batches


@lru_cache(maxsize=1)
def _versions(weight: float, requests: int, seed: int) -> list[int]:
    """0 or 1 for each request: whether it went to the new version."""
    data = {
        "functions": {"new": {"duration": "1 ms"}, "old": {"duration": "1 ms"}},
        "sources": {
            "alias": {
                "calls": {"new": weight, "old": 1 - weight},
                "arrivals": {"even": "1000 per 1 s", "count": requests},
            }
        },
        "max_events": 20_000_000,
    }
    trace = simulate(read(data, textbook.TEXTBOOK), textbook.TEXTBOOK, seed).trace
    return [1 - function for function in trace.function]
