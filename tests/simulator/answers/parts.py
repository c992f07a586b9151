"""What of a trace belongs to one function."""

from studyapp.simulator.trace import Trace


def of_function(trace: Trace, function: int) -> Trace:
    """The events of one function and what became of them, numbered from 0 again; environments keep their numbers."""
    events = [event for event, called in enumerate(trace.function) if called == function]
    place = {event: number for number, event in enumerate(events)}
    found = Trace()
    for event in events:
        found.add_event(trace.arrived[event], trace.source[event], function)
    _add_runs(found, trace, place)
    _add_rest(found, trace, place)
    return found


def _add_runs(found: Trace, trace: Trace, place: dict[int, int]) -> None:
    taken = {run: (first, to) for run, first, to in trace.batches()}
    columns = (
        trace.event,
        trace.attempt,
        trace.start,
        trace.init,
        trace.run,
        trace.environment,
        trace.status,
        trace.cold,
    )
    for run, (event, *rest) in enumerate(zip(*columns, strict=True)):
        if event not in place:
            continue
        found.add_run(place[event], *rest)
        if run in taken:
            first, to = taken[run]
            found.add_batch([place[each] for each in trace.batch_event[first:to]], trace.batch_failed[first:to])


def _add_rest(found: Trace, trace: Trace, place: dict[int, int]) -> None:
    """Receives, refusals and ends."""
    for event, at in zip(trace.received_event, trace.received_at, strict=True):
        if event in place:
            found.add_receive(place[event], at)
    for event, at, reason in zip(trace.refused_event, trace.refused_at, trace.refused_reason, strict=True):
        if event in place:
            found.add_refusal(place[event], at, reason)
    for event, at, kind, reason in zip(
        trace.ended_event, trace.ended_at, trace.ended_kind, trace.ended_reason, strict=True
    ):
        if event in place:
            found.add_end(place[event], at, kind, reason)
