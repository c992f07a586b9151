import json
from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse

from studyapp.accounts.models import User
from studyapp.attempts import tokens
from studyapp.attempts.models import Attempt
from studyapp.content.models import Item
from studyapp.drills.models import Drill
from studyapp.home import services
from tests.accounts.factories import UserFactory
from tests.conftest import NOW
from tests.drills.factories import a_fact, answer, learn
from tests.drills.test_views import fields

pytestmark = pytest.mark.django_db


def tap(client: Client, page, option: int = 0, **more):
    found = fields(page)
    return client.post(reverse("home:first"), {"token": found.token, "response": found.options[option]} | more)


class TestNewcomer:
    def test_gets_a_real_question_and_leaves_no_trace_by_looking(self):
        page = Client().get("/")

        assert len(fields(page).options) == 4
        assert not User.objects.exists()
        assert "sessionid" not in page.client.cookies

    def test_stems_are_short(self):
        for item in Item.objects.current().filter(is_first=True).select_related("revision"):
            for seed in item.revision.seeds:
                assert len(item.revision.variant(seed).stem.split()) <= 35

    def test_becomes_a_guest_by_one_tap_and_sees_the_reasons(self):
        client = Client()
        response = tap(client, client.get("/"))

        assert User.objects.get().is_guest
        assert "key" in fields(client.get(response.url)).verdicts
        assert Drill.objects.get().items.count() == 5

    def test_is_asked_facts_of_different_sections(self):
        client = Client()
        tap(client, client.get("/"))

        sections = [question.revision.item.section for question in Drill.objects.get().items.all()]
        assert len(set(sections)) >= 4

    def test_answering_the_same_page_twice_is_one_answer(self):
        client = Client()
        page = client.get("/")
        first = tap(client, page)
        second = tap(client, page, option=1)

        assert second.url == first.url
        assert Attempt.objects.count() == User.objects.count() == 1

    def test_a_double_tap_from_one_browser_makes_one_guest(self):
        client = Client()
        page = client.get("/")
        tap(client, page)
        del client.cookies["sessionid"]  # the second tap left before the first one's answer had come

        response = tap(client, page)

        assert client.get(response.url).status_code == 200
        assert User.objects.count() == 1

    def test_another_browser_cannot_use_the_page(self):
        client = Client()
        page = client.get("/")
        tap(client, page)
        stranger = Client()
        stranger.get("/")

        assert tap(stranger, page).status_code == 422
        assert User.objects.count() == 1

    @pytest.mark.parametrize("given", [{"token": "x"}, {"token": ""}, {"response": "nonsense"}, {"response": ""}])
    def test_a_malformed_answer_brings_a_question_again_and_stores_nothing(self, given):
        client = Client()
        response = tap(client, client.get("/"), **given)

        assert response.status_code == 422
        assert len(fields(response).options) == 4
        assert not User.objects.exists()

    def test_whoever_starts_fresh_is_not_led_to_the_guest_before_by_the_back_button(self):
        client = Client()
        page = client.get("/")
        tap(client, page)
        client.post(reverse("accounts:fresh"))

        response = tap(client, page)

        assert response.status_code == 422
        assert "sessionid" not in client.cookies or not client.cookies["sessionid"].value

    @pytest.mark.parametrize("change", [{"revision": 2**40}, {"seed": 77}])
    def test_a_page_from_before_this_database_brings_another_question(self, change):
        client = Client()
        asked = client.get("/")
        mark = services.browser(asked.wsgi_request)
        shown = replace(tokens.read(fields(asked).token, person=mark), **change)

        response = tap(client, asked, token=tokens.write(shown))

        assert response.status_code == 422
        assert b"not here any more" in response.content
        assert not User.objects.exists()

    def test_is_told_when_there_is_no_course(self):
        client = Client()
        page = client.get("/")
        Item.objects.update(is_first=False)

        for response in (client.get("/"), tap(client, page, token="forged")):
            assert response.status_code == 503
            assert b"load_content" in response.content


class TestToday:
    def test_says_in_minutes_what_is_owed(self):
        student = UserFactory()
        learn(student, a_fact(), right=False)
        client = Client()
        client.force_login(student)

        page = client.get("/").content.decode()

        assert "minutes today" in page

    def test_names_the_belief_behind_a_wrong_answer(self):
        student = UserFactory()
        revision = Item.objects.get(slug="lambda.vpc.internet.recall").revision
        tempting = next(option for option in revision.variant(revision.seeds[0]).options if option.belief)
        drill = Drill.objects.create(student=student, kind="fact", title="One", opened_at=NOW)
        drill.items.create(position=1, revision=revision, seed=revision.seeds[0])
        answer(student, drill, response=[tempting.id])
        client = Client()
        client.force_login(student)

        assert "You believed" in client.get("/").content.decode()


class TestSettings:
    @pytest.mark.parametrize("theme", ["light", "dark"])
    def test_keeps_a_theme_on_this_browser(self, theme):
        client = Client()
        client.post(reverse("home:theme"), {"theme": theme})

        assert f'data-theme="{theme}"' in client.get("/").content.decode()

    def test_goes_back_to_what_the_system_says(self):
        client = Client()
        client.post(reverse("home:theme"), {"theme": "dark"})
        client.post(reverse("home:theme"), {"theme": ""})

        assert "data-theme" not in client.get("/").content.decode()

    def test_refuses_a_theme_that_there_is_not(self):
        assert Client().post(reverse("home:theme"), {"theme": "plaid"}).status_code == 422

    def test_exports_everything_as_json(self):
        student = UserFactory()
        learn(student, a_fact())
        client = Client()
        client.force_login(student)

        kept = json.loads(client.get(reverse("home:export")).content)

        assert kept["account"]["name"] == student.name
        assert len(kept["attempts"]["answers"]) == 1
        assert kept["memory"]["cards"][0]["fact__slug"] == a_fact().slug

    def test_deletes_a_person_and_leaves_their_answers_without_a_name(self):
        student = UserFactory()
        attempt, _ = learn(student, a_fact())
        client = Client()
        client.force_login(student)

        client.post(reverse("home:erase"), {"confirm": student.name})

        attempt.refresh_from_db()
        assert attempt.student is None
        assert not User.objects.filter(pk=student.pk).exists()
        assert "sessionid" not in client.cookies or not client.cookies["sessionid"].value

    def test_deletes_nothing_without_the_name(self):
        student = UserFactory()
        client = Client()
        client.force_login(student)

        response = client.post(reverse("home:erase"), {"confirm": "yes"})

        assert response.status_code == 422
        assert User.objects.filter(pk=student.pk).exists()
