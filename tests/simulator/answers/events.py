"""What became of asynchronous events, and of requests that an alias routed."""

from studyapp.simulator import simulate
from studyapp.simulator.scenario import read
from studyapp.simulator.trace import DEAD_LETTERED, DROPPED, END_REASONS, RETRIES_EXHAUSTED, TOO_OLD
from tests.simulator import textbook
from tests.simulator.answers.run import Run, S

REASONS = {RETRIES_EXHAUSTED: "RetriesExhausted", TOO_OLD: "EventAgeExceeded"}


def tries(run: Run) -> list[float]:
    """When the first event was tried: its runs, and its throttled tries where the case counts those."""
    trace = run.trace
    times = [at for event, at in zip(trace.event, trace.start, strict=True) if event == 0]
    if run.inputs.get("always_throttled"):
        times += [at for event, at in zip(trace.refused_event, trace.refused_at, strict=True) if event == 0]
    return [at / S for at in sorted(times)]


def first_tries(run: Run) -> list[float]:
    return tries(run)[: len(run.wanted["first_attempt_times_s"])]


def attempts(run: Run) -> int:
    return len(tries(run))


def retries(run: Run) -> int:
    """Runs after the first, of all events."""
    return sum(attempt > 1 for attempt in run.trace.attempt)


def mean_attempts(run: Run) -> float:
    return len(run.trace.event) / len(run.trace.arrived)


def dead_lettered_at(run: Run) -> float | None:
    """When the first was."""
    return next(
        (at / S for at, kind in zip(run.trace.ended_at, run.trace.ended_kind, strict=True) if kind == DEAD_LETTERED),
        None,
    )


def dead_letters(run: Run) -> int:
    return run.trace.ended_kind.count(DEAD_LETTERED)


def dead_letter_fraction(run: Run) -> float:
    return dead_letters(run) / len(run.trace.arrived)


def discarded(run: Run) -> int:
    return run.trace.ended_kind.count(DROPPED)


def reason(run: Run) -> str:
    code = run.trace.ended_reason[0]
    return REASONS.get(code, END_REASONS[code])


def new_version(run: Run) -> int:
    return sum(_versions(run, run.inputs["invocations"]))


def fraction_zero(run: Run) -> float:
    size, batches = run.inputs["invocations"], run.inputs["batches"]
    new = _versions(run, size * batches)
    return sum(not any(new[first : first + size]) for first in range(0, size * batches, size)) / batches


def _versions(run: Run, requests: int) -> list[int]:
    """0 or 1 for each request: whether it went to the new version."""
    weight = run.inputs["weight"]
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
    trace = simulate(read(data, textbook.TEXTBOOK), textbook.TEXTBOOK, run.seed).trace
    return [1 - function for function in trace.function]
