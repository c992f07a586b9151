"""Why a message of a queue waits: for its delay, its turn, a place with its mapping, its batch."""

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

from studyapp.simulator import story_words
from studyapp.simulator.engine.queues import batch_limit
from studyapp.simulator.parts import Queue
from studyapp.simulator.units import show_time
from studyapp.simulator.why_case import Case, Reason, places
from studyapp.simulator.why_words import count, moment


def in_queue(case: Case) -> Reason:
    """Visible or not yet, and not received."""
    queue, span = _queue(case), case.span
    if span.reason == story_words.DELAYED:
        says = f"The queue holds back each new message for {show_time(queue.delay_us)} before it can be received."
        return Reason(says, ("sqs_delay_max",))
    if queue.is_fifo and queue.backlog is not None:
        blocked = _behind_its_group(case, queue)
        if blocked is not None:
            return blocked
    return _for_a_place(case, queue)


def _queue(case: Case) -> Queue:
    assert case.source.queue is not None  # noqa: S101, only messages of a queue come here
    return case.source.queue


def _behind_its_group(case: Case, queue: Queue) -> Reason | None:
    """The last run that held the group of a FIFO queue while the message waited, if one did."""
    trace, span = case.trace, case.span
    group = case.index(case.event) % queue.groups
    number = trace.source[case.event]
    for row in range(bisect_left(trace.start, span.end_us) - 1, -1, -1):
        lead = trace.event[row]
        if (
            trace.source[lead] != number
            or case.index(lead) % queue.groups != group
            or case.event in case.events_of(row)
        ):
            continue
        if case.end(row) <= span.start_us and not case.is_failed(row):
            return None
        return _group_says(case, row)
    return None


def _group_says(case: Case, row: int) -> Reason:
    events, end = case.events_of(row), case.end(row)
    which = f"message {events[0] + 1:,}"
    if len(events) > 1:
        which = f"messages {events[0] + 1:,} to {events[-1] + 1:,}" if _is_gapless(events) else f"the batch of {which}"
    was = "was" if len(events) == 1 or not _is_gapless(events) else "were"
    rules = ("fifo_order", "sqs_fifo_batch_max")
    if case.is_failed(row):
        says = f"{which} of its group had failed at {moment(end)} and comes first again once it is visible."
    else:
        says = f"{which} of its group {was} with the function until {moment(end)}."
    return Reason(f"A FIFO queue keeps the order inside each message group. {says[0].upper()}{says[1:]}", rules)


def _is_gapless(events: Sequence[int]) -> bool:
    return all(later == sooner + 1 for sooner, later in pairwise(events))


def _for_a_place(case: Case, queue: Queue) -> Reason:
    """The mapping reads only as many batches at once as it has places for."""
    span, trace = case.span, case.trace
    number = trace.source[case.event]
    rows = [row for row in case.runs_at(span.start_us) if trace.source[trace.event[row]] == number]
    when = "came" if span.start_us == trace.arrived[case.event] + queue.delay_us else "was visible again"
    if not rows:
        says = "Its mapping was held up by a batch that was throttled, or by one that it still gathered."
        return Reason(says, ("sqs_throttles_slow_down", "sqs_first_pollers"))
    with_it = "1 batch was" if len(rows) == 1 else f"{len(rows):,} batches were"
    says = f"When it {when}, {with_it} with the function, and the mapping had no place for another."
    limit, rules = _place_limit(case, queue, len(rows))
    return Reason(f"{says} {limit}", rules)


