"""Where the reference leads to the lab, and cards of clues that are a matter of choice."""

import re
from html import unescape as html_of

import pytest
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from studyapp.content.models import Clue, Row, Scenario
from studyapp.lab import pace, state
from tests.reference.factories import ClueFactory, RowFactory
from tests.reference.test_pages import text_of, url

pytestmark = pytest.mark.django_db


class TestARow:
    @pytest.mark.parametrize("number", range(1, 11))
    def test_leads_to_a_scenario_that_shows_it(self, client, number):
        html = client.get(url("section", number)).content.decode()

        for row in Row.objects.filter(section=number, retired_at=None):
            (slug,) = re.findall(r'class="run"><a href="/lab/(.*?)/"', section_of(html, row.number))
            assert row.number in Scenario.objects.get(slug=slug).rows

    @pytest.mark.parametrize("number", range(2, 11))
    def test_leads_to_a_page_that_can_be_run(self, client, number):
        html = client.get(url("section", number)).content.decode()
        rows = Row.objects.filter(section=number, retired_at=None)
        shown = {row.number: re.findall(r'class="run"><a href="(.*?)"', section_of(html, row.number)) for row in rows}

        assert {number for number, found in shown.items() if len(found) != 1} == set()
        for (address,) in {tuple(found) for found in shown.values()}:
            pace.buckets.clear()
            page = client.get(address)
            assert page.status_code == 200
            token = html_of(re.search(r'name="token" value="([^"]+)"', page.content.decode())[1])
            opened = client.post(f"{address}predict/", {"token": token, "unknown": "1"}, follow=True)
            assert opened.status_code == 200
            assert b'id="outcome"' in opened.content

    def test_leads_to_one_with_a_demo_if_there_is_one(self, client):
        html = client.get(url("section", 8)).content.decode()

        assert reverse("lab:demo", args=["lambda.concurrency.ticket-sale"]) in section_of(html, "8.2")

    def test_that_no_scenario_shows_leads_nowhere(self, client):
        row = RowFactory()

        html = client.get(url("section", 7)).content.decode()

        assert "See it run" not in section_of(html, row.number)

    def test_leads_to_no_scenario_that_is_retired(self, client):
        Scenario.objects.update(retired_at=timezone.now())

        assert "See it run" not in text_of(client.get(url("section", 8)))


def section_of(html, number):
    return html.partition(f'id="row-{number}"')[2].partition("</section>")[0]


class TestAClue:
    def test_of_the_course_shows_its_demo_with_its_presets(self, client):
        for clue in Clue.objects.filter(retired_at=None):
            html = client.get(url("clue", clue.slug)).content.decode()

            settings = html.partition('<dl class="settings">')[2].partition("</dl>")[0]
            assert settings.count("<dt>") >= 3, clue.slug
            assert "{" not in settings, clue.slug

    def test_leads_to_its_presets_as_the_lab_reads_them(self, client):
        demo = Scenario.objects.get(slug="lambda.concurrency.half-refused")

        html = client.get(url("clue", "rate-limit")).content.decode()

        found = dict(re.findall(rf'<a href="{reverse("lab:demo", args=[demo.slug])}\??(.*?)">(.*?)</a></dt>', html))
        changes = {title: read(query) for query, title in found.items()}
        assert changes["Half of them"] == {}
        assert changes["Just enough"] == {"functions.labels.reserved_concurrency": "20"}
        assert changes.keys() == {preset["title"] for preset in demo.demo["presets"]}

    def test_leads_to_presets_that_take_out_or_replace_a_part(self, client):
        html = client.get(url("clue", "serverless-compute")).content.decode()

        (query,) = re.findall(r'\?([^"]*)">Nothing stands ready<', html)
        assert read(query) == {"functions.directory.provisioned_concurrency": ""}

    def test_without_a_demo_and_a_card_shows_neither(self, client):
        shown = text_of(client.get(url("clue", ClueFactory().slug)))

        assert "Its demo" not in shown
        assert "Which of them?" not in shown

    def test_that_is_a_matter_of_choice_shows_what_there_is_side_by_side(self, client):
        clue = Clue.objects.get(slug="simple-endpoint")

        response = client.get(url("clue", clue.slug))

        shown, html = text_of(response), response.content.decode()
        for side in clue.card["sides"]:
            assert f"{side['name']} Fits" in shown
            for slug in side["facts"]:
                assert url("fact", slug) in html
        assert "{{" not in html
        assert "30\u00a0s" in html


def read(query):
    return dict(state.read(dict(QueryDict(query.replace("&amp;", "&"), encoding="utf-8").lists())).changes)


class TestAFact:
    def test_names_the_scenarios_that_show_it(self, client):
        html = client.get(url("fact", "lambda.concurrency.reserved-is-not-a-rate")).content.decode()

        shown = html.partition('id="shown"')[2].partition("</ul>")[0]
        assert re.findall(r'href="/lab/(.*?)/"', shown)[0] == "lambda.concurrency.half-refused"

    def test_of_many_scenarios_names_six(self, client):
        html = client.get(url("fact", "lambda.errors.async-retries")).content.decode()

        assert html.partition('id="shown"')[2].partition("</ul>")[0].count("<li>") == 6
