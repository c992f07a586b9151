"""The loop for beliefs that no constant can express. Chosen while a run is set up; the true loop knows none of them."""

from heapq import heappop, heappush

from studyapp.simulator.engine.floor import Found, Ran
from studyapp.simulator.engine.general import Engine
from studyapp.simulator.engine.lanes import Caller, Lane, World
from studyapp.simulator.engine.limits import Pool
from studyapp.simulator.engine.timing import Held
from studyapp.simulator.parts import Scenario
from studyapp.simulator.trace import API_RATE, SYSTEM_ERROR, Trace
from studyapp.simulator.units import MILLISECOND

_NOBODY_BUSY = 100 * MILLISECOND


class FalseWorld(Engine):
    """Init does not count as busy; one environment runs many requests at a time; throttled callers wait in line."""

    def __init__(self, scenario: Scenario, world: World, trace: Trace) -> None:
        super().__init__(scenario, world, trace)
        self.in_init: list[tuple[int, int, Pool]] = []
        self.line: list[tuple[int, int, int]] = []

    def wake(self) -> None:
        """Try again whoever stands in line, in order, until one has to wait again."""
        waiting, self.line = self.line, []
        for place, (event, *tries) in enumerate(waiting, 1):
            lane = self.world.lanes[self.trace.function[event]]
            self.enter(lane, self.world.callers[self.trace.source[event]], event, *tries)
            if self.line:
                self.line.extend(waiting[place:])
                return

    def release(self) -> None:
        while self.in_init and self.in_init[0][0] <= self.now:
            heappop(self.in_init)[2].in_use += 1
        super().release()

    def on_demand(self, lane: Lane, caller: Caller, pool: Pool, event: int, attempt: int) -> Found | int:
        found = super().on_demand(lane, caller, pool, event, attempt)
        if isinstance(found, Found) and found.is_new:
            for _ in range(self.world.slots - 1):
                lane.idle.put(self.now, found.environment)
        return found

    def start(
        self, lane: Lane, caller: Caller, event: int, attempt: int, found: Found, batch: Held | None = None
    ) -> Ran:
        ran = super().start(lane, caller, event, attempt, found, batch)
        init = self.trace.init[-1]
        if found.pool is not None and init and not self.world.init_counts_as_busy:
            found.pool.in_use -= 1
            heappush(self.in_init, (self.now + init, self.order, found.pool))
        return ran

    def refused(self, lane: Lane, caller: Caller, event: int, attempt: int, tries: int, reason: int) -> None:
        is_throttled = not lane.is_stopped and reason not in (API_RATE, SYSTEM_ERROR)
        if not (is_throttled and caller.is_sync and self.world.throttled_calls_wait):
            super().refused(lane, caller, event, attempt, tries, reason)
            return
        if not self.line:
            self.plan(self.busy[0][0] if self.busy else self.now + _NOBODY_BUSY, self.wake)
        self.line.append((event, attempt, tries))
