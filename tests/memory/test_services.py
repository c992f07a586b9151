from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.db.models.signals import pre_save
from django.test.utils import CaptureQueriesContext

from studyapp.memory import owned, services
from studyapp.memory.models import Card, Kind, Review
from studyapp.memory.services import AlreadyLearnt
from studyapp.scheduling.fsrs6 import Rating
from tests.accounts.factories import GuestFactory, UserFactory
from tests.conftest import NOW
from tests.drills.factories import a_fact, learn

pytestmark = pytest.mark.django_db
OTHERS = ("lambda.vpc.internet", "lambda.errors.async-attempts")
TOMORROW = datetime(2026, 11, 24, 4, tzinfo=UTC)


def card_of(student) -> Card:
    return Card.objects.get(student=student)


def memories(student) -> list[tuple[object, ...]]:
    return list(
        Card.objects.filter(student=student)
        .order_by("fact")
        .values_list("fact", "stability", "difficulty", "reviewed_at", "due_at")
    )


class TestLearn:
    @pytest.mark.parametrize(
        ("right", "is_sure", "rating"),
        [
            (True, True, Rating.GOOD),
            (True, False, Rating.GOOD),
            (False, True, Rating.AGAIN),
            (False, False, Rating.AGAIN),
        ],
    )
    def test_rates_by_mark(self, right, is_sure, rating):
        _, review = learn(UserFactory(), a_fact(), right=right, is_sure=is_sure)

        assert review.rating == rating

    def test_keeps_what_was_predicted_before_the_answer(self):
        student = UserFactory()
        _, first = learn(student, a_fact())
        _, second = learn(student, a_fact(), now=NOW + timedelta(days=5))

        assert first.predicted is None
        assert 0 < second.predicted < 1

    def test_moves_one_card_whichever_item_asked(self):
        student = UserFactory()
        for days in range(4):
            learn(student, a_fact(), now=NOW + timedelta(days=days))

        assert Card.objects.filter(student=student).count() == 1
        assert Review.objects.filter(card__student=student).count() == 4

    def test_brings_a_missed_fact_back_tomorrow(self):
        student = UserFactory()
        learn(student, a_fact(), right=False)

        assert card_of(student).due_at == TOMORROW

    def test_counts_an_attempt_once(self):
        student = UserFactory()
        attempt, _ = learn(student, a_fact())

        with pytest.raises(AlreadyLearnt):
            services.learn(attempt=attempt, student=student, now=NOW)
        assert Review.objects.filter(attempt=attempt).count() == 1

    def test_counts_when_another_answer_has_just_met_the_fact(self):
        student = UserFactory()

        def another(**_):
            """What a second worker does between our look for the card and our making it."""
            pre_save.disconnect(another, sender=Card)
            Card.objects.bulk_create([Card(student=student, fact=a_fact(), due_at=NOW)])

        pre_save.connect(another, sender=Card, weak=False)
        learn(student, a_fact())

        assert card_of(student).reviews.count() == 1


class TestGuessed:
    def test_leaves_memory_as_it_was_before_the_answer(self):
        student = UserFactory()
        learn(student, a_fact())
        before = card_of(student).memory
        attempt, _ = learn(student, a_fact(), now=NOW + timedelta(days=3))

        services.guessed(attempt=attempt, now=NOW + timedelta(days=3))

        assert card_of(student).memory == before

    def test_is_due_no_later_than_tomorrow(self):
        student = UserFactory()
        attempt, _ = learn(student, a_fact())

        services.guessed(attempt=attempt, now=NOW)

        assert card_of(student).due_at == TOMORROW
        assert card_of(student).memory is None

    def test_is_said_once(self):
        attempt, _ = learn(UserFactory(), a_fact())
        services.guessed(attempt=attempt, now=NOW)

        with pytest.raises(AlreadyLearnt):
            services.guessed(attempt=attempt, now=NOW)


class TestUndo:
    def test_is_as_if_the_answer_had_not_been_given(self):
        student = UserFactory()
        learn(student, a_fact())
        before = memories(student)
        attempt, _ = learn(student, a_fact(), right=False, now=NOW + timedelta(days=3))

        services.undo(attempt=attempt, now=NOW + timedelta(days=3))

        assert memories(student) == before

    def test_leaves_the_only_answer_without_a_memory(self):
        student = UserFactory()
        attempt, _ = learn(student, a_fact())

        services.undo(attempt=attempt, now=NOW)

        assert card_of(student).memory is None
        assert card_of(student).due_at == NOW

    def test_keeps_the_reviews(self):
        attempt, _ = learn(UserFactory(), a_fact())
        services.undo(attempt=attempt, now=NOW)

        assert list(Review.objects.filter(attempt=attempt).values_list("kind", flat=True)) == [Kind.ANSWER, Kind.UNDO]


