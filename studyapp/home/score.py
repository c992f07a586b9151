"""The Lambda score as a page says it. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from studyapp.content.sections import SECTIONS
from studyapp.scheduling.forecasting import ANSWERS, Forecast, NotYet
from studyapp.scheduling.forecasting import SECTIONS as SECTIONS_NEEDED

SHOWN = 3
LEAST_ADDED = 0.0005
"""A share of the exam: what adds less than a tenth of a point is not said to add. Facts that are met for the first time may add
nothing before they come back."""
IN_WORDS = ("no", "one", "two", "three", "four", "five", "six")


@dataclass(frozen=True)
class SectionLine:
    """`percent`: the expected share of its questions; `gain`: points of the score if all of it were known."""

    number: int
    title: str
    percent: int
    gain: float


@dataclass(frozen=True)
class Score:
    """Percents. `on`: the day of the exam, None for today; `adds`: points that today's work adds, None if it adds none or nobody
    can say; `sections`: those with most to gain first."""

    percent: int
    low: int
    high: int
    answers: int
    on: date | None
    adds: float | None
    sections: tuple[SectionLine, ...]

    @property
    def first(self) -> tuple[SectionLine, ...]:
        return self.sections[:SHOWN]

    @property
    def others(self) -> tuple[SectionLine, ...]:
        return self.sections[SHOWN:]


def told(expected: Forecast, questions: Mapping[int, int], on: date | None, adds: float | None) -> Score:
    """`questions`: of the blueprint, by section; `adds`: a share of the exam."""
    return Score(
        percent=round(100 * expected.share),
        low=round(100 * expected.low),
        high=round(100 * expected.high),
        answers=expected.answers,
        on=on,
        adds=100 * adds if adds is not None and adds >= LEAST_ADDED else None,
        sections=_sections(expected, questions),
    )


def missing(need: NotYet) -> str:
    """What is still needed for a score, in words."""
    answers, sections = need.answers_missing, need.sections_missing
    whole = f"A score after {ANSWERS} answers in {IN_WORDS[SECTIONS_NEEDED]} sections."
    parts = [
        f"{answers} more answer{'' if answers == 1 else 's'}" if answers else "",
        f"answers in {IN_WORDS[sections]} more section{'' if sections == 1 else 's'}" if sections else "",
    ]
    return f"{whole} Still to come: {' and '.join(part for part in parts if part)}."


def _sections(expected: Forecast, questions: Mapping[int, int]) -> tuple[SectionLine, ...]:
    whole = sum(questions.values())
    lines = [
        SectionLine(number, SECTIONS[number], round(100 * share), 100 * questions.get(number, 0) / whole * (1 - share))
        for number, share in ((int(key), share) for key, share in expected.by_section.items())
    ]
    return tuple(sorted(lines, key=lambda line: (-line.gain, line.number)))
