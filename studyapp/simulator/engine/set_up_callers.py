"""Turns a source into a caller: who it calls, what it may send, what it does by itself about failures."""

from studyapp.simulator.engine.lanes import Caller, Lane
from studyapp.simulator.parts import Source
from studyapp.simulator.rulebook import Rulebook


def build_caller(index: int, source: Source, lanes: tuple[Lane, ...], rulebook: Rulebook) -> Caller:
    by_name = {lane.name: lane for lane in lanes}
    upto = 0.0
    shares = []
    for name, share in source.calls:
        upto += share
        shares.append((by_name[name], upto))
    most = rulebook.async_payload_max if source.is_async else rulebook.sync_payload_max
    reads = source.queue or source.stream
    return Caller(
        number=index,
        name=source.name,
        kind=source.kind,
        is_sync=source.is_sync,
        is_async=source.is_async,
        is_mapping=source.is_mapping,
        is_too_large=not source.is_mapping and source.payload > most,
        lanes=tuple(shares),
        retries=rulebook.sync_retries if source.is_sync else 0,
        retrying=source.retrying,
        duplicates=source.duplicates,
        matches=source.matches,
        reports_failures=reads is not None and reads.partial_responses,
        is_in_order=source.stream is not None or (source.queue is not None and source.queue.is_fifo),
    )
