"""Whether the same happened in two runs, without telling either of them where their columns show it."""

from typing import Final

from studyapp.simulator.outcome import OneFunction, Outcome

_NOT_TOLD: Final = ("environment_init", "provisioned_function", "provisioned_claimed_at", "provisioned_ready_at")
_COUNTED: Final = ("batch_event", "refused_event", "start", "run", "status", "refused_at")


def are_alike(a: Outcome, b: Outcome) -> bool:
    """Whether `a` and `b` have the same spans."""
    if isinstance(a, OneFunction) or isinstance(b, OneFunction):
        return a.spans == b.spans
    mine, others = vars(a.trace), vars(b.trace)
    if any(sorted(mine[name]) != sorted(others[name]) for name in _COUNTED):
        return False
    names = [[function.name for function in each.scenario.functions] for each in (a, b)]
    is_same_scene = a.scenario.sources == b.scenario.sources and names[0] == names[1] and a.end_us == b.end_us
    if is_same_scene and all(mine[name] == others[name] for name in mine if name not in _NOT_TOLD):
        return True
    return a.spans == b.spans
