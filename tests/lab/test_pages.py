"""What the pages of the lab ask of the database, and what every one of them is like."""

import re
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.utils.html import escape

from studyapp.content.models import Clue, Fact, Scenario
from studyapp.content.sections import SECTIONS
from studyapp.drills import queries as drills
from studyapp.lab.background import jobs
from studyapp.lab.models import Job, Run
from studyapp.lab.shelf import CLUES
from tests.accounts.factories import InstructorFactory
from tests.conftest import NOW
from tests.drills.factories import answer, open_drill
from tests.lab.test_jobs import SWEEP
from tests.lab.visits import CROWD, HTMX, OUTCOME, marks, opened, predict, token_of, url
from tests.reference.test_pages import SIGNED_IN, text_of

pytestmark = pytest.mark.django_db
MORE = "functions.labels.reserved_concurrency=20&pin="
BELIEF = "belief=reserved-limits-request-rate"


@pytest.fixture
def client(signed_in):
    return signed_in


class TestQueries:
    def test_of_the_index_are_two_and_one_more_for_a_person(self, client, django_assert_num_queries):
        with django_assert_num_queries(2):
            Client().get("/lab/")
        opened(client, CROWD)
        with django_assert_num_queries(SIGNED_IN + 3):
            client.get("/lab/")

    def test_of_a_page_that_asks(self, client, django_assert_num_queries):
        with django_assert_num_queries(2):  # the scenario, its beliefs
            Client().get(url(CROWD))
        with django_assert_num_queries(SIGNED_IN + 4):  # and the person's runs and answers
            client.get(url(CROWD))

    @pytest.mark.parametrize("query", ["", MORE, BELIEF, f"{MORE}&{BELIEF}", "seed=7"])
    def test_of_an_open_page_are_the_same_in_any_state(self, client, query, django_assert_num_queries):
        opened(client, CROWD)
        with django_assert_num_queries(SIGNED_IN + 5):  # the scenario, beliefs, fact, runs, questions
            client.get(url(CROWD, query=query))
        with django_assert_num_queries(SIGNED_IN + 3):  # without its fact and its questions
            client.get(url(CROWD, query=query), **OUTCOME)

    def test_of_a_value_out_of_bounds_are_one_more_for_the_fact_behind_it(self, client, django_assert_num_queries):
        opened(client, CROWD)
        with django_assert_num_queries(SIGNED_IN + 3):
            assert client.get(url(CROWD, query="functions.labels.memory=1+MB"), **OUTCOME).status_code == 422

    def test_of_why(self, client, django_assert_num_queries):
        mark = marks(opened(client, CROWD))[0]
        with django_assert_num_queries(SIGNED_IN + 4):
            assert client.get(url(CROWD, "why", f"mark={mark}"), **HTMX).status_code == 200

    @pytest.mark.parametrize(("name", "more"), [("rules", 4), ("wall", 3), ("json", 3), ("csv", 3), ("svg", 3)])
    def test_of_what_can_be_taken(self, client, name, more, django_assert_num_queries):
        opened(client, CROWD)
        with django_assert_num_queries(SIGNED_IN + more):
            assert client.get(url(CROWD, name, "step=3")).status_code == 200

    def test_of_a_prediction(self, client, django_assert_num_queries):
        token = token_of(client.get(url(CROWD)))
        with django_assert_num_queries(SIGNED_IN + 21):
            assert client.post(url(CROWD, "predict"), {"token": token, "predicted": "5"}).status_code == 302

    def test_of_a_sweep(self, client, django_assert_num_queries):
        opened(client, CROWD)
        asked = {"path": "functions.labels.memory"}
        with django_assert_num_queries(SIGNED_IN + 15):
            assert client.post(url(CROWD, "sweep"), asked).status_code == 302
        with django_assert_num_queries(SIGNED_IN + 6):
            client.post(url(CROWD, "sweep"), asked)

    def test_of_a_job_is_one(self, student, django_assert_num_queries):
        job = jobs.ask(kind="sweep", asked=SWEEP, by=student, now=NOW)
        with django_assert_num_queries(1):
            assert Client().get(f"/lab/jobs/{job.key}/").status_code == 200


