"""Wrong readings of what the engine ran: growth, retries, batches of queues and streams, pools of concurrency.

Each takes the true outcome and the metric that was asked for, as those of `misreadings` do.
"""

from collections import Counter
from collections.abc import Callable
from math import ceil
from typing import Final

from studyapp.simulator.outcome import Outcome, Value
from studyapp.simulator.parts import Queue, Stream
from studyapp.simulator.units import SECOND


def growth_comes_in_steps(outcome: Outcome, asked: str) -> Value:
    """Takes the scaling rate for a step at the end of each of its periods."""
    rate = outcome.rulebook.scaling_rate
    if asked != "peak_concurrency_at" or rate is None:
        return outcome.value(asked)
    period = rate.per_us / SECOND
    return ceil(_number(outcome, asked) / period) * period


def warm_environments_use_up_the_rate(outcome: Outcome, asked: str) -> Value:
    """Counts the environments that were warm among those that the scaling rate allows."""
    rate = outcome.rulebook.scaling_rate
    if asked != "peak_concurrency_at" or rate is None:
        return outcome.value(asked)
    return _number(outcome, asked) + sum(outcome.scenario.warm.values()) * rate.per_us / rate.count / SECOND


def maximum_age_spares_retries(outcome: Outcome, asked: str) -> Value:
    """Counts every retry, however old the event is by then."""
    retries = outcome.functions[0].async_retries if outcome.functions else None
    allowed = outcome.rulebook.async_retries_default if retries is None else retries
    return 1 + allowed if asked == "attempts" else outcome.value(asked)


def moved_with_the_last_failure(outcome: Outcome, asked: str) -> Value:
    """Takes the end of the last run of a message for its arrival in the dead-letter queue."""
    if asked != "dead_lettered_at":
        return outcome.value(asked)
    return _number(outcome, "last_attempt_start") + _number(outcome, "duration_max")


def receive_count_counts_retries(outcome: Outcome, asked: str) -> Value:
    """Has a message received once more than its receive count allows."""
    attempts = _count(outcome, "attempts")
    if asked != "dead_lettered_at" or not attempts:
        return outcome.value(asked)
    return _number(outcome, asked) * (attempts + 1) / attempts


def hidden_after_the_run(outcome: Outcome, asked: str) -> Value:
    """Has the visibility timeout begin when a run has ended, and not when its message was received."""
    if asked != "dead_lettered_at":
        return outcome.value(asked)
    return _number(outcome, asked) + _count(outcome, "attempts") * _number(outcome, "duration_max")


def one_batch_of_a_shard_at_a_time(outcome: Outcome, asked: str) -> Value:
    """Leaves the parallelization factor out."""
    stream = _stream(outcome)
    if stream is not None and asked == "peak_concurrency":
        return stream.shards
    if stream is None or asked != "iterator_age_max":
        return outcome.value(asked)
    length = _number(outcome, "duration_max")
    return (_number(outcome, asked) + length) * stream.factor - length


def factor_is_for_the_stream(outcome: Outcome, asked: str) -> Value:
    """Takes the parallelization factor for the number of batches of the whole stream."""
    stream = _stream(outcome)
    return stream.factor if stream is not None and asked == "peak_concurrency" else outcome.value(asked)


def factor_is_added(outcome: Outcome, asked: str) -> Value:
    """Adds shards and parallelization factor, where they are to be multiplied."""
    stream = _stream(outcome)
    return stream.shards + stream.factor if stream is not None and asked == "peak_concurrency" else outcome.value(asked)


def all_batches_run_at_once(outcome: Outcome, asked: str) -> Value:
    """Divides the records into batches, and runs all of them at once."""
    stream = _stream(outcome)
    if stream is None or asked != "peak_concurrency":
        return outcome.value(asked)
    return ceil(_count(outcome, "requests") / stream.batch_size)


def iterator_age_ends_with_the_run(outcome: Outcome, asked: str) -> Value:
    """Counts the age of a record until it has been worked on, not until it was handed over."""
    if asked != "iterator_age_max":
        return outcome.value(asked)
    return _number(outcome, asked) + _number(outcome, "duration_max")


