"""Cards as pages read them hold what the rows hold."""

from datetime import timedelta

import pytest

from studyapp.memory.desk import lay
from studyapp.memory.held import Held, cards_of
from studyapp.scheduling import fsrs6
from tests.accounts.factories import UserFactory
from tests.conftest import NOW
from tests.memory.cards import a_card, some_facts

pytestmark = pytest.mark.django_db


@pytest.fixture
def student():
    return UserFactory()


class TestCardsOf:
    def test_has_every_field_as_the_card_has_it(self, student):
        plain, odd, guessed = some_facts(3)
        cards = [
            a_card(student, plain, was_right=None),
            a_card(student, odd, lapses=4, is_suspended=True, is_flagged=True, buried_until=NOW, was_right=False),
            a_card(student, guessed),
        ]
        cards[2].stability = cards[2].difficulty = cards[2].reviewed_at = None
        cards[2].save()

        held = cards_of(student)

        for card in cards:
            assert [getattr(held[card.fact_id], name) for name in Held._fields] == [
                getattr(card, name) for name in Held._fields
            ]

    @pytest.mark.parametrize(
        ("until", "is_suspended", "may"), [(1, False, False), (-1, False, True), (-1, True, False)]
    )
    def test_knows_as_the_card_does_what_may_be_asked(self, student, until, is_suspended, may):
        card = a_card(student, *some_facts(1), buried_until=NOW + timedelta(hours=until), is_suspended=is_suspended)

        assert card.may_be_asked(NOW) is cards_of(student)[card.fact_id].may_be_asked(NOW) is may

    def test_are_nobody_elses(self, student):
        a_card(UserFactory(), *some_facts(1))

        assert cards_of(student) == {}


class TestRecall:
    @pytest.mark.parametrize("ago", [-1, 0, 0.99, 1, 12.5, 400])
    def test_is_that_of_the_package(self, student, ago):
        card = a_card(student, *some_facts(1), ago=ago, stability=7.3)

        (fact,) = lay(student, NOW).met

        assert fact.recall == pytest.approx(fsrs6.retrievability(card.memory, NOW), rel=1e-12)