class TestIndex:
    def test_shows_every_scenario_once(self, client):
        page = client.get("/lab/").content.decode()

        found = re.findall(r'href="/lab/([^"/]+)/"', page.partition('id="section-')[2])
        clues = re.findall(r'href="/lab/([^"/]+)/"', page.partition('class="clues"')[2].partition("</dl>")[0])
        assert len(found) == len(set(found))
        assert {*found, *clues} == set(Scenario.objects.current().values_list("slug", flat=True))

    def test_shows_every_section_and_every_clue(self, client):
        response = client.get("/lab/")

        shown = text_of(response)
        assert [title for number, title in SECTIONS.items() if number != CLUES and escape(title) not in shown] == []
        for clue in Clue.objects.filter(retired_at=None):
            assert f"“{clue.phrase}”" in shown

    def test_remembers_what_was_predicted_lately(self, client):
        assert "Your last predictions" not in text_of(client.get("/lab/"))
        predict(client, CROWD, said="5")
        predict(client, "lambda.vpc.card-processor")

        shown = text_of(client.get("/lab/"))
        assert "✗ 200, you said 5" in shown
        assert Run.objects.count() == 2


class TestEveryPage:
    @pytest.fixture(params=["index", "asks", "open", "compared", "why", "rules", "wall", "unreadable", "job"])
    def page(self, request, client, student):
        mark = marks(opened(client, CROWD))[0]
        job = jobs.ask(kind="sweep", asked=SWEEP, by=student, now=NOW)
        addresses = {
            "index": "/lab/",
            "open": url(CROWD),
            "compared": url(CROWD, query=MORE),
            "why": url(CROWD, "why", f"mark={mark}"),
            "rules": url(CROWD, "rules"),
            "wall": url(CROWD, "wall", "step=4"),
            "unreadable": url(CROWD, "json", "seed=x"),
            "job": f"/lab/jobs/{job.key}/",
        }
        return Client().get(url(CROWD)) if request.param == "asks" else client.get(addresses[request.param])

    def test_has_one_main_heading_and_no_inline_style_or_script(self, page):
        html = page.content.decode()

        assert html.count("<h1") == 1
        assert not re.search(r"\sstyle=|\son\w+=|<script>|<style", html)
        assert "{{" not in html
        assert "{%" not in html

    def test_uses_no_id_twice_and_points_at_none_that_is_not_there(self, page):
        html = page.content.decode()

        ids = re.findall(r'\sid="([^"]*)"', html)
        assert len(ids) == len(set(ids)), sorted({each for each in ids if ids.count(each) > 1})
        named = re.findall(r'aria-(?:describedby|labelledby)="([^"]*)"', html)
        assert {each for names in named for each in names.split()} <= set(ids)
        assert set(re.findall(r'<label[^>]* for="([^"]*)"', html)) <= set(ids)

    def test_is_nobody_elses(self, page):
        assert page["Cache-Control"] == "private, no-store"


class TestStory:
    """Of a demo: it says what the state has."""

    ARRIVALS = "lambda.concurrency.greedy-queue", "sources.newsletter.arrivals"

    @pytest.mark.parametrize(
        ("arrivals", "says"),
        [
            ('{"burst": 200}', "puts 200 mails"),
            ('{"poisson": "20 per 1 s", "count": 300}', "puts 300 mails"),
            ('{"poisson": "20 per 1 s", "for": "10 s"}', "puts some mails"),
        ],
    )
    def test_tells_how_many_there_are_by_any_law(self, client, arrivals, says):
        slug, path = self.ARRIVALS
        opened(client, slug)

        shown = text_of(client.get(url(slug, query=urlencode({path: arrivals}))))

        assert says in shown
        assert "{sources" not in shown

    def test_tells_what_was_taken_out(self, client):
        opened(client, CROWD)
        scenario = Scenario.objects.get(slug=CROWD)
        scenario.demo["says"] = "The limit is {functions.labels.reserved_concurrency}, as {nothing.here} says."
        scenario.save()

        shown = text_of(client.get(url(CROWD, query="functions.labels.reserved_concurrency=")))

        assert "The limit is none, as {nothing.here} says." in shown


