"""Why an event ended as it did: done, kept somewhere, or lost."""

from collections.abc import Callable
from typing import Final

from studyapp.simulator import story_words
from studyapp.simulator.trace import END_REASONS, EXPIRED, NOT_READ, RECORD_TOO_LARGE, STOPPED, SUCCESS, TOO_OLD
from studyapp.simulator.units import show_time
from studyapp.simulator.why_case import Case, Reason
from studyapp.simulator.why_queues import received
from studyapp.simulator.why_words import moment, share, size, times


def of_delivered(case: Case) -> Reason:
    """The run that did it, and what that means at its source."""
    span, source = case.span, case.source
    if span.reason == story_words.LATE:
        says = "The run ended well, but the message had been moved away from its queue before that."
        return Reason(says, ("sqs_visibility_covers_timeout", "sqs_visibility_default"))
    if span.reason:
        rule = "async_duplicate_after" if source.is_async else "sqs_visibility_covers_timeout"
        says = (
            f"A run had done this {span.noun} already, so this is a delivery too many: at least once, not exactly once."
        )
        return Reason(says, (rule,))
    run = f"Run {span.attempt} of it ended well" if span.attempt > 1 else "Its run ended well"
    if source.is_async:
        return Reason(f"{run}, so Lambda takes the event off its queue and nothing is tried again.", _RETRIES)
    if source.queue is not None:
        return Reason(f"{run}, so the mapping deletes the message from its queue.", ("sqs_failures_wait",))
    return Reason(f"{run}, so its shard goes on with the records behind it.", ("stream_retries_default",))


_RETRIES: Final = ("async_retries_default",)


def of_dead_letter(case: Case) -> Reason:
    queue = case.source.queue
    if queue is not None:
        number, most = len(received(case, case.span.end_us)), queue.max_receives or 0
        says = f"It had been received {times(number)} without being deleted, and its redrive policy allows {most:,}."
        believed = ("function_dlq_takes_messages",) if _has_no_redrive(case) else ()
        rules = (*believed, "sqs_receives_default", "sqs_failures_wait")
        return Reason(f"{says} So it is moved to the dead-letter queue.", rules)
    over = _why_over(case)
    return Reason(f"{over.says} The function's dead-letter queue keeps it.", (*over.rules, "dlq_retries_events"))


def _has_no_redrive(case: Case) -> bool:
    """Whether only a false world moves the messages of this queue anywhere."""
    queue = case.outcome.scenario.sources[case.trace.source[case.event]].queue
    return queue is not None and queue.max_receives is None


def of_destination(case: Case) -> Reason:
    if case.span.reason == END_REASONS[SUCCESS]:
        says = "Its run ended well, so a record of it goes to the on-success destination."
        return Reason(says, ("destinations_need_rights",))
    says, rules = _why_over(case)
    if case.source.stream is not None:
        says = f"{says} Its mapping tells the on-failure destination where it lies."
        return Reason(says, (*rules, "stream_failure_settings"))
    return Reason(f"{says} The on-failure destination gets a record of it.", (*rules, "dlq_retries_events"))


def of_error(case: Case) -> Reason:
    """A record that could not be kept."""
    where = "dead-letter queue" if case.span.kind == "dead_letter_error" else "destination"
    if case.span.reason == END_REASONS[RECORD_TOO_LARGE]:
        most = size(case.rulebook.sns_message_max)
        says = f"An SNS topic takes {most} at most, and what should be sent to it as {where} is larger, so it is lost."
        return Reason(says, ("sns_message_max",))
    says = f"The function's role may not send to its {where}, so nothing keeps this event."
    return Reason(says, ("destinations_need_rights",))


def of_dropped(case: Case) -> Reason:
    says, rules = _why_over(case)
    if case.span.reason == END_REASONS[NOT_READ]:
        return Reason(says, rules)
    if case.span.reason == story_words.lost(EXPIRED, case.span.noun):
        return Reason(f"{says} So it is lost.", rules)
    return Reason(f"{says} Nothing is set to keep it, so it is lost.", rules)


