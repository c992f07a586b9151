from datetime import timedelta

import pytest

from studyapp.drills import queries
from tests.accounts.factories import UserFactory
from tests.conftest import NOW
from tests.drills.factories import answer, open_drill

pytestmark = pytest.mark.django_db


class TestOpenDrill:
    def test_is_the_latest_that_was_begun(self):
        student = UserFactory()
        for day in range(3):
            last = open_drill(student, size=2, now=NOW + timedelta(days=day))
            answer(student, last, now=NOW + timedelta(days=day))

        assert queries.open_drill(student) == last

    def test_is_none_that_a_double_click_left_behind(self):
        student = UserFactory()
        open_drill(student)

        assert queries.open_drill(student) is None

    def test_is_none_once_all_is_answered(self):
        student = UserFactory()
        drill = open_drill(student, size=1)
        answer(student, drill)

        assert queries.open_drill(student) is None

    def test_is_none_from_many_drills_ago(self, monkeypatch):
        monkeypatch.setattr(queries, "LATEST", 2)
        student = UserFactory()
        begun = open_drill(student, size=2)
        answer(student, begun)
        for _ in range(2):
            assert queries.open_drill(student) == begun
            answer(student, open_drill(student, size=1))

        assert queries.open_drill(student) is None

    def test_is_nobody_elses(self):
        other = UserFactory()
        answer(other, open_drill(other, size=2))

        assert queries.open_drill(UserFactory()) is None
        assert queries.open_drill(None) is None
