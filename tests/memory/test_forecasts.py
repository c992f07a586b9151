from datetime import timedelta
from uuid import uuid4

import pytest

from studyapp.memory import forecasts, goals, outlook
from studyapp.memory.forecasts import NotOfTen
from studyapp.memory.goals import Aim
from studyapp.memory.models import Forecast, Goal
from studyapp.scheduling.forecasting import NotYet
from tests.accounts.factories import UserFactory
from tests.conftest import NOW
from tests.drills.factories import a_fact, learn
from tests.memory.histories import count, facts, remember

pytestmark = pytest.mark.django_db
EXAM_ON = (NOW + timedelta(days=21)).date()


@pytest.fixture
def student():
    """With facts of all sections met and enough answers for a forecast."""
    student = UserFactory()
    remember(student, facts())
    count(student, 80)
    return student


def known_facts(number=20):
    return [fact.pk for fact in facts()[:number]]


class TestOutlook:
    def test_costs_six_queries(self, student, django_assert_num_queries):
        with django_assert_num_queries(6):
            outlook.forecast(outlook.known(student, NOW), NOW)

    def test_shares_the_exam_among_the_facts_that_a_mock_can_ask(self, student):
        read = outlook.known(student, NOW)

        assert sum(map(read.weight, read.facts)) == pytest.approx(1)

    def test_weighs_nothing_that_no_mock_asks(self, student):
        read = outlook.known(student, NOW)

        assert read.weight(-1) == 0

    def test_expects_less_later(self, student):
        read = outlook.known(student, NOW)

        now, then = (outlook.forecast(read, NOW + timedelta(days=days)) for days in (0, 60))

        assert then.share < now.share

    def test_says_what_is_missing_of_somebody_who_has_just_begun(self):
        student = UserFactory()
        learn(student, a_fact())

        assert outlook.forecast(outlook.known(student, NOW), NOW) == NotYet(29, 5)

    def test_counts_what_was_answered_today(self):
        student = UserFactory()
        learn(student, a_fact())

        assert outlook.known(student, NOW).evidence.answers == 1


class TestKeep:
    def test_once_a_study_day(self, student):
        for hours in (0, 1, 7.9, 9.1):
            forecasts.keep(student, NOW + timedelta(hours=hours))

        assert [row.on.day for row in Forecast.objects.order_by("on")] == [23, 24]

    def test_keeps_what_is_expected_now_and_on_the_day_of_the_exam(self, student):
        goals.set_date(student=student, exam="DVA-C03", exam_on=EXAM_ON, now=NOW)

        forecasts.keep(student, NOW)

        row = Forecast.objects.get()
        assert 0 < row.now_low < row.now_share < row.now_high < 1
        assert row.exam_on == EXAM_ON
        assert row.share < row.now_share
        assert row.answers == 80

    def test_keeps_nothing_for_an_exam_that_is_over(self, student):
        goals.set_date(student=student, exam="DVA-C03", exam_on=EXAM_ON, now=NOW)

        forecasts.keep(student, NOW + timedelta(days=30))

        assert Forecast.objects.get().exam_on is None

    def test_keeps_nothing_before_there_is_a_forecast(self):
        forecasts.keep(UserFactory(), NOW)

        assert not Forecast.objects.exists()

    def test_costs_one_query_once_it_is_kept(self, student, django_assert_num_queries):
        with django_assert_num_queries(8):
            forecasts.keep(student, NOW)
        with django_assert_num_queries(1):
            forecasts.keep(student, NOW)


