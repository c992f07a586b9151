"""Environments and what limits them: find one for a request, run it there, take it back.

What will become of a run is known as it starts. Busy environments wait in a heap and are released when the next
request looks. Who comes when, and what follows a run, is said in general.py, fates.py and by the pollers of mappings.
"""

from array import array
from collections.abc import Callable, Sequence
from heapq import heappop, heappush
from typing import Any, Final, NamedTuple

from studyapp.simulator.engine import streams
from studyapp.simulator.engine.lanes import Caller, Lane, World
from studyapp.simulator.engine.limits import Pool, Quota
from studyapp.simulator.errors import RunTooLong
from studyapp.simulator.trace import (
    ERROR,
    NEW,
    OK,
    ON_DEMAND,
    PROVISIONED_FULL,
    READY,
    REQUEST_RATE,
    RESERVED_ZERO,
    RESET,
    RESPONSE_TOO_LARGE,
    SCALING,
    TIMEOUT,
    Trace,
)

Busy = tuple[int, int, int, Lane, Pool | None]
Planned = tuple[int, int, Callable[..., None], tuple[Any, ...]]
LAST: Final = 1 << 60
"""Places in the agenda from here on come after the arrivals of their moment."""


class Found(NamedTuple):
    """An environment for one run: the pool that it is counted in (None: provisioned), and whether it is new."""

    environment: int
    pool: Pool | None
    is_new: bool


class Batch(NamedTuple):
    """Events that one run takes together, and for each how often it has been handed over, this time included."""

    events: Sequence[int]
    attempts: Sequence[int]


class Ran(NamedTuple):
    """A run that has been started. `failed` is 1 for each event of its batch that is given back; empty without batch."""

    end: int
    status: int
    failed: Sequence[int]


