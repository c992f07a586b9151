import pytest

from studyapp.attempts.models import Attempt
from studyapp.content.models import Item
from studyapp.drills import queries, services
from tests.accounts.factories import UserFactory
from tests.conftest import NOW
from tests.drills.factories import a_fact, answer, open_drill

pytestmark = pytest.mark.django_db


class TestTakeBack:
    def test_asks_the_same_again_when_no_item_asks_the_fact_any_more(self):
        student = UserFactory()
        drill = open_drill(student, a_fact())
        attempt, _ = answer(student, drill)
        Item.objects.filter(fact=a_fact()).update(retired_at=NOW)

        again = services.take_back(drill=drill, attempt=attempt, now=NOW)

        assert (again.revision, again.seed, again.position) == (attempt.revision, attempt.seed, 2)

    def test_finds_a_place_for_each_of_two_answers_taken_back_at_once(self):
        student = UserFactory()
        drill = open_drill(student, size=2)
        attempts = [answer(student, drill, position)[0] for position in (1, 2)]

        for attempt in attempts:  # both tabs know two places
            services.take_back(drill=drill, attempt=attempt, now=NOW)

        assert queries.plan(student, drill.pk).states == ["withdrawn", "withdrawn", "todo", "todo"]


class TestRetired:
    def test_item_is_still_asked_in_a_drill_that_was_opened_before(self):
        student = UserFactory()
        drill = open_drill(student, a_fact())
        Item.objects.filter(fact=a_fact()).update(retired_at=NOW)

        answer(student, drill)

        assert Attempt.objects.of(student).get().is_right
