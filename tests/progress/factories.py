"""A student with a history, written as rows: what is counted of days, cards, forecasts."""

from datetime import timedelta
from typing import Any

from studyapp.accounts.models import User
from studyapp.content.models import Belief, Clue, Fact, Scenario
from studyapp.memory.counting import Counts, band_of
from studyapp.memory.models import Card, Day, Forecast
from tests.conftest import NOW

CLUES = ("lambda.clues.avoid-cold-start", "lambda.clues.rate-limit")
TODAY = NOW.date()


def belief(number: int = 0) -> str:
    return Belief.objects.filter(retired_at=None).order_by("slug").values_list("slug", flat=True)[number]


def runnable() -> str:
    """A belief that a demo of the lab can run."""
    contrasted = {slug for each in Scenario.objects.current().values_list("contrasts", flat=True) for slug in each}
    every = Belief.objects.filter(slug__in=contrasted).order_by("slug").values_list("slug", "body")
    return next(slug for slug, body in every if body.get("patch") and body.get("refuted_by"))


def counts(**more: Any) -> Counts:
    """An evening of twenty answers, fifteen of them right, in two sections."""
    plain = {
        "answers": 20,
        "right": 15,
        "seconds": 1500.0,
        "sure": 12,
        "sure_right": 11,
        "guesses": 1,
        "squares": 1.7,
        "bands": {band_of(0.875): [8, 7, 7, 7.0], band_of(0.96): [8, 7, 7, 7.68]},
        "sections": {1: [12, 10, 900.0], 8: [8, 5, 600.0]},
    }
    return Counts(**plain | more)


def give_days(student: User, *ago: int, **more: Any) -> None:
    days = [Day(student=student, on=TODAY - timedelta(days=each), counts=counts(**more).as_json()) for each in ago]
    Day.objects.bulk_create(days)


def give_card(student: User, fact: Fact, *, stability: float = 20.0, ago: float = 1, **more: Any) -> Card:
    at = NOW - timedelta(days=ago)
    plain = {"stability": stability, "difficulty": 5.0, "reviewed_at": at, "due_at": at + timedelta(days=stability)}
    return Card.objects.create(student=student, fact=fact, **plain | more)


def give_forecast(student: User, ago: int = 0, **more: Any) -> Forecast:
    at = NOW - timedelta(days=ago)
    plain = {
        "made_at": at,
        "on": at.date(),
        "version": "1",
        "answers": 84,
        "now_share": 0.71,
        "now_low": 0.62,
        "now_high": 0.79,
    }
    return Forecast.objects.create(student=student, **plain | more)


def facts(section: int) -> list[Fact]:
    return list(Fact.objects.current().filter(section=section).order_by("position"))


def clues() -> list[Clue]:
    return list(Clue.objects.filter(retired_at=None).select_related("fact").order_by("row__position"))
