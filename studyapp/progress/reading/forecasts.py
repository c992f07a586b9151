"""What was forecast, and how it came out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from studyapp.memory.models import Forecast
from studyapp.progress.words import percent, span
from studyapp.scheduling.days import study_day


@dataclass(frozen=True, slots=True)
class Scored:
    """A mock, beside the forecast that was made for it. Shares from 0 to 1. `brier` is None where it was not worked out."""

    on: date
    share: float
    questions: int
    low: float
    expected: float
    high: float
    brier: float | None

    @property
    def right(self) -> int:
        return round(self.share * self.questions)

    @property
    def is_held(self) -> bool:
        """Whether the mock came out within the interval; half a thousandth is rounding."""
        return self.low - 0.0005 <= self.share <= self.high + 0.0005

    @property
    def percent(self) -> str:
        return percent(self.share)

    @property
    def expected_percent(self) -> str:
        return percent(self.expected)

    @property
    def span(self) -> str:
        return span(self.low, self.high)


@dataclass(frozen=True, slots=True)
class Course:
    """`daily`: one forecast a day at most, in order. `mocks`: those that were scored by a mock, in order. `exam`: the forecast
    that stood when the exam was taken, if the student said how it went."""

    daily: tuple[Forecast, ...]
    mocks: tuple[Scored, ...]
    exam: Forecast | None

    @property
    def held(self) -> int:
        return sum(mock.is_held for mock in self.mocks)

    @property
    def brier(self) -> float | None:
        """The mean over all questions of the mocks that have one."""
        scored = [(mock.brier, mock.questions) for mock in self.mocks if mock.brier is not None]
        questions = sum(number for _, number in scored)
        return sum(brier * number for brier, number in scored) / questions if questions else None


def course(forecasts: Sequence[Forecast], zone: tzinfo) -> Course:
    """Of forecasts in the order in which they were made."""
    daily = {each.on: each for each in forecasts if each.occasion is None}
    told = [each for each in forecasts if each.exam_share is not None]
    return Course(tuple(daily.values()), _mocks(forecasts, zone), told[-1] if told else None)


def _mocks(forecasts: Sequence[Forecast], zone: tzinfo) -> tuple[Scored, ...]:
    """A mock may score several forecasts at once: the one made for it counts, else the latest day's before it."""
    by_mock: dict[datetime, Forecast] = {}
    for each in forecasts:
        if each.scored_at is not None:
            held = by_mock.get(each.scored_at)
            if held is None or held.occasion is None:
                by_mock[each.scored_at] = each
    return tuple(_scored(each, zone) for each in by_mock.values())


def _scored(each: Forecast, zone: tzinfo) -> Scored:
    if each.scored_at is None or each.scored_share is None or not each.scored_questions:
        raise ValueError(f"forecast {each.pk} of {each.on} says that it was scored, and not by what")
    return Scored(
        on=study_day(each.scored_at, zone),
        share=each.scored_share,
        questions=each.scored_questions,
        low=each.now_low,
        expected=each.now_share,
        high=each.now_high,
        brier=each.brier,
    )
