"""How many questions each page asks the database: pinned, and the same after 400 days as after one."""

import pytest
from django.test import Client

from tests.accounts.factories import UserFactory
from tests.drills.factories import learn
from tests.home.test_queries import queries
from tests.progress.factories import CLUES, belief, clues, facts, give_days, give_forecast

pytestmark = pytest.mark.django_db
COUNTS = {"": 6, "clues/": 9, "beliefs/": 6, "days/": 5, "calibration/": 4, "score/": 3}
HISTORY = {"mistaken": {">".join(CLUES): 1}}


@pytest.fixture
def student():
    student = UserFactory()
    learn(student, clues()[0].fact)
    give_days(student, 1, beliefs={belief(): [1, 0]}, **HISTORY)
    give_forecast(student)
    return student


@pytest.fixture
def visitor(student) -> Client:
    visitor = Client()
    visitor.force_login(student)
    return visitor


@pytest.mark.parametrize(("page", "count"), COUNTS.items())
class TestQueries:
    def test_of_a_page(self, visitor, page, count):
        assert count <= 12
        with queries(exactly=count):
            visitor.get(f"/progress/{page}")

    def test_do_not_grow_with_history(self, visitor, student, page, count):
        give_days(student, *range(2, 402), beliefs={belief(number): [1, 1] for number in range(30)}, **HISTORY)
        for section in range(1, 11):
            learn(student, facts(section)[0])
        for ago in range(1, 40):
            give_forecast(student, ago)

        with queries(exactly=count):
            visitor.get(f"/progress/{page}")
