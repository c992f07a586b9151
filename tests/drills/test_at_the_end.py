"""A drill that keeps its feedback back until the last answer is given."""

import re

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from studyapp.drills.models import Drill, Feedback
from studyapp.memory.models import Card
from tests.accounts.factories import GuestFactory
from tests.drills.factories import answer, open_drill
from tests.drills.pages import HTMX, fields, post, seen, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def ending(drill):
    drill.feedback = Feedback.END
    drill.save()
    return drill


class TestBeforeTheLastAnswer:
    @pytest.mark.parametrize("right", [True, False])
    def test_says_nothing_of_it(self, client, student, ending, right):
        answered = post(client, student, ending, right=right)
        again = client.get(url("question", ending))

        for response in (answered, again):
            assert "Kept." in seen(response)
            assert fields(response).verdicts == []
            assert 'data-state="given"' in seen(response)
            assert not any(word in seen(response) for word in ("Right", "Not quite", "✓", "✗", "back "))

    @pytest.mark.parametrize("name", ["run", "guess", "explain", "card", "another"])
    def test_finds_nothing_that_would_tell(self, client, student, ending, name):
        post(client, student, ending, right=False)
        send = client.get if name == "run" else client.post

        assert send(url(name, ending), {"reason": "time", "do": "bury", "how": "like"}).status_code == 404

    def test_moves_memory_all_the_same(self, client, student, ending):
        post(client, student, ending)

        assert Card.objects.get(student=student).memory

    def test_can_be_undone_flagged_and_reported(self, client, student, ending):
        post(client, student, ending)

        assert "⚑ Flagged" in seen(client.post(url("flag", ending), {"is_flagged": "true"}, **HTMX))
        assert "Reported." in seen(client.post(url("report", ending), {"flaw": "text"}, **HTMX))
        assert "Taken back" in seen(client.post(url("undo", ending), follow=True))

    def test_ends_without_a_verdict(self, client, student, ending):
        post(client, student, ending, right=False)

        page = seen(client.get(url("done", ending)))

        assert "1 of 3 answered" in page
        assert "missed" not in page
        assert "✗" not in page

    def test_tells_no_guest_when_something_comes_back(self):
        """Tomorrow it is what was missed that comes back."""
        guest, client = GuestFactory(), Client()
        client.force_login(guest)
        ending = open_drill(guest, size=2, now=timezone.now())
        Drill.objects.filter(pk=ending.pk).update(feedback=Feedback.END)
        pages = []
        for right in (True, False):
            with transaction.atomic():
                answer(guest, ending, right=right, now=timezone.now())
                pages.append(re.sub("csrf[^>]*", "", seen(client.get(url("done", ending)))))
                transaction.set_rollback(True)

        assert pages[0] == pages[1]


class TestAfterTheLastAnswer:
    @pytest.fixture
    def over(self, client, student, ending):
        post(client, student, ending, 1, right=False)
        post(client, student, ending, 2)
        self.last = post(client, student, ending, 3)
        return ending

    def test_leads_to_the_end(self, over):
        assert self.last.url == url("done", over)

    def test_lists_them_all_with_their_reasons_in_place(self, client, over):
        response = client.get(url("done", over))

        page = fields(response)
        assert "2 of 3 right" in seen(response)
        assert len(page.verdicts) == 12
        assert page.verdicts.count("miss") == 1
        assert seen(response).count('<details class="told') == 3

    def test_costs_one_query_more_however_many(self, client, over, django_assert_num_queries):
        with django_assert_num_queries(7):
            client.get(url("done", over))

    def test_shows_each_as_any_other(self, client, over):
        assert "Not quite" in seen(client.get(url("question", over, 1)))
        assert "Right." in seen(client.get(url("question", over, 2)))
