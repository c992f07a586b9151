"""Which events fare otherwise in another run, from the columns of both traces alone, so that no other is told.

An event whose rows are the same in both runs has the same spans in both, where what is told of its source is the same. Where
its rows differ, no span differs before the first row that does: what an event waits for ends with a row. Times are microseconds.
"""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from operator import itemgetter
from typing import Final, NamedTuple, TypeAlias

from studyapp.simulator.marks import Marks
from studyapp.simulator.outcome import Outcome
from studyapp.simulator.parts import Source
from studyapp.simulator.story_words import words
from studyapp.simulator.trace import Trace

AT_FIRST: Final = 64
"""Rows of each table that are looked at first; runs mostly part soon."""
FURTHER: Final = 8
"""Times as many are looked at next."""
NEVER: Final = 2**63

_IN_TIME: Final = itemgetter(0, 1)

_Rows: TypeAlias = Mapping[int, Sequence[tuple[int, ...]]]
"""By event: the number of a table, and a row of it."""


class Found(NamedTuple):
    """`events` whose rows up to the moment `until` are not the same, by the moment from which on they may fare otherwise."""

    until: int
    events: Mapping[int, int]


def are_of_one_scene(a: Outcome, b: Outcome) -> bool:
    """Whether equal rows have equal spans, but for what is hidden or waits on (`hides_alike`)."""
    return _scene(a) == _scene(b)


def hides_alike(a: Outcome, b: Outcome) -> bool:
    """Whether messages are hidden for as long in both runs, and whether both are watched for as long."""
    return _hiding(a) == _hiding(b) and a.end_us == b.end_us


def events(a: Outcome, b: Outcome, *, is_of_environments: bool = False) -> Iterator[Found]:
    """Those of two runs of one scene that may differ, up to a moment, then up to later ones; NEVER is the last.

    What is said up to one moment holds again up to the next. Environments have numbers; whether those count is to be said.
    """
    mine, others = (_tables(each, is_of_environments=is_of_environments) for each in (a, b))
    same = [_same(*pair) for pair in zip(mine, others, strict=True)]
    early, most, until = _early(a, b), AT_FIRST, -1
    while until < NEVER:
        until = min(table.moment(first + most) for table, first in zip((*mine, *others), (*same, *same), strict=True))
        yield Found(until, _differing(*(_rows(each, same, until) for each in (mine, others))) | early)
        most *= FURTHER


def _scene(outcome: Outcome) -> tuple[object, ...]:
    scenario = outcome.scenario
    return tuple(map(_said_of, scenario.sources)), tuple(function.name for function in scenario.functions)


def _said_of(source: Source) -> tuple[object, ...]:
    return source.is_sync, source.is_mapping, words(source), None if source.queue is None else source.queue.delay_us


def _hiding(outcome: Outcome) -> list[int]:
    return [source.queue.visibility_us for source in outcome.scenario.sources if source.queue is not None]


def _early(a: Outcome, b: Outcome) -> dict[int, int]:
    """Those that may differ before a row of theirs does, and when they arrive: who is hidden or waits to the end in one of the
    runs, and callers who wait for a further try in one alone."""
    found = _tried_more(a, b)
    if not hides_alike(a, b):
        found |= a.view_of().plain.troubled | b.view_of().plain.troubled
    arrived = a.trace.arrived, b.trace.arrived
    return {event: min(each[event] for each in arrived if event < len(each)) for event in found}


def _tried_more(a: Outcome, b: Outcome) -> set[int]:
    """The events that were tried more often in one of the runs, if anybody waits for an answer. A first try comes at once."""
    if not any(source.is_sync for source in a.scenario.sources):
        return set()
    mine, others = ([*each.trace.event, *each.trace.refused_event] for each in (a, b))
    if len({*mine}) == len(mine) and len({*others}) == len(others):
        return set()
    return {event for event, _ in Counter(mine).items() ^ Counter(others).items()}


def _tables(outcome: Outcome, *, is_of_environments: bool) -> "list[_Table]":
    trace, held = outcome.trace, Marks(outcome.trace).held_back
    return [
        _Table(trace.arrived, range(len(trace.arrived)), trace.source, trace.function),
        _Table(trace.received_at, trace.received_event),
        _Table(trace.refused_at, trace.refused_event, trace.refused_reason),
        _Table(list(chain.from_iterable(held.values())), [event for event, times in held.items() for _ in times]),
        _Table(trace.ended_at, trace.ended_event, trace.ended_kind, trace.ended_reason),
        _Runs(trace, is_of_environments=is_of_environments),
    ]


