"""How a run ended, and why: what stopped it, what it lacked, when the scenario lets it fail."""

from collections.abc import Callable
from typing import Final

from studyapp.simulator.engine.set_up_callers import caller_limit, response_max
from studyapp.simulator.units import show_time
from studyapp.simulator.why_case import Case, Reason, batch_of
from studyapp.simulator.why_starts import of_start
from studyapp.simulator.why_words import called, count, moment, share, size

Way = Callable[[Case], Reason]


def of_invoke(case: Case) -> Reason:
    """How it began, or why it came at all; then how it ended, where that needs a word."""
    says, rules = _extra(case) or of_start(case)
    end = _end(case)
    if end is None:
        return Reason(says, rules)
    return Reason(f"{says} {end.says}", (*end.rules, *rules))


def _extra(case: Case) -> Reason | None:
    """Why an event that a run has done, or still has in hand, runs once more."""
    span, queue = case.span, case.source.queue
    earlier = [each for each in case.before if each.kind == "invoke"]
    is_done = any(each.kind == "delivered" for each in case.before)
    overlaps = any(each.end_us > span.start_us for each in earlier)
    if span.attempt == 0:
        rules = ("async_duplicate_after",) if queue is None else ("sqs_visibility_default",)
        return Reason(f"This {span.noun} was delivered once more: at least once is promised, not exactly once.", rules)
    if queue is not None and (overlaps or is_done):
        hidden = f"Its visibility timeout of {show_time(queue.visibility_us)} was over before its first run was"
        return Reason(
            f"{hidden}, so it was received once more.", ("sqs_visibility_covers_timeout", "sqs_visibility_default")
        )
    return None


def _end(case: Case) -> Reason | None:
    """None for a run that ended well and was heard."""
    if case.span.status == "ok":
        return _heard_too_late(case)
    return WAYS[case.span.status](case)


def _heard_too_late(case: Case) -> Reason | None:
    limit = caller_limit(case.source, case.rulebook) if case.source.is_sync else None
    if limit is None:
        return None
    took = case.end(case.row) - case.trace.start[case.row]
    if took <= limit:
        return None
    rules = {"api": ("api_rest_timeout",), "http-api": ("api_http_timeout",)}.get(case.source.kind, ("sync_retries",))
    return Reason(f"It took {show_time(took)}, and its caller had stopped waiting after {show_time(limit)}.", rules)


def _timeout(case: Case) -> Reason:
    function, rulebook = case.function, case.rulebook
    rule = "timeout_default" if function.timeout == rulebook.timeout_default else "timeout_max"
    more = ("timeouts_use_up_retries",) if case.source.is_async else ()
    says = f"It was stopped at the function's timeout of {show_time(function.timeout)}, before it was done."
    return Reason(says, (rule, *more))


def _out_of_memory(case: Case) -> Reason:
    function = case.function
    if function.memory_used > function.memory:
        says = f"It needs {function.memory_used:,} MB, and the function has {function.memory:,} MB."
    else:
        kept = f"each run leaves {function.memory_leak:,} MB in its environment"
        says = (
            f"It needs {function.memory_used:,} MB of {function.memory:,} MB, and {kept}: what is left was too little."
        )
    return Reason(says, ("memory_max",))


def _disk_full(case: Case) -> Reason:
    function, environment = case.function, case.span.environment
    says = (
        f"Each run leaves {function.tmp_left:,} MB in /tmp, and the files of earlier runs in environment {environment} "
        f"left no room for that in {function.tmp:,} MB."
    )
    return Reason(says, ("tmp_max",))


def _no_connection(case: Case) -> Reason:
    function = case.function
    database = next(each for each in case.scenario.databases if each.name == function.database)
    wanted = function.holds_connections
    most, takes = database.connections or 0, f"connections that {database.name} takes"
    free = (
        f"none of the {most:,} {takes} was free"
        if wanted == 1
        else f"fewer than {wanted} of the {most:,} {takes} were free"
    )
    if most == wanted == 1:
        free = f"the one connection that {database.name} takes was not free"
    holder = "run" if database.has_proxy else "environment"
    says = f"Each {holder} opens {count(wanted, 'connection')} of its own, and {free}"
    rules = ("requests_per_environment", *_consequence(case))
    return Reason(f"{says}: it gave up after {show_time(database.timeout_us)}.", rules)


