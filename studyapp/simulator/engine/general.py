"""The loop that knows every rule: a clock, an agenda of what was planned, and arrivals walked beside it.

What will become of a run is known as it starts, so its end plans the retry or the dead letter at once; the agenda
holds retries alone, as tuples `(time, order, event, attempt, tries)`. Busy environments wait in a heap of their own
and are released when the next request looks: at one microsecond, releases come first, then what was planned, in the
order in which it was planned, then arrivals, in the order of their sources.
"""

from array import array
from collections.abc import Iterator
from heapq import heappop, heappush, merge

from studyapp.simulator.engine import arrivals, streams
from studyapp.simulator.engine.fates import Fates
from studyapp.simulator.engine.lanes import Caller, Lane, World
from studyapp.simulator.engine.limits import Pool, Quota
from studyapp.simulator.parts import Scenario
from studyapp.simulator.trace import (
    DESTINATION,
    ERROR,
    NEW,
    OK,
    ON_DEMAND,
    PROVISIONED_FULL,
    READY,
    REQUEST_RATE,
    RESERVED_ZERO,
    RESET,
    SCALING,
    STOPPED,
    SUCCESS,
    TIMEOUT,
    TOO_LARGE,
    Trace,
)

Busy = tuple[int, int, int, Lane, Pool | None]


