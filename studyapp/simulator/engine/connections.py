"""The connections to one database while a run goes on: who holds them, and whether one more is free.

An environment opens its connections as its first run begins and holds them until it is reclaimed or reset; behind a
proxy it has them during a run alone. Nobody waits in line: a run that finds none free gives up after the database's
timeout (our reading; an application could try again). Source: Lambda with RDS, RDS Proxy.
"""

from collections.abc import Iterable
from heapq import heappop, heappush

from studyapp.simulator.engine.idle import Idle
from studyapp.simulator.parts import Database


class Connections:
    """`idle` are the idle environments of every function that uses the database: expiry is looked at lazily, so
    connections of environments that are gone are given back when one more is wanted and none is free."""

    def __init__(self, database: Database) -> None:
        self.has_proxy = database.has_proxy
        self.timeout = database.timeout_us
        self.idle: list[Idle] = []
        self._limit = database.connections
        self._down = range(database.down_from_us, database.down_to_us)
        self._open = 0
        self._held: dict[int, int] = {}
        self._closing: list[tuple[int, int]] = []

    def is_down(self, at: int) -> bool:
        return at in self._down

    def open(self, now: int, young: int, environment: int, wanted: int) -> bool | None:
        """Whether `environment` has got the connections that it wants; None if it holds them already."""
        while self._closing and self._closing[0][0] <= now:
            self._close(heappop(self._closing)[1])
        if environment in self._held:
            return None
        if not self._has_room(wanted):
            for idle in self.idle:
                self.close(idle.expire(now, young))
        if not self._has_room(wanted):
            return False
        self._held[environment] = wanted
        self._open += wanted
        return True

    def close(self, environments: Iterable[int]) -> None:
        for environment in environments:
            self._close(environment)

    def close_at(self, at: int, environment: int) -> None:
        heappush(self._closing, (at, environment))

    def _has_room(self, wanted: int) -> bool:
        return self._limit is None or self._open + wanted <= self._limit

    def _close(self, environment: int) -> None:
        self._open -= self._held.pop(environment, 0)