class TestWhoTeaches:
    def test_sees_every_wall_and_can_make_a_question(self):
        client = Client()
        client.force_login(InstructorFactory())

        assert b'data-step="3"' in client.get(url(CROWD, "wall", "step=3")).content
        opened(client, CROWD)
        assert "Make a question from this" in text_of(client.get(url(CROWD)))

    def test_is_not_a_student(self, client):
        assert "Make a question from this" not in text_of(opened(client, CROWD))


class TestSweep:
    def test_is_asked_for_once_and_looked_at_until_it_is_done(self, client, student):
        opened(client, CROWD)
        asked = {"path": "functions.labels.reserved_concurrency"}

        response = client.post(url(CROWD, "sweep"), asked)

        job = Job.objects.get()
        assert (response.status_code, response.url) == (302, f"/lab/jobs/{job.key}/")
        assert client.post(url(CROWD, "sweep"), asked).url == response.url
        waiting = client.get(response.url)
        assert "Waiting for its turn" in text_of(waiting)
        assert waiting["Refresh"] == "1"
        assert job.asked_by == student

    def test_is_shown_as_a_part_that_asks_again(self, client):
        opened(client, CROWD)

        response = client.post(url(CROWD, "sweep"), {"path": "functions.labels.reserved_concurrency"}, **HTMX)

        assert b"<html" not in response.content
        assert f'hx-get="/lab/jobs/{Job.objects.get().key}/"' in response.content.decode()
        assert "Refresh" not in response

    def test_of_the_state_of_the_page_holds_its_changes(self, client):
        opened(client, CROWD)
        given = {"functions.labels.duration": "250 ms", "seed": "7", "path": "functions.labels.reserved_concurrency"}

        client.post(url(CROWD, "sweep"), given)

        asked = Job.objects.get().asked
        assert (asked["changes"], asked["seed"]) == ({"functions.labels.duration": "250 ms"}, 7)
        assert asked["metrics"][0] == "throttles"

    def test_of_a_fourth_is_refused_until_one_is_done(self, client):
        opened(client, CROWD)
        for seed in ("1", "2", "3"):
            client.post(url(CROWD, "sweep"), {"path": "functions.labels.memory", "seed": seed})

        given = {"path": "functions.labels.reserved_concurrency", "seed": "9"}
        page, part = client.post(url(CROWD, "sweep"), given), client.post(url(CROWD, "sweep"), given, **HTMX)

        assert (page.status_code, part.status_code) == (429, 422)
        for response in (page, part):
            assert "3 of yours are still being computed" in text_of(response)


class TestSmallestChange:
    @pytest.fixture
    def asked(self, student):
        """A question whose options change something, as a drill asks it: the drill, its revision, and its variant."""
        drill = open_drill(student, *Fact.objects.filter(moved_by__kind="fix").distinct()[:1])
        place = drills.plan(student, drill.pk).places[0]
        revision = drills.revision_of(place)
        assert revision.body["item"]["kind"] == "fix"
        return drill, revision, revision.variant(place.seed)

    def address(self, asked, *, wrong=True):
        _, revision, variant = asked
        option = next(each.id for each in variant.options if (each.id not in variant.key) is wrong)
        return f"/lab/smallest/{revision.pk}/{variant.seed}/{option}/"

    def test_is_for_who_has_answered_the_question(self, client, student, asked):
        assert client.post(self.address(asked)).status_code == 404

        answer(student, asked[0])

        response = client.post(self.address(asked))
        job = Job.objects.get()
        assert (response.status_code, response.url) == (302, f"/lab/jobs/{job.key}/")
        assert (job.kind, job.asked_by) == ("search", student)
        assert b"<html" not in client.post(self.address(asked), **HTMX).content
        assert Job.objects.count() == 1

    def test_is_for_who_teaches_without_an_answer(self, asked):
        client = Client()
        client.force_login(InstructorFactory())

        assert client.post(self.address(asked)).status_code == 302

    def test_is_of_no_option_that_is_right_and_of_no_other_seed(self, client, student, asked):
        answer(student, asked[0])
        other = self.address(asked).replace(f"/{asked[2].seed}/", "/123456/")

        assert client.post(self.address(asked, wrong=False)).status_code == 404
        assert client.post(other).status_code == 404
        assert not Job.objects.exists()

    def test_is_nobodys_before_they_are_somebody(self, asked):
        assert Client().post(self.address(asked)).status_code == 404
