"""A prediction: kept once, by one person, and what it does to their memory."""

from datetime import timedelta

import pytest
from django.test import Client

from studyapp.accounts.models import User
from studyapp.attempts.models import Attempt, Source
from studyapp.lab.models import Run
from studyapp.memory.models import Card, Review
from studyapp.scheduling.fsrs6 import Rating
from studyapp.simulator.rulebook import TRUTH, digest
from tests.accounts.factories import UserFactory
from tests.lab.visits import CROWD, HTMX, bench, errors, predict, token_of, url

pytestmark = pytest.mark.django_db
RIGHT = "200"
MORE = "functions.labels.reserved_concurrency=20"
CHOICE = "lambda.vpc.card-processor"


@pytest.fixture
def client(signed_in):
    return signed_in


def send(client, token, said=RIGHT, query="", slug=CROWD, **more):
    return client.post(url(slug, "predict", query), {"token": token, "predicted": said, **more})


class TestKept:
    def test_has_what_the_run_depends_on_and_came_to_and_no_trace(self, client, student):
        response = predict(client, CROWD, MORE, said="0")

        run, stood = Run.objects.get(), bench(CROWD, MORE)
        assert (response.status_code, response.url) == (302, url(CROWD, query=MORE))
        assert (run.student, run.scenario.slug, run.query) == (student, CROWD, MORE)
        assert (run.key, run.rulebook) == (stood.inputs.key, digest(TRUTH))
        assert (run.asks, run.predicted, run.actual, run.is_right) == ("throttles", "0", "0", True)
        assert run.metrics["throttles"] == "0"
        assert run.body == stood.scenario.body
        assert len(run.metrics) <= 10
        assert all(isinstance(value, str) for value in run.metrics.values())

    def test_is_an_attempt_without_a_question_of_the_course(self, client, student):
        predict(client, CROWD, said="199", is_sure="on")

        attempt = Attempt.objects.get()
        assert (attempt.student, attempt.source, attempt.revision) == (student, Source.LAB, None)
        assert (attempt.response, attempt.is_sure, attempt.is_right) == (["199"], True, False)
        assert attempt.fact.slug == bench(CROWD).scenario.facts[0]
        assert attempt == Run.objects.get().attempt

    @pytest.mark.parametrize("said", ["200", " 200 ", "200 requests", "200\u00a0Requests", "200 request", "200.0"])
    def test_is_right_however_it_is_written(self, client, said):
        predict(client, CROWD, said=said)

        assert Run.objects.get().is_right

    def test_of_a_choice_is_its_value(self, client):
        predict(client, CHOICE, said="yes")

        run = Run.objects.get()
        assert run.predicted == "yes"
        assert run.is_right is (run.actual == "yes")

    def test_shows_the_run_at_once_to_htmx(self, client):
        token = token_of(client.get(url(CROWD)))

        response = client.post(url(CROWD, "predict"), {"token": token, "predicted": RIGHT}, **HTMX)

        assert b"It is as you said." in response.content
        assert b"<html" not in response.content


class TestOnce:
    def test_sent_twice_is_kept_once_and_the_first_stands(self, client):
        token = token_of(client.get(url(CROWD)))
        for said in (RIGHT, "5"):
            assert send(client, token, said).status_code == 302

        assert Run.objects.get().is_right
        assert Attempt.objects.count() == Review.objects.count() == 1

    def test_in_two_tabs_is_kept_once(self, client):
        one, other = (token_of(client.get(url(CROWD))) for _ in range(2))
        for token, said in ((one, "5"), (other, RIGHT)):
            assert send(client, token, said).status_code == 302

        assert not Run.objects.get().is_right
        assert Attempt.objects.count() == Review.objects.count() == 1

    def test_of_another_state_is_another_run(self, client):
        predict(client, CROWD)
        token = token_of(Client().get(url(CROWD, query=MORE)))
        assert send(client, token, query=MORE).status_code == 422  # another browser's

        assert Run.objects.count() == 1

    def test_of_each_student_is_their_own(self, client):
        other = Client()
        other.force_login(UserFactory())
        for each in (client, other):
            predict(each, CROWD)

        assert Run.objects.values("key").distinct().count() == 1
        assert Run.objects.count() == 2


class TestToken:
    @pytest.mark.parametrize("token", ["", "x", "a:b:c", "\x00", "9" * 5000])
    def test_that_nobody_gave_is_refused(self, client, token):
        response = send(client, token)

        assert response.status_code == 422
        assert errors(response) == ["This page is too old or was changed on its way. Here it is again."]
        assert not Attempt.objects.exists()

    def test_of_another_browser_is_refused(self, client):
        response = send(client, token_of(Client().get(url(CROWD))))

        assert errors(response) == ["This page was shown to somebody else. Here it is for you."]
        assert not Run.objects.exists()

    def test_of_another_run_is_refused(self, client):
        response = send(client, token_of(client.get(url(CROWD))), query=MORE)

        assert response.status_code == 422
        assert errors(response) == ["That was about another run. Here is this one."]
        assert send(client, token_of(response), "0", MORE).status_code == 302
        assert Run.objects.get().is_right

    def test_of_another_scenario_is_refused(self, client):
        assert send(client, token_of(client.get(url(CROWD))), slug=CHOICE).status_code == 422
        assert not Run.objects.exists()