class Engine(Fates):
    """One run. `play` fills the trace; nothing is read from it while running."""

    def __init__(self, scenario: Scenario, world: World, trace: Trace) -> None:
        super().__init__(world, trace)
        self.scenario = scenario
        self.busy: list[Busy] = []
        self.index_in_source: array[int] = array("I")
        self.draws = [streams.Source(world.seed, caller.name) for caller in world.callers]

    def play(self) -> None:
        """Run to the end. Raises RunTooLong once `max_events` tries have been made."""
        agenda = self.agenda
        for at, source, index in self._arrivals():
            while agenda and agenda[0][0] <= at:
                self._next_planned()
            self.now = at
            self._arrive(self.world.callers[source], index)
        horizon = self.world.horizon_us
        while agenda and (horizon is None or agenda[0][0] < horizon):
            self._next_planned()

    def _arrivals(self) -> Iterator[tuple[int, int, int]]:
        """(time, source, index within the source) of all sources, in order."""
        flows = [self._flow(number) for number in range(len(self.scenario.sources))]
        return flows[0] if len(flows) == 1 else merge(*flows)

    def _flow(self, number: int) -> Iterator[tuple[int, int, int]]:
        index = 0
        for block in arrivals.blocks(self.scenario.sources[number], self.world.seed, self.world.horizon_us):
            for at in block:
                yield at, number, index
                index += 1

    def _next_planned(self) -> None:
        self.now, _, event, attempt, tries = heappop(self.agenda)
        self._spend()
        self._try(event, attempt, tries)

    def _arrive(self, caller: Caller, index: int) -> None:
        self._spend()
        lane = caller.lanes[0][0]
        if len(caller.lanes) > 1:
            u = self.draws[caller.number].draw("alias", index)
            lane = next((each for each, upto in caller.lanes if u < upto), caller.lanes[-1][0])
        event = self.trace.add_event(self.now, caller.number, lane.index)
        self.index_in_source.append(index)
        if caller.is_too_large:
            self.trace.add_refusal(event, self.now, TOO_LARGE)
        elif lane.is_stopped and not caller.is_sync:
            self._give_up(lane, event, self.now, STOPPED)
        else:
            self._try(event, 1, 0)

    def _try(self, event: int, attempt: int, tries: int) -> None:
        """Find an environment for run number `attempt` of `event` and start it, or refuse."""
        self._release()
        trace = self.trace
        lane = self.world.lanes[trace.function[event]]
        caller = self.world.callers[trace.source[event]]
        found = self._find(lane, caller, event, attempt)
        if isinstance(found, int):
            self._refused(lane, caller, event, attempt, tries, found)
        else:
            self._start(lane, caller, event, attempt, *found)

    def _release(self) -> None:
        """Give back what ended at or before now."""
        busy = self.busy
        while busy and busy[0][0] <= self.now:
            end, environment, _, lane, pool = heappop(busy)
            if pool is None:
                assert lane.provisioned is not None  # noqa: S101, only provisioned environments have no pool
                lane.provisioned.put(end, environment)
            else:
                pool.in_use -= 1
                lane.idle.put(end, environment)

    def _find(self, lane: Lane, caller: Caller, event: int, attempt: int) -> int | tuple[int, Pool | None, bool]:
        """(environment, the pool it is counted in, whether it is new), or the code of a refusal.

        Provisioned concurrency first, while its request rate allows; then the function's own or the shared pool.
        """
        now = self.now
        if lane.is_stopped:
            return RESERVED_ZERO
        if lane.provisioned is not None and now >= lane.provisioned_from:
            quotas = lane.provisioned_quotas + lane.quotas
            environment = None if self._over_rate(quotas, caller) else lane.provisioned.take(now, float)
            if environment is not None:
                self._note(quotas, caller)
                return environment, None, False
            if not lane.spills_over:
                return PROVISIONED_FULL
        pool = next((pool for pool in lane.pools if not pool.is_full), None)
        if pool is None:
            return lane.pools[-1].reason
        if self._over_rate(lane.quotas, caller):
            return REQUEST_RATE
        return self._on_demand(lane, caller, pool, event, attempt)

    def _on_demand(
        self, lane: Lane, caller: Caller, pool: Pool, event: int, attempt: int
    ) -> int | tuple[int, Pool | None, bool]:
        """Reuse an idle environment, or make one if the scaling rate allows."""
        index = self.index_in_source[event]
        environment = lane.idle.take(self.now, lambda: self.draws[caller.number].draw("routing", index, attempt))
        is_new = environment is None
        if environment is None:
            if lane.scaling is not None and not lane.scaling.take(self.now):
                return SCALING
            environment = self.trace.add_environment(lane.index, ON_DEMAND)
        self._note(lane.quotas, caller)
        pool.in_use += 1
        return environment, pool, is_new

    def _over_rate(self, quotas: tuple[Quota, ...], caller: Caller) -> bool:
        return caller.is_sync and any(quota.is_full(self.now) for quota in quotas)

    def _note(self, quotas: tuple[Quota, ...], caller: Caller) -> None:
        if caller.is_sync:
            for quota in quotas:
                quota.note(self.now)

    def _start(
        self, lane: Lane, caller: Caller, event: int, attempt: int, environment: int, pool: Pool | None, is_new: bool
    ) -> None:
        """Run the handler and plan what follows. All of it is known now."""
        now = self.now
        found = NEW if is_new else RESET if environment in lane.must_init_again else READY
        init, run, status = self._timed(lane, caller, event, attempt, environment, found)
        end = now + init + run
        self.order += 1
        heappush(self.busy, (end, environment, self.order, lane, pool))
        self.trace.add_run(event, attempt, now, init, run, environment, status, found)
        if status != OK:
            self._failed(lane, caller, event, attempt, now, end, status)
        elif lane.rules.on_success and not caller.is_sync:
            self._end(event, end, DESTINATION, SUCCESS)

    def _timed(
        self, lane: Lane, caller: Caller, event: int, attempt: int, environment: int, found: int
    ) -> tuple[int, int, int]:
        """(init, run, status). An init past its limit is cut off and repeated inside the run; so is, silently, the
        init of an environment that a timeout has reset. Source: Lambda execution environment."""
        timing = lane.timing
        index = self.index_in_source[event]
        draws = self.draws[caller.number]
        u = 0.0 if timing.duration.is_fixed and timing.cold_total is None else draws.draw("duration", index, attempt)
        run = handler = timing.run(u)
        init = timing.init_of(u, lambda: draws.draw("init", index, attempt), run) if found != READY else 0
        if found == RESET:
            lane.must_init_again.discard(environment)
            init, run = 0, run + init
        elif init > timing.init_limit:
            init, run = timing.init_limit, run + init
        if run > timing.timeout:
            if lane.timeout_resets:
                lane.must_init_again.add(environment)
            return init, timing.timeout, TIMEOUT
        failing = lane.failing
        u_fail = draws.draw("failure", index, attempt) if failing.kind == "probability" else 0.0
        begins = self.now + init + run - handler
        strikes = failing.strikes(u=u_fail, at_us=begins, attempt=attempt, event=index + 1)
        return init, run, ERROR if strikes else OK
