"""The short way through an invocation, for what is usual: a plain lane has an environment idle, and it is ready.

It gives what the floor would give (a test holds them equal on random scenarios) at about a third of the cost: nothing is
called that need not be. Whatever is not usual is left to the floor before anything has changed.
"""

from array import array
from collections.abc import Sequence
from heapq import heappush
from math import log
from typing import Final

from studyapp.simulator.engine.floor import Floor, Ran
from studyapp.simulator.engine.lanes import Caller, Lane, World
from studyapp.simulator.engine.limits import Pool
from studyapp.simulator.engine.timing import Held
from studyapp.simulator.trace import ERROR, OK, TIMEOUT, Trace

new: Final = tuple.__new__
"""Makes a named tuple without its own `__new__`, which is Python: three times as fast, and worth it once a run."""

WHOLE_RUNS: Final = ("never", "probability")
"""Laws of failure that strike no single record."""


class ShortWay(Floor):
    """One run of a scenario, with a short way for the lanes that are plain. By caller, the numbers drawn for the first
    attempts of its events: how long they take, and whether they fail."""

    def __init__(self, world: World, trace: Trace) -> None:
        super().__init__(world, trace)
        self._durations: list[array[float]] = [array("d") for _ in world.callers]
        self._failures: list[array[float]] = [array("d") for _ in world.callers]

    def invoke(self, lane: Lane, caller: Caller, event: int, attempt: int, batch: Held | None = None) -> Ran | int:
        """Find an environment and run `event`, or `batch` of which it is the first; or the code of the refusal."""
        now, busy = self.now, self.busy
        if (busy and busy[0][0] <= now) or now > self.ages_at:
            self.release()
        if lane.is_plain:
            pool = lane.pool or _with_room(lane.pools)
            if pool.limit is not None and pool.in_use >= pool.limit:
                return lane.pools[-1].reason
            if line := lane.idle.line:
                since, environment = line[-1]
                if (
                    environment >= self.young
                    and environment not in lane.must_init_again
                    and now - since <= lane.idle_lifetime
                    and (caller.is_async or self._is_let_in(lane))
                ):
                    return self._run(lane, caller, event, attempt, batch, pool)
        return super().invoke(lane, caller, event, attempt, batch)

    def _is_let_in(self, lane: Lane) -> bool:
        """Whether the request rate admits one more; if so, it is counted."""
        now = self.now
        for quota in lane.quotas:
            if len(quota.accepted) >= quota.most and quota.is_full(now):
                return False
        for quota in lane.quotas:
            quota.accepted.append(now)
        return True

    def _run(self, lane: Lane, caller: Caller, event: int, attempt: int, batch: Held | None, pool: Pool) -> Ran:
        """Run it there and record it: `on_demand`, `start` and `foresee` in one."""
        now, timing, failing, trace = self.now, lane.timing, lane.failing, self.trace
        environment = lane.idle.line.pop()[1]
        run = lane.fixed_run
        if run is None:
            law = timing.duration
            drawn, index = self._durations[caller.number], self.index_in_source[event]
            is_drawn = attempt == 1 and index < len(drawn)
            u = drawn[index] if is_drawn else self._drawn(self._durations, caller, "duration", index, attempt)
            run = int(-log(1.0 - u) * law.mean_us + 0.5) + timing.cpu if law.kind == "exp" else timing.run(u)
        if batch is not None and timing.per_record:
            run += timing.per_record * (len(batch.events) - 1)
        status = OK
        if run > timing.timeout:
            run, status = timing.timeout, TIMEOUT
            self.leave(lane, environment, now + run, status)
        elif failing.kind == "probability" and not caller.cut:
            drawn, index = self._failures[caller.number], self.index_in_source[event]
            is_drawn = attempt == 1 and index < len(drawn)
            u = drawn[index] if is_drawn else self._drawn(self._failures, caller, "failure", index, attempt)
            if u < failing.share:
                status = ERROR
        elif failing.kind == "always":
            status = ERROR
        elif failing.kind != "never" or caller.cut:
            status = self.status(lane, caller, event, attempt, batch, now)
        pool.in_use += 1
        end = now + run
        heappush(self.busy, (end, environment, 0, lane, pool))
        failed: Sequence[int] = ()
        if batch is not None:
            events = batch.events
            trace.batch_run.append(len(trace.event))
            trace.batch_first.append(len(trace.batch_event))
            if status == OK and failing.kind in WHOLE_RUNS:
                failed = bytes(len(events))
            else:
                status, failed = self.of_records(lane, caller, batch, status)
            trace.batch_event.extend(events)
            trace.batch_failed.extend(failed)
        trace.event.append(event)
        trace.attempt.append(attempt)
        trace.start.append(now)
        trace.run.append(run)
        trace.environment.append(environment)
        trace.status.append(status)
        return new(Ran, (end, status, failed))

    def _drawn(self, rows: list["array[float]"], caller: Caller, purpose: str, index: int, attempt: int) -> float:
        """A number that is not in its row yet, or of a later attempt. From now on the row is at hand."""
        draws = self.draws[caller.number]
        if attempt == 1:
            rows[caller.number] = draws.row(purpose, 1).drawn
        return draws.draw(purpose, index, attempt)


def _with_room(pools: Sequence[Pool]) -> Pool:
    """The first of `pools` with room, or else the last."""
    return next((pool for pool in pools if pool.limit is None or pool.in_use < pool.limit), pools[-1])
