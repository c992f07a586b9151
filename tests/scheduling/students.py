"""Simulated students who learn for an exam date, and the rules by which they could be asked.

A student's true memory is FSRS-6 with parameters that are off by up to 20 %, each by a draw of its own, from those that the product
believes in. An answer is right if the fact is recalled, or else by a guess, once in four. What the student did not recall is a
lapse for his memory, guessed or not; the product sees right or wrong alone, and moves its card by Good or Again with default
parameters. A fact never met is not recalled.

What counts is the mean of true recall over all facts on the exam day; what was never met counts 0, and lucky guesses do not count.
Days are numbered from 0, every answer of a day comes at the same hour, and the exam is at that hour of the day after the last.
All rules meet the same luck: the nth answer to a fact draws the same numbers whatever was asked before.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from random import Random

from fsrs.scheduler import DEFAULT_PARAMETERS, LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS

from studyapp.scheduling import planning
from studyapp.scheduling.formulas import AGAIN, DEFAULT, GOOD, Formulas
from studyapp.scheduling.fsrs6 import Memory
from studyapp.scheduling.planning import Candidate, Exam

BEGINS = datetime(2026, 11, 29, 20, 0, tzinfo=UTC)
GUESSES = 0.25
LAST_DAYS = 4
"""How long the final pass takes."""


@dataclass(frozen=True)
class Setting:
    facts: int
    days: int
    answers: int
    """A day."""

    def __str__(self) -> str:
        return f"{self.facts} facts, {self.days} days, {self.answers} answers a day"


SETTINGS = (
    Setting(300, 30, 40),
    Setting(300, 14, 60),
    Setting(150, 30, 25),
    Setting(300, 60, 30),
    Setting(150, 21, 38),
)


@cache
def truth(number: int, off: float = 0.2) -> Formulas:
    """A memory whose 21 parameters are each between 1 - `off` and 1 + `off` of the defaults, within the bounds of FSRS."""
    draw = Random(number)
    return Formulas(
        [
            min(max(default * draw.uniform(1 - off, 1 + off), low), high)
            for default, low, high in zip(
                DEFAULT_PARAMETERS, LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS, strict=True
            )
        ]
    )


@dataclass(frozen=True)
class Mind:
    """A fact as it is in a memory, after an answer on a day."""

    stability: float
    difficulty: float
    day: int


class Student:
    def __init__(self, setting: Setting, truth: Formulas, seed: int) -> None:
        draw = Random(seed)
        self.setting, self.truth = setting, truth
        self.true: list[Mind | None] = [None] * setting.facts
        self.seen: list[Mind | None] = [None] * setting.facts
        self._luck = [[draw.random() for _ in range(2 * setting.days)] for _ in range(setting.facts)]

    def answers(self, fact: int, day: int) -> None:
        """At most once a day."""
        knows = self._draw(fact) < recall(self.truth, self.true[fact], day)
        guesses = self._draw(fact) < GUESSES
        self.true[fact] = moved(self.truth, self.true[fact], day, is_right=knows)
        self.seen[fact] = moved(DEFAULT, self.seen[fact], day, is_right=knows or guesses)

    def seen_recall(self, fact: int, day: int) -> float:
        """As the product believes."""
        return recall(DEFAULT, self.seen[fact], day)

    def is_due(self, fact: int, day: int) -> bool:
        mind = self.seen[fact]
        return mind is not None and mind.day + DEFAULT.interval(mind.stability) <= day

    @property
    def value(self) -> float:
        """Mean true recall of all facts on the exam day."""
        return sum(recall(self.truth, mind, self.setting.days) for mind in self.true) / self.setting.facts

    def _draw(self, fact: int) -> float:
        return self._luck[fact].pop()


def recall(formulas: Formulas, mind: Mind | None, day: int) -> float:
    return formulas.recall(day - mind.day, mind.stability) if mind else 0.0


def moved(formulas: Formulas, mind: Mind | None, day: int, *, is_right: bool) -> Mind:
    rating = GOOD if is_right else AGAIN
    if mind is None:
        return Mind(*formulas.first(rating), day)
    return Mind(*formulas.after(mind.stability, mind.difficulty, day - mind.day, rating), day)


Rule = Callable[[Student, int], list[int]]
"""The facts to ask on a day, at most as many as there are answers."""


def value(rule: Rule, setting: Setting, truth: Formulas, seed: int) -> float:
    """What a student who is asked by `rule` knows on the exam day, 0 to 1."""
    student = Student(setting, truth, seed)
    for day in range(setting.days):
        for fact in rule(student, day)[: setting.answers]:
            student.answers(fact, day)
    return student.value


def plain(student: Student, day: int) -> list[int]:
    """FSRS at a retention of 0.9: what is due, the most forgotten first, then what is new."""
    due = [fact for fact in range(student.setting.facts) if student.is_due(fact, day)]
    new = [fact for fact in range(student.setting.facts) if student.seen[fact] is None]
    return sorted(due, key=lambda fact: student.seen_recall(fact, day)) + new


def final_pass(student: Student, day: int) -> list[int]:
    """Plain FSRS, but for the last days all facts, met or not, the lowest recall first."""
    if day < student.setting.days - LAST_DAYS:
        return plain(student, day)
    return sorted(range(student.setting.facts), key=lambda fact: student.seen_recall(fact, day))


def never_idle(student: Student, day: int) -> list[int]:
    """Plain FSRS, but answers that are left over go to the lowest recall of all, and the last days as in the final pass."""
    first = final_pass(student, day)
    rest = set(range(student.setting.facts)) - set(first)
    return first + sorted(rest, key=lambda fact: (student.seen_recall(fact, day), fact))


def short_sighted(student: Student, day: int) -> list[int]:
    """The largest gain of recall on the exam day, as if no fact were ever asked again."""
    candidates, now, exam = _as_plan(student, day)
    return [int(ask.key) for ask in sorted(planning.order(candidates, now, exam), key=lambda ask: -ask.adds)]


def planned(student: Student, day: int) -> list[int]:
    """The product's plan. It knows the cards, the days and the number of answers, and nothing of the true memory."""
    return [int(ask.key) for ask in planning.choose(*_as_plan(student, day), size=student.setting.answers)]


def _as_plan(student: Student, day: int) -> tuple[list[Candidate], datetime, Exam]:
    facts = [Candidate(fact, _memory(mind)) for fact, mind in enumerate(student.seen)]
    days, answers = student.setting.days, student.setting.answers
    minutes = (float(answers),) * (days - day)  # a candidate takes a minute
    return facts, BEGINS + timedelta(days=day), Exam(BEGINS + timedelta(days=days), minutes)


def _memory(mind: Mind | None) -> Memory | None:
    return Memory(mind.stability, mind.difficulty, BEGINS + timedelta(days=mind.day)) if mind else None
