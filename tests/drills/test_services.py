import pytest
from django.utils import timezone

from studyapp.attempts.models import Attempt
from studyapp.content.models import Item
from studyapp.drills import queries, services
from tests.accounts.factories import UserFactory
from tests.conftest import NOW
from tests.drills.factories import a_fact, answer, open_drill
from tests.drills.pages import fields, url

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


class TestAPlaceThatWasMovedAway:
    def test_shows_what_was_answered_there(self, client, student, drill):
        """Another question was put before it in the moment in which it was answered."""
        attempt, _ = answer(student, drill, 2, now=timezone.now())
        places = {place.position: place for place in drill.items.all()}
        drill.items.filter(position=2).update(revision=places[3].revision, seed=places[3].seed)

        page = client.get(url("question", drill, 2))

        assert page.status_code == 200
        assert len(fields(page).verdicts) == len(attempt.order)
        assert client.get(url("done", drill)).status_code == 200


class TestRetired:
    def test_item_is_still_asked_in_a_drill_that_was_opened_before(self):
        student = UserFactory()
        drill = open_drill(student, a_fact())
        Item.objects.filter(fact=a_fact()).update(retired_at=NOW)

        answer(student, drill)

        assert Attempt.objects.of(student).get().is_right
