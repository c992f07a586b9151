"""Turns a source into a caller: who it calls, what it may send, what it does by itself about failures."""

from typing import Final

from studyapp.simulator.engine.lanes import Caller, Lane
from studyapp.simulator.engine.limits import Bucket
from studyapp.simulator.parts import Function, Scenario, Source
from studyapp.simulator.rulebook import Rulebook

API_KINDS: Final = ("api", "http-api")
HEARS_ERRORS: Final = (*API_KINDS, "url", "alb")
"""Callers that get a 502 for a function error. A plain Invoke answers 200 with a FunctionError header, which no SDK takes
for a reason to try again. Sources: Lambda Invoke, Lambda with API Gateway, function URLs, ALB troubleshooting."""


def build_callers(scenario: Scenario, lanes: tuple[Lane, ...], rulebook: Rulebook) -> tuple[Caller, ...]:
    """All REST and HTTP APIs of an account share one front door. Source: API Gateway throttling, a token bucket."""
    door = None if rulebook.api_rate is None else Bucket(rulebook.api_rate, rulebook.api_burst)
    return tuple(
        _caller(index, source, scenario.functions, lanes, rulebook, door if source.kind in API_KINDS else None)
        for index, source in enumerate(scenario.sources)
    )


def caller_limit(source: Source, rulebook: Rulebook) -> int | None:
    """How long a synchronous caller waits for one answer, in microseconds; None is as long as the function may run.

    A REST API may be given more time, an HTTP API not. Source: API Gateway quotas.
    """
    usual = {"api": rulebook.api_rest_timeout, "http-api": rulebook.api_http_timeout}
    return usual.get(source.kind) if source.caller_timeout is None else source.caller_timeout


def request_max(source: Source, rulebook: Rulebook) -> int:
    """KB of the largest request that reaches a function this way: the front door's limit or Lambda's, the smaller.

    Sources: Lambda quotas, API Gateway quotas, ALB Lambda targets.
    """
    if source.is_async:
        return rulebook.async_payload_max
    if source.kind in API_KINDS:
        return min(rulebook.api_payload_max, rulebook.sync_payload_max)
    return rulebook.alb_payload_max if source.kind == "alb" else rulebook.sync_payload_max


def response_max(source: Source, rulebook: Rulebook) -> int | None:
    """KB of the largest answer that goes back this way; None when nobody waits for it. A poller's call is synchronous.

    What a load balancer does not carry is counted as the run's failure, so that its trace can say why the caller got a
    502 (our reading; Lambda itself would count no error). Sources: Lambda quotas, ALB Lambda targets.
    """
    if source.is_async:
        return None
    return rulebook.alb_payload_max if source.kind == "alb" else rulebook.sync_response_max


def _caller(
    index: int, source: Source, functions: tuple[Function, ...], lanes: tuple[Lane, ...], rulebook: Rulebook,
    door: Bucket | None,
) -> Caller:  # fmt: skip
    reads = source.queue or source.stream
    return Caller(
        number=index,
        name=source.name,
        kind=source.kind,
        is_sync=source.is_sync,
        is_async=source.is_async,
        is_mapping=source.is_mapping,
        is_too_large=not source.is_mapping and source.payload > request_max(source, rulebook),
        lanes=_shares(source, lanes),
        retries=rulebook.sync_retries if source.is_sync else 0,
        retrying=source.retrying,
        duplicates=source.duplicates,
        matches=source.matches,
        reports_failures=reads is not None and reads.partial_responses,
        is_in_order=source.stream is not None or (source.queue is not None and source.queue.is_fifo),
        door=door,
        limit=caller_limit(source, rulebook) if source.is_sync else None,
        hears_errors=source.kind in HEARS_ERRORS,
        cut=_cut(source, functions, rulebook),
        payload=source.payload,
    )


def _shares(source: Source, lanes: tuple[Lane, ...]) -> tuple[tuple[Lane, float], ...]:
    by_name = {lane.name: lane for lane in lanes}
    upto = 0.0
    shares = []
    for name, share in source.calls:
        upto += share
        shares.append((by_name[name], upto))
    return tuple(shares)


def _cut(source: Source, functions: tuple[Function, ...], rulebook: Rulebook) -> frozenset[int]:
    most = response_max(source, rulebook)
    if most is None:
        return frozenset()
    return frozenset(number for number, function in enumerate(functions) if function.response > most)