class TestNewcomer:
    def test_becomes_a_guest_by_predicting_and_not_before(self):
        client = Client()
        client.get(url(CROWD))
        assert not User.objects.exists()

        predict(client, CROWD)

        assert User.objects.get().is_guest
        assert b'id="outcome"' in client.get(url(CROWD)).content

    @pytest.mark.parametrize("said", ["", "many"])
    def test_is_nobody_after_what_cannot_be_read(self, said):
        client = Client()

        send(client, token_of(client.get(url(CROWD))), said)

        assert not User.objects.exists()

    def test_who_taps_twice_is_one_guest_who_sees_the_run(self):
        client = Client()
        token = token_of(client.get(url(CROWD)))
        send(client, token)
        del client.cookies["sessionid"]  # the second tap left before the answer to the first had come

        send(client, token, "5")

        assert User.objects.count() == Run.objects.count() == 1
        assert b"It is as you said." in client.get(url(CROWD)).content

    def test_who_taps_twice_and_has_a_name_by_then_stays_apart(self):
        client = Client()
        token = token_of(client.get(url(CROWD)))
        send(client, token)
        person = User.objects.get()
        person.name = "Ada"
        person.save()
        del client.cookies["sessionid"]

        send(client, token, "5")

        assert Run.objects.get().student.name == "Ada"
        assert token_of(client.get(url(CROWD)))


class TestMemory:
    @pytest.mark.parametrize(
        ("given", "rating"),
        [
            ({"said": RIGHT}, Rating.GOOD),
            ({"said": RIGHT, "is_sure": "on"}, Rating.GOOD),
            ({"said": "5"}, Rating.AGAIN),
            ({"said": "5", "is_sure": "on"}, Rating.AGAIN),
            ({}, Rating.AGAIN),
        ],
    )
    def test_moves_by_what_was_said(self, client, student, given, rating):
        predict(client, CROWD, **given)

        review = Review.objects.get()
        assert review.rating == rating
        assert review.card == Card.objects.of(student).get()
        assert review.card.fact.slug == bench(CROWD).scenario.facts[0]
        assert review.card.stability

    def test_moves_once_in_a_while_though_each_run_is_kept(self, client):
        predict(client, CROWD)
        before = Card.objects.get().due_at
        token = post_of(client, MORE)

        assert send(client, token, "0", MORE).status_code == 302
        assert Run.objects.count() == Attempt.objects.count() == 2
        assert Review.objects.count() == 1
        assert Card.objects.get().due_at == before

    def test_moves_again_after_half_a_day(self, client):
        predict(client, CROWD)
        early = Attempt.objects.get()
        early.shown_at -= timedelta(hours=13)
        early.answered_at -= timedelta(hours=13)
        early.save()

        send(client, post_of(client, MORE), "0", MORE)

        assert Review.objects.count() == 2

    def test_of_another_fact_moves_as_well(self, client):
        predict(client, CROWD)
        predict(client, CHOICE)

        assert Card.objects.count() == Review.objects.count() == 2


def post_of(client, query):
    """A token for a run of a page that asks no more: of the time before its first prediction."""
    session = client.cookies["sessionid"]
    del client.cookies["sessionid"]
    token = token_of(client.get(url(CROWD, query=query)))
    client.cookies["sessionid"] = session
    return token


class TestWhatCannotBeRead:
    @pytest.mark.parametrize(
        ("said", "says"),
        [
            ("", "Say what you expect first, or that you don't know."),
            ("   ", "Say what you expect first, or that you don't know."),
            ("many", "“many” is not a number. Write digits, with a point for decimals: 12.5."),
            ("5 and 6", "“5 and 6” is not a number. Write digits, with a point for decimals: 12.5."),
            ("12 MB", "“12 MB” has another unit. The answer is asked for without a unit."),
            ("9" * 60, "Write one number, such as 12.5, of at most 40 characters."),
            ("<b>5</b>", "“<b>5</b>” is not a number. Write digits, with a point for decimals: 12.5."),
            ("5\x00", None),
            ("1e9", None),
            ("nan", None),
            ("-", None),
            ("requests", None),
        ],
    )
    def test_is_refused_with_what_to_write(self, client, said, says):
        response = send(client, token_of(client.get(url(CROWD))), said)

        assert response.status_code == 422
        assert errors(response) == [says] if says else len(errors(response)) == 1
        assert token_of(response)
        assert b'aria-invalid="true"' in response.content
        assert not Attempt.objects.exists()

    def test_is_no_choice(self, client):
        response = send(client, token_of(client.get(url(CHOICE))), "maybe", slug=CHOICE)

        assert (response.status_code, errors(response)) == (422, ["“maybe” is none of the choices."])

    def test_is_of_a_state_that_cannot_be_run(self, client):
        response = send(client, token_of(client.get(url(CROWD))), query="functions.labels.memory=1+MB")

        assert response.status_code == 422
        assert "128 MB" in errors(response)[0]
        assert not Attempt.objects.exists()
