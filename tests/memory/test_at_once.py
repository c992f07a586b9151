"""Two requests of one student at once: what the second one finds when it has waited for the first."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from studyapp.memory import daily, services
from studyapp.memory.models import Card, Day
from studyapp.memory.services import AlreadyLearnt
from tests.accounts.factories import UserFactory
from tests.conftest import NOW
from tests.drills.factories import a_fact, learn
from tests.memory.answers import an_attempt

pytestmark = pytest.mark.django_db
FOUR = datetime(2026, 11, 24, 4, tzinfo=UTC)


@contextmanager
def just_before(table: str, happens: Callable[[], object]) -> Iterator[None]:
    """What another request does while the first statement about `table` waits."""
    waiting = [happens]

    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if waiting and f'FROM "{table}"' in sql:
            waiting.pop()()
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield
    assert not waiting


def cards(student) -> list[dict[str, object]]:
    return list(Card.objects.filter(student=student).order_by("fact").values())


class TestTwoClicks:
    @pytest.mark.parametrize("say", [services.guessed, services.undo])
    def test_say_it_once(self, say):
        attempt, _ = learn(UserFactory(), a_fact())

        with (
            just_before("memory_card", lambda: say(attempt=attempt, now=NOW)),
            pytest.raises(AlreadyLearnt),
        ):
            say(attempt=attempt, now=NOW)

    def test_own_up_to_no_guess_that_was_taken_back(self):
        attempt, _ = learn(UserFactory(), a_fact())
        services.undo(attempt=attempt, now=NOW)

        with pytest.raises(AlreadyLearnt, match="taken back"):
            services.guessed(attempt=attempt, now=NOW)


class TestTwoAnswers:
    def test_come_to_the_sum_of_their_reviews_when_the_later_one_is_kept_first(self):
        student = UserFactory()
        for later, is_right in ((timedelta(days=9, seconds=1), False), (timedelta(days=9), True)):
            attempt = an_attempt(student, a_fact(), is_right=is_right, now=NOW + later)
            services.learn(attempt=attempt, student=student, now=NOW + later)
        live = cards(student)

        services.rebuild(student=student)

        assert cards(student) == live

    def test_take_hold_of_several_cards_in_one_order(self):
        student = UserFactory()
        slugs = ("lambda.vpc.internet", "lambda.concurrency.scaling-rate", "lambda.errors.async-attempts")
        for fact in slugs:
            attempt = an_attempt(student, a_fact(fact))
            attempt.parts = dict.fromkeys(slugs, True)
            review = services.learn(attempt=attempt, student=student, now=NOW)
            moved = list(attempt.reviews.order_by("pk").values_list("card__fact", flat=True))
            assert moved == sorted(moved)
            assert review.card.fact == a_fact(fact)


class TestADayThatEnds:
    def test_is_kept_once_what_was_answered_in_it_has_arrived(self):
        """An answer of 03:59 may reach the log after four."""
        student = UserFactory()
        learn(student, a_fact(), now=NOW)
        assert daily.roll_up(student, FOUR + timedelta(minutes=1)) == 0

        late = FOUR - timedelta(seconds=1)
        services.learn(attempt=an_attempt(student, a_fact(), now=late), student=student, now=late)

        soon = FOUR + timedelta(minutes=20)
        assert daily.days(student, FOUR + timedelta(minutes=2))[NOW.date()].answers == 2
        assert daily.roll_up(student, soon) == 1
        assert daily.days(student, soon)[NOW.date()].answers == 2

    def test_counts_a_mock_that_is_handed_in_while_it_is_kept(self):
        student = UserFactory()
        learn(student, a_fact(), now=NOW)
        attempt = an_attempt(student, a_fact("lambda.vpc.internet"), now=NOW)
        later = NOW + timedelta(days=1)

        def hand_in() -> None:
            services.learn(attempt=attempt, student=student, now=later)

        with just_before("accounts_user", hand_in):
            daily.roll_up(student, later)

        kept = Day.objects.get(student=student)
        assert kept.counts["answers"] == 2
        assert daily.days(student, later)[NOW.date()].answers == 2
