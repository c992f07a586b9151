"""What is expected of a mock is kept at its start, and held against it at its end."""

import pytest

from studyapp.memory import forecasts
from studyapp.memory.models import Card, Forecast
from studyapp.scheduling.statistics import brier
from tests.accounts.factories import UserFactory
from tests.exams.factories import answer, at, begin, hand_in
from tests.memory.histories import count, facts, remember

pytestmark = pytest.mark.django_db
SIZE = 20


@pytest.fixture
def student():
    student = UserFactory()
    remember(student, facts())
    count(student, 40)
    return student


def sat(student):
    sitting = begin(student, SIZE)
    for position in range(1, SIZE):
        answer(sitting, position, right=position % 4 > 0, now=at(minutes=position))
    return sitting, hand_in(sitting, at(minutes=30))


class TestAMock:
    def test_keeps_the_chance_of_each_question(self, student):
        sitting = begin(student, SIZE)

        chances = dict(sitting.items.values_list("revision__item__fact", "predicted"))
        known = set(Card.objects.of(student).values_list("fact", flat=True))
        assert all(0 < chance < 1 for chance in chances.values())
        assert min(chances[fact] for fact in chances if fact in known) > max(
            (chances[fact] for fact in chances if fact not in known), default=0
        )

    def test_is_held_against_what_was_expected_of_it(self, student):
        sitting, _ = sat(student)

        forecast = Forecast.objects.get(occasion=sitting.occasion)
        right = [position % 4 > 0 and position < SIZE for position in range(1, SIZE + 1)]
        chances = sitting.items.order_by("position").values_list("predicted", flat=True)
        assert (forecast.scored_share, forecast.scored_questions) == (sum(right) / SIZE, SIZE)
        assert forecast.brier == pytest.approx(brier(list(zip(chances, right, strict=True))))

    def test_expects_nothing_of_somebody_who_has_just_begun(self):
        sitting, _ = sat(UserFactory())

        assert not Forecast.objects.exists()
        assert set(sitting.items.values_list("predicted", flat=True)) == {None}

    def test_handed_in_late_scores_nothing_that_was_forecast_after_its_time_was_up(self, student):
        forecasts.keep(student, at(minutes=-1))
        sitting = begin(student, SIZE)
        for position in range(1, SIZE + 1):
            answer(sitting, position, now=at(minutes=1))
        forecasts.keep(student, at(days=2))

        hand_in(sitting, at(days=3))

        daily = Forecast.objects.filter(occasion=None).order_by("made_at")
        assert list(daily.values_list("scored_at", flat=True)) == [at(minutes=40), None]
        assert Forecast.objects.get(occasion=sitting.occasion).scored_at == at(minutes=40)

    @pytest.mark.parametrize(("answered", "is_scored"), [(SIZE // 2 - 1, False), (SIZE // 2, True)])
    def test_that_was_left_says_nothing_of_what_was_expected(self, student, answered, is_scored):
        sitting = begin(student, SIZE)
        for position in range(1, answered + 1):
            answer(sitting, position, now=at(minutes=1))

        hand_in(sitting, at(minutes=2))

        assert {row.scored_at is not None for row in Forecast.objects.all()} == {is_scored}
