"""What was done on which days, what comes due, and how long questions took."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from studyapp.memory.counting import Counts
from studyapp.progress.words import day, lasting, percent
from studyapp.ui.pictures.words import count

EXAM_S = 120
"""Seconds a question has in the exam: 65 in 130 minutes."""
LEAST = 10
"""Under so many answers there is no figure."""
COMING = 30

Days = Mapping[date, Counts]


@dataclass(frozen=True, slots=True)
class Run:
    """Study days one after the other."""

    first: date
    last: date

    @property
    def length(self) -> int:
        return (self.last - self.first).days + 1


@dataclass(frozen=True, slots=True)
class Diary:
    """`days`: how many of the `window` had answers. `present`: the run that lasts until today or yesterday."""

    window: int
    days: int
    answers: int
    longest: Run | None
    present: Run | None
    today: Counts
    on: date

    @property
    def says_runs(self) -> str:
        """The longest run and the present one, in words. "" without a day."""
        if self.longest is None:
            return ""
        longest = f"Your longest run was {count(self.longest.length, 'day')}"
        if self.longest.length > 1:
            longest += f", {day(self.longest.first, self.on)} to {day(self.longest.last, self.on)}"
        if self.present is None:
            return f"{longest}."
        if self.present == self.longest:
            return f"{longest}, and it goes on." if self.longest.length > 1 else f"{longest}."
        return f"{longest}; the present one is {count(self.present.length, 'day')}."

    @property
    def says_today(self) -> str:
        if not self.today.answers:
            return "Nothing answered today so far."
        took = lasting(self.today.seconds)
        return f"Today: {count(self.today.answers, 'answer')}, {self.today.right} right, {took} minutes of answering."


def diary(days: Days, today: date, window: int) -> Diary:
    """Of the last `window` days."""
    studied = sorted(on for on, counts in days.items() if counts.answers)
    found = list(runs(studied))
    return Diary(
        window=window,
        days=len(studied),
        answers=sum(days[on].answers for on in studied),
        longest=max(found, key=lambda run: run.length, default=None),
        present=next((run for run in found if run.last >= today - timedelta(days=1)), None),
        today=days.get(today, Counts()),
        on=today,
    )


def runs(studied: Iterable[date]) -> Iterator[Run]:
    """Stretches without a gap, of days in order."""
    first = last = None
    for on in studied:
        if first is None or last is None or on - last > timedelta(days=1):
            if first and last:
                yield Run(first, last)
            first = on
        last = on
    if first and last:
        yield Run(first, last)


def coming(due: Iterable[date], today: date) -> tuple[int, ...]:
    """How many cards come due on each of the next days, today first, with what is overdue."""
    loads = [0] * COMING
    for on in due:
        if on < today + timedelta(days=COMING):
            loads[max(0, (on - today).days)] += 1
    return tuple(loads)


@dataclass(frozen=True, slots=True)
class Pace:
    """How long the questions of a section took, on average. Empty texts under ten answers."""

    section: int
    answers: int
    right: int
    mean_s: float

    @property
    def is_told(self) -> bool:
        return self.answers >= LEAST

    @property
    def lasting(self) -> str:
        return lasting(self.mean_s)

    @property
    def says(self) -> str:
        return count(self.answers, "answer")

    @property
    def right_percent(self) -> str:
        return percent(self.right / self.answers)

    @property
    def against(self) -> str:
        """How it stands to the exam's two minutes."""
        apart = round(EXAM_S - self.mean_s)
        if apart == 0:
            return "the exam's time"
        return f"{lasting(abs(apart))} {'under' if apart > 0 else 'over'}"


def paces(sections: Mapping[int, Sequence[float]]) -> list[Pace]:
    """Of each section with an answer, by number. `sections` as in `Counts`."""
    return [
        Pace(section, int(answers), int(right), seconds / answers)
        for section, (answers, right, seconds) in sorted(sections.items())
        if answers
    ]
