"""What is known of a student, read once for a page: for the forecast, for the plan, and for what Today says.

Everything is bounded: the course's facts, their cards, and the counts of the latest study days. No history is read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from math import comb

from studyapp.accounts.models import User
from studyapp.content.models import Blueprint, Item
from studyapp.memory import daily
from studyapp.memory.counting import Counts
from studyapp.memory.held import Held, cards_of
from studyapp.memory.models import Goal
from studyapp.memory.queries import goal_of
from studyapp.scheduling import forecasting
from studyapp.scheduling.days import begins, study_day
from studyapp.scheduling.evidence import Band, Evidence, Firsts
from studyapp.scheduling.forecasting import Forecast, NotYet
from studyapp.scheduling.fsrs6 import Memory

OPTIONS = {1: 4, 2: comb(5, 2), 3: comb(6, 3)}
"""How many responses a guess chooses from, by how many options are right: one of four, two of five, three of six."""


@dataclass(frozen=True)
class Asked:
    """A fact that mocks ask. `options`: how many responses a guess chooses from."""

    pk: int
    section: int
    options: int


@dataclass(frozen=True)
class Known:
    """`facts`: those that a mock can ask, by id. `cards`: all of the student's, by the fact's id. `questions`: of the course's
    own blueprint, by section; empty where the course has none. `days`: see `daily.recent`."""

    student: User
    now: datetime
    goal: Goal
    facts: Mapping[int, Asked]
    cards: Mapping[int, Held]
    questions: Mapping[int, int]
    days: Mapping[date, Counts]

    @cached_property
    def today(self) -> date:
        return study_day(self.now, self.student.zone)

    @cached_property
    def morning(self) -> datetime:
        """When today began."""
        return begins(self.today, self.student.zone)

    @cached_property
    def evidence(self) -> Evidence:
        """What recent answers say of how well memory was foretold: those of the latest 60 study days."""
        bands: dict[int, list[float]] = {}
        for counts in self.days.values():
            for band, numbers in counts.bands.items():
                held = bands.setdefault(band, [0, 0, 0, 0.0])
                held[:] = [one + other for one, other in zip(held, numbers, strict=True)]
        firsts = Firsts(
            sum(counts.met for counts in self.days.values()), sum(counts.met_right for counts in self.days.values())
        )
        found = (Band(int(answers), int(right), min(told, answers)) for answers, right, _, told in bands.values())
        return Evidence(tuple(found), firsts)

    def weight(self, fact: int) -> float:
        """The share of the exam that hangs on a fact: its section's, shared by the facts of it that a mock can ask."""
        asked = self.facts.get(fact)
        return self._weights.get(asked.section, 0.0) if asked else 0.0

    @cached_property
    def _weights(self) -> dict[int, float]:
        """Of a fact of each section."""
        whole = sum(self.blueprint.values())
        return {section: number / whole / self._sizes[section] for section, number in self.blueprint.items()}

    @cached_property
    def blueprint(self) -> dict[int, int]:
        """`questions` of the sections that have facts to ask: content may be loaded in parts."""
        return {section: number for section, number in self.questions.items() if section in self._sizes}

    @cached_property
    def _sizes(self) -> dict[int, int]:
        sizes: dict[int, int] = {}
        for fact in self.facts.values():
            sizes[fact.section] = sizes.get(fact.section, 0) + 1
        return sizes


def known(student: User, now: datetime) -> Known:
    """Six queries."""
    own = Blueprint.objects.current().first()
    return Known(
        student,
        now,
        goal_of(student),
        asked(student, study_day(now, student.zone)),
        cards_of(student),
        own.by_section if own else {},
        daily.recent(student, now),
    )


def asked(student: User, day: date) -> dict[int, Asked]:
    """The facts that a mock on `day` can ask this student, by id. One query."""
    items = Item.objects.for_mocks().visible_to(student).asked_on(day).exclude(revision=None)
    guesses: dict[tuple[int, int], list[float]] = {}
    for fact, section, choose in items.order_by("pk").values_list("fact", "section", "choose"):
        guesses.setdefault((fact, section), []).append(1 / OPTIONS.get(choose, OPTIONS[1]))
    return {
        fact: Asked(fact, section, round(len(chances) / sum(chances))) for (fact, section), chances in guesses.items()
    }


def forecast(known: Known, at: datetime, *, blueprint: Mapping[int, int] | None = None) -> Forecast | NotYet | None:
    """The Lambda score at a moment, on the course's own blueprint or on another one; None if the course has no mock to ask.

    Keys of its chances are the ids of facts as text, sections are numbers as text.
    """
    asked_of = {str(section): number for section, number in (blueprint or known.blueprint).items()}
    if not any(asked_of.values()):
        return None
    return forecasting.forecast(_facts(known), asked_of, known.evidence, at)


def for_exam(known: Known) -> Forecast | None:
    """The Lambda score on the day of the exam, if there is one to come, and once enough is known."""
    at = known.goal.exam_at(known.student.zone)
    expected = forecast(known, at) if at and at > known.now else None
    return expected if isinstance(expected, Forecast) else None


def _facts(known: Known) -> Sequence[forecasting.Fact]:
    return [
        forecasting.Fact(str(fact.pk), str(fact.section), _memory(known, fact.pk), fact.options)
        for fact in known.facts.values()
    ]


def _memory(known: Known, fact: int) -> Memory | None:
    card = known.cards.get(fact)
    return card.memory if card else None
