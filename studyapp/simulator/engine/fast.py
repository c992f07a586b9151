"""The loop for the commonest scenario, tuned: one function, one synchronous caller, nothing fails.

It gives the trace of the general loop, column by column (a test holds them equal on random scenarios), in about a
quarter of the time. What makes it fast: a block of arrivals and of run times is made at once; a busy environment is one
int, `end << 24 | environment`, so that the heap compares ints; an environment that has just ended and is wanted again
goes neither on nor off the stack; limits are looked at only when no environment is idle, since while one is idle
fewer than the limit are busy; columns grow by blocks.
"""

from array import array
from bisect import bisect_right
from heapq import heappop, heappush
from math import log
from random import Random
from typing import Final

from studyapp.simulator.engine import arrivals, streams
from studyapp.simulator.engine.clock import too_long
from studyapp.simulator.engine.idle import NewestIdle
from studyapp.simulator.engine.lanes import Lane, Timing, World
from studyapp.simulator.engine.recycling import MASK, NEVER, SHIFT, Recycling
from studyapp.simulator.parts import Scenario
from studyapp.simulator.trace import ON_DEMAND, SCALING, Trace
from studyapp.simulator.units import SECOND

NOBODY: Final = -(1 << 90)


class NotSuited(Exception):
    """The run meets a rule that this loop does not know; what it has recorded so far is void."""


def suits(scenario: Scenario, world: World) -> bool:
    """Whether the scenario has only the features that this loop knows."""
    if len(world.lanes) != 1 or len(world.callers) != 1:
        return False
    lane, caller = world.lanes[0], world.callers[0]
    limit = lane.pools[0].limit
    return (
        caller.is_sync
        and not caller.is_too_large
        and not caller.retries
        and caller.retrying is None
        and not caller.cut
        and not lane.timing.first_run
        and not lane.timing.interface_wait
        and lane.failing.kind == "never"
        and lane.init_failing.kind == "never"
        and lane.system_errors.kind == "never"
        and lane.wear is None
        and lane.connections is None
        and lane.provisioned is None
        and not lane.is_stopped
        and len(lane.pools) == 1
        and type(lane.idle) is NewestIdle
        and (limit is None or len(lane.idle.line) <= limit)
    )


