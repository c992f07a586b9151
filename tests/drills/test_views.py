from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from studyapp.attempts import tokens
from studyapp.attempts.models import Attempt
from studyapp.drills import queries
from studyapp.drills.models import Drill
from studyapp.memory.models import Card, Review
from studyapp.ui.words import weekday
from tests.accounts.factories import GuestFactory, UserFactory
from tests.drills.factories import a_fact, answer, ask_for_two, ask_of_old, open_drill, response_to
from tests.drills.pages import HTMX, fields, place_of, post, url

pytestmark = pytest.mark.django_db


class TestQuestion:
    def test_shows_the_stem_and_four_options_without_verdicts(self, client, drill):
        page = fields(client.get(url("question", drill)))

        assert len(page.options) == 4
        assert page.verdicts == []

    def test_sends_a_part_to_htmx_and_a_page_to_everyone_else(self, client, drill):
        assert b"<html" in client.get(url("question", drill)).content
        assert b"<html" not in client.get(url("question", drill), **HTMX).content

    def test_gives_the_key_away_nowhere(self, client, student, drill):
        page = client.get(url("question", drill)).content.decode()
        body = queries.revision_of(place_of(student, drill)).body

        assert not any(option["why"][:30] in page for option in body["item"]["options"])

    def test_writes_nothing(self, client, drill):
        client.get(url("question", drill))

        assert not Attempt.objects.exists()
        assert not Card.objects.exists()

    @pytest.mark.parametrize("position", [0, 4, 99])
    def test_is_not_found_where_there_is_none(self, client, drill, position):
        assert client.get(url("question", drill, position)).status_code == 404

    @pytest.mark.parametrize("name", ["question", "run", "done", "resume"])
    def test_of_somebody_else_is_not_found(self, drill, name):
        other = Client()
        other.force_login(UserFactory())

        assert other.get(url(name, drill)).status_code == 404

    def test_asks_whoever_is_not_signed_in_to_do_so(self, drill):
        assert reverse("accounts:sign_in") in Client().get(url("question", drill)).url


