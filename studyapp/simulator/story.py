"""Spans from a trace: what happened to each event, in order, with the reason in words."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from studyapp.simulator.parts import Scenario
from studyapp.simulator.spans import Span
from studyapp.simulator.trace import (
    DEAD_LETTER_ERROR,
    DEAD_LETTERED,
    DESTINATION,
    DROPPED,
    END_REASONS,
    NEW,
    OK,
    PROVISIONED,
    READY,
    REASONS,
    STATUS,
    TOO_LARGE,
    Trace,
)

RESET_BY_TIMEOUT: Final = "reset by a timeout, so init runs again within the run"
FOUND: Final = ("warm", "cold", RESET_BY_TIMEOUT)
_RUN, _REFUSAL, _END = range(3)
_END_KINDS = {DEAD_LETTERED: "dead_lettered", DESTINATION: "destination", DEAD_LETTER_ERROR: "dropped"}

Mark = tuple[int, int, int]


def spans(scenario: Scenario, trace: Trace) -> tuple[Span, ...]:
    """All spans of a run, in order of start, then of event."""
    marks = _marks(trace)
    found = [
        span for event in range(len(trace.arrived)) for span in _life(scenario, trace, event, marks.get(event, []))
    ]
    return tuple(sorted(found, key=lambda span: (span.start_us, span.event, span.end_us)))


def _marks(trace: Trace) -> dict[int, list[Mark]]:
    """(time, table, row) of all that happened to each event."""
    marks: dict[int, list[Mark]] = defaultdict(list)
    for row, (event, at) in enumerate(zip(trace.event, trace.start, strict=True)):
        marks[event].append((at, _RUN, row))
    for row, (event, at) in enumerate(zip(trace.refused_event, trace.refused_at, strict=True)):
        marks[event].append((at, _REFUSAL, row))
    for row, (event, at) in enumerate(zip(trace.ended_event, trace.ended_at, strict=True)):
        marks[event].append((at, _END, row))
    return marks


def _life(scenario: Scenario, trace: Trace, event: int, marks: list[Mark]) -> Iterator[Span]:
    function = scenario.functions[trace.function[event]].name
    is_async = not scenario.sources[trace.source[event]].is_sync
    is_kept = any(table == _END and trace.ended_kind[row] in (DEAD_LETTERED, DESTINATION) for _, table, row in marks)
    since, waits_as, attempt = trace.arrived[event], "queued", 0
    for at, table, row in sorted(marks):
        if at > since:
            yield Span(
                waits_as, since, at, event + 1, function, attempt=attempt, reason=_waiting(waits_as, is_async=is_async)
            )
        if table == _RUN:
            attempt = trace.attempt[row]
            yield from _run(trace, row, event, function, at, is_async=is_async)
            since = at + trace.init[row] + trace.run[row]
            waits_as = "retry_wait"
        elif table == _REFUSAL:
            code = trace.refused_reason[row]
            kind = "refused" if code == TOO_LARGE else "throttled"
            yield Span(kind, at, at, event + 1, function, attempt=attempt, reason=REASONS[code])
            since, waits_as = at, "queued"
        else:
            yield from _end(trace, row, event, function, attempt, is_kept=is_kept)
            since = at


def _run(trace: Trace, row: int, event: int, function: str, at: int, *, is_async: bool) -> Iterator[Span]:
    environment, attempt = trace.environment[row], trace.attempt[row]
    ready = at + trace.init[row]
    end = ready + trace.run[row]
    status = STATUS[trace.status[row]]
    if trace.cold[row] == NEW:
        yield Span(
            "init", at, ready, event + 1, function, environment + 1, attempt, "no idle environment: a new one starts"
        )
    reason = FOUND[trace.cold[row]]
    if trace.cold[row] == READY and trace.environment_kind[environment] == PROVISIONED:
        reason = "provisioned"
    yield Span("invoke", ready, end, event + 1, function, environment + 1, attempt, reason, status)
    if is_async and trace.status[row] == OK:
        yield Span("delivered", end, end, event + 1, function, environment + 1, attempt)


def _end(trace: Trace, row: int, event: int, function: str, attempt: int, *, is_kept: bool) -> Iterator[Span]:
    at, kind, reason = trace.ended_at[row], trace.ended_kind[row], END_REASONS[trace.ended_reason[row]]
    if kind == DROPPED:
        if not is_kept:
            yield Span(
                "dropped", at, at, event + 1, function, attempt=attempt, reason=f"{reason}, and nothing keeps it"
            )
    elif kind == DEAD_LETTER_ERROR:
        says = "the function may not send to its dead-letter queue"
        yield Span("dead_letter_error", at, at, event + 1, function, attempt=attempt, reason=says)
    else:
        yield Span(_END_KINDS[kind], at, at, event + 1, function, attempt=attempt, reason=reason)


def _waiting(kind: str, *, is_async: bool) -> str:
    if kind == "retry_wait":
        return "waits before the next try"
    return "waits in the event queue" if is_async else "waits for a free environment"
