"""What is expected of a mock is kept at its start, and held against it at its end."""

import pytest

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
