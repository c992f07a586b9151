from datetime import UTC, date, datetime, timedelta

import pytest

from studyapp.memory import by_hand, queries, services
from studyapp.memory.models import Card, Kind, Review
from tests.accounts.factories import UserFactory
from tests.conftest import NOW
from tests.drills.factories import a_fact, learn

pytestmark = pytest.mark.django_db
TOMORROW = datetime(2026, 11, 24, 4, tzinfo=UTC)
LATER = NOW + timedelta(days=40)


@pytest.fixture
def student():
    return UserFactory()


def due(student, now=LATER) -> int:
    return Card.objects.of(student).due(now).count()


class TestSuspend:
    def test_takes_a_card_out_of_play_until_it_is_resumed(self, student):
        learn(student, a_fact())
        by_hand.suspend(student=student, fact=a_fact(), now=NOW)
        assert due(student) == 0

        by_hand.resume(student=student, fact=a_fact(), now=NOW)
        assert due(student) == 1

    def test_works_for_a_fact_never_met(self, student):
        by_hand.suspend(student=student, fact=a_fact(), now=NOW)

        card = Card.objects.get(student=student)
        assert card.is_suspended
        assert card.memory is None


class TestBury:
    def test_puts_a_card_off_until_tomorrow_and_leaves_its_day(self, student):
        learn(student, a_fact(), right=False)
        before = Card.objects.get(student=student).due_at
        at = TOMORROW + timedelta(hours=3)

        card = by_hand.bury(student=student, fact=a_fact(), now=at)

        assert card.due_at == before
        assert due(student, at) == 0
        assert due(student, TOMORROW + timedelta(days=1)) == 1

    def test_is_due_next_when_it_may_be_asked(self, student):
        learn(student, a_fact(), right=False)
        assert queries.next_due_at(student) == TOMORROW

        by_hand.bury(student=student, fact=a_fact(), now=TOMORROW)

        assert queries.next_due_at(student) == TOMORROW + timedelta(days=1)

    def test_ends_with_an_answer(self, student):
        by_hand.bury(student=student, fact=a_fact(), now=NOW)
        learn(student, a_fact(), right=False)

        assert Card.objects.get(student=student).buried_until is None


class TestFlag:
    def test_is_put_and_taken_away(self, student):
        assert by_hand.flag(student=student, fact=a_fact(), now=NOW).is_flagged
        assert not by_hand.unflag(student=student, fact=a_fact(), now=NOW).is_flagged


class TestReset:
    def test_is_as_if_never_met_and_keeps_the_log(self, student):
        learn(student, a_fact())
        by_hand.flag(student=student, fact=a_fact(), now=NOW)

        card = by_hand.reset(student=student, fact=a_fact(), now=NOW + timedelta(days=1))

        assert (card.memory, card.answers, card.lapses, card.was_right) == (None, 0, 0, None)
        assert card.due_at == NOW + timedelta(days=1)
        assert card.is_flagged
        assert Review.objects.filter(card=card, kind=Kind.ANSWER).count() == 1

    def test_begins_again_with_the_next_answer(self, student):
        learn(student, a_fact())
        first = Card.objects.get(student=student).stability
        by_hand.reset(student=student, fact=a_fact(), now=NOW + timedelta(days=1))
        learn(student, a_fact(), now=NOW + timedelta(days=9))

        assert Card.objects.get(student=student).stability == first


class TestSetDue:
    def test_gives_a_day_and_leaves_the_memory(self, student):
        learn(student, a_fact())
        before = Card.objects.get(student=student).memory

        card = by_hand.set_due(student=student, fact=a_fact(), on=date(2026, 12, 24), now=NOW)

        assert card.due_at == datetime(2026, 12, 24, 4, tzinfo=UTC)
        assert card.memory == before

    @pytest.mark.parametrize("day", [date(2026, 11, 22), date(2027, 11, 24)])
    def test_refuses_a_day_that_is_past_or_too_far_off(self, student, day):
        with pytest.raises(by_hand.NotADay, match=f"“{day}” is not between today, 2026-11-23, and 365 days from now"):
            by_hand.set_due(student=student, fact=a_fact(), on=day, now=NOW)

    def test_takes_today_and_the_last_day(self, student):
        for day in (date(2026, 11, 23), date(2027, 11, 23)):
            by_hand.set_due(student=student, fact=a_fact(), on=day, now=NOW)


def test_what_is_said_survives_a_rebuild(student):
    learn(student, a_fact())
    for say in (by_hand.suspend, by_hand.flag, by_hand.bury):
        say(student=student, fact=a_fact(), now=NOW + timedelta(hours=1))
    by_hand.set_due(student=student, fact=a_fact(), on=date(2026, 12, 1), now=NOW + timedelta(hours=2))
    kept = Card.objects.values().get(student=student)
    Card.objects.update(is_suspended=False, is_flagged=False, buried_until=None, due_at=NOW, stability=1)

    services.rebuild(student=student)

    assert Card.objects.values().get(student=student) == kept
