"""What to ask a student today: what they are losing, what they never met, and one thing that they confuse."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from studyapp.accounts.models import User
from studyapp.memory import adding
from studyapp.memory.confusions import Confusion, confusions
from studyapp.memory.counting import Counts
from studyapp.memory.desk import Desk, Standing, lay
from studyapp.memory.models import Goal
from studyapp.memory.outlook import Known, known
from studyapp.memory.rescue import Rescue, first_things_first, rescue, spread
from studyapp.memory.tempo import Tempo, spent, tempo_of
from studyapp.memory.turns import MINUTE, exam_of, in_turn, may_come, minutes_on
from studyapp.scheduling import planning, workload
from studyapp.scheduling.planning import Ask

__all__ = ["Part", "Rescue", "TodaysPlan", "Upcoming", "plan", "today", "upcoming"]


@dataclass(frozen=True)
class Part:
    """Facts of today's plan, in their turn, and the time that they take."""

    facts: tuple[Standing, ...] = ()
    time: timedelta = timedelta(0)

    def __len__(self) -> int:
        return len(self.facts)


@dataclass(frozen=True)
class TodaysPlan:
    """What Start asks today, within the minutes of the student's goal.

    `due`: facts that they are losing; `new`: facts that they never met; `pair`: what they confuse, and `besides` those of its
    facts that are in neither part. All are empty on a day off and once the day's minutes are spent. `later`: how many due facts
    there is no time for today. `spent`: the time studied today. `adds`: what the plan adds to the expected share of the exam
    (see `adding`); None without an exam to come. `days_left`: 0 on the day of the exam; None without one and after it.
    `rescue`: None unless the backlog is over twice a normal day. `next_due_at`: when the next fact becomes due that is not due now.
    """

    goal: Goal
    on: date
    days_left: int | None
    is_off: bool
    due: Part
    new: Part
    pair: Confusion | None
    besides: Part
    later: int
    spent: timedelta
    adds: float | None
    rescue: Rescue | None
    next_due_at: datetime | None

    @property
    def time(self) -> timedelta:
        return self.due.time + self.new.time + self.besides.time

    @property
    def facts(self) -> tuple[Standing, ...]:
        """All of them, each once."""
        return self.due.facts + self.new.facts + self.besides.facts


def today(student: User, now: datetime, *, read: Known | None = None) -> TodaysPlan:
    """At most eight queries: six for what `outlook.known` says, unless it has been `read`; one for facts, one for wrong ideas."""
    read = read or known(student, now)
    return plan(read, lay(student, now, cards=read.cards))


def plan(read: Known, desk: Desk) -> TodaysPlan:
    """The same from what has been read. At most one query, for wrong ideas."""
    chosen = _chosen(read, desk)
    asked = (*chosen.facts, *chosen.besides)
    new = [fact for fact in chosen.facts if not fact.card]
    exam = exam_of(read, chosen.left)
    return TodaysPlan(
        goal=read.goal,
        on=read.today,
        days_left=_days_left(read),
        is_off=read.goal.is_off(read.today),
        due=_part((fact for fact in chosen.facts if fact.card), chosen.tempo),
        new=_part(new, chosen.tempo),
        pair=chosen.pair,
        besides=_part(chosen.besides, chosen.tempo),
        later=len({fact.pk for fact in desk.due} - {fact.pk for fact in asked}),
        spent=chosen.spent,
        adds=adding.adds(read, chosen.asks, new, exam, chosen.tempo) if exam else None,
        rescue=rescue(read, desk, chosen.tempo, chosen.backlog, asked) if chosen.backlog else None,
        next_due_at=min((fact.card.due_at for fact in desk.kept if fact.card), default=None),
    )


@dataclass(frozen=True)
class Upcoming:
    """What Start asks: `facts` of today's plan in their turn, then those that would come after them; `planned`: how many are
    of the plan."""

    facts: tuple[Standing, ...]
    planned: int
    tempo: Tempo


def upcoming(read: Known, desk: Desk) -> Upcoming:
    """At most one query, for wrong ideas."""
    chosen = _chosen(read, desk)
    planned = (*chosen.facts, *chosen.besides)
    turns = (desk.by_id[int(ask.key)] for ask in chosen.turns)
    return Upcoming(tuple(dict.fromkeys((*planned, *turns))), len(planned), chosen.tempo)


@dataclass(frozen=True)
class _Chosen:
    """`turns`: all that is worth asking; `asks`: what of it there is time `left` for, beside the `pair`."""

    tempo: Tempo
    spent: timedelta
    left: timedelta
    turns: Sequence[Ask]
    backlog: workload.Rescue | None
    asks: Sequence[Ask]
    facts: Sequence[Standing]
    pair: Confusion | None
    besides: Sequence[Standing]


def _chosen(read: Known, desk: Desk) -> _Chosen:
    tempo = tempo_of(read.days, read.now)
    done = spent(read.days.get(read.today, Counts()))
    left = max(minutes_on(read, read.today) * MINUTE - done, timedelta(0))
    turns, backlog = in_turn(read, desk, tempo, left), spread(read, desk, tempo, left)
    if backlog and not exam_of(read, left):
        turns = first_things_first(turns, backlog)
    confused = confusions(desk, read.days, read.now)
    pair = next((each for each in confused if left and _to_ask(each, read)), None)
    besides = _besides(read, pair, _facts(desk, planning.within(turns, left / MINUTE)))
    if tempo.all(besides) > left:
        pair, besides = None, []
    asks = planning.within(turns, (left - tempo.all(besides)) / MINUTE)
    facts = _facts(desk, asks)
    return _Chosen(tempo, done, left, turns, backlog, asks, facts, pair, _besides(read, pair, facts))


def _facts(desk: Desk, asks: Iterable[Ask]) -> list[Standing]:
    return [desk.by_id[int(ask.key)] for ask in asks]


def _to_ask(pair: Confusion, read: Known) -> list[Standing]:
    """Of a pair what was not asked today already."""
    return [fact for fact in pair.facts if fact.may_be_asked and may_come(fact, read)]


def _besides(read: Known, pair: Confusion | None, facts: Collection[Standing]) -> list[Standing]:
    """What of the pair is to be asked beside these facts."""
    chosen = {fact.pk for fact in facts}
    return [fact for fact in _to_ask(pair, read) if fact.pk not in chosen] if pair else []


def _part(facts: Iterable[Standing], tempo: Tempo) -> Part:
    there = tuple(facts)
    return Part(there, tempo.all(there))


def _days_left(read: Known) -> int | None:
    day = read.goal.exam_on
    return (day - read.today).days if day and day >= read.today else None
