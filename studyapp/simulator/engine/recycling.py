"""Environments of the fast loop that have lived too long: out of its heap and its stack before it could use them again.

Nothing is looked at for each request. A block of arrivals is cut where the next environment grows too old, or where a
run ends whose environment has: between two cuts the loop knows nothing of age. On W a cut comes once in 4 hours of its
clock, so it costs nothing that can be measured.
"""

from array import array
from heapq import heapify
from typing import Final

SHIFT: Final = 24
MASK: Final = (1 << SHIFT) - 1
NEVER: Final = 1 << 80
"""An entry of the heap that never ends. All others are `end << SHIFT | environment`."""


class Recycling:
    """`births` by environment, those of `warm` ones at 0; `upto` is the last moment until which nothing has to be retired."""

    def __init__(self, lifetime: int | None, warm: int = 0) -> None:
        self.births: array[int] = array("q", bytes(8 * warm))
        self.upto = NEVER if lifetime is None else lifetime
        self._lifetime = lifetime
        self._young = 0

    def retire(self, now: int, busy: list[int], idle: list[int]) -> None:
        """Take out what may not be used again, and say until when that is all."""
        lifetime = self._lifetime
        if lifetime is None:
            return
        while self._young < len(self.births) and self.births[self._young] < now - lifetime:
            self._young += 1
        young = self._young
        idle[:] = [each for each in idle if each & MASK >= young]
        kept = [each for each in busy if each & MASK >= young or each >> SHIFT > now]
        if len(kept) < len(busy):
            busy[:] = kept
            heapify(busy)
        living = [each for each in busy + idle if each < NEVER]
        oldest = min((each & MASK for each in living if each & MASK >= young), default=-1)
        last_runs = (each >> SHIFT for each in living if each & MASK < young)
        self.upto = min(now if oldest < 0 else self.births[oldest], now) + lifetime
        self.upto = min(self.upto, min(last_runs, default=NEVER) - 1)
