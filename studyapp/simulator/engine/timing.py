"""What a run does inside its environment: how long its init and its handler take, and how it ends. All of it is known as
the run starts."""

from array import array
from collections.abc import Sequence
from typing import Final, NamedTuple, Protocol

from studyapp.simulator.engine import streams
from studyapp.simulator.engine.connections import Connections
from studyapp.simulator.engine.lanes import Caller, Lane, World
from studyapp.simulator.laws import Failing
from studyapp.simulator.trace import (
    DEPENDENCY_DOWN,
    ERROR,
    NO_CONNECTION,
    OK,
    OUT_OF_MEMORY,
    READY,
    RESET,
    RESPONSE_TOO_LARGE,
    TIMEOUT,
    Trace,
)

CRASHES: Final = (TIMEOUT, OUT_OF_MEMORY)


class Held(Protocol):
    """Events that one run takes together, and for each how often it has been handed over, this time included."""

    @property
    def events(self) -> Sequence[int]: ...

    @property
    def attempts(self) -> Sequence[int]: ...


class Batch(NamedTuple):
    """What is held, and no more."""

    events: Sequence[int]
    attempts: Sequence[int]


class Asked(NamedTuple):
    """What is to run: `event`, or `batch` of which it is the first, for the `attempt`-th time."""

    lane: Lane
    caller: Caller
    event: int
    attempt: int
    batch: Held | None


Told = tuple[int, int, int, bool]
"""What becomes of a run: (init, run, status, whether its environment is thrown away at its end), microseconds."""


class Inside:
    """The environments of one run of a scenario from within, and the random numbers of its events."""

    def __init__(self, world: World, trace: Trace) -> None:
        self.world = world
        self.trace = trace
        self.now = 0
        self.young = 0
        self.index_in_source: array[int] = array("I")
        self.draws = [streams.Source(world.seed, caller.name) for caller in world.callers]

    def draw(self, caller: Caller, purpose: str, event: int, attempt: int = 1) -> float:
        """The number from [0, 1) of one event, by its own index: the same whatever else happens."""
        return self.draws[caller.number].draw(purpose, self.index_in_source[event], attempt)

    def foresee(self, asked: Asked, environment: int, how: int) -> Told:
        """What becomes of a run that finds its `environment` ready, new or reset. Source: Lambda execution environment."""
        lane, _, event, attempt, batch = asked
        timing = lane.timing
        is_drawn = not timing.duration.is_fixed or timing.cold_total is not None
        u = self.draw(asked.caller, "duration", event, attempt) if is_drawn else 0.0
        handler = timing.run(u) + (timing.per_record * (len(batch.events) - 1) if batch else 0)
        init = again = 0
        if how != READY:
            init, again = self._init(asked, how, u, handler)
            lane.must_init_again.discard(environment)
            if self._init_fails(asked):
                return self._without_init(lane, environment, how, init, again)
        if how != READY or environment in lane.fresh:
            lane.fresh.discard(environment)
            handler += timing.first_run
        return self._handled(asked, environment, init, again, handler)

    def _init(self, asked: Asked, how: int, u: float, handler: int) -> tuple[int, int]:
        """(init before the run, init within it). An init past its limit is cut off and repeated inside the run; so is,
        silently, the init of an environment that was reset, which keeps its network interface."""
        timing = asked.lane.timing
        init = timing.init_of(u, lambda: self.draw(asked.caller, "init", asked.event, asked.attempt), handler)
        if how == RESET:
            return 0, init
        if init > timing.init_limit:
            return timing.init_limit + timing.interface_wait, init
        return init + timing.interface_wait, 0

    def _init_fails(self, asked: Asked) -> bool:
        failing = asked.lane.init_failing
        if failing.kind == "never":
            return False
        u = self.draw(asked.caller, "init failure", asked.event, asked.attempt)
        return failing.strikes(u=u, at_us=self.now, attempt=asked.attempt, event=0)

    def _without_init(self, lane: Lane, environment: int, how: int, init: int, again: int) -> Told:
        """The code before the handler has failed. The environment is thrown away, unless it is a provisioned one, which
        tries again at its next use (our reading)."""
        is_kept = how == RESET and environment in lane.lasting
        if is_kept:
            lane.must_init_again.add(environment)
        timeout = lane.timing.timeout
        return init, min(again, timeout), TIMEOUT if again > timeout else ERROR, not is_kept

    def _handled(self, asked: Asked, environment: int, init: int, again: int, handler: int) -> Told:
        lane = asked.lane
        begins = self.now + init + again
        status = OK
        if lane.connections is not None:
            status = self._dependency(lane, lane.connections, environment, begins)
            if status != OK:
                handler = lane.connections.timeout
        run = again + handler
        if run > lane.timing.timeout:
            run, status = lane.timing.timeout, TIMEOUT
        elif status == OK:
            if lane.wear is not None:
                status = lane.wear.use(environment)
            if status == OK:
                status = self.status(lane, asked.caller, asked.event, asked.attempt, asked.batch, begins)
        if lane.connections is not None or status in CRASHES:
            self.leave(lane, environment, self.now + init + run, status)
        return init, run, status, False

    def _dependency(self, lane: Lane, connections: Connections, environment: int, begins: int) -> int:
        """Whether the database answers. Connections are wanted as the run starts, from the code before the handler on."""
        has_opened = connections.open(self.now, self.young, environment, lane.holds) if lane.holds else None
        if has_opened:
            self.trace.add_connection(self.now, environment)
        elif has_opened is False:
            self.trace.unconnected_run.append(len(self.trace.event))
        if connections.is_down(begins):
            return DEPENDENCY_DOWN
        return NO_CONNECTION if has_opened is False else OK

    def status(self, lane: Lane, caller: Caller, event: int, attempt: int, batch: Held | None, begins: int) -> int:
        """How a run that is over in time ends. Which records of a batch fail is another question."""
        failing = lane.failing
        good = RESPONSE_TOO_LARGE if lane.index in caller.cut else OK
        if failing.kind == "never" or (batch is not None and failing.is_of_records):
            return good
        u = self.draw(caller, "failure", event, attempt) if failing.kind in ("probability", "records") else 0.0
        number = self.index_in_source[event] + 1
        return ERROR if failing.strikes(u=u, at_us=begins, attempt=attempt, event=number) else good

    def leave(self, lane: Lane, environment: int, end: int, status: int) -> None:
        """A timeout or a crash resets the environment: init runs again at its next use, and what was open is closed."""
        is_reset = lane.timeout_resets and status in CRASHES
        if is_reset:
            lane.must_init_again.add(environment)
            if lane.wear is not None:
                lane.wear.reset(environment)
        if lane.connections is not None and (is_reset or lane.connections.has_proxy):
            lane.connections.close_at(end, environment)

    def of_records(self, lane: Lane, caller: Caller, batch: Held, status: int) -> tuple[int, Sequence[int]]:
        """(status, which events are given back). One bad record fails the batch, unless the handler reports it;
        where there is an order, all behind it go back too. Source: partial batch responses of SQS and streams."""
        size = len(batch.events)
        if status != OK:
            return status, [1] * size
        failing = lane.failing
        if failing.kind == "never" or not failing.is_of_records:
            return OK, bytes(size)
        failed = [
            self._is_spoilt(failing, caller, event, attempt)
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

    def _is_spoilt(self, failing: Failing, caller: Caller, event: int, attempt: int) -> int:
        u = self.draw(caller, "failure", event, attempt) if failing.kind == "records" else 0.0
        return int(failing.spoils(u=u, event=self.index_in_source[event] + 1))