def _place_limit(case: Case, queue: Queue, busy: int) -> tuple[str, tuple[str, ...]]:
    rulebook = case.rulebook
    if queue.max_concurrency is not None and busy >= queue.max_concurrency:
        return f"Its maximum concurrency is {queue.max_concurrency:,}.", ("sqs_concurrency_max",)
    if busy >= rulebook.sqs_most_pollers:
        return f"One mapping runs {rulebook.sqs_most_pollers:,} batches at once at most.", ("sqs_most_pollers",)
    growth = f"{rulebook.sqs_growth.count:,} every {show_time(rulebook.sqs_growth.per_us)}"
    first = rulebook.sqs_first_pollers
    begin = f"begins with {first:,} at once and adds {growth} while messages wait"
    if first is None or queue.is_fifo:
        return "Batches that failed or were throttled leave it fewer places.", ("sqs_errors_slow_down",)
    if busy < min(first, queue.max_concurrency or first):
        slowed = f"It {begin}, and has fewer after batches that failed."
        return slowed, ("sqs_errors_slow_down", "sqs_slow_down_to", "sqs_quiet_pollers")
    return f"It {begin}.", ("sqs_first_pollers", "sqs_growth")


def of_window(case: Case) -> Reason:
    """Received, and held until the batch goes: full, or its window over."""
    queue, span, rulebook = _queue(case), case.span, case.rulebook
    limit = batch_limit(queue.batch_size, case.source.payload, rulebook.mapping_payload_max)
    window = max(queue.window_us, rulebook.sqs_quiet_window)
    follows = case.after[0] if case.after else None
    if follows is None or follows.kind not in ("init", "invoke"):
        return _not_handed_over(case, window)
    batch = len(case.events_of(Case(case.outcome, case.life, case.place + 1).row))
    if batch >= limit:
        full = f"It was held until its batch was full, with {count(batch, 'message')} at {moment(span.end_us)}."
        if limit < queue.batch_size:
            return Reason(
                f"{full} No more fit into the payload of one call.", ("mapping_payload_max", "sqs_batch_default")
            )
        return Reason(full, ("sqs_batch_default", "mapping_window_max"))
    longer = ("sqs_quiet_window",) if window > queue.window_us else ()
    rules = (*longer, "mapping_window_max", "sqs_batch_default")
    begun = moment(span.end_us - window)
    over = f"The batching window of {show_time(window)} began at {begun} and was over at {moment(span.end_us)}."
    return Reason(f"{over} The batch went with {batch:,} of at most {count(limit, 'message')}.", rules)


def _not_handed_over(case: Case, window: int) -> Reason:
    """The run was over first, the message was visible again first, or its batch was throttled as it went."""
    rules = ("mapping_window_max", "sqs_batch_default")
    until = moment(case.span.end_us)
    if case.is_cut_off:
        return Reason(f"Its batch was still gathered at {until}, when what was watched ended.", rules)
    follows = case.after[0] if case.after else None
    if follows is not None and follows.kind in ("throttled", "retry_wait"):
        says = f"Its batch was full, or its window of {show_time(window)} over, at {until}; then it was throttled."
        return Reason(says, rules)
    says = f"Its batch was not handed over by {until}: its visibility timeout was over first."
    return Reason(says, ("sqs_visibility_default", *rules))


def of_throttled_batch(case: Case) -> Reason:
    """A batch of a queue or a stream that was throttled, and is kept for another try."""
    rulebook, span = case.rulebook, case.span
    length = show_time(span.end_us - span.start_us)
    again = f"from {show_time(rulebook.mapping_backoff_min)} up to {show_time(rulebook.mapping_backoff_max)}"
    lead = (
        "Its batch was throttled"
        if case.last("throttled") is None
        else f"The batch that this {span.noun} leads was throttled"
    )
    if case.source.queue is None:
        rules = ("stream_throttles_use_up_retries", "mapping_backoff_min", "mapping_backoff_max")
        says = f"{lead}, which uses up no retry, and waited for {length}."
    else:
        rules = ("sqs_throttles_slow_down", "mapping_backoff_min", "mapping_backoff_max")
        says = f"{lead}, so its poller kept it for {length}, hidden in the queue."
    return Reason(f"{says} AWS names no waits; here they grow {again}.", rules)


def received(case: Case, until: int) -> list[int]:
    """When the message was received, up to and with `until`."""
    trace = case.trace
    moments = (trace.received_at[row] for row in places(trace.received_event, case.event))
    return [at for at in moments if at <= until]
