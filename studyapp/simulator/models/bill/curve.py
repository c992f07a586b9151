"""How long a run takes with a memory that was measured, or with one between two that were.

Between two sizes the duration follows a power of the memory (a straight line where both axes are logarithms): this is exact for
work that only waits and for work that only computes on less than one vCPU, and a good guess for what lies between. Beyond what
was measured nothing is guessed, and a recommendation names a measured size alone.
"""

from itertools import pairwise
from math import log

from studyapp.simulator.models.bill.parts import Curve
from studyapp.simulator.rulebook import Rulebook


def duration_us(curve: Curve, memory: int, rulebook: Rulebook) -> int:
    """Microseconds of one run. `memory` lies within the curve, unless the curve has one size: then it is for all."""
    if len(curve) == 1 or not rulebook.memory_moves_cpu:
        return curve[0][1]
    for (low, slow), (high, fast) in pairwise(curve):
        if memory <= high:
            return _between(memory, (low, slow), (high, fast))
    return curve[-1][1]


def _between(memory: int, left: tuple[int, int], right: tuple[int, int]) -> int:
    if memory in (left[0], right[0]):
        return left[1] if memory == left[0] else right[1]
    power = log(memory / left[0]) / log(right[0] / left[0])
    factor: float = (right[1] / left[1]) ** power
    return max(round(left[1] * factor), 1)
