import re

import pytest
from django.urls import reverse

from studyapp.content.models import Item, Row
from studyapp.reference import searchable
from tests.reference.factories import ClueFactory, FactFactory, RowFactory
from tests.reference.test_pages import text_of

pytestmark = pytest.mark.django_db
INDEX = reverse("reference:index")


@pytest.fixture(autouse=True)
def _nothing_kept():
    searchable._ready.cache_clear()


def search(client, typed: str, **headers: str):
    return client.get(INDEX, {"q": typed}, headers=headers)


class TestSearch:
    def test_costs_four_queries_and_one_more_for_a_course_not_seen_before(self, client, django_assert_num_queries):
        with django_assert_num_queries(5):
            search(client, "concurrency")
        with django_assert_num_queries(4):
            search(client, "timeout")

    def test_finds_every_kind(self, client):
        html = search(client, "rate-limit").content.decode()

        assert {"fact", "clue", "row"} <= set(re.findall(r'data-kind="(\w+)"', html))
        assert 'data-kind="question"' in search(client, "which setting").content.decode()

    def test_leads_to_where_the_thing_stands(self, client):
        fact, row = FactFactory(name="Zebra fact"), RowFactory(label="Zebra row")
        clue = ClueFactory(phrase="Zebra clue")

        html = search(client, "zebra").content.decode()

        assert reverse("reference:fact", args=[fact.slug]) in html
        assert f"{reverse('reference:section', args=[7])}#row-{row.number}" in html
        assert reverse("reference:clue", args=[clue.slug]) in html

    def test_sees_a_change_at_once(self, client):
        row = Row.objects.get(number="8.2")
        assert "Nothing has all of" in text_of(search(client, "zebra"))

        row.now = "A zebra."
        row.save()

        assert "Burst Limits" in text_of(search(client, "zebra"))

    def test_finds_the_fact_that_governs_what_is_typed_first(self, client):
        for typed, name in (
            ("longest timeout", "Longest timeout"),
            ("reserved conc", "Reserved concurrency"),
            ("10240", "Memory"),
        ):
            html = search(client, typed).content.decode()
            first = html.partition('class="title"><a')[2].partition("</a>")[0].partition(">")[2]
            assert re.sub(r"<.*?>", "", first) == name

    def test_never_shows_a_key_or_a_reason(self, client):
        shown = text_of(search(client, "asynchronous"))

        for item in Item.objects.current().select_related("revision"):
            for option in item.revision.body["item"]["options"]:
                assert option["why"] not in shown

    def test_fills_in_what_a_stem_draws(self):
        stems = [each.title for each in searchable.entries() if each.kind == "question"]

        assert len(stems) == Item.objects.current().count()
        assert not [stem for stem in stems if re.search(r"\{[a-z_.-]+\}", stem)]

    def test_says_what_to_try_when_nothing_is_found(self, client):
        assert "Nothing has all of “zebra crossing”. Try one word" in text_of(search(client, "zebra crossing"))

    def test_says_that_a_long_query_was_cut(self, client):
        response = search(client, "timeout " * 40)

        assert "Only the first 100 characters were searched." in text_of(response)
        assert response.status_code == 200

    def test_says_when_there_are_more_than_it_shows(self, client):
        assert re.search(r"The best 30 of \d+", text_of(search(client, "a")))

    @pytest.mark.parametrize(
        "typed", ["<script>alert(1)</script>", '"><img src=x>', "\x00", "(((", "\\", "%_'", "{{ x }}", "💥"]
    )
    def test_takes_anything_as_text(self, client, typed):
        response = search(client, typed)

        assert response.status_code == 200
        assert "<script>alert" not in response.content.decode()
        assert "<img" not in response.content.decode()

    def test_without_words_shows_the_sections(self, client):
        assert "Scaling and concurrency" in text_of(search(client, "   "))


class TestThePartForHtmx:
    def test_is_the_results_alone_without_a_heading_to_take_the_focus(self, client):
        response = search(client, "timeout", hx_request="true")

        html = response.content.decode()
        assert "<html" not in html
        assert not re.search(r"<h[1-6]|tabindex", html)
        assert "HX-Request" in response["Vary"]

    def test_is_the_sections_when_the_field_is_emptied(self, client):
        html = search(client, "", hx_request="true").content.decode()

        assert "<html" not in html
        assert "Scaling and concurrency" in html

    def test_is_asked_for_by_the_field_itself(self, client):
        html = client.get(INDEX).content.decode()

        assert 'hx-trigger="input changed delay:250ms, search"' in html
        assert 'id="found" aria-live="polite"' in html
