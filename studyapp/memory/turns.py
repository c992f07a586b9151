"""Which facts are to be asked next, each with its price in time: by gain per minute towards an exam, else due before new."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from studyapp.memory.desk import Desk, Standing
from studyapp.memory.outlook import Known
from studyapp.memory.tempo import Tempo
from studyapp.scheduling import planning
from studyapp.scheduling.days import study_day
from studyapp.scheduling.planning import Ask, Candidate, Exam

MINUTE = timedelta(minutes=1)
OPTIONS = 4
"""Of a fact that no mock asks."""


def exam_of(read: Known, left: timedelta) -> Exam | None:
    """The exam that is to come and the minutes of each study day until then, of today those that are `left`. None without one,
    once it has begun, and where the course has no blueprint to weigh its facts by."""
    at = read.goal.exam_at(read.student.zone)
    if at is None or at <= read.now or not read.blueprint:
        return None
    return Exam(at, (left / MINUTE, *(minutes_on(read, day) for day in days_until(read, study_day(at)))))


def days_until(read: Known, end: date) -> Iterable[date]:
    """The study days after today and before `end`."""
    return (read.today + timedelta(days=n) for n in range(1, (end - read.today).days))


def minutes_on(read: Known, day: date) -> int:
    return 0 if read.goal.is_off(day) else read.goal.minutes


def in_turn(read: Known, desk: Desk, tempo: Tempo, left: timedelta) -> list[Ask]:
    """Facts of `desk` that are worth asking now, the first first; keys are their ids. `left` is the time there is today.

    With an exam to come what was answered today waits unless it is due, and so does what gains more by being asked later.
    """
    exam = exam_of(read, left)
    if exam is None:
        return planning.order([candidate(read, fact, tempo) for fact in desk.due + desk.new], read.now)
    asks = planning.order([candidate(read, fact, tempo) for fact in desk.all], read.now, exam)
    return [ask for ask in asks if ask.per_minute > 0 and may_come(desk.by_id[int(ask.key)], read)]


def candidate(read: Known, fact: Standing, tempo: Tempo) -> Candidate:
    asked = read.facts.get(fact.pk)
    return Candidate(
        key=fact.pk,
        memory=fact.card.memory if fact.card else None,
        due_at=fact.card.due_at if fact.card else None,
        weight=read.weight(fact.pk),
        seconds=tempo.of(fact).total_seconds(),
        options=asked.options if asked else OPTIONS,
    )


def may_come(fact: Standing, read: Known) -> bool:
    """Not twice on a day, unless it is due again. A card without a memory was a guess: it waits for its day."""
    if fact.card is None or fact.card.due_at <= read.now:
        return True
    memory = fact.card.memory
    return memory is not None and memory.reviewed_at < read.morning