class TestAMock:
    def test_gives_each_question_its_chance(self, student):
        asked = known_facts()

        chances = forecasts.keep_for_mock(student, uuid4(), asked, NOW)

        assert set(chances) == set(asked)
        assert all(0.25 < chance < 1 for chance in chances.values())

    def test_gives_none_before_there_is_a_forecast(self):
        assert forecasts.keep_for_mock(UserFactory(), uuid4(), known_facts(), NOW) == {}

    def test_keeps_one_row_however_often_it_starts(self, student):
        occasion = uuid4()
        for _ in range(2):
            forecasts.keep_for_mock(student, occasion, known_facts(), NOW)

        assert Forecast.objects.filter(occasion=occasion).count() == 1

    def test_keeps_the_days_own_once(self, student):
        for _ in range(2):
            forecasts.keep_for_mock(student, uuid4(), known_facts(), NOW)
        forecasts.keep(student, NOW)

        own = Forecast.objects.get(occasion=None)
        assert (own.on, own.answers > 0) == (NOW.date(), True)

    def test_stands_beside_the_days_own(self, student):
        forecasts.keep(student, NOW)
        forecasts.keep_for_mock(student, uuid4(), known_facts(), NOW)

        assert Forecast.objects.of(student).count() == 2

    def test_scores_its_own_forecast_and_those_before_it(self, student):
        forecasts.keep(student, NOW - timedelta(days=2))
        occasion = uuid4()
        forecasts.keep_for_mock(student, occasion, known_facts(), NOW)

        forecasts.score(student, occasion, [(0.9, True)] * 16 + [(0.5, False)] * 4, NOW)

        before, today = Forecast.objects.filter(occasion=None).order_by("made_at")
        own = Forecast.objects.get(occasion=occasion)
        assert (before.scored_share, before.scored_questions, before.brier) == (0.8, 20, None)
        assert (today.scored_share, today.brier) == (0.8, None)
        assert own.brier == pytest.approx((16 * 0.01 + 4 * 0.25) / 20)
        assert own.scored_at == NOW

    def test_is_scored_by_the_first_mock_alone(self, student):
        forecasts.keep(student, NOW - timedelta(days=2))
        for share, hours in ((20, 0), (10, 1)):
            results = [(None, place < share) for place in range(20)]
            forecasts.score(student, uuid4(), results, NOW + timedelta(hours=hours))

        assert Forecast.objects.get().scored_share == 1

    def test_of_five_questions_scores_itself_alone(self, student):
        forecasts.keep(student, NOW - timedelta(days=2))
        occasion = uuid4()
        forecasts.keep_for_mock(student, occasion, known_facts(5), NOW)

        forecasts.score(student, occasion, [(0.9, True)] * 5, NOW)

        scored = {row.occasion: row.scored_questions for row in Forecast.objects.all()}
        assert scored == {None: None, occasion: 5}

    def test_leaves_other_peoples_alone(self, student):
        forecasts.keep(student, NOW)

        forecasts.score(UserFactory(), uuid4(), [(None, True)] * 20, NOW)

        assert Forecast.objects.get().scored_at is None


class TestTheExam:
    @pytest.fixture
    def foretold(self, student):
        goals.set_goal(student=student, aim=Aim("DVA-C03", EXAM_ON, 20), now=NOW)
        for days in (0, 1):
            forecasts.keep(student, NOW + timedelta(days=days))
        return student

    def test_scores_the_last_forecast_for_its_day(self, foretold):
        forecasts.score_exam(foretold, 8, NOW + timedelta(days=22))

        assert [row.exam_share for row in Forecast.objects.order_by("on")] == [None, 0.8]
        assert Goal.objects.get().went == 8

    def test_may_stay_unsaid(self, foretold):
        forecasts.score_exam(foretold, None, NOW + timedelta(days=22))

        assert Goal.objects.get().went is None
        assert Goal.objects.get().went_at is not None
        assert not Forecast.objects.exclude(exam_share=None).exists()

    def test_is_said_once(self, foretold):
        for of_ten in (8, 2):
            forecasts.score_exam(foretold, of_ten, NOW + timedelta(days=22))

        assert Goal.objects.get().went == 8

    def test_cannot_be_said_before_it_is_over(self, foretold):
        assert forecasts.score_exam(foretold, 8, NOW + timedelta(days=21)) is None
        assert Goal.objects.get().went_at is None

    @pytest.mark.parametrize("of_ten", [-1, 11])
    def test_is_of_ten(self, foretold, of_ten):
        with pytest.raises(NotOfTen, match=f"“{of_ten}” is not a number from 0 to 10"):
            forecasts.score_exam(foretold, of_ten, NOW)
