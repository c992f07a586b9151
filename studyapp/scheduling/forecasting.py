"""The Lambda score: the share of a blueprint's questions that a student is expected to get right, and its 90 % interval.

Made from what has been learnt until now, for the exam or for now: nothing that may be learnt between is counted. A fact's
recall is that of FSRS-6 with default parameters, corrected by what this student's answers have shown (`correcting.py`); a
question about it is right with the chance R + (1 - R) / k. The interval is that of the share right on one mock. It has what
chance does (which facts are drawn, which answers come right) and what is not known of the student, common to all facts.

Facts are drawn within a section without repetition, which makes their answers negatively associated (Joag-Dev and Proschan
1983). The law of the number right is taken to be that of independent draws of the section's mean chance, which is never
narrower (Shao 2000): a sum of binomial laws, exact. Nothing here says whether an exam will be passed. About 3 ms of CPU for
400 facts.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from studyapp.scheduling import formulas, fsrs6
from studyapp.scheduling.correcting import Belief, Correction, Slopes, believe, logit
from studyapp.scheduling.evidence import Evidence
from studyapp.scheduling.fsrs6 import Memory
from studyapp.scheduling.statistics import law_of_right, likeliest

VERSION = f"1, {fsrs6.PARAMETERS}"
"""Kept with every forecast that is stored. Another model or other priors have another one."""
ANSWERS, SECTIONS = 30, 6
"""Before so many answers in so many sections there is no forecast."""

Blueprint = Mapping[str, int]
"""How many questions each section has."""


@dataclass(frozen=True)
class Fact:
    """A fact of the course in one student's mind. `memory`: None if it was never met.

    `options`: how many responses a guess chooses from, such as 4, or 10 where two of five are right.
    """

    key: str
    section: str
    memory: Memory | None
    options: int

    def __post_init__(self) -> None:
        if self.options < 2:
            raise ValueError(f"options of {self.key} is {self.options}: at least 2")


@dataclass(frozen=True)
class Forecast:
    """What is expected on one mock. Shares from 0 to 1.

    `low` and `high` are shares that a mock of so many `questions` can have, and belong to the interval. `answers`: how many
    it rests on. `by_section`: the expected share of each section's questions. `chances`: of each fact, by key, that a
    question about it is answered right.
    """

    share: float
    low: float
    high: float
    answers: int
    questions: int
    by_section: dict[str, float]
    chances: dict[str, float]
    version: str = VERSION


@dataclass(frozen=True)
class NotYet:
    """Too little is known for a forecast: this many more answers, and answers in this many more sections. One of them may be 0."""

    answers_missing: int
    sections_missing: int


@dataclass(frozen=True)
class _Asked:
    """A fact as the forecast needs it: log-odds of the recall foretold (None: never met), chance of a guess, share of the exam."""

    section: str
    odds: float | None
    guess: float
    weight: float


def forecast(facts: Sequence[Fact], blueprint: Blueprint, evidence: Evidence, at: datetime) -> Forecast | NotYet:
    """What a mock by `blueprint` would come to `at` a moment, which must know its time zone.

    Raises ValueError for a blueprint without questions, or with some of a section that has no facts, and for a key given
    twice.
    """
    sizes = _sizes(facts, blueprint)
    if missing := _missing(facts, evidence):
        return missing
    questions = sum(blueprint.values())
    asked = [_asked(fact, blueprint.get(fact.section, 0) / questions / sizes[fact.section], at) for fact in facts]
    chances, law = _mixed(asked, blueprint, sizes, believe(evidence))
    low, high = likeliest(law)
    return Forecast(
        share=sum(each.weight * chance for each, chance in zip(asked, chances, strict=True)),
        low=low / questions,
        high=high / questions,
        answers=evidence.answers,
        questions=questions,
        by_section=_by_section(asked, chances, sizes),
        chances={fact.key: chance for fact, chance in zip(facts, chances, strict=True)},
    )


def _sizes(facts: Sequence[Fact], blueprint: Blueprint) -> Counter[str]:
    """How many facts each section has."""
    sizes = Counter(fact.section for fact in facts)
    if len({fact.key for fact in facts}) < len(facts):
        raise ValueError("facts: a key is given twice")
    for section, number in blueprint.items():
        if number < 0:
            raise ValueError(f"blueprint: {number} questions of section {section}: at least 0")
        if number and not sizes[section]:
            raise ValueError(f"blueprint: {number} questions of section {section}, which has no facts")
    if not any(blueprint.values()):
        raise ValueError("blueprint: no questions")
    return sizes


def _missing(facts: Sequence[Fact], evidence: Evidence) -> NotYet | None:
    met = {fact.section for fact in facts if fact.memory}
    missing = NotYet(max(0, ANSWERS - evidence.answers), max(0, SECTIONS - len(met)))
    return missing if missing.answers_missing or missing.sections_missing else None


def _asked(fact: Fact, weight: float, at: datetime) -> _Asked:
    odds = logit(_recall(fact.memory, at)) if fact.memory else None
    return _Asked(fact.section, odds, 1 / fact.options, weight)


def _recall(memory: Memory, at: datetime) -> float:
    """What `fsrs6.retrievability` gives, only quicker."""
    return formulas.DEFAULT.recall(max(0, (at - memory.reviewed_at).days), memory.stability)


def _mixed(
    asked: Sequence[_Asked], blueprint: Blueprint, sizes: Mapping[str, int], belief: Belief
) -> tuple[list[float], list[float]]:
    """Each fact's chance of a right answer, and the law of the number right: over all that the student may be like."""
    chances, law = [0.0] * len(asked), [0.0] * (sum(blueprint.values()) + 1)
    pairs = [(each.odds, each.guess) for each in asked]
    for likely, student in belief.along(_slopes(asked, belief.mean)):
        right = student.each_right(pairs)
        means = _by_section(asked, right, sizes)
        counts = law_of_right((number, means[section]) for section, number in blueprint.items() if number)
        chances = [sum_ + likely * chance for sum_, chance in zip(chances, right, strict=True)]
        law = [sum_ + likely * chance for sum_, chance in zip(law, counts, strict=True)]
    return chances, law


def _slopes(asked: Sequence[_Asked], student: Correction) -> Slopes:
    """How fast the expected share grows with what the student is like."""
    shift = slope = known = 0.0
    for each in asked:
        by_shift, by_slope, by_known = student.slopes(each.odds, each.guess)
        shift += each.weight * by_shift
        slope += each.weight * by_slope
        known += each.weight * by_known
    return shift, slope, known


def _by_section(asked: Sequence[_Asked], chances: Sequence[float], sizes: Mapping[str, int]) -> dict[str, float]:
    """The mean chance of each section's facts."""
    sums = dict.fromkeys(sizes, 0.0)
    for each, chance in zip(asked, chances, strict=True):
        sums[each.section] += chance
    return {section: total / sizes[section] for section, total in sums.items()}