class FastRun:
    """One run of a scenario that `suits`. `play` fills the trace; NotSuited may come in the middle of it."""

    def __init__(self, scenario: Scenario, world: World, trace: Trace) -> None:
        self.scenario = scenario
        self.world = world
        self.trace = trace
        self.lane: Lane = world.lanes[0]
        lifetime = world.rulebook.idle_lifetime
        self.lifetime = NEVER if lifetime is None else (lifetime + 1) << SHIFT
        warm = self.lane.idle.line
        self.recycling = Recycling(world.rulebook.environment_lifetime, len(warm))
        self.busy: list[int] = [NEVER]
        self.idle: list[int] = [since << SHIFT | environment for since, environment in warm]
        self.draws = streams.Source(world.seed, world.callers[0].name)
        self.recent: list[int] = []
        trace.arrived = trace.start  # one column until a request is refused

    def play(self) -> None:
        """Raises NotSuited, or RunTooLong once `max_events` requests have been made."""
        source = self.scenario.sources[0]
        durations = streams.stream(self.world.seed, source.name, "duration")
        first = 0
        for whole in arrivals.blocks(source, self.world.seed, self.world.horizon_us):
            block = whole[: self.world.max_events - first]
            self._check_rate(block)
            totals, runs = _times(self.lane.timing, durations, len(block))
            if runs and max(runs) > self.lane.timing.timeout:
                raise NotSuited
            self._walk_in_pieces(first, block, runs, totals)
            first += len(block)
            if self.world.watch is not None and block:
                self.world.watch(block[-1], first)
            if len(block) < len(whole):
                self._finish()
                raise too_long(self.world.max_events, whole[len(block)])
        self._finish()

    def _walk_in_pieces(self, first: int, block: list[int], runs: list[int], totals: list[int] | None) -> None:
        """Walk a block, cut wherever an environment has to go because it is too old."""
        at = 0
        while at < len(block):
            if block[at] > self.recycling.upto:
                self.recycling.retire(block[at], self.busy, self.idle)
            end = bisect_right(block, self.recycling.upto, at)
            self._walk(first + at, block[at:end], runs[at:end], None if totals is None else totals[at:end])
            at = end

    def _walk(self, first: int, block: list[int], runs: list[int], totals: list[int] | None) -> None:
        """Give each request of a block its environment. Index and columns are those of the block.

        Measured on W (tests/benchmarks/simulator.md): 840 ns an invocation in all, against 5,100 of the general loop.
        A limit cannot be met but here, where no environment is idle: of those that live, there are never more.
        """
        busy, idle, lifetime, pool = self.busy, self.idle, self.lifetime, self.lane.pools[0]
        most = NEVER if pool.limit is None else pool.limit
        environments: list[int] = []
        colds: list[tuple[int, int]] = []
        refused: dict[int, int] = {}
        use = environments.append
        for index, at in enumerate(block):
            run = runs[index]
            past = (at + 1) << SHIFT
            if busy[0] < past:
                newest = heappop(busy)
                while busy[0] < past:
                    idle.append(newest)
                    newest = heappop(busy)
            elif idle:
                newest = idle.pop()
            elif len(busy) > most:
                refused[index] = pool.reason
                continue
            else:
                newest = NOBODY
            if newest >= past - lifetime:
                environment = newest & MASK
                heappush(busy, (at + run) << SHIFT | environment)
                use(environment)
                continue
            idle.clear()
            environment = self._create(at)
            if environment < 0:
                refused[index] = SCALING
                continue
            init = self._init(first + index, run, -1 if totals is None else totals[index])
            colds.append((len(environments), init))
            heappush(busy, (at + init + run) << SHIFT | environment)
            use(environment)
        self._record(first, block, runs, environments, colds, refused)

    def _create(self, at: int) -> int:
        """A new environment, or -1 when the scaling rate allows none."""
        scaling = self.lane.scaling
        if scaling is not None and not scaling.take(at):
            return -1
        births = self.recycling.births
        births.append(at)
        if len(births) > MASK:
            raise NotSuited
        return len(births) - 1

    def _init(self, index: int, run: int, total: int) -> int:
        timing = self.lane.timing
        left = max(total - run, 0)
        init = left if total >= 0 else timing.init_of(0.0, lambda: self.draws.draw("init", index), run)
        if init > timing.init_limit:
            raise NotSuited
        return init

    def _record(
        self, first: int, block: list[int], runs: list[int], environments: list[int],
        colds: list[tuple[int, int]], refused: dict[int, int],
    ) -> None:  # fmt: skip
        """Write down a block. `refused` holds the reasons of refusals by index; `colds` (place among those that run, init)."""
        trace = self.trace
        if refused and trace.arrived is trace.start:
            trace.arrived = trace.start[:]
        trace.refused_event.extend([first + index for index in refused])
        trace.refused_at.extend([block[index] for index in refused])
        trace.refused_reason.extend(refused.values())
        kept = [index for index in range(len(block)) if index not in refused] if refused else range(len(block))
        offset = len(trace.start)
        if trace.arrived is not trace.start:
            trace.arrived.extend(block)
        trace.start.extend([block[index] for index in kept] if refused else block)
        trace.run.extend([runs[index] for index in kept] if refused else runs)
        trace.event.extend([first + index for index in kept])
        trace.environment.extend(environments)
        trace.init.frombytes(bytes(len(kept) * trace.init.itemsize))
        trace.cold.frombytes(bytes(len(kept)))
        for place, init in colds:
            trace.init[offset + place] = init
            trace.cold[offset + place] = 1

    def _check_rate(self, block: list[int]) -> None:
        """Leave to the general loop any run in which more requests arrive within a second than a quota admits, or within
        the time in which it would fill again than a front door lets through at once."""
        door = self.world.callers[0].door
        limits = [(quota.most, SECOND) for quota in self.lane.quotas] + ([door.emptied_by] if door is not None else [])
        times = self.recent + block
        for most, within in limits:
            if any(later - sooner < within for sooner, later in zip(times, times[most:], strict=False)):
                raise NotSuited
        most = max((most for most, _ in limits), default=0)
        self.recent = times[-most:] if most else []

    def _finish(self) -> None:
        """The columns that hold one value in every row."""
        trace = self.trace
        trace.status.frombytes(bytes(len(trace.start)))
        trace.attempt.extend(array("H", [1]) * len(trace.start))
        trace.source.frombytes(bytes(len(trace.arrived)))
        trace.function.frombytes(bytes(len(trace.arrived)))
        made = len(self.recycling.births) - len(trace.environment_kind)
        trace.environment_function.frombytes(bytes(made))
        trace.environment_init.frombytes(bytes(made * trace.environment_init.itemsize))
        trace.environment_kind.frombytes(bytes([ON_DEMAND]) * made)


def _times(timing: Timing, random: Random, size: int) -> tuple[list[int] | None, list[int]]:
    """(cold totals or None, run times) of the next `size` requests, in microseconds."""
    law, total = timing.duration, timing.cold_total
    if law.is_fixed and (total is None or total.is_fixed):
        run = timing.run(0.0)
        return None if total is None else [total.draw(0.0)] * size, [run] * size
    draw, mean, cpu = random.random, law.mean_us, timing.cpu
    if law.kind == "exp" and total is None:
        return None, [int(-log(1.0 - draw()) * mean + 0.5) + cpu for _ in range(size)]
    if law.kind == "exp" and total is not None and total.kind == "exp":
        logs = [-log(1.0 - draw()) for _ in range(size)]
        cold = total.mean_us
        return [int(each * cold + 0.5) for each in logs], [int(each * mean + 0.5) + cpu for each in logs]
    us = [draw() for _ in range(size)]
    return None if total is None else [total.draw(u) for u in us], [timing.run(u) for u in us]