def _dependency_down(case: Case) -> Reason:
    function = case.function
    database = next(each for each in case.scenario.databases if each.name == function.database)
    down = f"from {moment(database.down_from_us)} to {moment(database.down_to_us)}"
    says = f"{database.name} is down {down}, and the run gave up on it after {show_time(database.timeout_us)}."
    return Reason(says[0].upper() + says[1:], _consequence(case))


def _response_too_large(case: Case) -> Reason:
    most = response_max(case.source, case.rulebook) or 0
    rule = "alb_payload_max" if case.source.kind == "alb" else "sync_response_max"
    says = f"Its response of {size(case.function.response)} is more than the {size(most)} that can go back this way."
    return Reason(says, (rule,))


def _error(case: Case) -> Reason:
    if _init_failed(case):
        return Reason("Its init failed, so the handler never began.", _consequence(case))
    if case.function.fails.is_of_records and case.source.is_mapping:
        bad = _bad(case)
        which = called(case.span.noun, bad) if bad else f"one of its {case.span.noun}s"
        if len(case.events_of(case.row)) == 1:
            return Reason(f"The handler cannot process this {case.span.noun}.", _consequence(case))
        says = f"The handler cannot process {which}, and without partial batch responses that fails the whole batch."
        return Reason(says, ("partial_responses", *_consequence(case)))
    return Reason(_when_it_fails(case), _consequence(case))


def _init_failed(case: Case) -> bool:
    environment = case.trace.environment[case.row]
    is_lost = case.function.init_fails.kind != "never" and environment in case.trace.lost_environment
    return is_lost and case.row == max(
        row for row in range(case.row, len(case.trace.event)) if case.trace.environment[row] == environment
    )


def _when_it_fails(case: Case) -> str:
    fails, noun = case.function.fails, case.span.noun
    first = "run" if fails.attempts == 1 else f"{fails.attempts:,} runs"
    return {
        "always": "The handler fails each time in this scenario.",
        "probability": f"The handler fails in {share(fails.share)} of its runs here, and this is one of them.",
        "window": f"The handler fails here in all runs from {moment(fails.from_us)} to {moment(fails.to_us)}.",
        "first": f"The handler fails here on the first {first} of each {noun}.",
        "records": f"The handler fails on {share(fails.share)} of its {noun}s here, and this is one of them.",
    }.get(fails.kind, f"The handler fails on this {noun} whenever it comes.")


def _bad(case: Case) -> list[int]:
    """The events of a batch that the scenario names as bad, by their numbers from 1."""
    events = case.events_of(case.row)
    return [event + 1 for event in events if case.index(event) + 1 in case.function.fails.events]


def _given_back(case: Case) -> Reason:
    """The run was ok; this event is what it reported, or stands behind that where there is an order."""
    events, noun = case.events_of(case.row), case.span.noun
    first, upto = batch_of(case.trace, case.row) or (0, 0)
    failed = [event for event, back in zip(events, case.trace.batch_failed[first:upto], strict=True) if back]
    is_in_order = case.source.stream is not None or (case.source.queue is not None and case.source.queue.is_fifo)
    if is_in_order and failed[0] != case.event:
        says = (
            f"The handler reported {noun} {failed[0] + 1:,} as failed, and all behind that in the batch come again too."
        )
    elif len(failed) == 1 or is_in_order:
        says = f"The handler reported this {noun} as failed, and the run itself was ok."
    else:
        says = f"The handler reported this {noun} and {len(failed) - 1} more of its batch as failed; the run was ok."
    return Reason(says, ("partial_responses",))


def _consequence(case: Case) -> tuple[str, ...]:
    """The rule that says what a failure means for an event of this source."""
    if case.source.is_async:
        return ("async_retries_default",)
    if case.source.queue is not None:
        return ("sqs_failures_wait",)
    return ("stream_retries_default",) if case.source.stream is not None else ("sync_retries",)


WAYS: Final[dict[str, Way]] = {
    "error": _error,
    "timeout": _timeout,
    "out of memory": _out_of_memory,
    "disk full": _disk_full,
    "no connection": _no_connection,
    "dependency down": _dependency_down,
    "response too large": _response_too_large,
    "given back": _given_back,
}
