from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from studyapp.memory import daily, goals
from studyapp.memory.goals import Aim
from studyapp.memory.models import Day, Goal
from studyapp.memory.queries import goal_of
from tests.accounts.factories import UserFactory
from tests.conftest import NOW
from tests.drills.factories import a_fact, learn

pytestmark = pytest.mark.django_db
TODAY = NOW.date()
EXAM_ON = date(2026, 12, 14)
AIM = Aim("DVA-C03", EXAM_ON, 45, days_off=(5, 6), dates_off=(date(2026, 11, 30),), retention=0.85)


class TestSetGoal:
    def test_keeps_all_that_was_said(self):
        student = UserFactory()

        goals.set_goal(student=student, aim=AIM, now=NOW)

        goal = goal_of(student)
        assert (goal.exam, goal.exam_on, goal.minutes, goal.retention) == ("DVA-C03", EXAM_ON, 45, 0.85)
        assert goal.is_off(date(2026, 11, 28))  # a Saturday
        assert goal.is_off(date(2026, 11, 30))
        assert not goal.is_off(date(2026, 12, 1))

    def test_drops_days_that_have_passed(self):
        student = UserFactory()
        days = (TODAY - timedelta(days=1), TODAY)

        goals.set_goal(student=student, aim=Aim("", None, 20, dates_off=days), now=NOW)

        assert goal_of(student).dates_off == [TODAY.isoformat()]

    @pytest.mark.parametrize(
        ("aim", "is_kept"), [(AIM, True), (Aim("DVA-C03", EXAM_ON + timedelta(days=9), 45), False)], ids=["same", "new"]
    )
    def test_of_another_exam_asks_again_how_it_went(self, aim, is_kept):
        student = UserFactory()
        goals.set_goal(student=student, aim=AIM, now=NOW)
        Goal.objects.update(went=7, went_at=NOW)

        goals.set_goal(student=student, aim=aim, now=NOW)

        assert (goal_of(student).went == 7) is is_kept

    def test_counts_the_days_anew_in_another_time_zone(self):
        student = UserFactory(time_zone="UTC")
        evening = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)
        learn(student, a_fact(), now=evening)
        daily.roll_up(student, NOW)

        goals.set_goal(student=student, aim=Aim("", None, 20, time_zone="Pacific/Auckland"), now=NOW)

        student.refresh_from_db()
        assert student.zone == ZoneInfo("Pacific/Auckland")
        assert Day.objects.get(student=student).on == date(2026, 11, 21)


class TestSetDate:
    def test_leaves_the_rest_as_it_was(self):
        student = UserFactory(time_zone="Europe/Vienna")
        goals.set_goal(student=student, aim=Aim("", None, 45, days_off=(6,), time_zone="Europe/Vienna"), now=NOW)

        goals.set_date(student=student, exam="SAA-C03", exam_on=EXAM_ON, now=NOW)

        goal = goal_of(student)
        assert (goal.exam, goal.exam_on, goal.minutes, goal.days_off) == ("SAA-C03", EXAM_ON, 45, [6])
        assert student.time_zone == "Europe/Vienna"

    def test_takes_the_time_zone_that_the_browser_told(self):
        student = UserFactory()

        goals.set_date(student=student, exam="DVA-C03", exam_on=EXAM_ON, time_zone="Asia/Tokyo", now=NOW)

        student.refresh_from_db()
        assert student.time_zone == "Asia/Tokyo"


class TestADayOff:
    def test_can_be_taken_and_taken_back(self):
        student = UserFactory()

        for _ in range(2):
            assert goals.take_off(student=student, day=TODAY, now=NOW).dates_off == [TODAY.isoformat()]

        assert goals.put_back(student=student, day=TODAY).dates_off == []


class TestTheFeed:
    def test_has_a_key_of_32_letters_that_can_be_changed_and_taken_away(self):
        student = UserFactory()

        first = goals.open_feed(student=student).feed_key
        second = goals.open_feed(student=student).feed_key

        assert len(first) == len(second) == 32
        assert first != second
        assert goals.close_feed(student=student).feed_key is None


class TestExamAt:
    def test_is_nine_in_the_morning_where_the_student_is(self):
        goal = Goal(exam_on=EXAM_ON)

        assert goal.exam_at(ZoneInfo("Europe/Vienna")) == datetime(2026, 12, 14, 8, tzinfo=UTC)
        assert Goal().exam_at(UTC) is None
