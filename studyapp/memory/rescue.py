"""A backlog of over twice a normal day: what of it is done today, and on which days the rest."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from studyapp.memory.desk import Desk, Standing
from studyapp.memory.outlook import Known
from studyapp.memory.tempo import Tempo
from studyapp.memory.turns import MINUTE, candidate, exam_of, minutes_on
from studyapp.scheduling import workload
from studyapp.scheduling.planning import Ask

DAYS = 30
"""So far ahead a backlog is spread, or up to the exam."""


@dataclass(frozen=True)
class Share:
    """What of a backlog is done on a day."""

    on: date
    facts: int
    time: timedelta


@dataclass(frozen=True)
class Rescue:
    """`time`: of the whole backlog; `first`: what of it is done today, in its turn; `rest`: the days of the rest; `left_out`: how
    many facts find no room on any of them."""

    time: timedelta
    first: tuple[Standing, ...]
    rest: tuple[Share, ...]
    left_out: int


def spread(read: Known, desk: Desk, tempo: Tempo, left: timedelta) -> workload.Rescue | None:
    """How what is due can be spread over the days to come, of today what is `left`; None unless it is a backlog."""
    exam = exam_of(read, left)
    later = (read.today + timedelta(days=n) for n in range(1, DAYS))
    minutes = exam.minutes if exam else (left / MINUTE, *(minutes_on(read, day) for day in later))
    owed = sum((tempo.of(fact) for fact in desk.due if fact.card and fact.card.memory), timedelta())
    if not workload.is_backlog(owed.total_seconds(), minutes):
        return None
    candidates = [candidate(read, fact, tempo) for fact in desk.all]
    return workload.rescue(candidates, read.now, minutes, exam_at=exam.at if exam else None, zone=read.student.zone)


def first_things_first(turns: Sequence[Ask], backlog: workload.Rescue) -> list[Ask]:
    """Without an exam what is due comes in the order of the most forgotten; of a backlog, in that of what gains most."""
    place = {key: at for at, key in enumerate(key for day in backlog.days for key in day)}
    return sorted(turns, key=lambda ask: place.get(ask.key, len(place)))


def rescue(read: Known, desk: Desk, tempo: Tempo, backlog: workload.Rescue, today: Collection[Standing]) -> Rescue:
    """`today`: what is asked today, due or not. The days keep the room that `backlog` found on them."""
    first = tuple(fact for fact in today if fact.is_due(read.now))
    left, rest = len(desk.due) - len(first), list[Share]()
    for number, day in enumerate(backlog.days[1:], start=1):
        facts = min(left, len(day))
        if facts:
            rest.append(Share(read.today + timedelta(days=number), facts, facts * tempo.due))
        left -= facts
    return Rescue(len(desk.due) * tempo.due, first, tuple(rest), left)
