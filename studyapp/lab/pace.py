"""How much of a process one person may use: a bucket of runs for each, and never all of its threads for the lab at once.

The server answers drills and mocks with the same threads, so a run waits for one of LANES places, and is refused where none is
free in time. What is served from the cache costs nothing.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

MOST_RUNS = 40
"""At once; a slider that is dragged asks for some ten."""
RUNS_PER_S = 2.0
MOST_PEOPLE = 2_000
"""Whose buckets a process remembers: those who came last."""
LANES = 2
WAIT_S = 3.0


class TooFast(Exception):
    """Nothing was run. `wait_s`: when the next run is possible."""

    def __init__(self, wait_s: float) -> None:
        self.wait_s = max(1, round(wait_s))
        super().__init__(f"too many runs; the next one is possible in {self.wait_s} s")


class _Buckets:
    """For each person: when they were last seen, and how many runs they had left then."""

    def __init__(self) -> None:
        self._left: OrderedDict[str, tuple[datetime, float]] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, who: str, now: datetime) -> None:
        """Raises TooFast, and then takes nothing."""
        with self._lock:
            at, left = self._left.pop(who, (now, float(MOST_RUNS)))
            left = min(MOST_RUNS, left + max((now - at).total_seconds(), 0.0) * RUNS_PER_S)
            is_allowed = left >= 1
            self._left[who] = (now, left - is_allowed)
            while len(self._left) > MOST_PEOPLE:
                self._left.popitem(last=False)
        if not is_allowed:
            raise TooFast((1 - left) / RUNS_PER_S)

    def clear(self) -> None:
        with self._lock:
            self._left.clear()


buckets = _Buckets()
_lanes = threading.BoundedSemaphore(LANES)


@contextmanager
def turn(who: str, now: datetime) -> Iterator[None]:
    """A place to run in, for `who`. Raises TooFast where they had too many, or where no place is free in time."""
    buckets.take(who, now)
    if not _lanes.acquire(timeout=WAIT_S):
        raise TooFast(WAIT_S)
    try:
        yield
    finally:
        _lanes.release()
