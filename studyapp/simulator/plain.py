"""Events that lead a plain life: they come, perhaps wait, run once, and that is all. Most do, so that their spans are written
from the columns of the trace; whatever is refused, fails, ends early or comes twice has a life to be told (lives.py)."""

from collections import Counter
from collections.abc import Collection, Iterator
from itertools import chain, compress, count

from studyapp.simulator import story_words
from studyapp.simulator.lives import Teller, kind_of_refusal
from studyapp.simulator.spans import Span
from studyapp.simulator.story_words import DELAYED, FOUND, STARTS
from studyapp.simulator.trace import NEW, PROVISIONED, READY, REASONS, STATUS, Trace


class Plain:
    """`troubled` are the events of a trace that have another life. The others have one run, whose row is in `run_of`, and a
    moment in `received_at` if they come from a queue; or they are calls that were `turned_away`, whose refusal's row that is."""

    def __init__(self, teller: Teller) -> None:
        trace = teller.trace
        self._teller = teller
        self.events = len(trace.arrived)
        self.run_of = _runs(trace)
        self.received_at = dict(zip(trace.received_event, trace.received_at, strict=True))
        self.turned_away = _turned_away(teller, self.run_of)
        self.troubled = _troubled(teller, self.run_of, self.received_at, self.turned_away)

    def spans(self, event: int) -> list[Span]:
        """Those of an event that is not troubled, in order."""
        teller, trace = self._teller, self._teller.trace
        source, function = trace.source[event], teller.functions[trace.function[event]]
        noun, number = teller.words[source].noun, event + 1
        if event in self.turned_away:
            at, code = trace.arrived[event], trace.refused_reason[self.turned_away[event]]
            return [Span(kind_of_refusal(code), at, at, number, function, None, 0, REASONS[code], "", 1, noun)]
        row = self.run_of[event]
        start, environment, cold = trace.start[row], trace.environment[row], trace.cold[row]
        found = self._waits(event, start) if trace.arrived[event] < start else []
        place, size = environment + 1, teller.sizes.get(row, 0)
        attempt, size = (1, size) if size else (trace.attempt[row], 1)
        ready = start + trace.init[row]
        end = ready + trace.run[row]
        if cold == NEW:
            found.append(Span("init", start, ready, number, function, place, attempt, STARTS, "", size, noun))
        is_provisioned = cold == READY and trace.environment_kind[environment] == PROVISIONED
        reason, said = story_words.PROVISIONED if is_provisioned else FOUND[cold], STATUS[trace.status[row]]
        found.append(Span("invoke", ready, end, number, function, place, attempt, reason, said, size, noun))
        if not teller.sources[source].is_sync:
            found.append(Span("delivered", end, end, number, function, place, attempt, "", "", 1, noun))
        return found

    def _waits(self, event: int, start: int) -> list[Span]:
        """In its queue, then for its batch."""
        teller, trace = self._teller, self._teller.trace
        since, received = trace.arrived[event], self.received_at.get(event, start)
        source, number = trace.source[event], event + 1
        words, function = teller.words[source], teller.functions[trace.function[event]]
        queue, noun, found = teller.sources[source].queue, words.noun, list[Span]()
        if queue is not None and queue.delay_us and since < received:
            shown = since + queue.delay_us
            delayed = min(shown, received)
            found.append(Span("queued", since, delayed, number, function, None, 0, DELAYED, "", 1, noun))
            since = shown
        if since < received:
            found.append(Span("queued", since, received, number, function, None, 0, words.queued, "", 1, noun))
        if received < start:
            found.append(Span("batch_window", received, start, number, function, None, 0, words.held, "", 1, noun))
        return found


def _runs(trace: Trace) -> dict[int, int]:
    """The last run of each event."""
    if not trace.batch_run:
        return dict(zip(trace.event, range(len(trace.event)), strict=True))
    return dict(zip(trace.batch_event, trace.batch_rows(), strict=True)) | {
        trace.event[row]: row for row in trace.alone()
    }


def _turned_away(teller: Teller, run_of: dict[int, int]) -> dict[int, int]:
    """The refusal of each call that was refused as it came, once, and that nobody tried again."""
    trace, sources = teller.trace, teller.sources
    if not trace.refused_event:
        return {}
    once = [event for event, times in Counter(trace.refused_event).items() if times == 1 and event not in run_of]
    row_of = dict(zip(trace.refused_event, count()))
    return {
        event: row
        for event in once
        if trace.refused_at[row := row_of[event]] == trace.arrived[event] and sources[trace.source[event]].is_sync
    }


def _troubled(
    teller: Teller, run_of: dict[int, int], received_at: dict[int, int], turned_away: Collection[int]
) -> set[int]:
    trace, events = teller.trace, range(len(teller.trace.arrived))
    found = {*trace.refused_event, *trace.ended_event}
    if len(run_of) < len(events):
        found.update(event for event in events if event not in run_of)
    every = trace.event if not trace.batch_run else [*trace.batch_event, *map(trace.event.__getitem__, trace.alone())]
    if len(run_of) < len(every):
        found.update(event for event, times in Counter(every).items() if times > 1)
    if len(received_at) < len(trace.received_event):
        found.update(event for event, times in Counter(trace.received_event).items() if times > 1)
    found.update(compress(trace.batch_event, trace.batch_failed))
    found.update(_of_odd_runs(teller))
    found.difference_update(turned_away)
    return found


def _of_odd_runs(teller: Teller) -> Iterator[int]:
    """Events of runs that nothing asked for or that failed, unless nobody tries them again; and of batches held back."""
    trace = teller.trace
    is_sync = [source.is_sync for source in teller.sources]
    bad = (row for row in compress(count(), trace.status) if not is_sync[trace.source[trace.event[row]]])
    repeats = [row for row, attempt in enumerate(trace.attempt) if not attempt] if 0 in trace.attempt else []
    refused = set(trace.refused_event)
    held = (run for run in trace.batch_run if trace.event[run] in refused) if refused else ()
    for row in chain(bad, repeats, held):
        yield trace.event[row]
        yield from trace.batch_event[slice(*trace.batch_of(row))]
