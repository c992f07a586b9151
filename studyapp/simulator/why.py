"""Why something in a run is as it is: one or two sentences with the numbers of this run, and the rules that decided.

`mark` is the name that a picture gives to what it draws: `invoke-12-4300000` is the span of that kind of event 12 that starts
at that microsecond, `hop-1-3` the third step of the first path. One question reads the trace's columns and tells the life
of one event; it builds no other spans.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from studyapp.simulator.outcome import Outcome
from studyapp.simulator.spans import Span
from studyapp.simulator.why_case import Case, Reason
from studyapp.simulator.why_ends import of_dead_letter, of_delivered, of_destination, of_dropped, of_error, of_filtered
from studyapp.simulator.why_hops import of_step
from studyapp.simulator.why_life import life
from studyapp.simulator.why_limits import of_refusal
from studyapp.simulator.why_queues import of_window
from studyapp.simulator.why_starts import of_init
from studyapp.simulator.why_titles import title
from studyapp.simulator.why_waits import of_queued, of_retry_wait, of_visibility
from studyapp.simulator.why_ways import of_invoke

_NUMBER: Final = "(0|[1-9][0-9]{0,17})"
_HOP: Final = re.compile(f"hop-{_NUMBER}-{_NUMBER}", re.ASCII)
_SPAN: Final = re.compile(f"([a-z_]+)-{_NUMBER}-{_NUMBER}", re.ASCII)
_LONGEST: Final = 60

REASONS: Final[dict[str, Callable[[Case], Reason]]] = {
    "queued": of_queued,
    "batch_window": of_window,
    "init": of_init,
    "invoke": of_invoke,
    "retry_wait": of_retry_wait,
    "visibility_wait": of_visibility,
    "throttled": of_refusal,
    "refused": of_refusal,
    "filtered": of_filtered,
    "delivered": of_delivered,
    "dead_lettered": of_dead_letter,
    "dead_letter_error": of_error,
    "destination": of_destination,
    "destination_error": of_error,
    "dropped": of_dropped,
}
"""By the kind of a span."""


DONE: Final = ("throttled", "refused", "init", "invoke")
"""Kinds of span in which somebody acts, rather than waits."""


class NoSuchMark(ValueError):
    """The run has nothing by this name."""


@dataclass(frozen=True)
class Why:
    """What a mark is, in a few words; why, in one or two sentences; and the names of the rules that decided, the most
    important first. `before` and `after` are the marks of what came before and after it in the life of the same event, or on
    the same path; "" at the ends."""

    title: str
    says: str
    rules: tuple[str, ...]
    before: str
    after: str


def why(outcome: Outcome, mark: str) -> Why:
    """Why the run has what `mark` names. Raises NoSuchMark for a mark that it does not have, whatever its text."""
    if hop := _HOP.fullmatch(mark):
        return _of_hop(outcome, mark, int(hop[1]), int(hop[2]))
    if (span := _SPAN.fullmatch(mark)) and span[1] in REASONS:
        return _of_span(outcome, mark, int(span[2]))
    raise _no_such(mark)


def twin(outcome: Outcome, mark: str) -> str:
    """What another run has in place of `mark`: the same, or the first thing that was done with the same event; "" without one."""
    if _HOP.fullmatch(mark):
        return mark if _has(outcome, mark) else ""
    found = _SPAN.fullmatch(mark)
    spans = life(outcome, int(found[2])) if found else ()
    marks = {mark_of(span): span.kind for span in spans}
    done = (each for each, kind in marks.items() if kind in DONE)
    return mark if mark in marks else next(done, next(iter(marks), ""))


def _has(outcome: Outcome, mark: str) -> bool:
    try:
        why(outcome, mark)
    except NoSuchMark:
        return False
    return True


def mark_of(span: Span) -> str:
    """The mark of a span, as pictures write it."""
    return f"{span.kind}-{span.event}-{span.start_us}"


def _of_span(outcome: Outcome, mark: str, event: int) -> Why:
    spans = life(outcome, event)
    marks = [mark_of(span) for span in spans]
    if mark not in marks:
        raise _no_such(mark)
    case = Case(outcome, spans, marks.index(mark))
    reason = REASONS[case.span.kind](case)
    before, after = _neighbours(marks, case.place)
    return Why(title(case.span), reason.says, tuple(dict.fromkeys(reason.rules)), before, after)


def _neighbours(marks: Sequence[str], place: int) -> tuple[str, str]:
    """Of two spans by one name the first is told, and both are passed over at once."""
    mark = marks[place]
    last = len(marks) - 1 - marks[::-1].index(mark)
    return marks[place - 1] if place else "", marks[last + 1] if last + 1 < len(marks) else ""


def _of_hop(outcome: Outcome, mark: str, path: int, number: int) -> Why:
    paths = outcome.paths
    if not (1 <= path <= len(paths) and 1 <= number <= len(paths[path - 1].hops)):
        raise _no_such(mark)
    step = of_step(paths[path - 1], number)
    before = f"hop-{path}-{number - 1}" if number > 1 else ""
    after = f"hop-{path}-{number + 1}" if number < len(paths[path - 1].hops) else ""
    return Why(step.title, step.says, step.rules, before, after)


def _no_such(mark: str) -> NoSuchMark:
    shown = mark if len(mark) <= _LONGEST else f"{mark[:_LONGEST]}…"
    return NoSuchMark(f"{shown!r}: this run has no such mark; marks are like invoke-12-4300000 or hop-1-3")