class TestAnswer:
    def test_shows_a_reason_and_a_verdict_at_every_option(self, client, student, drill):
        page = fields(post(client, student, drill, right=False))

        assert sorted(page.verdicts) == ["key", "miss", "other", "other"]

    def test_of_the_key_has_no_miss(self, client, student, drill):
        assert sorted(fields(post(client, student, drill)).verdicts) == ["key", "other", "other", "other"]

    def test_makes_one_attempt_and_moves_one_memory(self, client, student, drill):
        post(client, student, drill)

        assert Attempt.objects.of(student).count() == 1
        assert Review.objects.filter(card__student=student).count() == 1

    def test_without_htmx_leads_to_the_same_feedback_by_its_own_address(self, client, student, drill):
        token = fields(client.get(url("question", drill))).token
        given = {"token": token, "response": list(response_to(place_of(student, drill), right=True))}

        response = client.post(url("answer", drill), given, follow=True)

        assert response.redirect_chain == [(url("question", drill), 302)]
        assert "key" in fields(response).verdicts

    def test_stands_when_it_comes_again(self, client, student, drill):
        post(client, student, drill, right=False)
        again = client.post(
            url("answer", drill), {"response": list(response_to(place_of(student, drill), right=True))}, **HTMX
        )

        assert again.status_code == 200
        assert "miss" in fields(again).verdicts
        assert Attempt.objects.of(student).count() == 1

    @pytest.mark.parametrize(
        "given",
        [
            {"response": []},
            {"response": ["nonsense"]},
            {"token": ""},
            {"token": "forged"},
            {"token": "x" * 3000},
        ],
    )
    def test_that_is_malformed_brings_the_question_again_and_stores_nothing(self, client, student, drill, given):
        response = post(client, student, drill, **given)

        assert response.status_code == 422
        assert len(fields(response).options) == 4
        assert b"Something needs another look" in response.content
        assert not Attempt.objects.exists()

    def test_of_two_options_where_one_is_asked_is_refused(self, client, student, drill):
        options = fields(client.get(url("question", drill))).options

        assert post(client, student, drill, response=options[:2]).status_code == 422

    def test_that_is_refused_keeps_the_choice_and_the_order(self, client, student, drill):
        ask_for_two(drill)
        asked = fields(client.get(url("question", drill)))
        given = {"token": asked.token, "response": asked.options[2], "is_sure": "on"}

        again = fields(client.post(url("answer", drill), given, **HTMX))

        assert again.options == asked.options
        assert again.checked == [asked.options[2], "is_sure"]

    def test_that_is_refused_keeps_the_time_at_which_the_question_was_first_read(self, client, student, drill):
        asked = fields(client.get(url("question", drill)))
        again = fields(client.post(url("answer", drill), {"token": asked.token}, **HTMX))

        first, second = (tokens.read(text, person=str(student.pk)) for text in (asked.token, again.token))

        assert first == second

    def test_of_two_options_where_two_are_asked_is_right(self, client, student, drill):
        key = ask_for_two(drill).variant(drill.items.get(position=1).seed).key
        asked = fields(client.get(url("question", drill)))

        page = fields(post(client, student, drill, response=sorted(key)))

        assert asked.kinds == {"checkbox"}
        assert page.verdicts.count("key") == 2

    def test_that_names_an_option_twice_counts_it_once(self, client, student, drill):
        option = next(iter(response_to(place_of(student, drill), right=True)))

        assert post(client, student, drill, response=[option, option]).status_code == 200
        assert Attempt.objects.get().response == [option]

    def test_with_another_places_token_is_refused(self, client, student, drill):
        token = fields(client.get(url("question", drill, 2))).token

        response = post(client, student, drill, token=token)

        assert response.status_code == 422
        assert b"belongs to another question" in response.content

    def test_with_another_persons_token_is_refused(self, client, student, drill):
        other = UserFactory()
        stranger = Client()
        stranger.force_login(other)
        token = fields(stranger.get(url("question", open_drill(other)))).token

        assert post(client, student, drill, token=token).status_code == 422

    def test_to_somebody_elses_drill_is_not_found(self, student, drill):
        stranger = Client()
        stranger.force_login(UserFactory())

        assert stranger.post(url("answer", drill), {"token": "x", "response": "y"}).status_code == 404

    def test_must_be_posted(self, client, drill):
        assert client.get(url("answer", drill)).status_code == 405


class TestRun:
    def test_is_not_found_before_the_answer(self, client, drill):
        assert client.get(url("run", drill)).status_code == 404

    def test_shows_both_runs_and_where_they_part(self, client, student):
        drill = open_drill(student, a_fact("lambda.vpc.internet"), now=timezone.now())
        post(client, student, drill, right=False)

        page = client.get(url("run", drill), **HTMX).content.decode()

        assert "The right answer" in page
        assert "Your answer" in page

    @pytest.mark.parametrize("headers", [{}, HTMX])
    def test_says_so_when_todays_simulator_cannot_read_the_question(self, client, student, headers):
        drill = open_drill(student, a_fact("lambda.vpc.internet"), now=timezone.now())
        ask_of_old(drill)
        answer(student, drill, now=timezone.now())

        response = client.get(url("run", drill), **headers)

        assert response.status_code == 200
        assert b"its run cannot be shown" in response.content


class TestGuess:
    def test_is_noted_and_the_fact_comes_back_tomorrow(self, client, student, drill):
        post(client, student, drill)

        page = client.post(url("guess", drill), **HTMX).content.decode()

        assert "Noted as a guess" in page
        assert Card.objects.get(student=student).memory is None

    def test_twice_changes_nothing_more(self, client, student, drill):
        post(client, student, drill)
        client.post(url("guess", drill), **HTMX)

        assert client.post(url("guess", drill), **HTMX).status_code == 200
        assert Review.objects.filter(kind="guess").count() == 1

    def test_before_an_answer_is_not_found(self, client, drill):
        assert client.post(url("guess", drill)).status_code == 404


