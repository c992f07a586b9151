"""How long a question takes a student, until its reasons are read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from studyapp.memory.counting import Counts
from studyapp.memory.desk import Standing

TIME_DUE, TIME_NEW = timedelta(seconds=45), timedelta(seconds=90)
"""Of a fact that was met before, and of one that was not, until a student's own pace is known well enough."""
READING = timedelta(seconds=15)
"""For the reasons after an answer: the log knows how long the question was in view, not how long the feedback was."""
ENOUGH = 20
RECENT = timedelta(days=28)


@dataclass(frozen=True)
class Tempo:
    """Of a fact that was met before, and of one that was not."""

    due: timedelta = TIME_DUE
    new: timedelta = TIME_NEW

    def of(self, fact: Standing) -> timedelta:
        return self.due if fact.card else self.new

    def all(self, facts: Iterable[Standing]) -> timedelta:
        return sum((self.of(fact) for fact in facts), timedelta(0))


def tempo_of(days: Mapping[date, Counts], now: datetime) -> Tempo:
    """From the answers of the last four weeks; the same for everybody before 20. A fact never met takes twice as long to answer
    as another. `days` as from `daily.recent`."""
    since = (now - RECENT).date()
    counts = [count for day, count in days.items() if day >= since]
    if sum(count.answers for count in counts) < ENOUGH:
        return Tempo()
    parts = sum(count.known + 2 * count.met for count in counts)
    due = timedelta(seconds=sum(count.seconds for count in counts) / max(1, parts))
    return Tempo(due + READING, 2 * due + READING)


def spent(counts: Counts) -> timedelta:
    """How long a day's answers took, reasons included."""
    return timedelta(seconds=counts.seconds) + counts.answers * READING
