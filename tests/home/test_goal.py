from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from studyapp.home.goal_forms import FURTHEST
from studyapp.memory import goals
from studyapp.memory.goals import Aim
from studyapp.memory.models import Goal
from studyapp.memory.queries import goal_of
from studyapp.scheduling.days import study_day
from tests.accounts.factories import UserFactory
from tests.home.people import visitor, words

pytestmark = pytest.mark.django_db
SOUND = {
    "exam": "DVA-C03",
    "minutes": "45",
    "days_off": ["5", "6"],
    "dates_off": "",
    "retention": "90",
    "time_zone": "Europe/Vienna",
}


@pytest.fixture
def student():
    return UserFactory()


@pytest.fixture
def today():
    return study_day(timezone.now())


def say(student, **changes):
    given = {name: value for name, value in (SOUND | changes).items() if value is not None}
    return visitor(student).post(reverse("home:goal"), given)


class TestGoal:
    def test_is_kept_as_it_was_said(self, student, today):
        exam_on, off = today + timedelta(days=30), today + timedelta(days=3)

        response = say(student, exam_on=exam_on.isoformat(), dates_off=f"{off}, {off}")

        assert response.url == reverse("home:index")
        goal = goal_of(student)
        assert (goal.exam_on, goal.minutes, goal.days_off, goal.dates_off) == (exam_on, 45, [5, 6], [off.isoformat()])
        student.refresh_from_db()
        assert student.time_zone == "Europe/Vienna"

    def test_comes_back_as_it_was_kept(self, student, today):
        say(student, exam_on=(today + timedelta(days=30)).isoformat())

        html = visitor(student).get(reverse("home:goal")).content.decode()

        assert f'value="{today + timedelta(days=30)}"' in html
        assert '<option value="Europe/Vienna" selected>Vienna</option>' in html

    def test_may_leave_an_exam_that_is_over_as_it_is(self, student, today):
        past = today - timedelta(days=5)
        goals.set_goal(student=student, aim=Aim("DVA-C03", past, 20), now=timezone.now() - timedelta(days=9))

        assert say(student, exam_on=past.isoformat()).status_code == 302

    @pytest.mark.parametrize(
        ("changes", "says"),
        [
            ({"minutes": "481"}, "Minutes a day: 481 minutes is not from 5 to 480."),
            ({"minutes": "4"}, "Minutes a day: 4 minutes is not from 5 to 480."),
            ({"minutes": "ten"}, "Minutes a day: This is not a whole number of minutes from 5 to 480."),
            ({"minutes": "9" * 400}, "Minutes a day"),
            ({"retention": "0.5"}, "percent: This is not a whole number of percent from 70 to 97."),
            ({"retention": "50"}, "percent: 50 percent is not from 70 to 97."),
            ({"retention": "98"}, "percent: 98 percent is not from 70 to 97."),
            ({"exam": "CCNA"}, "Exam: “CCNA” is not in the list."),
            ({"exam_on": "14.12.2026"}, "Day of the exam: “14.12.2026” is not a day. Write it like 2026-12-14."),
            ({"exam_on": "0001-01-01"}, "has passed. The first day that can be chosen is"),
            ({"exam_on": "9999-12-31"}, "9999-12-31 is too far off. The last day that can be chosen is"),
            ({"days_off": list("0123456")}, "All seven weekdays are without study. Leave at least one."),
            ({"days_off": ["7"]}, "Weekdays without study: “7” is not in the list."),
            ({"dates_off": "Christmas"}, "“Christmas” is not a day. Write it like 2026-12-24."),
            ({"dates_off": " ".join(["2026-12-24"] * 61)}, "61 days are named. There can be at most 60."),
            ({"dates_off": "2" * 1001}, "Other days without study"),
            ({"time_zone": "Mars/Olympus"}, "Time zone: “Mars/Olympus” is not in the list."),
        ],
    )  # fmt: skip
    def test_that_cannot_be_names_field_value_and_limit(self, student, changes, says):
        response = say(student, **changes)

        assert response.status_code == 422
        assert says in words(response.content.decode())
        assert not Goal.objects.exists()

    @pytest.mark.parametrize("days", [-1, FURTHEST.days + 1])
    def test_has_a_day_within_two_years(self, student, today, days):
        assert say(student, exam_on=(today + timedelta(days=days)).isoformat()).status_code == 422
        assert say(student, exam_on=(today + timedelta(days=days % 730)).isoformat()).status_code == 302

    def test_of_a_day_names_its_exam(self, student, today):
        response = say(student, exam="", exam_on=(today + timedelta(days=9)).isoformat())

        assert "Choose which exam it is on" in words(response.content.decode())

    def test_says_what_another_retention_costs(self, student):
        page = words(visitor(student).get(reverse("home:goal")).content.decode())

        assert "At 95 it waits 0.4 times as long, about 2 times the work" in page

    @pytest.mark.parametrize("name", ["goal", "date", "no_time", "time_after_all", "went", "open_feed", "close_feed"])
    def test_is_for_those_who_have_a_row(self, name):
        response = Client().post(reverse(f"home:{name}"))

        assert response.url.startswith(reverse("accounts:sign_in"))
        assert not Goal.objects.exists()


class TestTheShortWay:
    def test_keeps_the_day_and_the_zone_of_the_browser(self, student, today):
        exam_on = (today + timedelta(days=30)).isoformat()
        given = {"exam": "SAA-C03", "exam_on": exam_on, "time_zone": "Asia/Tokyo"}

        visitor(student).post(reverse("home:date"), given)

        student.refresh_from_db()
        assert (goal_of(student).exam, student.time_zone) == ("SAA-C03", "Asia/Tokyo")

    def test_leaves_a_zone_that_it_does_not_know(self, student, today):
        given = {"exam": "SAA-C03", "exam_on": today.isoformat(), "time_zone": "Mars/Olympus"}

        assert visitor(student).post(reverse("home:date"), given).status_code == 302
        student.refresh_from_db()
        assert student.time_zone == ""

    def test_shows_what_is_wrong_on_today(self, student):
        response = visitor(student).post(reverse("home:date"), {"exam": "DVA-C03", "exam_on": "2020-01-01"})

        page = words(response.content.decode())
        assert response.status_code == 422
        assert "Date: 2020-01-01 has passed." in page
        assert "minutes today" in page