def of_filtered(case: Case) -> Reason:
    passed = share(case.source.matches)
    where = "is deleted from its queue" if case.source.queue is not None else "is passed over"
    rule = "sqs_batch_default" if case.source.queue is not None else "stream_batch_default"
    says = f"It does not match the mapping's filter, which lets {passed} through. It {where} without a run."
    return Reason(says, (rule,))


def _why_over(case: Case) -> Reason:
    """One sentence on why an event is not tried again."""
    reason = case.span.reason
    for code, why in _OVER.items():
        text = story_words.ended(code, case.span.noun)
        if reason in (text, END_REASONS[code], story_words.lost(code, case.span.noun)):
            return why(case)
    return _retries_used_up(case)


def _retries_used_up(case: Case) -> Reason:
    runs = len({span.attempt for span in case.before if span.kind == "invoke" and span.attempt})
    stream = case.source.stream
    retries = f"the first and {runs - 1} {'retry' if runs == 2 else 'retries'}"
    if stream is not None:
        most = stream.retries or 0
        all_runs = {1: "The one run", 2: "Both runs"}.get(runs, f"All {runs:,} runs")
        retried = f"retries a batch {times(most)} at most" if most else "makes no retries"
        aside = ", not counting splits" if stream.bisects else ""
        says = f"{all_runs} with it failed, and its mapping {retried}{aside}."
        return Reason(says, ("stream_retries_max", "stream_failure_settings"))
    if runs <= 1:
        throttled = any(span.kind == "throttled" for span in case.before)
        says = "Its one run failed, and it has no retries." if runs else "No try became a run, and no retry is left."
        return Reason(says, (*(("throttles_use_up_retries",) if throttled and not runs else ()), *_RETRIES))
    return Reason(f"All its runs failed: {retries}.", _RETRIES)


def _too_old(case: Case) -> Reason:
    stream, age = case.source.stream, case.function.async_max_age
    came = moment(case.trace.arrived[case.event])
    if stream is not None:
        oldest = stream.max_age_us or stream.retention_us
        return Reason(
            f"It came at {came}, and its mapping gives records up after {show_time(oldest)}.", ("stream_age_max",)
        )
    oldest = case.rulebook.async_age_default if age is None else age
    return Reason(f"It came at {came}, and after {show_time(oldest)} Lambda gives an event up.", ("async_age_default",))


def _stopped(case: Case) -> Reason:
    says = "The function's reserved concurrency is 0, and then Lambda does not even queue its events."
    return Reason(says, ("reserved_zero_keeps_events",))


def _expired(case: Case) -> Reason:
    source, came = case.source, moment(case.trace.arrived[case.event])
    if source.queue is not None:
        kept, rules = source.queue.retention_us, ("sqs_retention_default",)
    else:
        kept = source.stream.retention_us if source.stream is not None else 0
        rules = ("kinesis_retention_default",) if source.kind == "kinesis" else ("dynamodb_retention",)
    where = "queue" if source.queue is not None else "stream"
    return Reason(f"It came at {came}, and its {where} keeps nothing for longer than {show_time(kept)}.", rules)


def _not_read(case: Case) -> Reason:
    stream = case.source.stream
    begins = f"The mapping began to read at {moment(stream.from_us if stream is not None else 0)}"
    if stream is not None and stream.position == "at":
        where = f"from what came at {moment(stream.at_us)} on"
    else:
        where = "from the stream's end at that moment"
    rule = "kinesis_poll" if case.source.kind == "kinesis" else "dynamodb_poll"
    return Reason(f"{begins}, {where}, and this record had come before.", (rule,))


_OVER: Final[dict[int, Callable[[Case], Reason]]] = {
    TOO_OLD: _too_old,
    STOPPED: _stopped,
    EXPIRED: _expired,
    NOT_READ: _not_read,
}
