"""Why a request was throttled or refused: the limit that it met, and who had used it up."""

from collections.abc import Callable, Sequence
from typing import Final

from studyapp.simulator.engine.provisioning import provisioned_count
from studyapp.simulator.engine.set_up_callers import API_KINDS, request_max
from studyapp.simulator.trace import (
    ACCOUNT_FULL,
    API_RATE,
    PROVISIONED,
    PROVISIONED_FULL,
    REASONS,
    REQUEST_RATE,
    RESERVED_FULL,
    RESERVED_ZERO,
    SCALING,
    SYSTEM_ERROR,
    TOO_LARGE,
)
from studyapp.simulator.units import show_time
from studyapp.simulator.why_case import Case, Reason
from studyapp.simulator.why_rates import of_api_rate, of_request_rate, of_scaling
from studyapp.simulator.why_shares import share_of
from studyapp.simulator.why_words import called, count, listing, moment, size


def of_refusal(case: Case) -> Reason:
    """The limit of a throttled or refused try, then what follows for whoever made it."""
    code = REASONS.index(case.span.reason)
    says, rules = LIMITS[code](case)
    return Reason(says, (*rules, *_consequence(case, code)))


def _reserved_full(case: Case) -> Reason:
    share = share_of(case)
    if share.whole is None:
        return _account_full(case)
    rules = ("reserved_is_a_ceiling",)
    rows = case.busy(case.span.start_us, share.members)
    if case.rulebook.requests_per_environment > 1 or not case.rulebook.init_counts_as_busy:
        return Reason(
            f"Its reservation of {share.whole.reserved} was used up: {count(len(rows), 'run')} went on.", rules
        )
    beside = " beside provisioned concurrency" if provisioned_count(share.whole, case.rulebook) else ""
    if not rows:
        return Reason(f"Its reservation leaves no room{beside}, so nothing else of the function runs.", rules)
    says = f"{_all(rows)} of the reservation{beside} {_was(len(rows))} busy{_with(case, rows)}."
    return Reason(f"{says} {_next(case, rows)}", rules)


def _account_full(case: Case) -> Reason:
    share = share_of(case)
    claims = _claims(case)
    rules = ("account_concurrency", *(("reserved_leaves_the_pool",) if "reservations" in claims else ()))
    rows = case.busy(case.span.start_us, share.members)
    if not case.rulebook.reserved_is_a_ceiling and case.function.reserved is not None:
        says = f"Neither its reservation nor the shared pool had room: {count(len(rows), 'other run')} went on."
        return Reason(says, ("reserved_is_a_ceiling", *rules))
    if case.rulebook.requests_per_environment > 1 or not case.rulebook.init_counts_as_busy:
        return Reason(f"The account's concurrency was used up: {count(len(rows), 'run')} went on.", rules)
    if not rows:
        return Reason("The shared pool is empty: all of the account's concurrency is reserved or provisioned.", rules)
    left = f" that {listing(claims)} leave" if claims else ""
    says = f"{_all(rows)} of the account's shared concurrency{left} {_was(len(rows))} busy{_with(case, rows)}."
    return Reason(f"{says} {_next(case, rows)}", rules)


def _claims(case: Case) -> list[str]:
    """What takes away of the account's concurrency, in words."""
    functions = case.scenario.functions
    is_provisioned = any(each.provisioned and each.reserved is None and not each.version_of for each in functions)
    reserved = ["reservations"] if any(each.reserved for each in functions) else []
    return [*reserved, *(["provisioned concurrency"] if is_provisioned else [])]


def _all(rows: Sequence[int]) -> str:
    return {1: "The one environment", 2: "Both environments"}.get(len(rows), f"All {len(rows):,} environments")


def _was(number: int) -> str:
    return "was" if number == 1 else "were"


def _with(case: Case, rows: Sequence[int]) -> str:
    """Whom they were busy with: named by number where all are of the same kind, else counted by function."""
    trace = case.trace
    by_function: dict[int, list[int]] = {}
    for row in rows:
        by_function.setdefault(trace.function[trace.event[row]], []).append(row)
    if len(by_function) > 1 or case.number not in by_function:
        names = [f"{len(own):,} with {case.scenario.functions[number].name}" for number, own in by_function.items()]
        if len(names) == 1:
            return f" with {case.scenario.functions[next(iter(by_function))].name}"
        return f", {listing(names)}"
    batches = [row for row in rows if len(case.events_of(row)) > 1]
    if batches:
        return " with a batch" if len(rows) == 1 else ", each with a batch"
    same = all(trace.source[trace.event[row]] == trace.source[case.event] for row in rows)
    return f" with {called(case.span.noun if same else 'event', [trace.event[row] + 1 for row in rows])}"


def _next(case: Case, rows: Sequence[int]) -> str:
    """How much later one would have been free."""
    wait = min(case.end(row) for row in rows) - case.span.start_us
    which = "It" if len(rows) == 1 else "The next one"
    return f"{which} would have been free {show_time(wait)} later."


def _provisioned_full(case: Case) -> Reason:
    trace = case.trace
    kinds = (
        trace.environment_kind[trace.environment[row]]
        for row in case.runs_at(case.span.start_us)
        if trace.function[trace.event[row]] == case.number
    )
    busy = sum(kind == PROVISIONED for kind in kinds)
    says = f"{count(busy, 'provisioned environment')} {_was(busy)} busy, and in this world nothing runs beside them."
    return Reason(says, ("provisioned_spills_over",))


def _reserved_zero(case: Case) -> Reason:
    says = "The function's reserved concurrency is 0, which stops it: no try of it becomes a run."
    return Reason(says, ("reserved_is_a_ceiling", "reserved_zero_keeps_events"))


def _too_large(case: Case) -> Reason:
    most = request_max(case.source, case.rulebook)
    kind = case.source.kind
    rule = "async_payload_max" if case.source.is_async else "alb_payload_max" if kind == "alb" else "sync_payload_max"
    rules = ("api_payload_max",) if kind in API_KINDS and most == case.rulebook.api_payload_max else (rule,)
    says = (
        f"Its payload of {size(case.source.payload)} is more than the {size(most)} that a call of this kind may carry."
    )
    return Reason(says, rules)


def _system_error(case: Case) -> Reason:
    window = case.function.system_errors
    says = (
        f"Lambda itself had an error from {moment(window.from_us)} to {moment(window.to_us)}, as this scenario has it."
    )
    return Reason(says, ())


def _consequence(case: Case, code: int) -> tuple[str, ...]:
    """The rule that says what a throttle means for whoever tried."""
    if code in (TOO_LARGE, RESERVED_ZERO):
        return ()
    if case.source.is_async:
        return ("throttle_backoff_min",)
    if case.source.queue is not None:
        return ("sqs_throttles_slow_down",)
    if case.source.stream is not None:
        return ("stream_throttles_use_up_retries",)
    return ("sync_retries",) if code == SYSTEM_ERROR else ("throttled_sync_calls_wait",)


LIMITS: Final[dict[int, Callable[[Case], Reason]]] = {
    ACCOUNT_FULL: _account_full,
    RESERVED_FULL: _reserved_full,
    SCALING: of_scaling,
    REQUEST_RATE: of_request_rate,
    PROVISIONED_FULL: _provisioned_full,
    RESERVED_ZERO: _reserved_zero,
    TOO_LARGE: _too_large,
    API_RATE: of_api_rate,
    SYSTEM_ERROR: _system_error,
}
