"""Environments and what limits them: find one for a request, run it there, take it back.

What will become of a run is known as it starts (timing.py). Busy environments wait in a heap and are released when the
next request looks. Who comes when, and what follows a run, is said in general.py, fates.py and by the pollers of mappings.
"""

from array import array
from collections.abc import Sequence
from heapq import heappop, heappush
from typing import Final, NamedTuple

from studyapp.simulator.engine.clock import Clock
from studyapp.simulator.engine.lanes import Caller, Lane, World
from studyapp.simulator.engine.limits import Pool, Quota
from studyapp.simulator.engine.timing import Asked, Batch, Held
from studyapp.simulator.trace import (
    NEW,
    ON_DEMAND,
    PROVISIONED_FULL,
    READY,
    REQUEST_RATE,
    RESERVED_ZERO,
    RESET,
    SCALING,
    SYSTEM_ERROR,
    WARM,
    Trace,
)
from studyapp.simulator.units import LONGEST

__all__ = ["Batch", "Floor", "Found", "Ran"]

Busy = tuple[int, int, int, Lane, Pool | None]
NEVER: Final = 4 * LONGEST


class Found(NamedTuple):
    """An environment for one run: the pool that it is counted in (None: provisioned), and whether it is new."""

    environment: int
    pool: Pool | None
    is_new: bool


class Ran(NamedTuple):
    """A run that has been started. `failed` is 1 for each event of its batch that is given back; empty without batch."""

    end: int
    status: int
    failed: Sequence[int]


