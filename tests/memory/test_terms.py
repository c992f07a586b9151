from datetime import UTC, date, datetime, timedelta

import pytest

from studyapp.memory import queries, services
from studyapp.memory.models import Card, Goal
from studyapp.memory.terms import DEFAULT, Terms, place
from studyapp.scheduling import fsrs6
from studyapp.scheduling.fsrs6 import Memory, Rating
from tests.accounts.factories import UserFactory
from tests.conftest import NOW
from tests.drills.factories import a_fact
from tests.memory.answers import an_attempt

pytestmark = pytest.mark.django_db
OLD = Memory(30.0, 5.0, NOW - timedelta(days=30))


class TestTerms:
    def test_survive_being_kept(self):
        terms = Terms(0.85, {0: 3, 12: 1}, frozenset({5, 6}))

        assert Terms.from_json(terms.as_json()) == terms

    def test_of_an_older_drill_are_the_defaults(self):
        assert Terms.from_json({}) == DEFAULT

    def test_are_read_in_two_queries(self, django_assert_num_queries):
        student = UserFactory()
        Goal.objects.create(student=student, retention=0.85, days_off=[1], dates_off=["2026-11-26"])
        Card.objects.create(student=student, fact=a_fact(), due_at=datetime(2026, 11, 26, 4, tzinfo=UTC))

        with django_assert_num_queries(2):
            terms = queries.terms(student, NOW)

        assert (terms.retention, terms.loads) == (0.85, {3: 1})
        assert {day for day in terms.off if day < 9} == {1, 3, 8}  # the 23rd is a Monday

    def test_of_a_card_that_is_late_count_for_today(self):
        student = UserFactory()
        Card.objects.create(student=student, fact=a_fact(), due_at=NOW - timedelta(days=9))

        assert queries.terms(student, NOW).loads == {0: 1}


class TestPlace:
    def day(self, terms: Terms, slug: str) -> int:
        days = fsrs6.interval(OLD, Rating.GOOD, NOW)
        return fsrs6.placed(days, place(terms, OLD, Rating.GOOD, slug, NOW))

    def test_stays_within_the_range_and_the_same_for_the_same_moment(self):
        days = fsrs6.spread(fsrs6.interval(OLD, Rating.GOOD, NOW))

        assert {self.day(DEFAULT, f"fact {n}") for n in range(400)} == set(days)
        assert self.day(DEFAULT, "a") == self.day(DEFAULT, "a")

    def test_leaves_days_off_out(self):
        days = list(fsrs6.spread(fsrs6.interval(OLD, Rating.GOOD, NOW)))
        terms = Terms(off=frozenset(days[1:]))

        assert {self.day(terms, f"fact {n}") for n in range(20)} == {days[0]}

    def test_seeks_the_empty_day(self):
        days = list(fsrs6.spread(fsrs6.interval(OLD, Rating.GOOD, NOW)))
        terms = Terms(loads=dict.fromkeys(days[1:], 40))

        assert [self.day(terms, f"fact {n}") for n in range(20)].count(days[0]) >= 18


class TestLearn:
    @pytest.mark.parametrize("retention", [0.8, 0.95])
    def test_brings_a_fact_back_when_so_much_is_left(self, retention):
        student, now = UserFactory(), NOW
        for _ in range(4):
            attempt = an_attempt(student, a_fact(), now=now)
            review = services.learn(attempt=attempt, student=student, terms=Terms(retention), now=now)
            card = Card.objects.get(student=student)
            due, now = card.due_at - now, card.due_at + timedelta(hours=1)

        assert review.retention == retention
        days = fsrs6.interval(Memory(card.stability, card.difficulty, card.reviewed_at), Rating.GOOD, card.reviewed_at)
        assert days > 0
        left = fsrs6.retrievability(card.memory, card.reviewed_at + due)
        assert left == pytest.approx(retention, abs=0.05)

    def test_counts_the_day_where_the_student_is(self):
        student = UserFactory(time_zone="Pacific/Auckland")  # Tuesday morning there
        attempt = an_attempt(student, a_fact(), is_right=False)
        services.learn(attempt=attempt, student=student, now=NOW)

        due = Card.objects.get(student=student).due_at.astimezone(student.zone)
        assert (due.date(), due.hour) == (date(2026, 11, 25), 4)
