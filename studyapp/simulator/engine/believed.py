"""The scenario as a believer sees its mappings: what a false rulebook has no setting for, or less room for.

Taken once, before anything is set up. Under the true rulebook every scenario is as it was read.
"""

from dataclasses import replace

from studyapp.simulator.parts import Function, Queue, Scenario, Source, Stream
from studyapp.simulator.rulebook import Rulebook


def believed(scenario: Scenario, rulebook: Rulebook) -> Scenario:
    """`scenario` with the queues and streams that it has under `rulebook`; itself where nothing differs."""
    if not any(source.is_mapping for source in scenario.sources):
        return scenario
    functions = {function.name: function for function in scenario.functions}
    sources = tuple(_source(source, functions[source.calls[0][0]], rulebook) for source in scenario.sources)
    return scenario if sources == scenario.sources else replace(scenario, sources=sources)


def _source(source: Source, function: Function, rulebook: Rulebook) -> Source:
    if source.queue is not None:
        return replace(source, queue=_queue(source.queue, function, rulebook))
    if source.stream is not None:
        return replace(source, stream=_stream(source.stream, source.kind, rulebook))
    return source


def _queue(queue: Queue, function: Function, rulebook: Rulebook) -> Queue:
    """Without a redrive policy, a dead-letter queue of the function may be thought to end a message as it ends an event."""
    receives = queue.max_receives
    if receives is None and rulebook.function_dlq_takes_messages and function.dead_letter_queue in ("yes", "sns"):
        receives = rulebook.async_retries_default + 1
    return replace(
        queue,
        batch_size=min(queue.batch_size, rulebook.sqs_fifo_batch_max if queue.is_fifo else rulebook.sqs_batch_max),
        max_receives=receives,
        partial_responses=_reports(queue.partial_responses, rulebook),
        groups=queue.groups if rulebook.fifo_order == "group" else 1,
    )


def _stream(stream: Stream, kind: str, rulebook: Rulebook) -> Stream:
    """What the mapping leaves open is read anew: its defaults may be believed to be others."""
    kept = rulebook.kinesis_retention_max if kind == "kinesis" else rulebook.dynamodb_retention
    seen = replace(
        stream,
        batch_size=min(stream.batch_size, rulebook.stream_batch_max),
        factor=min(stream.factor, rulebook.stream_parallelization_max),
        retention_us=min(stream.retention_us, kept),
        retries=rulebook.stream_retries_default if stream.retries is None else stream.retries,
        max_age_us=rulebook.stream_age_default if stream.max_age_us is None else stream.max_age_us,
        partial_responses=_reports(stream.partial_responses, rulebook),
    )
    if rulebook.stream_failure_settings:
        return seen
    return replace(seen, retries=None, max_age_us=None, bisects=False, partial_responses=False, on_failure="none")


def _reports(is_set: bool, rulebook: Rulebook) -> bool:
    return {"as set": is_set, "always": True, "never": False}[rulebook.partial_responses]
