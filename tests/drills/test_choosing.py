"""The page on which a drill is chosen: its rows, what does not stick, what was set aside."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from studyapp.drills.choices import choices
from studyapp.drills.models import Drill, DrillKind, Feedback
from studyapp.memory import by_hand
from studyapp.memory.models import Card
from tests.accounts.factories import UserFactory
from tests.conftest import NOW
from tests.drills.factories import a_fact, answer, learn, open_drill
from tests.memory.cards import a_card, some_facts

pytestmark = pytest.mark.django_db
INDEX = reverse("drills:index")


def row(choices, title):
    return next(choice for choice in choices if choice.title == title)


class TestRows:
    def test_say_how_many_facts_there_are_and_how_long_a_drill_of_them_takes(self, student):
        for fact in some_facts(13):
            a_card(student, fact, was_right=False)

        own = choices(student, NOW).own

        due, missed = row(own, "Due"), row(own, "Missed")
        assert (due.facts, due.asked, due.time.total_seconds()) == (13, 12, 12 * 45)
        assert (missed.facts, row(own, "Flagged").facts) == (13, 0)

    def test_of_sections_say_how_many_are_due_and_new(self, student):
        vpc = some_facts(2, section=7)
        a_card(student, vpc[0])
        a_card(student, vpc[1], due_in=3)

        found = row(choices(student, NOW).sections, "VPC")

        assert (found.due, found.new) == (1, found.facts - 2)

    def test_are_there_for_every_clue_and_objective(self):
        found = choices(None, NOW)

        assert len(found.clues) == 13
        assert row(found.objectives, "DVA-C03, domain 1").facts > 12
        assert all(choice.facts for choice in found.clues + found.objectives + found.sections)

    def test_cost_nine_queries_however_much_was_done(self, student):
        learn(student, a_fact(), right=False)
        for number, fact in enumerate(some_facts(30, section=5)):
            a_card(student, fact, lapses=number)

        with CaptureQueriesContext(connection) as captured:
            choices(student, NOW)

        assert len(captured) <= 9


class TestIndex:
    def test_is_there_for_somebody_without_a_row(self):
        page = Client().get(INDEX).content.decode()

        assert "Choose what to drill" in page
        assert "Sticking points" not in page

    def test_has_each_sticking_point_with_what_to_do(self, client, student):
        fact = a_fact()
        a_card(student, fact, lapses=5)

        page = client.get(INDEX).content.decode()

        assert "Sticking points" in page
        assert fact.name in page
        assert "forgotten 5 times: not learnt yet" in page

    def test_goes_on_with_what_is_open(self, client, student):
        answer(student, drill := open_drill(student, a_fact(), a_fact("lambda.vpc.internet")))

        assert reverse("drills:resume", args=[drill.pk]) in client.get(INDEX).content.decode()


class TestAFact:
    def test_is_set_aside_and_asked_again(self, client, student):
        fact = a_fact()
        a_card(student, fact, lapses=5)

        client.post(reverse("drills:suspend"), {"fact": fact.slug})
        assert Card.objects.get(student=student).is_suspended
        page = client.get(INDEX).content.decode()
        assert "Set aside: 1" in page
        assert "Sticking points" not in page

        client.post(reverse("drills:ask_again"), {"fact": fact.slug})
        assert not Card.objects.get(student=student).is_suspended

    @pytest.mark.parametrize("slug", ["lambda.x.y", "", "\0"])
    def test_that_nobody_knows_is_not_found(self, client, slug):
        assert client.post(reverse("drills:suspend"), {"fact": slug}).status_code == 404


class TestThePlaceOfAnAnswer:
    def test_is_that_of_the_drill(self, client, student):
        attempt, _ = answer(student, drill := open_drill(student, a_fact()))

        found = client.get(reverse("drills:place", args=[attempt.occasion, 1]))

        assert found.url == reverse("drills:question", args=[drill.pk, 1])

    def test_of_somebody_else_is_not_found(self, client):
        attempt, _ = learn(UserFactory(), a_fact())

        assert client.get(reverse("drills:place", args=[attempt.occasion, 1])).status_code == 404
        assert client.get(reverse("drills:place", args=[uuid4(), 1])).status_code == 404


class TestStart:
    def start(self, client, **given):
        return client.post(reverse("drills:start"), given)

    @pytest.mark.parametrize(
        ("given", "kind", "title"),
        [
            ({}, DrillKind.PLAN, "Today"),
            ({"kind": "new", "size": "3"}, DrillKind.NEW, "What is new"),
            ({"clue": "rate-limit"}, DrillKind.CLUE, "Rate-limit Lambda"),
            ({"objective": "DVA-C03 D1"}, DrillKind.OBJECTIVE, "DVA-C03, domain 1"),
            ({"kind": "plan", "section": "7"}, DrillKind.SECTION, "VPC"),
        ],
    )
    def test_opens_what_was_chosen(self, client, student, given, kind, title):
        self.start(client, **given)

        drill = Drill.objects.of(student).get()
        assert (drill.kind, drill.title, drill.feedback) == (kind, title, Feedback.NOW)

    def test_keeps_when_reasons_are_shown_and_how_long_it_takes(self, client, student):
        self.start(client, kind="new", minutes="3", feedback="end")

        drill = Drill.objects.of(student).get()
        assert drill.feedback == Feedback.END
        assert drill.items.count() == 2

    @pytest.mark.parametrize(
        ("given", "says"),
        [
            ({"kind": "easy"}, "“easy” is no kind of drill"),
            ({"kind": "newcomer"}, "“newcomer” is no kind of drill"),
            ({"minutes": "0"}, "“0” is not from 1 to 480 minutes."),
            ({"minutes": "481"}, "“481” is not from 1 to 480 minutes."),
            ({"size": "31"}, "“31” is not from 1 to 30 questions."),
            ({"size": "many"}, "Enter a whole number of questions, from 1 to 30."),
            ({"feedback": "never"}, "“never” is not when reasons can be shown"),
            ({"clue": "x" * 81}, "80"),
        ],
    )
    def test_says_what_is_wrong_with_a_wish(self, client, student, given, says):
        response = self.start(client, **given)

        assert response.status_code == 422
        assert says in response.content.decode()
        assert not Drill.objects.of(student).exists()

    def test_without_a_question_says_why_and_what_comes(self, client, student):
        a_card(student, a_fact(), due_in=400)
        by_hand.flag(student=student, fact=a_fact(), now=NOW)
        by_hand.suspend(student=student, fact=a_fact(), now=NOW)

        page = self.start(client, kind="flagged").content.decode()

        assert "You have flagged nothing." in page
        assert "Choose what to drill" in page
