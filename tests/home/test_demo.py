from datetime import timedelta
from random import Random

import pytest
from django.contrib.auth import authenticate

from studyapp.accounts.models import Role, User
from studyapp.attempts.models import Attempt
from studyapp.content.models import Item
from studyapp.exams.models import Sitting
from studyapp.home import demo
from studyapp.memory.models import Card, Forecast
from studyapp.questions.marking import mark
from tests.conftest import NOW
from tests.drills.factories import item_of

pytestmark = pytest.mark.django_db


class TestDemo:
    """Made once: three weeks of seven people take seconds."""

    def test_is_an_instructor_and_six_students_with_three_weeks_behind_them(self):
        people = list(demo.make(NOW))

        self.can_sign_in(people)
        self.have_answered(NOW)
        self.include_a_candidate(NOW)

    def can_sign_in(self, people):
        assert [User.objects.get(name=person.name).role for person in people] == [Role.INSTRUCTOR] + [Role.STUDENT] * 6
        assert all(authenticate(username=person.name, password=person.password) for person in people)
        assert len({person.password for person in people}) == 7
        assert demo.exist()

    def have_answered(self, now):
        moments = Attempt.objects.values_list("answered_at", flat=True)
        assert len(moments) > 250
        assert min(moments) < now - timedelta(days=18)
        assert max(moments) <= now
        assert all(Card.objects.filter(student__name=name).due(now).exists() for name, _, _ in demo.STUDENTS)

    def include_a_candidate(self, now):
        sitting = Sitting.objects.get()
        assert sitting.student.name == demo.CANDIDATE
        assert sitting.submitted_at < now
        assert sitting.student.goal.exam_on > now.date()
        assert Forecast.objects.filter(student=sitting.student, scored_questions=demo.MOCK_SIZE).exists()


class TestAnswers:
    """What demo people give is what a page would send, whatever the kind."""

    @pytest.fixture
    def variants(self):
        revisions = [item.revision for item in Item.objects.current().select_related("revision")]
        return [revision.variant(revision.seeds[0]) for revision in revisions]

    @pytest.mark.parametrize("knows", [True, False])
    def test_are_right_for_who_knows_and_wrong_for_who_does_not(self, variants, knows):
        for variant in variants:
            for lot in range(3):
                assert mark(variant, demo._response(variant, Random(lot), knows=knows)).is_right is knows, variant

    @pytest.mark.parametrize("knows", [True, False])
    @pytest.mark.parametrize("kind", ["simulated", "matching", "contrast", "ordering"])
    def test_are_so_for_kinds_that_the_course_has_few_of(self, kind, knows):
        revision = item_of(kind).revision
        variant = revision.variant(revision.seeds[0])

        for lot in range(10):
            assert mark(variant, demo._response(variant, Random(lot), knows=knows)).is_right is knows
