"""The log is complete: whatever happened, in whatever zone and on whatever terms, cards and days come out of it again."""

from datetime import date, datetime, timedelta
from importlib.metadata import version

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from studyapp.attempts import services as attempts
from studyapp.content.models import Fact
from studyapp.memory import by_hand, daily, services
from studyapp.memory.counting import Counts
from studyapp.memory.models import Card, Day, Review
from studyapp.memory.terms import Terms
from studyapp.scheduling import policy
from studyapp.scheduling.policy import Pace
from tests.accounts.factories import UserFactory
from tests.conftest import NOW
from tests.memory.answers import an_attempt

pytestmark = pytest.mark.django_db

FACTS = ("lambda.concurrency.scaling-rate", "lambda.vpc.internet")
SAID = (by_hand.suspend, by_hand.resume, by_hand.bury, by_hand.flag, by_hand.unflag, by_hand.reset)
TERMS = (Terms(), Terms(0.8), Terms(0.95, {3: 9, 4: 0, 5: 30}, frozenset({2})))

answers = st.fixed_dictionaries(
    {
        "fact": st.sampled_from(FACTS),
        "is_right": st.booleans(),
        "is_sure": st.booleans(),
        "hints": st.sampled_from([(), ("word",)]),
        "pace": st.sampled_from(Pace),
        "terms": st.sampled_from(TERMS),
        "then": st.sampled_from([None, None, None, services.guessed, services.undo]),
        "later": st.integers(0, 60 * 24 * 4),
    }
)
said = st.tuples(st.sampled_from(SAID), st.sampled_from(FACTS))
zones = st.sampled_from(["Europe/Vienna", "America/Los_Angeles", "Pacific/Auckland"])
events = st.lists(st.tuples(st.integers(1, 60 * 24 * 20), st.one_of(answers, answers, said, zones)), max_size=14)


class TestReplay:
    @settings(max_examples=40, deadline=None)
    @given(events)
    def test_equals_what_happened(self, history):
        with transaction.atomic():
            student = UserFactory()
            now = _live(student, history)
            cards, days = _state(student, now)
            Card.objects.filter(student=student).update(
                stability=1, difficulty=1, reviewed_at=NOW, due_at=NOW, answers=7, lapses=7, was_right=None,
                is_suspended=True, is_flagged=True, buried_until=NOW,
            )  # fmt: skip
            services.rebuild(student=student)
            daily.rebuild(student, now)
            assert _state(student, now) == (cards, days)
            transaction.set_rollback(True)


class TestAReview:
    def test_keeps_what_moved_the_card(self):
        """A release of the package can reckon otherwise by the same parameters."""
        student, fact = UserFactory(), _fact(FACTS[0])
        review = services.learn(attempt=an_attempt(student, fact), student=student, now=NOW)

        assert (review.policy, review.parameters) == (policy.VERSION, f"fsrs-6 defaults, py-fsrs {version('fsrs')}")
        assert len(review.parameters) <= Review._meta.get_field("parameters").max_length


def _live(student, history) -> datetime:
    now = NOW
    for minutes, event in history:
        now += timedelta(minutes=minutes)
        if isinstance(event, str):
            student.time_zone = event
            student.save()
            daily.rebuild(student, now)
        elif isinstance(event, tuple):
            say, fact = event
            say(student=student, fact=_fact(fact), now=now)
        else:
            now = _answer(student, now, **event)
        daily.roll_up(student, now)
    return now


def _answer(student, now, *, fact, is_right, is_sure, hints, pace, terms, then, later) -> datetime:
    attempt = an_attempt(student, _fact(fact), is_right=is_right, is_sure=is_sure, hints=hints, now=now)
    services.learn(attempt=attempt, student=student, pace=pace, terms=terms, now=now)
    if then is None:
        return now
    now += timedelta(minutes=later)
    then(attempt=attempt, now=now)
    if then is services.undo:
        attempts.withdraw(attempt=attempt, now=now)
    return now


def _state(student, now) -> tuple[list[dict[str, object]], dict[date, Counts]]:
    cards = list(Card.objects.filter(student=student).order_by("fact").values())
    for row in Day.objects.filter(student=student):
        assert daily.days(student, now)[row.on] == Counts.from_json(row.counts)
    return cards, daily.days(student, now)


def _fact(slug):
    return Fact.objects.get(slug=slug)