def only_failed_records_return(outcome: Outcome, asked: str) -> Value:
    """After the first run of a stream's batch, counts only what fails in it, however often it is run."""
    batches = outcome.view().batches
    if asked != "invoked_events" or not batches:
        return outcome.value(asked)
    return len(batches[0][1]) + (len(batches) - 1) * len(outcome.functions[0].fails.events)


def what_follows_the_failure_returns(outcome: Outcome, asked: str) -> Value:
    """Leaves the record that failed out of each further run of its batch."""
    if asked != "invoked_events":
        return outcome.value(asked)
    return _count(outcome, asked) - max(_count(outcome, "batches") - 1, 0)


def retries_are_all_runs(outcome: Outcome, asked: str) -> Value:
    """Leaves the last run of a stream's batch out: two retries are taken for two runs."""
    batches = outcome.view().batches
    if asked != "invoked_events" or len(batches) < 2:
        return outcome.value(asked)
    return _count(outcome, asked) - len(batches[-1][1])


def used_provisioned_is_gone(outcome: Outcome, asked: str) -> Value:
    """Takes a provisioned environment that has run once for one that is used up."""
    if asked != "spillover_invocations":
        return outcome.value(asked)
    return max(_count(outcome, "requests") - _provisioned(outcome), 0)


def provisioned_is_always_free(outcome: Outcome, asked: str) -> Value:
    """Compares each burst with all provisioned environments, also with those that are busy."""
    if asked != "spillover_invocations":
        return outcome.value(asked)
    bursts = Counter(outcome.trace.arrived).values()
    return sum(max(count - _provisioned(outcome), 0) for count in bursts)


def provisioned_is_outside_the_pool(outcome: Outcome, asked: str) -> Value:
    """Leaves provisioned concurrency without a reservation out of what is missing in the shared pool."""
    if asked != "throttles":
        return outcome.value(asked)
    return max(_count(outcome, asked) - _provisioned(outcome), 0)


def minimum_stays_empty(outcome: Outcome, asked: str) -> Value:
    """Takes the executions that cannot be reserved for some that nobody can use."""
    value = outcome.value(asked)
    return _count(outcome, asked) + outcome.rulebook.unreserved_minimum if asked == "throttles" else value


def window_always_runs_out(outcome: Outcome, asked: str) -> Value:
    """Waits for the whole batch window, though the batch is full before."""
    mapping = _mapping(outcome)
    return mapping.window_us / SECOND if mapping and asked == "first_attempt_start" else outcome.value(asked)


def batches_are_always_full(outcome: Outcome, asked: str) -> Value:
    """Waits for a full batch, though the batch window ends before."""
    mapping, arrived = _mapping(outcome), outcome.trace.arrived
    if mapping is None or asked != "first_attempt_start" or len(arrived) < mapping.batch_size:
        return outcome.value(asked)
    return sorted(arrived)[mapping.batch_size - 1] / SECOND


READINGS: Final[tuple[Callable[[Outcome, str], Value], ...]] = (
    growth_comes_in_steps,
    warm_environments_use_up_the_rate,
    maximum_age_spares_retries,
    moved_with_the_last_failure,
    receive_count_counts_retries,
    hidden_after_the_run,
    one_batch_of_a_shard_at_a_time,
    factor_is_for_the_stream,
    factor_is_added,
    all_batches_run_at_once,
    iterator_age_ends_with_the_run,
    only_failed_records_return,
    what_follows_the_failure_returns,
    retries_are_all_runs,
    used_provisioned_is_gone,
    provisioned_is_always_free,
    provisioned_is_outside_the_pool,
    minimum_stays_empty,
    window_always_runs_out,
    batches_are_always_full,
)


def _stream(outcome: Outcome) -> Stream | None:
    return next((source.stream for source in outcome.scenario.sources if source.stream is not None), None)


def _mapping(outcome: Outcome) -> Queue | Stream | None:
    return next((each for source in outcome.scenario.sources if (each := source.queue or source.stream)), None)


def _provisioned(outcome: Outcome) -> int:
    """All provisioned concurrency that belongs to no reservation."""
    return sum(function.provisioned for function in outcome.scenario.functions if function.reserved is None)


def _number(outcome: Outcome, asked: str) -> float:
    value = outcome.value(asked)
    return value if isinstance(value, float) else 0.0


def _count(outcome: Outcome, asked: str) -> int:
    value = outcome.value(asked)
    return value if isinstance(value, int) else 0