class _Table:
    """Columns: moments, events, and what else is told of each row, by moment; rows of one moment stay as they stood."""

    def __init__(self, *columns: Sequence[int]) -> None:
        moments = list(columns[0])
        self.columns = columns
        if moments != sorted(moments):
            order = sorted(range(len(moments)), key=moments.__getitem__)
            self.columns = tuple(list(map(each.__getitem__, order)) for each in columns)

    def moment(self, row: int) -> int:
        """NEVER after the last one."""
        return self.columns[0][row] if row < len(self.columns[0]) else NEVER

    def rows(self, first: int, until: int) -> Iterable[tuple[int, ...]]:
        """Those from one on, up to a moment: (moment, event, what else)."""
        upto = bisect_right(self.columns[0], until)
        return zip(*(column[first:upto] for column in self.columns), strict=True)


class _Runs(_Table):
    """How each run went, and how many it took. A row of it is one for each of those: whether it gave that one back, and whether
    it has its name."""

    def __init__(self, trace: Trace, *, is_of_environments: bool) -> None:
        self.trace = trace
        sizes = [0] * len(trace.event)
        for row, size in zip(trace.batch_run, trace.batch_sizes(), strict=True):
            sizes[row] = size
        told: list[Sequence[int]] = [trace.init, trace.run, trace.status, trace.attempt, trace.cold, sizes]
        if is_of_environments:
            told += [trace.environment, list(map(trace.environment_kind.__getitem__, trace.environment))]
        super().__init__(trace.start, trace.event, *told)

    def rows(self, first: int, until: int) -> Iterator[tuple[int, ...]]:
        trace = self.trace
        for row, (moment, lead, *told) in enumerate(super().rows(first, until), first):
            places = range(*trace.batch_of(row))
            for place in places:
                event = trace.batch_event[place]
                yield moment, event, *told, trace.batch_failed[place], lead == event
            if not places:
                yield moment, lead, *told, 0, 0

    def first_beyond(self, place: int) -> int:
        """The run that took what stands at a place of the batch columns; one after the last if there is no such place."""
        trace = self.trace
        if place >= len(trace.batch_event):
            return len(trace.event)
        return trace.batch_run[bisect_right(trace.batch_first, place) - 1]


def _same(mine: _Table, others: _Table) -> int:
    """How many of the first rows of two tables are the same."""
    same = _shared(mine.columns, others.columns)
    if isinstance(mine, _Runs) and isinstance(others, _Runs):
        places = _shared(*((each.trace.batch_event, each.trace.batch_failed) for each in (mine, others)))
        same = min(same, mine.first_beyond(places), others.first_beyond(places))
    return same


def _shared(mine: Sequence[Sequence[int]], others: Sequence[Sequence[int]]) -> int:
    """The length of the beginning that they have in common."""
    least = min(len(mine[0]), len(others[0]))
    for one, other in zip(mine, others, strict=True):
        low, high = 0, least
        while low < high:
            middle = (low + high + 1) // 2
            low, high = (middle, high) if one[low:middle] == other[low:middle] else (low, middle - 1)
        least = low
    return least


def _rows(tables: Sequence[_Table], firsts: Sequence[int], until: int) -> _Rows:
    found: dict[int, list[tuple[int, ...]]] = defaultdict(list)
    for number, (table, first) in enumerate(zip(tables, firsts, strict=True)):
        for row in table.rows(first, until):
            found[row[1]].append((row[0], number, *row))
    return found


def _differing(mine: _Rows, others: _Rows) -> dict[int, int]:
    """Events with other rows, and when the first of these was."""
    every = mine.keys() | others.keys()
    return {
        event: _first(mine.get(event, ()), others.get(event, ()))
        for event in every
        if mine.get(event) != others.get(event)
    }


def _first(mine: Sequence[tuple[int, ...]], others: Sequence[tuple[int, ...]]) -> int:
    one, other = sorted(mine, key=_IN_TIME), sorted(others, key=_IN_TIME)
    for row, its_twin in zip(one, other, strict=False):
        if row != its_twin:
            return min(row[0], its_twin[0])
    longer = one if len(one) > len(other) else other
    return longer[min(len(one), len(other))][0]