class TestRebuild:
    def test_makes_the_same_cards_from_the_reviews(self):
        student = UserFactory()
        facts = [a_fact(), a_fact("lambda.vpc.internet"), a_fact("lambda.errors.async-attempts")]
        for day in range(12):
            attempt, _ = learn(student, facts[day % 3], right=day % 4 != 0, now=NOW + timedelta(days=day))
            if day % 5 == 1:
                services.guessed(attempt=attempt, now=NOW + timedelta(days=day, minutes=1))
            if day % 5 == 2:
                services.undo(attempt=attempt, now=NOW + timedelta(days=day, minutes=1))
        kept = memories(student)
        Card.objects.filter(student=student).update(stability=1, difficulty=1, reviewed_at=NOW, due_at=NOW)

        services.rebuild(student=student)

        assert memories(student) == kept


class TestMerge:
    def test_is_the_union_of_both_histories_in_the_order_of_time(self):
        guest, user, both = GuestFactory(), UserFactory(), UserFactory()
        for day, (one, right) in enumerate([(guest, True), (user, False), (guest, True), (user, True)]):
            at = NOW + timedelta(days=2 * day)
            learn(one, a_fact(), right=right, now=at)
            learn(both, a_fact(), right=right, now=at)
        learn(guest, a_fact("lambda.vpc.internet"))
        learn(both, a_fact("lambda.vpc.internet"))

        owned.merge(guest, user)

        # but for the day on which a fact comes back: that hangs on how full the days were of who answered
        assert [memory[:-1] for memory in memories(user)] == [memory[:-1] for memory in memories(both)]
        assert not Card.objects.filter(student=guest).exists()

    def test_costs_the_same_for_many_cards(self):
        few, many = (self.cost_of([a_fact(), *facts]) for facts in ([], [a_fact(slug) for slug in OTHERS]))

        assert few == many

    def cost_of(self, facts):
        guest, user = GuestFactory(), UserFactory()
        for fact in facts:
            learn(guest, fact)
            learn(user, fact, now=NOW + timedelta(days=1))
        with CaptureQueriesContext(connection) as queries:
            owned.merge(guest, user)
        return len(queries)


class TestAnAttemptAtSeveralFacts:
    """A matching item: each pair is a fact, and each memory moves by its own pair."""

    parts = {
        "lambda.concurrency.scaling-rate": True,
        "lambda.vpc.internet": False,
        "lambda.errors.async-attempts": True,
    }

    @pytest.fixture
    def attempt(self):
        attempt, _ = learn(UserFactory(), a_fact())
        Review.objects.all().delete()
        Card.objects.all().delete()
        attempt.parts, attempt.fraction = self.parts, 2 / 3
        attempt.save()
        return attempt

    def test_moves_each_memory_by_its_own_part(self, attempt):
        review = services.learn(attempt=attempt, student=attempt.student, now=NOW)

        rated = Review.objects.values_list("card__fact__slug", "rating")
        assert dict(rated) == {slug: Rating.GOOD if known else Rating.AGAIN for slug, known in self.parts.items()}
        assert review.card.fact == a_fact()

    def test_moves_them_once(self, attempt):
        services.learn(attempt=attempt, student=attempt.student, now=NOW)

        with pytest.raises(AlreadyLearnt):
            services.learn(attempt=attempt, student=attempt.student, now=NOW)
        assert Review.objects.count() == 3

    def test_is_taken_back_as_a_whole(self, attempt):
        services.learn(attempt=attempt, student=attempt.student, now=NOW)
        services.undo(attempt=attempt, now=NOW)

        assert set(Card.objects.values_list("stability", flat=True)) == {None}
        assert Review.objects.filter(kind=Kind.UNDO).count() == 3
        with pytest.raises(AlreadyLearnt):
            services.undo(attempt=attempt, now=NOW)

    def test_survives_being_rebuilt(self, attempt):
        services.learn(attempt=attempt, student=attempt.student, now=NOW)
        before = memories(attempt.student)
        services.rebuild(student=attempt.student)

        assert memories(attempt.student) == before
