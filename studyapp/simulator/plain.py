"""Events that lead a plain life: they come, perhaps wait, run once, and that is all. Most do, so that their spans are written
from the columns of the trace; whatever is refused, fails, ends early or comes twice has a life to be told (lives.py)."""

from collections import Counter
from collections.abc import Collection, Sequence
from itertools import compress, count
from operator import not_

from studyapp.simulator import story_words
from studyapp.simulator.lives import Teller, kind_of_refusal
from studyapp.simulator.spans import Span
from studyapp.simulator.story_words import DELAYED, FOUND, STARTS
from studyapp.simulator.trace import NEW, PROVISIONED, READY, REASONS, STATUS


class Plain:
    """`troubled` are the events of a trace that have another life. The others have one run, whose row is in `run_of`, and a
    moment in `received_at` if they come from a queue; or they are calls that were `turned_away`, whose refusal's row that is."""

    def __init__(self, teller: Teller) -> None:
        trace = teller.trace
        self._teller = teller
        self.events = len(trace.arrived)
        self.run_of = teller.marks.run_of
        self.received_at = teller.marks.received_at
        self.turned_away = _turned_away(teller)
        self.troubled = _troubled(teller, self.turned_away)

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


def _turned_away(teller: Teller) -> dict[int, int]:
    """The refusal of each call that was refused as it came, once, and that nobody tried again."""
    trace, sources, run_of = teller.trace, teller.sources, teller.marks.run_of
    is_sync = [source.is_sync for source in sources]
    if not trace.refused_event or not any(is_sync):
        return {}
    row_of = teller.marks.refusal_of
    again = _more_than_once(trace.refused_event, len(row_of)) | run_of.keys()
    at, arrived, source = trace.refused_at, trace.arrived, trace.source
    rows = row_of if not again else {event: row for event, row in row_of.items() if event not in again}
    return {event: row for event, row in rows.items() if at[row] == arrived[event] and is_sync[source[event]]}


def _more_than_once(events: Sequence[int], different: int) -> set[int]:
    """Those that stand in `events` several times; so many different ones do."""
    if different == len(events):
        return set()
    return {event for event, times in Counter(events).items() if times > 1}


def _troubled(teller: Teller, turned_away: Collection[int]) -> set[int]:
    trace, marks = teller.trace, teller.marks
    found = {*trace.refused_event, *trace.ended_event}
    if len(marks.run_of) < len(trace.arrived):
        found.update(set(range(len(trace.arrived))).difference(marks.run_of))
    if len(marks.run_of) < len(trace.batch_event) + len(marks.alone):
        found.update(_more_than_once([*trace.batch_event, *marks.events_alone], len(marks.run_of)))
    found.update(_more_than_once(trace.received_event, len(marks.received_at)))
    found.update(compress(trace.batch_event, trace.batch_failed))
    found.update(_of_odd_runs(teller))
    found.difference_update(turned_away)
    return found


def _of_odd_runs(teller: Teller) -> set[int]:
    """Events of runs that nothing asked for or that failed, unless nobody tries them again; and of batches held back."""
    trace, is_sync = teller.trace, [source.is_sync for source in teller.sources]
    odd = set(compress(count(), trace.status))
    if any(is_sync):
        odd = {row for row in odd if not is_sync[trace.source[trace.event[row]]]}
    if not all(trace.attempt):
        odd.update(compress(count(), map(not_, trace.attempt)))
    if trace.batch_run and trace.refused_event:
        leads = map(trace.event.__getitem__, trace.batch_run)
        odd.update(compress(trace.batch_run, map(teller.marks.refusal_of.__contains__, leads)))
    found = set(map(trace.event.__getitem__, odd))
    if odd and trace.batch_run:
        found.update(compress(trace.batch_event, map(odd.__contains__, teller.marks.row_of_place)))
    return found
