"""Reads: predictions and forecasts, and what came of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from studyapp.accounts.models import User
from studyapp.memory import daily
from studyapp.memory.counting import total
from studyapp.memory.models import Forecast
from studyapp.memory.plans import ASKED_OF
from studyapp.progress import charts, words
from studyapp.progress.reading import forecasts, judging
from studyapp.progress.reading.forecasts import Course
from studyapp.progress.reading.judging import Brier, Confidence, Retention, Share
from studyapp.scheduling.days import study_day
from studyapp.ui.pictures.dots import Dot
from studyapp.ui.pictures.shapes import Picture
from studyapp.ui.pictures.words import count

MONTH = 30


@dataclass(frozen=True)
class Period:
    title: str
    retention: Retention
    dot: Dot | None


@dataclass(frozen=True)
class Answers:
    """`what` they are of; no dot under ten."""

    what: str
    share: Share
    dot: Dot | None


@dataclass(frozen=True)
class CalibrationPage:
    """`plot` is None where no band has answers enough, `brier` likewise. `whole`: of the year."""

    whole: Retention
    periods: tuple[Period, ...]
    plot: Picture | None
    brier: Brier | None
    confidence: Confidence
    answers: tuple[Answers, ...]


def calibration_page(student: User | None, now: datetime) -> CalibrationPage | None:
    """Two queries."""
    if student is None or not (days := daily.days(student, now)):
        return None
    since = study_day(now, student.zone) - timedelta(days=MONTH - 1)
    year = total(days.values(), ("bands",))
    month = total((counts for on, counts in days.items() if on >= since), ("bands",))
    periods = [(f"The last {MONTH} days", judging.retention(month)), ("The last year", judging.retention(year))]
    sure = judging.confidence(year)
    said = (("You said that you were sure", sure.sure), ("You did not", sure.unsure))
    return CalibrationPage(
        whole=judging.retention(year),
        periods=tuple(Period(title, each, charts.of_retention(each)) for title, each in periods),
        plot=charts.plot(judging.bands(year)),
        brier=judging.brier(year),
        confidence=sure,
        answers=tuple(Answers(what, share, charts.of_share(share)) for what, share in said),
    )


@dataclass(frozen=True)
class ScorePage:
    """The forecasts of the last year. `latest` is the last one of a day."""

    course: Course
    latest: Forecast
    picture: Picture | None

    @property
    def share(self) -> str:
        return words.percent(self.latest.now_share)

    @property
    def span(self) -> str:
        return words.span(self.latest.now_low, self.latest.now_high)

    @property
    def says(self) -> str:
        """What it rests on, and what is expected on the exam's day, if that is known."""
        made = f"Forecast on {words.day(self.latest.on, self.latest.on)}, from {count(self.latest.answers, 'answer')}."
        then = self.latest
        if then.share is None or then.low is None or then.high is None or then.exam_on is None:
            return made
        at = words.day(then.exam_on, self.latest.on)
        return f"{made} For your exam on {at}: {words.percent(then.share)}, {words.span(then.low, then.high)}."

    @property
    def says_mocks(self) -> str:
        """How many mocks came out within their interval, and their Brier score."""
        mocks = len(self.course.mocks)
        held = f"Of {count(mocks, 'mock exam')}, {self.course.held} came out within the interval forecast."
        if self.course.brier is None:
            return held
        return f"{held} The Brier score of their questions is {self.course.brier:.3f}; a coin gets 0.25."

    @property
    def says_exam(self) -> str:
        """What the student said of the exam, beside what had been forecast. "" without either."""
        told = self.course.exam
        if told is None or told.exam_share is None or told.share is None or told.low is None or told.high is None:
            return ""
        right = round(told.exam_share * ASKED_OF)
        forecast = f"{words.percent(told.share)}, {words.span(told.low, told.high)}"
        return f"Of the exam you said that {right} of {ASKED_OF} Lambda questions were right; forecast was {forecast}."


def score_page(student: User | None, now: datetime) -> ScorePage | None:
    """One query."""
    if student is None:
        return None
    since = study_day(now, student.zone) - timedelta(days=daily.WINDOW - 1)
    rows = Forecast.objects.of(student).filter(on__gte=since).order_by("made_at", "pk")
    found = forecasts.course(list(rows), student.zone)
    return ScorePage(found, found.daily[-1], charts.course(found)) if found.daily else None