class TestUndo:
    def test_takes_the_answer_back_and_asks_the_fact_again_at_the_end(self, client, student, drill):
        post(client, student, drill, right=False)

        page = client.post(url("undo", drill), follow=True).content.decode()

        assert "Taken back" in page
        plan = queries.plan(student, drill.pk)
        assert plan.states == ["withdrawn", "todo", "todo", "todo"]
        assert Card.objects.get(student=student).memory is None

    def test_twice_changes_nothing_more(self, client, student, drill):
        post(client, student, drill)
        client.post(url("undo", drill))

        assert client.post(url("undo", drill), follow=True).status_code == 200
        assert len(queries.plan(student, drill.pk).places) == 4


class TestStart:
    def test_opens_a_drill_of_the_plan_for_today(self, client, student):
        response = client.post(reverse("drills:start"))

        drill = Drill.objects.of(student).get()
        assert response.url == url("question", drill)
        assert drill.kind == "plan"
        assert 6 <= drill.items.count() <= 13

    def test_opens_a_drill_of_a_section(self, client, student):
        client.post(reverse("drills:start"), {"section": 8})

        drill = Drill.objects.of(student).get()
        assert all(question.revision.item.facts.filter(section=8).exists() for question in drill.items.all())

    def test_opens_a_drill_of_one_fact(self, client, student):
        client.post(reverse("drills:start"), {"fact": a_fact().slug})

        assert Drill.objects.of(student).get().items.get().revision.item.fact == a_fact()

    def test_makes_a_guest_of_somebody_without_a_row(self):
        client = Client()
        response = client.post(reverse("drills:start"))

        assert client.get(response.url).status_code == 200

    @pytest.mark.parametrize(
        ("given", "says"),
        [({"section": "11"}, "sections 1 to 10"), ({"section": "x"}, "sections 1 to 10"), ({"size": "1000"}, "30")],
    )
    def test_says_what_is_wrong_with_a_wish(self, client, given, says):
        response = client.post(reverse("drills:start"), given)

        assert response.status_code == 422
        assert says in response.content.decode()

    def test_says_so_when_there_is_nothing_to_ask(self, client):
        assert b"no question for this yet" in client.post(reverse("drills:start"), {"fact": "lambda.x.y"}).content


class TestDone:
    def test_says_what_came_of_it(self, client, student, drill):
        for position, right in ((1, True), (2, False), (3, True)):
            answer(student, drill, position, right=right, now=timezone.now())

        page = client.get(url("done", drill)).content.decode()

        assert "2 of 3 right" in page
        assert "1 fact of this drill comes back tomorrow" in page

    def test_offers_a_guest_to_keep_it(self):
        guest = GuestFactory()
        client = Client()
        client.force_login(guest)
        drill = open_drill(guest, size=1)
        answer(guest, drill, now=timezone.now())

        assert b"Keep my answers" in client.get(url("done", drill)).content

    def test_offers_a_guest_to_keep_it_for_the_day_on_which_it_comes_back(self):
        guest = GuestFactory()
        client = Client()
        client.force_login(guest)
        drill = open_drill(guest, size=1)
        answer(guest, drill, right=False, now=timezone.now())
        Card.objects.update(due_at=timezone.now() + timedelta(days=200))

        page = client.get(url("question", drill)).content.decode()

        assert f"Keep these for {weekday(timezone.now() + timedelta(days=200))}" in page

    def test_leads_back_to_what_is_open(self, client, drill):
        assert "3 of 3 questions are still open" in client.get(url("done", drill)).content.decode()
        assert client.get(url("resume", drill)).url == url("question", drill)


class TestPlanning:
    def test_asks_another_item_of_the_fact_next_time(self, student):
        fact = a_fact("lambda.concurrency.account-quota")
        first = open_drill(student, fact)
        answer(student, first)

        second = open_drill(student, fact, now=timezone.now() + timedelta(days=4))

        assert first.items.get().revision.item != second.items.get().revision.item
