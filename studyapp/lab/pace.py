"""How much of a process the lab may use: each person has a share of its processor, and all of them together half of it.

The server answers drills and mocks with the same threads. So one run at a time is made in a process, and the lab then rests as
long as the run took; PLACES threads run or wait for that, and whoever finds no place is refused at once. What is served from
the cache costs nothing.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

MOST_S = 2.0
"""Of the processor, that somebody may use at once; a slider that is dragged asks for some ten runs, of 10 to 60 ms each."""
PER_S = 0.1
"""Of the processor, that comes back to them in a second."""
MOST_PEOPLE = 2_000
"""Whose buckets a process remembers: those who came last."""
PLACES = 2
WAIT_S = 3.0


class TooFast(Exception):
    """Nothing was run. `wait_s`: when the next run is possible."""

    def __init__(self, wait_s: float) -> None:
        self.wait_s = max(1, round(wait_s))
        super().__init__(f"too many runs; the next one is possible in {self.wait_s} s")


class _Buckets:
    """For each person: when they were last seen, and how many seconds of the processor they had left then.

    A run is paid for when it is over, since nobody knows before what it costs: so there may be less than nothing left.
    """

    def __init__(self) -> None:
        self._left: OrderedDict[str, tuple[datetime, float]] = OrderedDict()
        self._lock = threading.Lock()

    def check(self, who: str, now: datetime) -> None:
        """Raises TooFast."""
        with self._lock:
            left = self._at(who, now)
        if left <= 0:
            raise TooFast(-left / PER_S)

    def pay(self, who: str, now: datetime, cpu_s: float) -> None:
        with self._lock:
            self._left[who] = now, self._at(who, now) - cpu_s
            self._left.move_to_end(who)
            while len(self._left) > MOST_PEOPLE:
                self._left.popitem(last=False)

    def clear(self) -> None:
        with self._lock:
            self._left.clear()

    def _at(self, who: str, now: datetime) -> float:
        at, left = self._left.get(who, (now, MOST_S))
        return min(MOST_S, left + max((now - at).total_seconds(), 0.0) * PER_S)


class _Lane:
    """Lets one in at a time, and after each rests as long as they used the processor."""

    def __init__(self) -> None:
        self._places = threading.BoundedSemaphore(PLACES)
        self._lock = threading.Lock()
        self._rests_until = 0.0

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Raises TooFast where there is no place, or it takes too long."""
        if not self._places.acquire(blocking=False):
            raise TooFast(1)
        try:
            if not self._lock.acquire(timeout=WAIT_S):
                raise TooFast(WAIT_S)
            try:
                yield from self._worked()
            finally:
                self._lock.release()
        finally:
            self._places.release()

    def _worked(self) -> Iterator[None]:
        time.sleep(max(self._rests_until - time.monotonic(), 0))
        begun = time.thread_time()
        try:
            yield
        finally:
            self._rests_until = time.monotonic() + time.thread_time() - begun


buckets = _Buckets()
_lane = _Lane()


@contextmanager
def turn(who: str, now: datetime) -> Iterator[None]:
    """A place to run in, for `who`. Raises TooFast where they had too much, or where there is no place."""
    buckets.check(who, now)
    with _lane.turn():
        begun = time.thread_time()
        try:
            yield
        finally:
            buckets.pay(who, now, time.thread_time() - begun)
