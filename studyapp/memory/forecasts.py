"""Writes: forecasts are kept as they were made, and scored on what came.

Other rooms call these four:
* `keep(student, now)` when a drill opens: the study day's own forecast, once a day;
* `keep_for_mock(student, occasion, facts, now)` when a mock starts: what it says of each question, and the day's own;
* `score(student, occasion, results, ended)` when the mock is handed in;
* `score_exam(student, of_ten, now)` when the student says how the exam went.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from studyapp.accounts.models import User
from studyapp.memory.models import Forecast, Goal
from studyapp.memory.outlook import Known, for_exam, forecast, known
from studyapp.memory.plans import ASKED_OF
from studyapp.scheduling.days import study_day
from studyapp.scheduling.forecasting import Forecast as Expected
from studyapp.scheduling.statistics import brier

LEAST_QUESTIONS = 20
"""A mock of fewer scores its own forecast alone: what came of five questions says little about a whole exam."""


class NotOfTen(ValueError):
    """How many were right is no number from 0 to 10."""


def keep(student: User, now: datetime) -> None:
    """Keep what is expected today and on the day of the exam: once a study day, and nothing before there is a forecast. One
    query for a day that has its row, eight for one that has none."""
    today = study_day(now, student.zone)
    if Forecast.objects.of(student).filter(on=today, occasion=None).exists():
        return
    read = known(student, now)
    expected = forecast(read, now)
    if isinstance(expected, Expected):
        Forecast.objects.bulk_create(
            [_row(read, expected)], ignore_conflicts=True
        )  # two drills that open at once keep one


def keep_for_mock(student: User, occasion: UUID, facts: Collection[int], now: datetime) -> dict[int, float]:
    """Keep what is expected of a mock that asks `facts`, one question each; the chance of each to come right, by its id. The study
    day's own forecast is kept with it if it has none yet: somebody may sit mocks and never open a drill.

    Empty before there is a forecast, and a fact that no mock could ask has none. Called twice for an occasion, the first row
    stands. Seven queries.
    """
    read = known(student, now)
    asked = [read.facts[fact] for fact in facts if fact in read.facts]
    expected = forecast(read, now, blueprint=Counter(fact.section for fact in asked)) if asked else None
    if not isinstance(expected, Expected):
        return {}
    today = forecast(read, now)
    daily = [_row(read, today)] if isinstance(today, Expected) else []
    Forecast.objects.bulk_create([*daily, _row(read, expected, occasion=occasion)], ignore_conflicts=True)
    return {fact.pk: expected.chances[str(fact.pk)] for fact in asked}


@transaction.atomic
def score(student: User, occasion: UUID, results: Sequence[tuple[float | None, bool]], ended: datetime) -> None:
    """Hold what was forecast against a mock: the chance that each question was given (None without one), and whether it came
    right; unanswered is not. A mock of 20 questions or more also scores the days' forecasts that no mock has scored yet, of
    those that were made before it `ended`: a mock may be handed in days after its time was up. Two queries, of one transaction
    with handing in."""
    if not results:
        return
    came: dict[str, object] = {
        "scored_at": ended,
        "scored_share": sum(is_right for _, is_right in results) / len(results),
        "scored_questions": len(results),
    }
    waiting = Forecast.objects.of(student).open().filter(made_at__lte=ended)
    foretold = [(chance, is_right) for chance, is_right in results if chance is not None]
    waiting.filter(occasion=occasion).update(brier=brier(foretold), **came)
    if len(results) >= LEAST_QUESTIONS:
        waiting.filter(occasion=None).update(**came)


@transaction.atomic
def score_exam(student: User, of_ten: int | None, now: datetime) -> Goal | None:
    """What the student says of the exam, once: of ten Lambda questions how many were right; None if they would rather not say.

    It scores the last forecast for that day. None for somebody whose exam is not over. Raises NotOfTen. Three queries.
    """
    if of_ten is not None and not 0 <= of_ten <= ASKED_OF:
        raise NotOfTen(f"“{of_ten}” is not a number from 0 to {ASKED_OF}.")
    goal = Goal.objects.select_for_update().filter(student=student).first()
    if goal is None or goal.exam_on is None or goal.exam_on >= study_day(now, student.zone):
        return None
    if goal.went_at is not None:
        return goal
    goal.went, goal.went_at = of_ten, now
    goal.save(update_fields=["went", "went_at"])
    last = Forecast.objects.of(student).filter(exam_on=goal.exam_on, occasion=None, share__isnull=False)
    row = last.order_by("-made_at").first() if of_ten is not None else None
    if row:
        row.exam_share = (of_ten or 0) / ASKED_OF
        row.save(update_fields=["exam_share"])
    return goal


def _row(read: Known, now_is: Expected, *, occasion: UUID | None = None) -> Forecast:
    """What is kept of a forecast for now; of one for the exam's day too, if it is still to come."""
    row = Forecast(
        student=read.student,
        made_at=read.now,
        on=read.today,
        version=now_is.version,
        answers=now_is.answers,
        now_share=now_is.share,
        now_low=now_is.low,
        now_high=now_is.high,
        occasion=occasion,
    )
    then = for_exam(read)
    if then and occasion is None:
        row.exam_on, row.share, row.low, row.high = read.goal.exam_on, then.share, then.low, then.high
    return row
