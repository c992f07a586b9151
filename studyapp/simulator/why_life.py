"""The life of one event of a run, told without building the spans of all others."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from studyapp.simulator.lives import Life, Teller
from studyapp.simulator.marks import END, HELD, RECEIVE, REFUSAL, RUN, Mark
from studyapp.simulator.outcome import Outcome
from studyapp.simulator.spans import Span
from studyapp.simulator.trace import Trace
from studyapp.simulator.why_case import batch_of, handed, places


def life(outcome: Outcome, event: int) -> Sequence[Span]:
    """The spans of an event, by its number from 1, in order; none for an event that the run does not have."""
    trace = outcome.trace
    if not 1 <= event <= len(trace.arrived):
        return ()
    if outcome.scenario.functions[trace.function[event - 1]] not in outcome.functions:
        return ()
    found: list[Span] = []
    # a horizon saves the teller a look at all runs; the outcome keeps how long was watched
    watched = replace(outcome.scenario, horizon_us=outcome.end_us)
    Life(Teller(watched, trace), event - 1, found).tell(sorted(_marks(trace, event - 1)))
    return sorted(found, key=lambda span: (span.start_us, span.end_us))


def _marks(trace: Trace, event: int) -> Iterator[Mark]:
    runs = handed(trace, event)
    yield from ((trace.received_at[row], RECEIVE, row, 0) for row in places(trace.received_event, event))
    yield from ((trace.start[row], RUN, row, place) for row, place in runs)
    yield from ((trace.refused_at[row], REFUSAL, row, 0) for row in places(trace.refused_event, event))
    yield from ((trace.ended_at[row], END, row, 0) for row in places(trace.ended_event, event))
    yield from ((at, HELD, 0, 0) for at in _held_back(trace, event, runs))


def _held_back(trace: Trace, event: int, runs: Sequence[tuple[int, int]]) -> Iterator[int]:
    """When a batch that holds this event, led by another, was first throttled: the refusal names the leader alone."""
    for row, _ in runs:
        batch = batch_of(trace, row)
        if batch is None or trace.batch_event[batch[0]] == event:
            continue
        lead = trace.batch_event[batch[0]]
        led = [
            trace.start[other] for other, place in handed(trace, lead) if other < row and _leads(trace, other, place)
        ]
        moments = [trace.refused_at[refusal] for refusal in places(trace.refused_event, lead)]
        place = bisect_right(moments, max(led, default=-1))
        if place < len(moments) and moments[place] <= trace.start[row]:
            yield moments[place]


def _leads(trace: Trace, row: int, place: int) -> bool:
    batch = batch_of(trace, row)
    return batch is not None and batch[0] == place
