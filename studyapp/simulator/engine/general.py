"""The loop that knows every rule: a clock, an agenda of what was planned, and arrivals walked beside it.

The agenda holds what is still to come of what has arrived: tries again, messages that become visible, ends of batches.
At one microsecond, environments are released first, then comes what was planned, in the order in which it was planned,
then arrivals, in the order of their sources, then what was planned as the last of its moment: a poller looks at its
source when all of a burst has come.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from heapq import merge
from itertools import chain, count, repeat

from studyapp.simulator.engine import arrivals
from studyapp.simulator.engine.clock import LAST
from studyapp.simulator.engine.fates import Fates
from studyapp.simulator.engine.lanes import Caller, Claim, Lane, World
from studyapp.simulator.engine.pollers import Poller, poller
from studyapp.simulator.engine.queue_flow import END, Arrival, QueueFlow, Walks
from studyapp.simulator.engine.queue_gathering import ShortWindowPoller, gathering_walks
from studyapp.simulator.engine.queue_short import ShortPoller
from studyapp.simulator.engine.queues import QueuePoller
from studyapp.simulator.parts import Scenario
from studyapp.simulator.trace import STOPPED, TOO_LARGE, Trace


class Engine(Fates):
    """One run. `play` fills the trace; nothing is read from it while running."""

    def __init__(self, scenario: Scenario, world: World, trace: Trace) -> None:
        super().__init__(world, trace)
        self.scenario = scenario
        self.pollers: dict[int, Poller] = {
            caller.number: poller(self, caller, scenario.sources[caller.number])
            for caller in world.callers
            if caller.is_mapping
        }

    def play(self) -> None:
        """Run to the end. Raises RunTooLong once `max_events` tries have been made."""
        try:
            self._play()
        finally:
            self.trace.fill()

    def _play(self) -> None:
        callers = self.world.callers
        for claim in self.world.claims:
            self.plan(claim.at, self._claim, claim)
        for each in self.pollers.values():
            each.begin()
        arrive = [self._arriving(caller) for caller in callers]
        quick = self._quick()
        if quick is None:
            self._play_all(arrive)
        else:
            self._play_beside(*quick, arrive)

    def _quick(self) -> tuple[QueuePoller, Walks] | None:
        """A plain queue, if there is one, and how the agenda is walked with its steps at hand."""
        for each in self.pollers.values():
            if isinstance(each, ShortWindowPoller) and len(each.caller.lanes) == 1:
                return each, gathering_walks(self, each)
            if isinstance(each, ShortPoller) and len(each.caller.lanes) == 1:
                return each, Walks(self.play_until, partial(_look, each))
        return None

    def _play_all(self, arrive: list[Callable[[int], None]]) -> None:
        agenda = self.agenda
        for at, source, index in self._arrivals(range(len(arrive))):
            if agenda and agenda[0][0] <= at:
                self.play_until(at, LAST)
            self.now = at
            self.left -= 1
            if self.left < 0:
                self.take_stock()
            arrive[source](index)
        self.play_until(self._end, 0)

    def _play_beside(self, queue: QueuePoller, walks: Walks, arrive: list[Callable[[int], None]]) -> None:
        own = queue.caller.number
        others = self._arrivals([number for number in range(len(arrive)) if number != own])
        QueueFlow(self, queue, walks, others, arrive).play(self._blocks(own))
        walks.walk(self._end, 0)

    @property
    def _end(self) -> int:
        return END if self.world.horizon_us is None else self.world.horizon_us

    def _arrivals(self, numbers: Sequence[int]) -> Iterator[Arrival]:
        """The arrivals of these sources, in order."""
        flows = [self._flow(number) for number in numbers]
        return flows[0] if len(flows) == 1 else merge(*flows)

    def _flow(self, number: int) -> Iterator[Arrival]:
        """Those of one source, without a step of Python for each."""
        poller = self.pollers.get(number)
        first = 0 if poller is None else poller.backlog
        return zip(chain.from_iterable(self._blocks(number)), repeat(number), count(first), strict=False)

    def _blocks(self, number: int) -> Iterator[list[int]]:
        return arrivals.blocks(self.scenario.sources[number], self.world.seed, self.world.horizon_us)

    def _arriving(self, caller: Caller) -> Callable[[int], None]:
        """What is done with each arrival of `caller`, given its index. Messages and records go to their poller at once, and
        events that nothing keeps from their queue into it."""
        take = self._plainly_taking(caller) if len(caller.lanes) == 1 else None
        if take is None:
            return partial(self._arrive, caller)
        trace, number, function = self.trace, caller.number, caller.lanes[0][0].index
        arrived = trace.arrived
        add_time, add_source, add_function = arrived.append, trace.source.append, trace.function.append
        add_index = self.index_in_source.append

        def arrive(index: int) -> None:
            add_time(self.now)
            add_source(number)
            add_function(function)
            add_index(index)
            take(len(arrived) - 1)

        return arrive

    def _plainly_taking(self, caller: Caller) -> Callable[[int], None] | None:
        """What takes every event of `caller` that has arrived, if there is one such thing. Nothing is drawn for it."""
        lane = caller.lanes[0][0]
        if caller.is_mapping:
            return self.pollers[caller.number].arrive
        if caller.is_async and not (caller.is_too_large or caller.duplicates or lane.is_stopped):
            return partial(self.join, lane, caller)
        return None

    def _claim(self, claim: Claim) -> None:
        """From now on the pool lacks it. What is busy beyond the new limit may end its run first (our reading)."""
        if claim.pool is not None and claim.pool.limit is not None:
            claim.pool.limit -= claim.executions
        self._allocate(claim)

    def _allocate(self, claim: Claim) -> None:
        """Wait until there is room, then until all of it is there."""
        self.release()
        pool = claim.pool
        if pool is not None and pool.limit is not None and pool.in_use > pool.limit:
            self.plan(self.busy[0][0], self._allocate, claim)
            return
        ready_at = max(claim.ready_at, self.now)
        claim.lane.provisioned_from = ready_at
        self.trace.add_provisioned(claim.lane.index, self.now, ready_at)
        self.plan(ready_at, self._become_ready, claim.lane)

    def _become_ready(self, lane: Lane) -> None:
        self.release()
        self._connect(lane, lane.lasting)

    def _arrive(self, caller: Caller, index: int) -> None:
        lane = caller.lanes[0][0] if len(caller.lanes) == 1 else self._routed(caller, index)
        event = self.add_event(caller, lane, index)
        if caller.is_mapping:
            self.pollers[caller.number].arrive(event)
        elif caller.is_too_large:
            self.trace.add_refusal(event, self.now, TOO_LARGE)
        elif not caller.is_async:
            self.attempt(event, 1, 0)
        elif lane.is_stopped:
            self.give_up(lane, event, self.now, STOPPED)
        else:
            self.join(lane, caller, event)
            if caller.duplicates and self.draw(caller, "duplicate", event) < caller.duplicates:
                self.plan(self.now + self.world.rulebook.async_duplicate_after, self.duplicate, event)

    def _routed(self, caller: Caller, index: int) -> Lane:
        u = self.draws[caller.number].draw("alias", index)
        return next((each for each, upto in caller.lanes if u < upto), caller.lanes[-1][0])


def _look(poller: QueuePoller, now: int) -> None:
    """The clock says when."""
    poller.look()
