"""Whether the same happened in two runs, without telling either of them where their columns show it."""

from collections.abc import Sequence
from typing import Final

from studyapp.simulator import differing, story
from studyapp.simulator.outcome import OneFunction, Outcome
from studyapp.simulator.spans import Span

_NOT_TOLD: Final = ("environment_init", "provisioned_function", "provisioned_claimed_at", "provisioned_ready_at")
_COUNTED: Final = ("batch_event", "refused_event", "start", "run", "status", "refused_at")
AT_FIRST: Final = 8
"""Events whose columns differ that are told first."""


def are_alike(a: Outcome, b: Outcome) -> bool:
    """Whether `a` and `b` have the same spans."""
    if isinstance(a, OneFunction) or isinstance(b, OneFunction):
        return a.spans == b.spans
    mine, others = vars(a.trace), vars(b.trace)
    if any(sorted(mine[name]) != sorted(others[name]) for name in _COUNTED):
        return False
    if not differing.are_of_one_scene(a, b):
        return a.spans == b.spans
    if differing.hides_alike(a, b) and all(mine[name] == others[name] for name in mine if name not in _NOT_TOLD):
        return True
    return _are_told_alike(a, b)


def _are_told_alike(a: Outcome, b: Outcome) -> bool:
    """Whether those events have the same spans whose columns are not the same, all of which are told only if they have."""
    told = set[int]()
    for _, events in differing.events(a, b, is_of_environments=True):
        waiting = sorted(events.keys() - told, key=events.__getitem__)
        first, upto = 0, AT_FIRST
        while first < len(waiting):
            if _lives(a, waiting[first:upto]) != _lives(b, waiting[first:upto]):
                return False
            first, upto = upto, upto * 8
        told.update(waiting)
    return True


def _lives(outcome: Outcome, events: Sequence[int]) -> dict[int, list[Span]]:
    """Of those that there are, in the order of `outcome.spans`."""
    told = outcome.tell([event for event in events if event < len(outcome.trace.arrived)])
    return {event: sorted(spans, key=story.ORDER) for event, spans in told.items() if spans}
