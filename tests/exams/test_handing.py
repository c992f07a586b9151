"""Handing in: memory moves once, by what was saved in time."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from studyapp.attempts.models import Attempt, Source
from studyapp.exams import services
from studyapp.exams.models import Sitting
from studyapp.memory.models import Card, Review
from tests.accounts.factories import UserFactory
from tests.exams.factories import answer, at, begin, hand_in, place, sat, save

pytestmark = pytest.mark.django_db


@pytest.fixture
def student():
    return UserFactory()


class TestHandIn:
    def test_moves_the_memory_of_each_answered_question_once(self, student):
        sitting = begin(student)
        for position in (1, 2, 4):
            answer(sitting, position, right=position != 2, is_sure=position == 1, now=at(minutes=position))

        for seconds in (0, 1):
            hand_in(sitting, at(minutes=5, seconds=seconds))

        attempts = Attempt.objects.filter(occasion=sitting.occasion).order_by("position")
        assert [(each.position, each.is_right, each.is_sure) for each in attempts] == [
            (1, True, True),
            (2, False, False),
            (4, True, False),
        ]
        assert {each.source for each in attempts} == {Source.MOCK}
        assert Review.objects.filter(attempt__in=attempts, kind="answer").count() == 3
        assert Card.objects.of(student).count() == 3
        assert Sitting.objects.get().submitted_at == at(minutes=5)

    def test_keeps_when_and_how_long_each_was_answered(self, student):
        sitting = begin(student)
        struck = place(sitting).order[:1]
        answer(sitting, 1, now=at(seconds=50), struck=tuple(struck), device_ms=48_000)
        save(sitting, 2, now=at(seconds=80))

        hand_in(sitting, at(minutes=2))

        attempt = Attempt.objects.get()
        assert (attempt.answered_at, attempt.took) == (at(seconds=50), timedelta(seconds=50))
        assert (attempt.struck, attempt.device_ms) == (struck, 48_000)
        assert place(sitting, 2).seconds == 70

    def test_tells_whether_the_first_response_was_right(self, student):
        sitting = begin(student)
        answer(sitting, 1, right=True)
        answer(sitting, 1, right=False)
        answer(sitting, 2, right=False)

        hand_in(sitting)

        assert [place(sitting, each).is_first_right for each in (1, 2, 3)] == [True, False, None]

    def test_late_counts_what_was_saved_in_time_and_ends_at_the_deadline(self, student):
        sitting = begin(student)
        answer(sitting, 1, now=at(minutes=9, seconds=59))

        hand_in(sitting, at(days=1))

        kept = Sitting.objects.get()
        assert kept.submitted_at == kept.deadline_at == at(minutes=10)
        assert kept.left(kept.submitted_at) == timedelta()
        assert Attempt.objects.get().answered_at == at(minutes=9, seconds=59)
        assert Review.objects.get().at == at(days=1)
        assert place(sitting).seconds == 600

    def test_of_a_paused_one_ends_it_then_and_there(self, student):
        sitting = begin(student, is_strict=False)
        services.pause(student=student, sitting_id=sitting.pk, now=at(minutes=3))

        hand_in(sitting, at(minutes=60))

        kept = Sitting.objects.get()
        assert (kept.submitted_at, kept.paused_at) == (at(minutes=60), None)
        assert kept.spent(kept.submitted_at) == timedelta(minutes=3)

    def test_takes_no_time_that_an_assignment_cut_off(self, student):
        sitting = begin(student)
        Sitting.objects.filter(pk=sitting.pk).update(closes_at=at(minutes=3))

        over = hand_in(sitting, at(minutes=20))

        assert over.submitted_at == at(minutes=3)
        assert over.spent(over.submitted_at) == timedelta(minutes=3)

    def test_of_nothing_moves_nothing(self, student):
        hand_in(begin(student))

        assert not Attempt.objects.exists()

    def test_records_every_kind_of_question_that_a_mock_asks(self, student):
        sitting = sat(student, 65, right=40)

        attempts = Attempt.objects.filter(occasion=sitting.occasion)
        assert attempts.count() == 65
        assert sum(each.is_right for each in attempts) == 40
        assert Review.objects.filter(attempt__in=attempts).values("attempt").distinct().count() == 65


class TestSettle:
    def test_hands_in_what_is_overdue_and_nothing_else(self, student):
        over, running = begin(student), begin(UserFactory(), now=at(minutes=5))
        paused = begin(UserFactory(), is_strict=False)
        services.pause(student=paused.student, sitting_id=paused.pk, now=at(minutes=1))

        assert services.settle(at(minutes=10)) == 0
        assert services.settle(at(minutes=10, seconds=1)) == 1

        assert list(Sitting.objects.handed_in()) == [over]
        assert list(Sitting.objects.open().order_by("pk")) == [running, paused]

    def test_has_a_command(self, student):
        begin(student, now=timezone.now() - timedelta(days=1))
        said = StringIO()

        call_command("settle_sittings", stdout=said)

        assert "1 sitting handed in." in said.getvalue()
        kept = Sitting.objects.get()
        assert kept.submitted_at == kept.deadline_at
