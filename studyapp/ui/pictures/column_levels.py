"""What waits, and how often callers ask, by the columns of a trace: as `levels.of` has it of spans."""

from __future__ import annotations

from collections.abc import Sequence

from studyapp.simulator.parts import QUEUE_KINDS, STREAM_KINDS
from studyapp.simulator.series import waiting_and_held
from studyapp.simulator.view import View
from studyapp.ui.pictures import levels
from studyapp.ui.pictures.levels import Level

Try = tuple[int, int]
"""(event, moment)"""


def of_view(view: View) -> tuple[Level, ...]:
    """The lines that a function is worth."""
    waits = [waiting_and_held(view, kinds)[0] for kinds in (QUEUE_KINDS, STREAM_KINDS)]
    found = [levels.waiting(noun, held) for noun, held in zip(("message", "record"), waits, strict=True) if held.starts]
    return tuple(level for level in (*found, _tries(view)) if level is not None)


def _tries(view: View) -> Level | None:
    """None where nobody tries again."""
    sources = view.scenario.sources
    if not any(source.is_sync and (source.retrying or view.rulebook.sync_retries) for source in sources):
        return None
    trace = view.trace
    runs = _of_callers(view, view.of(trace.event, view.runs), view.starts)
    refused = _of_callers(view, view.of(trace.refused_event, view.refusals), view.of(trace.refused_at, view.refusals))
    tries, first = {*runs, *refused}, _first(runs, refused)
    if len(first) == len(tries):
        return None
    # if no try is there twice, from two lists that are in order: those are sorted quickest
    every = tries if len(tries) < len(runs) + len(refused) else (*runs, *refused)
    return levels.asked([at_us for _, at_us in every], first)


def _of_callers(view: View, events: Sequence[int], moments: Sequence[int]) -> list[Try]:
    """Those of events that somebody waits for."""
    is_sync = [source.is_sync for source in view.scenario.sources]
    every = list(zip(events, moments, strict=True))
    return every if all(is_sync) else [each for each in every if is_sync[view.trace.source[each[0]]]]


def _first(runs: Sequence[Try], refused: Sequence[Try]) -> list[int]:
    """When each event was tried first. Both are in order of time."""
    first = dict(reversed(runs))
    for event, at_us in dict(reversed(refused)).items():
        first[event] = min(at_us, first.get(event, at_us))
    return list(first.values())
