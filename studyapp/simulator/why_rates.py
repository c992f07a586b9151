"""Why a try was throttled by a rate: new environments, requests a second, what API Gateway lets through."""

from collections.abc import Container

from studyapp.simulator.engine.set_up import account_limit
from studyapp.simulator.units import SECOND, show_time
from studyapp.simulator.why_case import Case, Reason
from studyapp.simulator.why_environments import started
from studyapp.simulator.why_shares import root, share_of
from studyapp.simulator.why_words import count


def of_scaling(case: Case) -> Reason:
    rate, at = case.rulebook.scaling_rate, case.span.start_us
    if rate is None:
        return Reason("No new environment may be started yet.", ("scaling_rate",))
    everyone = range(len(case.scenario.functions))
    whole = root(case.function, case.scenario.functions)
    own = [number for number in everyone if root(case.scenario.functions[number], case.scenario.functions) is whole]
    functions = everyone if case.rulebook.scaling_scope == "account" else own
    number = started(case, functions, at - rate.per_us, at)
    burst = rate.count if case.rulebook.first_burst is None else case.rulebook.first_burst
    begun = f"{count(number, 'new one')} had been started in the last {show_time(rate.per_us)}"
    each = f"and then one more every {show_time(round(rate.per_us / rate.count))}" if rate.count else "and then none"
    says = f"No environment was idle, and {begun}. The scaling rate allows {burst:,} at once {each}."
    return Reason(says, ("scaling_rate",))


def of_request_rate(case: Case) -> Reason:
    rulebook, at = case.rulebook, case.span.start_us
    factor = rulebook.request_rate_factor or 0
    share = share_of(case)
    account = account_limit(case.scenario, rulebook) or 0
    own = case.function.reserved
    if own is not None and rulebook.reserved_counts != "executions":
        taken = _taken(case, at, [case.number])
        says = f"{count(taken, 'request')} had been taken within the last second, and {own} are reserved in this world."
        return Reason(says, ("reserved_counts",))
    if share.whole is not None and share.whole.reserved is not None:
        taken = _taken(case, at, share.members)
        if taken >= factor * share.whole.reserved:
            return _over_rate(taken, factor, share.whole.reserved, "a reservation")
    return _over_rate(_taken(case, at, range(len(case.scenario.functions))), factor, account, "an account")


def _over_rate(taken: int, factor: int, concurrency: int, of: str) -> Reason:
    so_far = f"{count(taken, 'request')} had been taken within the last second"
    allowed = f"{of} of {concurrency:,} takes {factor} times as many requests a second: {factor * concurrency:,}"
    return Reason(f"{so_far}. Besides the limit on runs at once, {allowed}.", ("request_rate_factor",))


def _taken(case: Case, at: int, functions: Container[int]) -> int:
    """Runs of requests that somebody waits for, begun within the last second."""
    trace, sources = case.trace, case.scenario.sources
    rows = (row for row, start in enumerate(trace.start) if at - SECOND < start <= at)
    events = (trace.event[row] for row in rows)
    return sum(trace.function[event] in functions and not sources[trace.source[event]].is_async for event in events)


def of_api_rate(case: Case) -> Reason:
    rate, burst = case.rulebook.api_rate, case.rulebook.api_burst
    if rate is None:
        return Reason("API Gateway lets no more requests through.", ("api_rate",))
    rest = f"{rate.count:,} in {show_time(rate.per_us)}"
    says = f"API Gateway lets {burst:,} requests through at once and then {rest}, and this one came beyond that."
    return Reason(f"{says} Lambda never saw it.", ("api_burst", "api_rate"))
