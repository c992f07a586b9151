"""Turns a scenario and a rulebook into lanes and callers. Every belief about the clock takes effect here or chooses the
loop; the loop itself asks no rulebook."""

from collections.abc import Mapping

from studyapp.simulator.engine.connections import Connections
from studyapp.simulator.engine.idle import POLICIES
from studyapp.simulator.engine.lanes import AsyncRules, Keeper, Lane, Timing, World
from studyapp.simulator.engine.limits import Bucket, Pool, Quota
from studyapp.simulator.engine.provisioning import claims, provision, provisioned_count
from studyapp.simulator.engine.set_up_callers import build_callers
from studyapp.simulator.engine.wear import wear_of
from studyapp.simulator.parts import Function, Scenario
from studyapp.simulator.rulebook import Rulebook
from studyapp.simulator.trace import ACCOUNT_FULL, RESERVED_FULL, WARM, Trace


def build(scenario: Scenario, rulebook: Rulebook, seed: int, trace: Trace) -> World:
    """The world at time 0, with provisioned and warm environments already in `trace`."""
    shared = _pool(pool_limit(scenario, rulebook), ACCOUNT_FULL, rulebook)
    account = account_limit(scenario, rulebook)
    quotas = _quotas(rulebook, account)
    scaling = _bucket(rulebook)
    lanes = tuple(
        _lane(index, function, rulebook, shared, quotas, scaling) for index, function in enumerate(scenario.functions)
    )
    _join_versions(scenario.functions, lanes)
    _connect(scenario, lanes)
    for lane, function in zip(lanes, scenario.functions, strict=True):
        provision(lane, function, rulebook, seed, trace)
    for lane in lanes:
        for _ in range(scenario.warm.get(lane.name, 0)):
            lane.idle.put(0, trace.add_environment(lane.index, WARM))
    return World(
        lanes=lanes,
        callers=build_callers(scenario, lanes, rulebook),
        claims=claims(lanes, scenario.functions, rulebook, trace),
        rulebook=rulebook,
        seed=seed,
        horizon_us=scenario.horizon_us,
        max_events=scenario.max_events,
        init_counts_as_busy=rulebook.init_counts_as_busy,
        slots=rulebook.requests_per_environment,
        throttled_calls_wait=rulebook.throttled_sync_calls_wait,
    )


def account_limit(scenario: Scenario, rulebook: Rulebook) -> int | None:
    return scenario.account.concurrency or rulebook.account_concurrency


def pool_limit(scenario: Scenario, rulebook: Rulebook) -> int | None:
    """The shared pool: the quota less all reserved and all provisioned of functions without reserved.

    Source: Lambda function scaling.
    """
    account = account_limit(scenario, rulebook)
    if account is None or not rulebook.reserved_leaves_the_pool:
        return account
    return account - sum(_claim(function, rulebook) for function in scenario.functions)


def on_demand_limit(function: Function, scenario: Scenario, rulebook: Rulebook) -> int | None:
    """How many environments of `function` may be busy at once at any time, provisioned ones included; None is no limit.

    What others have provisioned later in the run is free at first.
    """
    if function.version_of:
        whole = next(each for each in scenario.functions if each.name == function.version_of)
        most = on_demand_limit(whole, scenario, rulebook)
        return None if most is None else max(most - provisioned_count(whole, rulebook), 0)
    if function.reserved is not None and _limits_executions(rulebook):
        return function.reserved
    shared = pool_limit(scenario, rulebook)
    if shared is None:
        return None
    later = (
        each.provisioned
        for each in scenario.functions
        if each is not function and each.reserved is None and each.provisioned_from_us is not None
    )
    return shared + provisioned_count(function, rulebook) + sum(later)


def _claim(function: Function, rulebook: Rulebook) -> int:
    if not _limits_executions(rulebook):
        return function.provisioned
    return function.provisioned if function.reserved is None else function.reserved


def _limits_executions(rulebook: Rulebook) -> bool:
    return rulebook.reserved_counts == "executions"


def _quotas(rulebook: Rulebook, concurrency: int | None) -> tuple[Quota, ...]:
    if rulebook.request_rate_factor is None or concurrency is None:
        return ()
    return (Quota(rulebook.request_rate_factor * concurrency),)


def _bucket(rulebook: Rulebook) -> Bucket | None:
    return None if rulebook.scaling_rate is None else Bucket(rulebook.scaling_rate, rulebook.first_burst)


def _lane(
    index: int, function: Function, rulebook: Rulebook, shared: Pool, account: tuple[Quota, ...], scaling: Bucket | None
) -> Lane:
    provisioned = provisioned_count(function, rulebook)
    return Lane(
        index=index,
        name=function.name,
        timing=_timing(function, rulebook),
        failing=function.fails,
        rules=_async_rules(function, rulebook),
        idle=POLICIES[rulebook.routing](rulebook.idle_lifetime),
        pools=_pools(function, provisioned, rulebook, shared),
        quotas=account + _reserved_quotas(function, rulebook),
        scaling=scaling if rulebook.scaling_scope == "account" else _bucket(rulebook),
        is_stopped=function.reserved == 0 and not rulebook.reserved_zero_keeps_events,
        provisioned_quotas=_quotas(rulebook, provisioned),
        spills_over=rulebook.provisioned_spills_over,
        timeout_resets=rulebook.timeout_resets_environment,
        init_failing=function.init_fails,
        system_errors=function.system_errors,
        wear=wear_of(function),
        holds=function.holds_connections,
    )


