from datetime import timedelta

import pytest
from django.contrib.auth import authenticate

from studyapp.accounts.models import Role, User
from studyapp.attempts.models import Attempt
from studyapp.home import demo
from studyapp.memory.models import Card
from tests.conftest import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    return list(demo.make(NOW))


class TestDemo:
    def test_is_an_instructor_and_six_students_who_can_sign_in(self, people):
        assert [User.objects.get(name=person.name).role for person in people] == [Role.INSTRUCTOR] + [Role.STUDENT] * 6
        assert all(authenticate(username=person.name, password=person.password) for person in people)
        assert demo.exist()

    def test_has_three_weeks_of_answers_and_none_of_the_future(self, people):
        moments = Attempt.objects.values_list("answered_at", flat=True)

        assert len(moments) > 250
        assert min(moments) < NOW - timedelta(days=18)
        assert max(moments) <= NOW

    def test_leaves_something_due(self, people):
        for name, _, _ in demo.STUDENTS:
            assert Card.objects.filter(student__name=name).due(NOW).exists()

    def test_passwords_are_different_every_time(self, people):
        assert len({person.password for person in people}) == 7
