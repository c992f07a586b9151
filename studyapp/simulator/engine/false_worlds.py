"""The loop for beliefs that no constant can express. Chosen while a run is set up; the true loop knows none of them."""

from heapq import heappop, heappush

from studyapp.simulator.engine.general import Engine
from studyapp.simulator.engine.lanes import Caller, Lane, World
from studyapp.simulator.engine.limits import Pool
from studyapp.simulator.parts import Scenario
from studyapp.simulator.trace import Trace
from studyapp.simulator.units import MILLISECOND

_WAKE = (-1, 0, 0)
_NOBODY_BUSY = 100 * MILLISECOND


class FalseWorld(Engine):
    """Init does not count as busy; one environment runs many requests at a time; throttled callers wait in line."""

    def __init__(self, scenario: Scenario, world: World, trace: Trace) -> None:
        super().__init__(scenario, world, trace)
        self.in_init: list[tuple[int, int, Pool]] = []
        self.line: list[tuple[int, int]] = []

    def _next_planned(self) -> None:
        if self.agenda[0][2:] != _WAKE:
            super()._next_planned()
            return
        self.now = heappop(self.agenda)[0]
        self._spend()
        waiting, self.line = self.line, []
        for place, (event, attempt) in enumerate(waiting, 1):
            self._try(event, attempt, 0)
            if self.line:
                self.line.extend(waiting[place:])
                return

    def _release(self) -> None:
        while self.in_init and self.in_init[0][0] <= self.now:
            heappop(self.in_init)[2].in_use += 1
        super()._release()

    def _on_demand(
        self, lane: Lane, caller: Caller, pool: Pool, event: int, attempt: int
    ) -> int | tuple[int, Pool | None, bool]:
        found = super()._on_demand(lane, caller, pool, event, attempt)
        if isinstance(found, tuple) and found[2]:
            for _ in range(self.world.slots - 1):
                lane.idle.put(self.now, found[0])
        return found

    def _start(
        self, lane: Lane, caller: Caller, event: int, attempt: int, environment: int, pool: Pool | None, is_new: bool
    ) -> None:
        super()._start(lane, caller, event, attempt, environment, pool, is_new)
        init = self.trace.init[-1]
        if pool is not None and init and not self.world.init_counts_as_busy:
            pool.in_use -= 1
            heappush(self.in_init, (self.now + init, self.order, pool))

    def _refused(self, lane: Lane, caller: Caller, event: int, attempt: int, tries: int, reason: int) -> None:
        if not (caller.is_sync and self.world.throttled_calls_wait) or lane.is_stopped:
            super()._refused(lane, caller, event, attempt, tries, reason)
            return
        if not self.line:
            self._plan(self.busy[0][0] if self.busy else self.now + _NOBODY_BUSY, *_WAKE)
        self.line.append((event, attempt))
