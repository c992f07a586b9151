"""How long a run was watched."""

from collections.abc import Sequence

from studyapp.simulator.parts import Scenario
from studyapp.simulator.trace import Trace


def window_us(scenario: Scenario, trace: Trace, ends: Sequence[int]) -> int:
    """How long was watched: to the horizon, or to the end of the last thing that happened. Microseconds. `ends` are those of
    the runs of `trace`."""
    if scenario.horizon_us is not None:
        return scenario.horizon_us
    last = [column[-1] for column in (trace.arrived, trace.refused_at) if column]
    return max([*last, max(ends, default=0), max(trace.ended_at, default=0)], default=0)
