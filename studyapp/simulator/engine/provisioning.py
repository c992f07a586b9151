"""Provisioned concurrency: how much there is, from when on it can be used, and what it takes from others.

Sources: Lambda function scaling, provisioned concurrency, execution environment.
"""

from collections.abc import Sequence
from typing import Final

from studyapp.simulator.engine import streams
from studyapp.simulator.engine.idle import NewestIdle
from studyapp.simulator.engine.lanes import Claim, Lane
from studyapp.simulator.engine.limits import Pool
from studyapp.simulator.parts import Function
from studyapp.simulator.rulebook import Rulebook
from studyapp.simulator.trace import PROVISIONED, Trace
from studyapp.simulator.units import LONGEST

NEVER: Final = 2 * LONGEST


def provisioned_count(function: Function, rulebook: Rulebook) -> int:
    return max(function.provisioned, function.reserved or 0) if rulebook.reserved_is_kept_warm else function.provisioned


def ready_at(function: Function, rulebook: Rulebook, inits: Sequence[int]) -> int:
    """When all of it can be used: a delay, in which the longest of `inits` has to end too, then the allocation rate.

    Source: Lambda function scaling. Times in microseconds; 0 for what is ready from the start.
    """
    if function.provisioned_from_us is None:
        return 0
    rate = rulebook.provisioned_alloc_rate
    ramp = -(-function.provisioned * rate.per_us // rate.count)
    return function.provisioned_from_us + max(rulebook.provisioned_alloc_delay, max(inits, default=0)) + ramp


def init_limit(function: Function, rulebook: Rulebook) -> int:
    """Source: Lambda execution environment."""
    return min(max(rulebook.provisioned_init_limit, function.timeout), rulebook.timeout_max)


def provision(lane: Lane, function: Function, rulebook: Rulebook, seed: int, trace: Trace) -> None:
    """Provisioned environments exist from the beginning, for the trace; none is used before all are ready."""
    count = provisioned_count(function, rulebook)
    if not count:
        return
    draw = streams.stream(seed, function.name, "provisioned init").random
    first = len(trace.environment_kind)
    lane.lasting = range(first, first + count)
    lane.fresh = set(lane.lasting)
    lane.provisioned = NewestIdle(None)
    for _ in lane.lasting:
        u = draw()
        init = min(lane.timing.init_of(u, draw, lane.timing.run(u)), init_limit(function, rulebook))
        lane.provisioned.put(0, trace.add_environment(lane.index, PROVISIONED, init))
    lane.provisioned_from = ready_at(function, rulebook, trace.environment_init[first:])


def claims(lanes: Sequence[Lane], functions: Sequence[Function], rulebook: Rulebook, trace: Trace) -> tuple[Claim, ...]:
    """What is to be claimed of pools in the run: until then they are larger by as much, and nothing is ready."""
    found = []
    for lane, function in zip(lanes, functions, strict=True):
        if lane.provisioned is None:
            continue
        ready = lane.provisioned_from
        at = ready if rulebook.provisioned_claims_from == "ready" else (function.provisioned_from_us or 0)
        if ready <= 0:
            trace.add_provisioned(lane.index, 0, 0)
            continue
        claim = Claim(
            at, ready, lane, _pool(lane, function, rulebook), len(lane.lasting) * rulebook.requests_per_environment
        )
        if claim.pool is not None and claim.pool.limit is not None:
            claim.pool.limit += claim.executions
        lane.provisioned_from = NEVER
        found.append(claim)
    return tuple(found)


def _pool(lane: Lane, function: Function, rulebook: Rulebook) -> Pool | None:
    pool = lane.pools[0]
    is_from_pool = function.reserved is not None or rulebook.reserved_leaves_the_pool
    return pool if is_from_pool and pool.limit is not None else None