class Floor:
    """One run of a scenario: its clock, its agenda of `(time, order, what to do, with what)`, its environments."""

    def __init__(self, world: World, trace: Trace) -> None:
        self.world = world
        self.trace = trace
        self.now = 0
        self.agenda: list[Planned] = []
        self.order = 0
        self.left = world.max_events
        self.busy: list[Busy] = []
        self.index_in_source: array[int] = array("I")
        self.draws = [streams.Source(world.seed, caller.name) for caller in world.callers]

    def plan(self, at: int, do: Callable[..., None], *what: Any) -> None:
        """Call `do(*what)` at `at`; of two plans for one moment the one made first goes first."""
        self.order += 1
        heappush(self.agenda, (at, self.order, do, what))

    def plan_last(self, at: int, do: Callable[..., None], *what: Any) -> None:
        """Call `do(*what)` at `at`, once all else of that moment is done, arrivals included."""
        self.order += 1
        heappush(self.agenda, (at, LAST + self.order, do, what))

    def next_planned(self) -> None:
        self.now, _, do, what = heappop(self.agenda)
        self.spend()
        do(*what)

    def spend(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise too_long(self.world.max_events, self.now)

    def draw(self, caller: Caller, purpose: str, event: int, attempt: int = 1) -> float:
        """The number from [0, 1) of one event, by its own index: the same whatever else happens."""
        return self.draws[caller.number].draw(purpose, self.index_in_source[event], attempt)

    def add_event(self, caller: Caller, lane: Lane, index: int) -> int:
        self.index_in_source.append(index)
        return self.trace.add_event(self.now, caller.number, lane.index)

    def invoke(self, lane: Lane, caller: Caller, event: int, attempt: int, batch: Batch | None = None) -> Ran | int:
        """Find an environment and run `event`, or `batch` of which it is the first; or the code of the refusal."""
        self.release()
        found = self.find(lane, caller, event, attempt)
        return found if isinstance(found, int) else self.start(lane, caller, event, attempt, found, batch)

    def release(self) -> None:
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

    def find(self, lane: Lane, caller: Caller, event: int, attempt: int) -> Found | int:
        """An environment, or the code of a refusal.

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
                return Found(environment, None, is_new=False)
            if not lane.spills_over:
                return PROVISIONED_FULL
        pool = next((pool for pool in lane.pools if not pool.is_full), None)
        if pool is None:
            return lane.pools[-1].reason
        if self._over_rate(lane.quotas, caller):
            return REQUEST_RATE
        return self.on_demand(lane, caller, pool, event, attempt)

    def on_demand(self, lane: Lane, caller: Caller, pool: Pool, event: int, attempt: int) -> Found | int:
        """Reuse an idle environment, or make one if the scaling rate allows."""
        environment = lane.idle.take(self.now, lambda: self.draw(caller, "routing", event, attempt))
        is_new = environment is None
        if environment is None:
            if lane.scaling is not None and not lane.scaling.take(self.now):
                return SCALING
            environment = self.trace.add_environment(lane.index, ON_DEMAND)
        self._note(lane.quotas, caller)
        pool.in_use += 1
        return Found(environment, pool, is_new)

    def start(
        self, lane: Lane, caller: Caller, event: int, attempt: int, found: Found, batch: Batch | None = None
    ) -> Ran:
        """Run the handler and record it. All of it is known now."""
        how = NEW if found.is_new else RESET if found.environment in lane.must_init_again else READY
        init, run, status = self._timed(lane, caller, event, attempt, found.environment, how, batch)
        end = self.now + init + run
        self.order += 1
        heappush(self.busy, (end, found.environment, self.order, lane, found.pool))
        failed: Sequence[int] = ()
        if batch is not None:
            status, failed = self._of_records(lane, caller, batch, status)
        self.trace.add_run(event, attempt, self.now, init, run, found.environment, status, how)
        if batch is not None:
            self.trace.add_batch(batch.events, failed)
        return Ran(end, status, failed)

    def _of_records(self, lane: Lane, caller: Caller, batch: Batch, status: int) -> tuple[int, Sequence[int]]:
        """(status, which events are given back). One bad record fails the batch, unless the handler reports it;
        where there is an order, all behind it go back too. Source: partial batch responses of SQS and streams."""
        size = len(batch.events)
        if status != OK:
            return status, [1] * size
        failing = lane.failing
        if not failing.is_of_records:
            return OK, bytes(size)
        failed = [
            int(
                failing.spoils(u=self._u_of_record(caller, lane, event, attempt), event=self.index_in_source[event] + 1)
            )
            for event, attempt in zip(batch.events, batch.attempts, strict=True)
        ]
        if not any(failed):
            return OK, failed
        if not caller.reports_failures:
            return ERROR, [1] * size
        if caller.is_in_order:
            first = failed.index(1)
            failed[first:] = [1] * (size - first)
        return OK, failed

    def _u_of_record(self, caller: Caller, lane: Lane, event: int, attempt: int) -> float:
        return self.draw(caller, "failure", event, attempt) if lane.failing.kind == "records" else 0.0

    def _timed(
        self, lane: Lane, caller: Caller, event: int, attempt: int, environment: int, found: int, batch: Batch | None
    ) -> tuple[int, int, int]:
        """(init, run, status). An init past its limit is cut off and repeated inside the run; so is, silently, the
        init of an environment that a timeout has reset. Source: Lambda execution environment."""
        timing = lane.timing
        is_drawn = not timing.duration.is_fixed or timing.cold_total is not None
        u = self.draw(caller, "duration", event, attempt) if is_drawn else 0.0
        run = handler = timing.run(u) + (timing.per_record * (len(batch.events) - 1) if batch else 0)
        init = 0
        if found != READY:
            init = timing.init_of(u, lambda: self.draw(caller, "init", event, attempt), run)
            run = handler = handler + timing.first_run
        if found == RESET:
            lane.must_init_again.discard(environment)
            init, run = 0, run + init
        elif init > timing.init_limit:
            init, run = timing.init_limit, run + init
        if run > timing.timeout:
            if lane.timeout_resets:
                lane.must_init_again.add(environment)
            return init, timing.timeout, TIMEOUT
        begins = self.now + init + run - handler
        return init, run, self._status(lane, caller, event, attempt, begins, batch)

    def _status(self, lane: Lane, caller: Caller, event: int, attempt: int, begins: int, batch: Batch | None) -> int:
        """How a run that is over in time ends. Which records of a batch fail is another question."""
        failing = lane.failing
        good = RESPONSE_TOO_LARGE if lane.index in caller.cut else OK
        if failing.kind == "never" or (batch is not None and failing.is_of_records):
            return good
        u = self.draw(caller, "failure", event, attempt) if failing.kind in ("probability", "records") else 0.0
        number = self.index_in_source[event] + 1
        return ERROR if failing.strikes(u=u, at_us=begins, attempt=attempt, event=number) else good

    def _over_rate(self, quotas: tuple[Quota, ...], caller: Caller) -> bool:
        return not caller.is_async and any(quota.is_full(self.now) for quota in quotas)

    def _note(self, quotas: tuple[Quota, ...], caller: Caller) -> None:
        if not caller.is_async:
            for quota in quotas:
                quota.note(self.now)


def too_long(max_events: int, now: int) -> RunTooLong:
    return RunTooLong(
        f"The run was stopped after {max_events:,} tries, at {now / 1e6:,.1f} s of its clock. "
        "Shorten it, lower the rate or raise max_events."
    )