def _join_versions(functions: tuple[Function, ...], lanes: tuple[Lane, ...]) -> None:
    """Versions of one function share what it has reserved, less what is provisioned, and its scaling rate.

    Source: Lambda function scaling: with all that is reserved provisioned for a version, $LATEST is throttled.
    """
    by_name = {lane.name: lane for lane in lanes}
    for function, lane in zip(functions, lanes, strict=True):
        if function.version_of:
            whole = by_name[function.version_of]
            lane.pools, lane.quotas, lane.scaling = whole.pools, whole.quotas, whole.scaling
            lane.is_stopped = whole.is_stopped


def _connect(scenario: Scenario, lanes: tuple[Lane, ...]) -> None:
    databases: Mapping[str, Connections] = {each.name: Connections(each) for each in scenario.databases}
    for function, lane in zip(scenario.functions, lanes, strict=True):
        if function.database:
            lane.connections = databases[function.database]
            lane.connections.idle.append(lane.idle)


def _pools(function: Function, provisioned: int, rulebook: Rulebook, shared: Pool) -> tuple[Pool, ...]:
    """Where an on-demand environment finds its concurrency: its reservation, or the shared pool, or (a belief) both."""
    if function.reserved is None or not _limits_executions(rulebook):
        return (shared,)
    own = _pool(max(function.reserved - provisioned, 0), RESERVED_FULL, rulebook)
    return (own,) if rulebook.reserved_is_a_ceiling else (own, shared)


def _pool(limit: int | None, reason: int, rulebook: Rulebook) -> Pool:
    """Limits count environments; the engine counts requests, which are the same unless an environment has slots."""
    return Pool(None if limit is None else limit * rulebook.requests_per_environment, reason)


def _reserved_quotas(function: Function, rulebook: Rulebook) -> tuple[Quota, ...]:
    if function.reserved is None:
        return ()
    if not _limits_executions(rulebook):
        return (Quota(function.reserved),)
    return _quotas(rulebook, function.reserved) if rulebook.reserved_is_a_ceiling else ()


def _timing(function: Function, rulebook: Rulebook) -> Timing:
    """Work for the processor goes slower below one vCPU; above it one thread gains nothing (a modelling choice)."""
    memory = function.memory if rulebook.memory_moves_cpu else rulebook.vcpu_memory
    share = min(memory / rulebook.vcpu_memory, 1.0)
    return Timing(
        duration=function.duration,
        init=function.init,
        cold_total=function.cold_total,
        cpu=round(function.cpu_time / share),
        timeout=function.timeout,
        init_limit=rulebook.init_limit,
        first_run=function.first_run,
        per_record=function.record_time,
        interface_wait=rulebook.vpc_interface_wait if function.in_vpc else 0,
    )


def _async_rules(function: Function, rulebook: Rulebook) -> AsyncRules:
    """Source: Lambda asynchronous invocation, error handling."""
    retries = rulebook.async_retries_default if function.async_retries is None else function.async_retries
    waits = [rulebook.async_first_wait, rulebook.async_second_wait]
    while len(waits) < retries:
        waits.append(waits[-1] * 2)
    waits = waits[:retries]
    dead_letters = _keeper(function.dead_letter_queue, rulebook)
    if rulebook.dlq_retries_events and dead_letters is not None and not dead_letters.is_denied:
        waits.append(0)
    return AsyncRules(
        retries=len(waits),
        waits=tuple(waits) or (rulebook.async_first_wait,),
        waits_from_start=rulebook.async_waits_from == "start",
        max_age=rulebook.async_age_default if function.async_max_age is None else function.async_max_age,
        backoff_min=rulebook.throttle_backoff_min,
        backoff_max=rulebook.throttle_backoff_max,
        backoff_factor=rulebook.throttle_backoff_factor,
        throttles_use_retries=rulebook.throttles_use_up_retries,
        timeouts_use_retries=rulebook.timeouts_use_up_retries,
        new_events_wait=rulebook.async_new_events_wait,
        dead_letters=dead_letters,
        on_failure=_keeper(function.on_failure, rulebook),
        on_success=_keeper(function.on_success, rulebook),
        response=function.response,
    )


def _keeper(target: str, rulebook: Rulebook) -> Keeper | None:
    """A dead-letter queue or a destination of this kind. Source: Lambda, capturing records of asynchronous invocations."""
    if target in ("no", "none"):
        return None
    return Keeper(is_denied=target == "denied", most=rulebook.sns_message_max if target == "sns" else None)
