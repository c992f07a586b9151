"""Which facts are due, new, weak, missed, flagged; and which are not asked at all."""

from datetime import timedelta

import pytest

from studyapp.memory import by_hand
from studyapp.memory.desk import lay
from tests.accounts.factories import UserFactory
from tests.conftest import NOW
from tests.drills.factories import a_fact, learn
from tests.memory.cards import a_card, some_facts

pytestmark = pytest.mark.django_db


@pytest.fixture
def student():
    return UserFactory()


def slugs(facts):
    return [fact.slug for fact in facts]


class TestDesk:
    def test_has_the_most_forgotten_of_what_is_due_first(self, student):
        one, other, third = some_facts(3)
        a_card(student, one, stability=20)
        a_card(student, other, stability=2)
        a_card(student, third, due_in=1, stability=1)

        desk = lay(student, NOW)

        assert slugs(desk.due) == [other.slug, one.slug]
        assert slugs(desk.kept) == [third.slug]
        assert slugs(desk.weak) == [third.slug, other.slug, one.slug]

    def test_has_nothing_due_before_the_morning(self, student):
        learn(student, a_fact(), right=False)
        morning = NOW.replace(hour=4) + timedelta(days=1)

        assert lay(student, morning - timedelta(seconds=1)).due == ()
        assert slugs(lay(student, morning).due) == [a_fact().slug]

    def test_mixes_sections_among_new_facts(self):
        assert len({fact.section for fact in lay(None, NOW).new[:10]}) == 10

    def test_leaves_retired_facts_out(self, student):
        fact = a_fact()
        a_card(student, fact)
        fact.retired_at = NOW
        fact.save()

        assert fact.slug not in slugs(lay(student, NOW).facts)

    def test_knows_what_was_missed_and_what_is_flagged(self, student):
        one, other = some_facts(2)
        a_card(student, one, was_right=False)
        a_card(student, other)
        by_hand.flag(student=student, fact=other, now=NOW)

        desk = lay(student, NOW)

        assert slugs(desk.missed) == [one.slug]
        assert slugs(desk.flagged) == [other.slug]

    def test_asks_nothing_that_is_suspended_or_put_off(self, student):
        one, other = some_facts(2)
        for fact in (one, other):
            a_card(student, fact, was_right=False, is_flagged=True)
        by_hand.suspend(student=student, fact=one, now=NOW)
        by_hand.bury(student=student, fact=other, now=NOW)

        desk, tomorrow = lay(student, NOW), lay(student, NOW + timedelta(days=1))

        assert not {one.slug, other.slug} & set(slugs(desk.all + desk.weak + desk.missed + desk.flagged))
        assert slugs(desk.suspended) == [one.slug]
        assert other.slug in slugs(tomorrow.all)

    def test_costs_two_queries(self, student, django_assert_num_queries):
        with django_assert_num_queries(2):
            lay(student, NOW)
