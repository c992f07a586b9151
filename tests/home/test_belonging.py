"""Whatever table points to a person: nothing of theirs is left once they are gone, and a guest's goes on as theirs."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.db import models
from django.urls import reverse
from django.utils import timezone

from studyapp.accounts import ownership
from studyapp.accounts import services as accounts
from studyapp.accounts.models import User
from studyapp.attempts.models import Attempt, Flaw, Miss, Reason, Report
from studyapp.attempts.services import explain, report
from studyapp.drills import services
from studyapp.drills.models import DrillKind
from studyapp.drills.services import Scope
from studyapp.memory import by_hand, daily, forecasts, goals
from studyapp.memory.goals import Aim
from studyapp.memory.models import Card, Day, Forecast, Goal
from tests.accounts.factories import GuestFactory, UserFactory
from tests.drills.factories import a_fact, learn
from tests.exams.factories import sat
from tests.home.people import visitor
from tests.memory.histories import count, facts, remember

pytestmark = pytest.mark.django_db


def pointing() -> list[tuple[type[models.Model], str]]:
    """Every column of this house that names a person."""
    return [
        (model, field.name)
        for model in apps.get_models()
        if model.__module__.startswith("studyapp.")
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey) and field.related_model is User
    ]


def traces(pk: int) -> set[str]:
    return {f"{model.__name__}.{name}" for model, name in pointing() if model.objects.filter(**{name: pk}).exists()}


def live(student: User) -> Attempt:
    """Use what leaves a row: answers with reasons, reports, cards, days, forecasts, a goal, a calendar."""
    now = timezone.now()
    attempt, _ = learn(student, a_fact(), right=False, now=now - timedelta(days=2))
    explain(attempt=attempt, reason=Reason.TIME, now=now)
    report(
        student=student, revision=attempt.asked, seed=attempt.seed, order=attempt.order, response=None,
        flaw=Flaw.TEXT, words="", now=now,
    )  # fmt: skip
    by_hand.flag(student=student, fact=a_fact(), now=now)
    remember(student, [fact for fact in facts() if fact != a_fact()], now=now)
    count(student, 60, now=now)
    goals.set_goal(student=student, aim=Aim("DVA-C03", None, 45), now=now)
    goals.open_feed(student=student)
    forecasts.keep(student, now)
    daily.roll_up(student, now)
    return attempt


class TestErase:
    def test_leaves_nothing_of_the_person_in_any_table(self):
        student, other = UserFactory(), UserFactory()
        live(student)
        live(other)
        pk, kept = student.pk, traces(other.pk)
        assert {
            "Attempt.student",
            "Card.student",
            "Day.student",
            "Forecast.student",
            "Goal.student",
            "Report.student",
        } <= kept

        visitor(student).post(reverse("home:erase"), {"confirm": student.name})

        assert traces(pk) == set()
        assert traces(other.pk) == kept

    def test_leaves_answers_and_reports_without_a_name_and_no_judgement_of_oneself(self):
        attempt = live(UserFactory())

        visitor(attempt.student).post(reverse("home:erase"), {"confirm": attempt.student.name})

        assert Attempt.objects.get().student is None
        assert Report.objects.get().student is None
        assert not Miss.objects.exists()


class TestMerge:
    @pytest.fixture
    def guest(self):
        guest = GuestFactory()
        live(guest)
        return guest

    def test_gives_the_person_all_that_the_guest_did(self, guest):
        person, pk, kept = UserFactory(), guest.pk, traces(guest.pk)

        ownership.take_over(guest, person)

        assert traces(pk) == set()
        assert traces(person.pk) >= kept - {"Day.student"}
        assert Goal.objects.get(student=person).minutes == 45
        assert Card.objects.get(student=person, fact=a_fact()).is_flagged

    def test_leaves_the_persons_own_goal_and_forecast(self, guest):
        person = UserFactory()
        goals.set_goal(student=person, aim=Aim("", None, 10), now=timezone.now())
        own = Forecast.objects.get()
        own.pk, own.student = None, person
        own.save()

        ownership.take_over(guest, person)

        assert Goal.objects.get(student=person).minutes == 10
        assert Forecast.objects.get() == own

    def test_counts_the_days_of_both(self, guest):
        person, now = UserFactory(), timezone.now()
        learn(person, a_fact("lambda.vpc.internet"), now=now - timedelta(days=2))
        daily.roll_up(person, now)

        ownership.take_over(guest, person)

        assert [day.counts["answers"] for day in Day.objects.filter(student=person)] == [2]


LEFT_OUT = {
    "Attempt": {"shown_id"},  # lets a page that is sent twice count once; says nothing of the person
    "Sitting": {
        "here",
        "here_since",
        "hides_clock",
        "opens_at",
        "closes_at",
        "return_to",
        "reveals",
    },  # of an open page
    "Goal": {"feed_key"},  # a secret: an export may lie about
    "DrillItem": {"position"},  # lists in their order
}
"""Columns that no export holds, and why."""
NAMED_OTHERWISE = {"DrillItem": {"revision": "items", "seed": "seeds"}, "SittingItem": {"revision": "item"}}
ROWS = {
    "Attempt": ("attempts", "answers"),
    "Report": ("attempts", "reports"),
    "Card": ("memory", "cards"),
    "Review": ("memory", "reviews"),
    "Day": ("memory", "days"),
    "Goal": ("memory", "goal"),
    "Forecast": ("memory", "forecasts"),
    "Drill": ("drills",),
    "DrillItem": ("drills",),
    "Sitting": ("exams",),
    "SittingItem": ("exams", "items"),
}
"""Where the rows of a table stand in an export."""


class TestExport:
    def test_holds_every_column_of_what_a_student_makes(self):
        tables = {model.__name__: model for model in apps.get_models() if model.__module__.startswith("studyapp.")}
        student = UserFactory()
        live(student)
        sat(student, now=timezone.now() - timedelta(days=1))
        services.open_on(student=student, scope=Scope(DrillKind.NEW, "New"), now=timezone.now())
        kept = accounts.export(student)

        for name, path in ROWS.items():
            row = rows_at(kept, path)
            held = {part for key in row for part in key.split("__")}
            renamed = NAMED_OTHERWISE.get(name, {})
            own = {column.name for column in tables[name]._meta.concrete_fields if column.name != "id"}
            belongs = {"student", "drill", "sitting"}
            missing = {column for column in own - belongs if renamed.get(column, column) not in held}
            assert missing == LEFT_OUT.get(name, set()), name


def rows_at(kept: dict, path: tuple[str, ...]) -> dict:
    """The first row there is at `path`."""
    found = kept
    for step in path:
        found = found[0] if isinstance(found, list) else found
        found = found[step]
    return found[0] if isinstance(found, list) else found