class Floor(Clock):
    """The environments of one run of a scenario. From `ages_at` on the oldest of them may not be used again."""

    def __init__(self, world: World, trace: Trace) -> None:
        super().__init__(world, trace)
        self.busy: list[Busy] = []
        self.births = array("q", bytes(8 * len(trace.environment_kind)))
        lifetime = world.rulebook.environment_lifetime
        self.lifetime = 2 * LONGEST if lifetime is None else lifetime
        self.ages_at = NEVER
        self._grow_old()
        self.lost: set[int] = set()
        for lane in world.lanes:
            lane.make_ready(is_true=not world.is_false)
            if lane.connections is not None and lane.holds:
                self._hold_from_the_beginning(lane)

    def add_event(self, caller: Caller, lane: Lane, index: int) -> int:
        self.index_in_source.append(index)
        return self.trace.add_event(self.now, caller.number, lane.index)

    def invoke(self, lane: Lane, caller: Caller, event: int, attempt: int, batch: Held | None = None) -> Ran | int:
        """Find an environment and run `event`, or `batch` of which it is the first; or the code of the refusal."""
        self.release()
        found = self.find(lane, caller, event, attempt)
        return found if isinstance(found, int) else self.start(lane, caller, event, attempt, found, batch)

    def release(self) -> None:
        """Give back what ended at or before now."""
        busy, now = self.busy, self.now
        if now > self.ages_at:
            self._grow_old()
        while busy and busy[0][0] <= now:
            end, environment, _, lane, pool = heappop(busy)
            if pool is None:
                assert lane.provisioned is not None  # noqa: S101, only provisioned environments have no pool
                lane.provisioned.put(end, environment)
                continue
            pool.in_use -= 1
            if environment >= self.young and environment not in self.lost:
                lane.idle.line.append((end, environment))
            elif lane.connections is not None:
                lane.connections.close([environment])

    def _grow_old(self) -> None:
        """Move on `young`, the first environment that has not lived too long to be used again. Provisioned ones are
        replaced unnoticed. Source: Lambda execution environment, every few hours."""
        births, young, lifetime = self.births, self.young, self.lifetime
        while young < len(births) and births[young] < self.now - lifetime:
            young += 1
        self.young = young
        self.ages_at = births[young] + lifetime if young < len(births) else NEVER

    def find(self, lane: Lane, caller: Caller, event: int, attempt: int) -> Found | int:
        """An environment, or the code of a refusal.

        Provisioned concurrency first, while its request rate allows; then the function's own or the shared pool.
        """
        now = self.now
        if lane.is_stopped:
            return RESERVED_ZERO
        if lane.system_errors.kind == "window" and lane.system_errors.from_us <= now < lane.system_errors.to_us:
            return SYSTEM_ERROR
        if lane.provisioned is not None and now >= lane.provisioned_from:
            quotas = lane.provisioned_quotas + lane.quotas
            environment = None if self._over_rate(quotas, caller) else lane.provisioned.take(now, 0, float, ())
            if environment is not None:
                self._note(quotas, caller)
                return Found(environment, None, is_new=False)
            if not lane.spills_over:
                return PROVISIONED_FULL
        for pool in lane.pools:
            if pool.limit is None or pool.in_use < pool.limit:
                break
        else:
            return lane.pools[-1].reason
        if self._over_rate(lane.quotas, caller):
            return REQUEST_RATE
        return self.on_demand(lane, caller, pool, event, attempt)

    def on_demand(self, lane: Lane, caller: Caller, pool: Pool, event: int, attempt: int) -> Found | int:
        """Reuse an idle environment, or make one if the scaling rate allows."""
        if lane.connections is not None:
            lane.connections.close(lane.idle.expire(self.now, self.young))
        environment = lane.idle.take(self.now, self.young, self.draw, (caller, "routing", event, attempt))
        is_new = environment is None
        if environment is None:
            if lane.scaling is not None and not lane.scaling.take(self.now):
                return SCALING
            environment = self.trace.add_environment(lane.index, ON_DEMAND)
            self.births.append(self.now)
            if self.ages_at == NEVER:
                self.ages_at = self.now + self.lifetime
        self._note(lane.quotas, caller)
        pool.in_use += 1
        return Found(environment, pool, is_new)

    def start(
        self, lane: Lane, caller: Caller, event: int, attempt: int, found: Found, batch: Held | None = None
    ) -> Ran:
        """Run the handler and record it. All of it is known now."""
        asked = Asked(lane, caller, event, attempt, batch)
        how = NEW if found.is_new else RESET if found.environment in lane.must_init_again else READY
        init, run, status, is_lost = self.foresee(asked, found.environment, how)
        end = self.now + init + run
        self.order += 1
        heappush(self.busy, (end, found.environment, self.order, lane, found.pool))
        if is_lost:
            self.lost.add(found.environment)
            self.trace.lost_environment.append(found.environment)
        failed: Sequence[int] = ()
        if batch is not None:
            status, failed = self.of_records(lane, caller, batch, status)
        self.trace.add_run(event, attempt, self.now, init, run, found.environment, status, how)
        if batch is not None:
            self.trace.add_batch(batch.events, failed)
        return Ran(end, status, failed)

    def _hold_from_the_beginning(self, lane: Lane) -> None:
        """Warm environments have had a first run before the beginning; provisioned ones connect as they become ready."""
        kinds = zip(self.trace.environment_function, self.trace.environment_kind, strict=True)
        self._connect(lane, [number for number, kind in enumerate(kinds) if kind == (lane.index, WARM)])
        if lane.provisioned_from <= 0:
            self._connect(lane, lane.lasting)

    def _connect(self, lane: Lane, environments: Sequence[int]) -> None:
        if lane.connections is None or not lane.holds or lane.connections.has_proxy:
            return
        for environment in environments:
            if lane.connections.open(self.now, self.young, environment, lane.holds):
                self.trace.add_connection(self.now, environment)

    def _over_rate(self, quotas: tuple[Quota, ...], caller: Caller) -> bool:
        if not caller.is_async:
            for quota in quotas:
                if quota.is_full(self.now):
                    return True
        return False

    def _note(self, quotas: tuple[Quota, ...], caller: Caller) -> None:
        if not caller.is_async:
            for quota in quotas:
                quota.note(self.now)
