"""Metrics of work that a handler leaves running when it has answered. Times are seconds.

It is frozen with its environment and goes on beside the next runs there, one piece after the other; a reset or the end of
the environment is its end. It changes no run, so it follows from the trace. Source: Lambda execution environment.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import Final, NamedTuple

from studyapp.simulator.metric import Group
from studyapp.simulator.trace import OUT_OF_MEMORY, TIMEOUT
from studyapp.simulator.units import SECOND
from studyapp.simulator.view import View

CUT: Final = (TIMEOUT, OUT_OF_MEMORY)


class Piece(NamedTuple):
    """What one run has left: when, and when it was done (None: never, as far as was watched). Microseconds."""

    left_at: int
    done_at: int | None


def _pieces(view: View) -> Iterator[Piece]:
    trace, functions = view.trace, view.scenario.functions
    runs = defaultdict[int, list[int]](list)
    for row in view.runs:
        runs[trace.environment[row]].append(row)
    for environment, rows in runs.items():
        work = functions[trace.environment_function[environment]].background_us
        if work:
            yield from _frozen(view, rows, work) if view.rulebook.background_is_frozen else _free(view, rows, work)


def _frozen(view: View, rows: list[int], work: int) -> Iterator[Piece]:
    """The pieces of one environment: while any run goes on, the first that is not done does, then the next."""
    waiting: list[tuple[int, int]] = []  # (left at, still to be done)
    for thawed_at, ends in _thawed(view, rows):
        now = thawed_at
        for end, is_cut in ends:
            yield from _progress(waiting, now, end)
            now = end
            if is_cut:
                yield from (Piece(left_at, None) for left_at, _ in waiting)
                waiting.clear()
            else:
                waiting.append((end, work))
    yield from (Piece(left_at, None) for left_at, _ in waiting)


def _thawed(view: View, rows: list[int]) -> Iterator[tuple[int, list[tuple[int, bool]]]]:
    """Each stretch in which the environment runs without a pause: its start, and of each run in it the end and whether it
    was cut off. (Runs overlap under a belief alone.)"""
    trace, until = view.trace, -1
    start, ends = 0, list[tuple[int, bool]]()
    for row in rows:
        begins = trace.start[row] + trace.init[row]
        end = begins + trace.run[row]
        if begins > until and ends:
            yield start, sorted(ends)
            ends = []
        if not ends:
            start = begins
        ends.append((end, trace.status[row] in CUT))
        until = max(until, end)
    if ends:
        yield start, sorted(ends)


def _progress(waiting: list[tuple[int, int]], now: int, end: int) -> Iterator[Piece]:
    """Work on what waits from `now` to `end`."""
    while waiting and now + waiting[0][1] <= end:
        left_at, rest = waiting.pop(0)
        now += rest
        yield Piece(left_at, now)
    if waiting:
        waiting[0] = waiting[0][0], waiting[0][1] - (end - now)


def _free(view: View, rows: list[int], work: int) -> Iterator[Piece]:
    """(A belief) every piece goes on by itself."""
    trace = view.trace
    for row in rows:
        end = trace.start[row] + trace.init[row] + trace.run[row]
        if trace.status[row] not in CUT:
            yield Piece(end, end + work if end + work <= view.window_us else None)


def _done(view: View) -> int:
    return sum(piece.done_at is not None for piece in _pieces(view))


def _unfinished(view: View) -> int:
    """Pieces that were never done, as far as was watched: frozen, or gone with their environment."""
    return sum(piece.done_at is None for piece in _pieces(view))


def _lag_max(view: View) -> float | None:
    """From the end of a run to that of its work, at the most."""
    lags = [piece.done_at - piece.left_at for piece in _pieces(view) if piece.done_at is not None]
    return max(lags) / SECOND if lags else None


def _has_background(view: View) -> bool:
    functions = view.scenario.functions
    chosen = range(len(functions)) if view.functions is None else view.functions
    return any(functions[number].background_us for number in chosen)


GROUPS: Final = (
    Group(
        _has_background,
        {"background_done": _done, "background_unfinished": _unfinished, "background_lag_max": _lag_max},
    ),
)
