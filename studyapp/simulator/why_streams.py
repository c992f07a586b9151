"""Why a record of a stream waits: for a look at its shard, for the batch before it, for its window, for another try."""

from bisect import bisect_left
from collections.abc import Sequence

from studyapp.simulator.engine.stream_rules import StreamRules, stream_rules
from studyapp.simulator.parts import Stream
from studyapp.simulator.units import show_time
from studyapp.simulator.why_case import Case, Reason
from studyapp.simulator.why_words import count, moment, times


def in_shard(case: Case) -> Reason:
    """From its arrival until a batch takes it."""
    stream, span = _stream(case), case.span
    rules = stream_rules(case.source.kind, stream, case.source.payload, case.rulebook)
    seen = rules.seen_at(span.start_us)
    row = _run_before(case, stream)
    if row is not None and case.end(row) > seen:
        return _blocked(case, row, rules)
    if span.end_us == seen:
        return _unseen(case, rules)
    if rules.window:
        return _gathered(case, rules)
    return _not_given_out(case, rules)


def _stream(case: Case) -> Stream:
    assert case.source.stream is not None  # noqa: S101, only records of a stream come here
    return case.source.stream


def _run_before(case: Case, stream: Stream) -> int | None:
    """The last run, before this wait was over, of the records that the same order holds for."""
    trace = case.trace
    track, number = stream.track(case.index(case.event)), trace.source[case.event]
    for row in range(bisect_left(trace.start, case.span.end_us) - 1, -1, -1):
        lead = trace.event[row]
        if trace.source[lead] == number and stream.track(case.index(lead)) == track:
            return row
    return None


def _blocked(case: Case, row: int, rules: StreamRules) -> Reason:
    """Behind a batch that ran, or that failed and is tried until it is done or given up."""
    trace, end = case.trace, case.end(row)
    order = "A shard hands over one batch at a time, in order"
    if _stream(case).factor > 1:
        order = "Records of one partition key are handed over one batch at a time, in order"
    tries, failed = trace.attempt[row], case.is_failed(row)
    which = _which(case.events_of(row))
    if tries > 1 or failed:
        says = (
            f"{order}. The batch with {which} had been tried {times(tries)} by {moment(end)} and held up all behind it."
        )
        return Reason(says, ("stream_retries_default", "stream_parallelization_max"))
    says = f"{order}. The batch with {which} ran until {moment(end)}."
    if rules.window and case.span.end_us > end:
        says = f"{order}: the one with {which} ran until {moment(end)}. {_window_says(case, rules)}"
        return Reason(says, ("stream_parallelization_max", "mapping_window_max", "stream_window_waits_for_run"))
    return Reason(says, ("stream_parallelization_max", "stream_batch_default"))


def _which(events: Sequence[int]) -> str:
    """Records of one shard of several do not follow upon each other, so only the ends are named."""
    first, last = events[0] + 1, events[-1] + 1
    return f"record {first:,}" if first == last else f"records {first:,} to {last:,}"


def _unseen(case: Case, rules: StreamRules) -> Reason:
    rule = "kinesis_poll" if case.source.kind == "kinesis" else "dynamodb_poll"
    if case.span.end_us == rules.created:
        return Reason(f"The mapping began to read its stream at {moment(rules.created)}, and sees it then.", (rule,))
    period = show_time(rules.period) if rules.period else "0 s"
    looks = f"Lambda looks at each shard every {period}"
    return Reason(f"{looks}, and the next look after it came was at {moment(case.span.end_us)}.", (rule,))


def _gathered(case: Case, rules: StreamRules) -> Reason:
    return Reason(_window_says(case, rules), ("mapping_window_max", "stream_batch_default"))


def _window_says(case: Case, rules: StreamRules) -> str:
    """Full, over, or neither by the end of what was watched."""
    window, until = show_time(rules.window), moment(case.span.end_us)
    follows = next((place for place, span in enumerate(case.after) if span.kind in ("init", "invoke")), None)
    if follows is None:
        return f"Its batching window of {window} was not over by {until}."
    batch = len(case.events_of(Case(case.outcome, case.life, case.place + 1 + follows).row))
    if batch >= rules.most:
        return f"Its batch was full with {count(batch, 'record')} at {until}, before the window of {window} was over."
    return (
        f"The batching window of {window} was over at {until}, with {batch:,} of at most {count(rules.most, 'record')}."
    )


def _not_given_out(case: Case, rules: StreamRules) -> Reason:
    if case.is_cut_off:
        return Reason("No batch had taken it when what was watched ended.", ("stream_parallelization_max",))
    if rules.given is not None and rules.period is not None:
        much = f"{rules.given:,} KB every {show_time(rules.period)}"
        says = f"Its shard gives out {much}, and what lay before it on the shard had to be read first."
        return Reason(says, ("kinesis_shard_reads", "kinesis_poll"))
    says = "What lay before it on its shard was handed over first, one batch at a time."
    return Reason(says, ("stream_parallelization_max", "stream_batch_default"))


def of_failed_batch(case: Case) -> Reason:
    """Between two tries of a batch that failed."""
    stream, rulebook = _stream(case), case.rulebook
    length = case.span.end_us - case.span.start_us
    if case.after and case.after[0].kind in ("dropped", "destination"):
        says = "Its batch failed, and would be too old at its next try: it waits until that age, and then is given up."
        return Reason(says, ("stream_age_max", "mapping_backoff_min"))
    if stream.bisects and length not in _waits(case):
        says = f"Its batch failed and was split in halves, and the other half went first, for {show_time(length)}."
        return Reason(says, ("stream_failure_settings", "stream_retries_default"))
    limit = None if stream.retries is None else f"at most {times(stream.retries)}"
    until = limit or "until it succeeds or its records are too old"
    says = f"Its batch failed and is tried again {until}, while all behind it on the shard waits."
    again = f"from {show_time(rulebook.mapping_backoff_min)} up to {show_time(rulebook.mapping_backoff_max)}"
    waits = f"AWS names no waits; here they grow {again}, and this one is {show_time(length)}."
    rule = "stream_retries_default" if stream.retries is None else "stream_retries_max"
    return Reason(f"{says} {waits}", (rule, "mapping_backoff_min", "mapping_backoff_max"))


def _waits(case: Case) -> set[int]:
    """All that a wait before a retry can last."""
    shortest, longest = case.rulebook.mapping_backoff_min, case.rulebook.mapping_backoff_max
    return {min(shortest << doublings, longest) for doublings in range(64)}
