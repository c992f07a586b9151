"""Why an event waits: for its next try, in Lambda's queue, in line, or out of sight. Queues and streams have files of
their own for what only they know (why_queues.py, why_streams.py)."""

from studyapp.simulator import story_words
from studyapp.simulator.spans import Span
from studyapp.simulator.trace import END_REASONS, TOO_OLD
from studyapp.simulator.units import show_time
from studyapp.simulator.why_case import Case, Reason
from studyapp.simulator.why_queues import in_queue, of_throttled_batch, received
from studyapp.simulator.why_streams import in_shard, of_failed_batch
from studyapp.simulator.why_words import count, moment, ordinal, times


def of_queued(case: Case) -> Reason:
    if case.source.queue is not None:
        return in_queue(case)
    if case.source.stream is not None:
        return in_shard(case)
    if case.source.is_sync:
        says = "In this world a request that finds no free environment waits in line for one; in truth it gets a 429."
        return Reason(says, ("throttled_sync_calls_wait",))
    return _in_event_queue(case)


def of_retry_wait(case: Case) -> Reason:
    if case.source.is_mapping:
        is_throttled = case.span.reason == story_words.THROTTLED_BATCH
        return of_throttled_batch(case) if is_throttled else of_failed_batch(case)
    return _of_caller(case) if case.source.is_sync else _of_event(case)


def _in_event_queue(case: Case) -> Reason:
    """After a throttle or an error of Lambda's own an event goes back, and waits longer each time."""
    last = case.last("throttled", "refused", "invoke", "init")
    if last is None or last.kind not in ("throttled", "refused"):
        says = "Events that came before it back off after throttles, and here a new one waits as long as they do."
        return Reason(says, ("async_new_events_wait", "throttle_backoff_min"))
    row = _in_a_row(case)
    rulebook = case.rulebook
    cause = "throttled" if last.kind == "throttled" else "met by an error of Lambda's own"
    length = case.span.end_us - case.span.start_us
    short = _cut_short(case, "try")
    if short is not None:
        return Reason(f"It was {cause}, which uses up no retry. {short}", ("async_age_default", "throttle_backoff_min"))
    grows = f"from {show_time(rulebook.throttle_backoff_min)} up to {show_time(rulebook.throttle_backoff_max)}"
    which = "" if row == 1 else f" for the {ordinal(row)} time in a row"
    says = f"It was {cause}{which}, so Lambda keeps it for {show_time(length)} before it tries again."
    if length == rulebook.throttle_backoff_max:
        rules = ("throttle_backoff_max", "throttle_backoff_factor", "throttles_use_up_retries")
    else:
        rules = ("throttle_backoff_min", "throttle_backoff_factor", "throttles_use_up_retries")
    return Reason(f"{says} The waits grow {grows}, and use up no retry.", rules)


def _in_a_row(case: Case) -> int:
    """How many throttles in a row came before this wait."""
    found = 0
    for span in reversed(case.before):
        if span.kind in ("invoke", "init"):
            break
        found += span.kind in ("throttled", "refused")
    return found


def _cut_short(case: Case, what: str) -> str | None:
    """What is said of a wait at whose end the event is too old, or the run over; None if the next try came."""
    ends = {END_REASONS[TOO_OLD], story_words.ended(TOO_OLD, case.span.noun)}
    follows = case.after[0] if case.after else None
    if follows is not None and any(follows.reason.startswith(end) for end in ends):
        age = case.function.async_max_age
        oldest = case.rulebook.async_age_default if age is None else age
        return (
            f"Its next {what} would come after its maximum age of {show_time(oldest)}, so at that age it is given up."
        )
    if case.is_cut_off:
        return f"Its next {what} would come after the end of what was watched."
    return None


def _of_event(case: Case) -> Reason:
    """Between the runs of an asynchronous event."""
    rulebook, attempt = case.rulebook, case.span.attempt
    retries = rulebook.async_retries_default if case.function.async_retries is None else case.function.async_retries
    wait = "async_first_wait" if attempt == 1 else "async_second_wait"
    short = _cut_short(case, "retry")
    if short is not None:
        return Reason(f"Run {attempt} failed. {short}", ("async_age_default", wait))
    length = show_time(case.span.end_us - case.span.start_us)
    first = f"Run {attempt} failed, and Lambda runs a failed event again at most {times(retries)}."
    if attempt > retries:
        return Reason(
            f"Run {attempt} failed. In this world it is run again all the same, after {length}.", _beyond(case)
        )
    then = f"The {ordinal(attempt)} retry comes {length} after the {'end' if _from_end(case) else 'start'} of that run."
    if not _from_end(case):
        since = case.last("invoke")
        whole = case.span.end_us - (since.start_us if since is not None else case.span.start_us)
        then = f"The {ordinal(attempt)} retry comes {show_time(whole)} after the start of that run."
    return Reason(f"{first} {then}", (wait, "async_retries_default"))


def _from_end(case: Case) -> bool:
    return case.rulebook.async_waits_from == "end"


def _beyond(case: Case) -> tuple[str, ...]:
    """The false rule under which there are more runs than retries."""
    if case.rulebook.dlq_retries_events:
        return ("dlq_retries_events", "async_retries_default")
    return ("timeouts_use_up_retries", "async_retries_default")


def _of_caller(case: Case) -> Reason:
    """Between the tries of a caller that waits for its answer and tries again by itself."""
    policy = case.source.retrying
    if policy is None:
        return Reason("In this world Lambda itself repeats a synchronous call that failed.", ("sync_retries",))
    tried = sum(span.kind in ("invoke", "throttled", "refused") for span in case.before)
    most = min(policy.backoff_us * 2 ** (tried - 1), policy.most_us)
    length = show_time(case.span.end_us - case.span.start_us)
    wait = f"up to {show_time(most)}, by chance {length}" if policy.has_jitter else length
    says = (
        f"Lambda does not repeat a synchronous call, but its caller makes up to {count(policy.tries, 'try', 'tries')}."
    )
    return Reason(f"{says} After try {tried} it waits {wait}.", ("sdk_tries", "sdk_backoff", "sync_retries"))


def of_visibility(case: Case) -> Reason:
    """Between a receive that did not end in a deletion and the moment at which the message can be received again."""
    queue = case.source.queue
    began = max(received(case, case.span.start_us), default=case.span.start_us)
    visibility = show_time(queue.visibility_us if queue is not None else 0)
    last = case.last("invoke", "retry_wait", "throttled", "batch_window")
    if last is None or last.kind != "invoke":
        says = f"No run took it within its visibility timeout of {visibility}, which began at {moment(began)}."
    else:
        until = f"hidden until {visibility} after it was received at {moment(began)}"
        says = f"{_what_happened(last)}, so the queue keeps it, {until}."
    return Reason(f"{says} {_redrive(case)}", ("sqs_failures_wait", "sqs_visibility_default"))


def _what_happened(last: Span) -> str:
    return {
        "given back": "Its run gave it back",
        "timeout": "Its run timed out",
    }.get(last.status, "Its run failed" if last.status != "ok" else "Its run came too late")


def _redrive(case: Case) -> str:
    queue = case.source.queue
    if queue is None or queue.max_receives is None:
        return "Without a redrive policy it comes back until its queue's retention is over."
    number, most = len(received(case, case.span.start_us)), queue.max_receives
    if number >= most:
        return f"That was receive {number} of {most}: instead of coming back it is moved to the dead-letter queue."
    return f"That was receive {number} of {most} before it is moved to the dead-letter queue."
