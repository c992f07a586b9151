"""A shard that one record, or one batch, holds up: who is in line, which batches were tried, and how it ended."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import compress, count
from operator import not_
from typing import Literal

from studyapp.simulator.outcome import Outcome
from studyapp.simulator.parts import Stream
from studyapp.simulator.trace import (
    DESTINATION,
    DROPPED,
    EXPIRED,
    FILTERED,
    NOT_READ,
    OK,
    RETRIES_EXHAUSTED,
    STATUS,
    TOO_OLD,
)
from studyapp.ui.pictures.anatomy import mark_of

Fate = Literal["done", "destination", "lost", "waiting"]
WHY = {
    RETRIES_EXHAUSTED: "its retries are used up",
    TOO_OLD: "it is older than the maximum age",
    EXPIRED: "the stream keeps it no longer",
}
"""Why a record is given up."""


@dataclass(frozen=True, slots=True)
class Batch:
    """One try. `first` and `last` are places in the line, `back` the first place that was given back (None: none was);
    the handler begins at `ready_us`."""

    first: int
    last: int
    back: int | None
    start_us: int
    end_us: int
    status: str
    mark: str
    ready_us: int


@dataclass(frozen=True)
class Blocked:
    """One line of records, in order: a shard, or one of the lanes of a shard.

    `records` are events, from 1, and `fates` what became of each by the end of the run. `tries` are the batches from the
    first that failed with what blocks to the first behind it. `blocking` are the places that block; `is_known`: it is known
    that this one record fails. `end_us` None: it still blocks at the end. `ages`: (moment, seconds) as each batch is sent.
    """

    name: str
    function: str
    stream: Stream
    lane: int
    records: tuple[int, ...]
    fates: tuple[Fate, ...]
    tries: tuple[Batch, ...]
    blocking: range
    is_known: bool
    end_us: int | None
    why: str
    behind: int
    ages: tuple[tuple[int, float], ...]
    until_us: int
    is_cut: bool

    @property
    def fate(self) -> Fate:
        return self.fates[self.blocking[0]]

    @property
    def failed(self) -> list[Batch]:
        """The tries that gave back what blocks."""
        return [each for each in self.tries if each.back is not None and each.back <= self.blocking[0] <= each.last]


def blocked(outcome: Outcome) -> Blocked | None:
    """The line that was held up for longest. None if no batch of a stream was ever given back."""
    if 1 not in outcome.trace.batch_failed:
        return None
    longest, found = -1, None
    for number, source in enumerate(outcome.scenario.sources):
        if source.stream is None:
            continue
        lines = _Lines(outcome, number, source.stream)
        for lane, rows in lines.batches.items():
            first, last = lines.first_that_failed(rows), lines.first_that_failed(reversed(rows))
            held = -1 if first is None or last is None else lines.end(last) - outcome.trace.start[first[0]]
            if held > longest:
                longest, found = held, (lines, lane)
    return None if found is None else found[0].blocked(found[1])


Row = tuple[int, int, int]
"""(run, from, to): a batch in the trace."""


class _Lines:
    """The lanes of one stream: which records are in each, and the batches that were made of them."""

    def __init__(self, outcome: Outcome, number: int, stream: Stream) -> None:
        self.outcome, self.trace, self.number, self.stream = outcome, outcome.trace, number, stream
        events = list(compress(count(), map(number.__eq__, self.trace.source)))
        self.lane_of = dict(zip(events, map(stream.track, count()), strict=False))
        self.place_of = dict(zip(events, count(1), strict=False))
        self.batches: dict[int, list[Row]] = {}
        for row in self.trace.batches():
            lead = self.trace.batch_event[row[1]]
            if lead in self.lane_of:
                self.batches.setdefault(self.lane_of[lead], []).append(row)

    def events(self, row: Row) -> Sequence[int]:
        return self.trace.batch_event[row[1] : row[2]]

    def first_that_failed(self, rows: Iterable[Row]) -> Row | None:
        return next((row for row in rows if 1 in self.failed(row)), None)

    def failed(self, row: Row) -> Sequence[int]:
        return self.trace.batch_failed[row[1] : row[2]]

    def back(self, row: Row) -> list[int]:
        """The events that a batch gave back."""
        if self.trace.status[row[0]] != OK:
            return list(self.events(row))
        if 1 not in self.failed(row):
            return []
        return [event for event, back in zip(self.events(row), self.failed(row), strict=True) if back]

    def end(self, row: Row) -> int:
        run = row[0]
        return self.trace.start[run] + self.trace.init[run] + self.trace.run[run]

    def blocked(self, lane: int) -> Blocked:
        rows, trace, view = self.batches[lane], self.trace, self.outcome.view()
        events, fates, moments = self._line(lane, rows)
        place = {event: number for number, event in enumerate(events)}
        blocking, is_known = self._blocking(rows)
        first = next(row for row in rows if blocking[0] in self.back(row))
        end_us = moments.get(blocking[0])
        tries = list(_until(rows[rows.index(first) :], trace.start, end_us))
        last = place[blocking[-1]]
        still_us = view.window_us if end_us is None else end_us
        return Blocked(
            name=self.outcome.scenario.sources[self.number].name,
            function=self.outcome.scenario.functions[trace.function[events[0]]].name,
            stream=self.stream,
            lane=lane,
            records=tuple(event + 1 for event in events),
            fates=tuple(fates),
            tries=tuple(self._try(row, place) for row in tries),
            blocking=range(place[blocking[0]], last + 1),
            is_known=is_known,
            end_us=end_us,
            why=self._why(blocking[0]),
            behind=sum(trace.arrived[event] < still_us <= moments.get(event, still_us) for event in events[last + 1 :]),
            ages=tuple(self._age(row) for row in rows),
            until_us=view.window_us,
            is_cut=self.outcome.scenario.horizon_us is not None,
        )

    def _age(self, row: Row) -> tuple[int, float]:
        """When a batch was sent, and how old its last record was then."""
        start = self.trace.start[row[0]]
        return start, (start - self.trace.arrived[self.events(row)[-1]]) / 1e6

    def _line(self, lane: int, rows: Sequence[Row]) -> tuple[list[int], list[Fate], dict[int, int]]:
        """The records in order, without those that never come into a batch; their fates; when each was over."""
        trace, fates, moments = self.trace, dict[int, Fate](), dict[int, int]()
        skipped = set()
        for row in rows:
            if trace.status[row[0]] == OK:
                done = list(compress(self.events(row), map(not_, self.failed(row))))
                fates |= dict.fromkeys(done, "done")
                moments |= dict.fromkeys(done, self.end(row))
        for event, at, kind, reason in zip(
            trace.ended_event, trace.ended_at, trace.ended_kind, trace.ended_reason, strict=True
        ):
            if self.lane_of.get(event) != lane:
                continue
            if kind == FILTERED or reason == NOT_READ:
                skipped.add(event)
            elif kind in (DROPPED, DESTINATION):
                fates[event] = "destination" if kind == DESTINATION else "lost"
                moments[event] = at
        events = list(compress(self.lane_of, map(lane.__eq__, self.lane_of.values())))
        if skipped:
            events = [event for event in events if event not in skipped]
        return events, [fates.get(event, "waiting") for event in events], moments

    def _blocking(self, rows: Sequence[Row]) -> tuple[list[int], bool]:
        """The events that were tried most often in vain, and whether the first of them is known to fail.

        That is what the scenario names, what a handler reported first, or a record that failed alone; else the whole batch.
        """
        blamed, seen = Counter[int](), dict[tuple[int, int, int], list[int]]()
        whole: dict[int, list[int]] = {}
        for row in rows:
            back = self.back(row)
            if not back:
                continue
            key = back[0], len(back), self.trace.status[row[0]]  # a batch that is tried often is looked at once
            if key not in seen:
                seen[key] = self._to_blame(back, is_ok=key[2] == OK)
            blamed[seen[key][0]] += 1
            whole[seen[key][0]] = seen[key]
        worst = blamed.most_common(1)[0][0]
        return whole[worst], len(whole[worst]) == 1

    def _to_blame(self, back: list[int], *, is_ok: bool) -> list[int]:
        return self._spoilt(back)[:1] or (back[:1] if is_ok else back)

    def _spoilt(self, events: Sequence[int]) -> list[int]:
        """Those of which the scenario says that they fail whenever they run."""
        failing = self.outcome.scenario.functions[self.trace.function[events[0]]].fails
        return [event for event in events if failing.kind == "events" and self.place_of[event] in failing.events]

    def _try(self, row: Row, place: dict[int, int]) -> Batch:
        trace, events, back = self.trace, self.events(row), self.back(row)
        ready = trace.start[row[0]] + trace.init[row[0]]
        return Batch(
            first=place[events[0]],
            last=place[events[-1]],
            back=place[back[0]] if back else None,
            start_us=trace.start[row[0]],
            end_us=self.end(row),
            status=STATUS[trace.status[row[0]]],
            mark=mark_of(events[0] + 1, ready),
            ready_us=ready,
        )

    def _why(self, event: int) -> str:
        """Why the event was given up, if it was."""
        for other, reason, kind in zip(
            self.trace.ended_event, self.trace.ended_reason, self.trace.ended_kind, strict=True
        ):
            if other == event and kind == DROPPED:
                return WHY.get(reason, "")
        return ""


def _until(rows: Sequence[Row], starts: Sequence[int], end_us: int | None) -> Iterator[Row]:
    """The batches up to `end_us`, and the first after it."""
    for row in rows:
        yield row
        if end_us is not None and starts[row[0]] >= end_us:
            return
