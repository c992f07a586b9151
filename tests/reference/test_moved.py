"""What moved from DVA-C02 to DVA-C03: what stands there, what a filter leaves, and the way to a quiz."""

import re

import pytest
from django.urls import reverse

from studyapp.content.models import Fact, Move
from studyapp.drills.models import Drill
from studyapp.reference.moved import GROUPS, GUIDE, changed_in, is_pair
from tests.accounts.factories import UserFactory
from tests.reference.factories import FactFactory, fact_body
from tests.reference.test_pages import text_of

pytestmark = pytest.mark.django_db
URL = reverse("reference:moved")
SIGNED_IN = 2
PAIR = {"says": "60 a minute.", "answer": "60", "exams": ["DVA-C02"], "changed": "2023-11", "until": "2026-11"}


def show(client, **asked):
    return text_of(client.get(URL, asked))


def sections_of(response):
    """The groups that are shown, in their order."""
    return re.findall(r'<section class="moves flow" aria-labelledby="(\w+)"', response.content.decode())


def body(**parts):
    return fact_body("A made-up fact", "It says so.", **parts)


class TestThePage:
    def test_costs_two_queries_whatever_it_shows(self, client, django_assert_num_queries):
        with django_assert_num_queries(2):
            client.get(URL)
        with django_assert_num_queries(2):
            client.get(URL, {"section": 8, "kind": "pair"})
        client.force_login(UserFactory())
        with django_assert_num_queries(SIGNED_IN + 2):
            client.get(URL)

    def test_shows_every_move_with_both_sides_and_its_source(self, client):
        html = client.get(URL).content.decode()

        for move in Move.objects.all():
            assert move.source_url in html
            for side in (move.before, move.after):
                assert not side or side in html
        assert "{{" not in html

    def test_shows_what_aws_changed_since_the_guide_and_nothing_older(self, client):
        html = client.get(URL).content.decode()

        for fact in Fact.objects.current():
            is_new = (changed_in(fact.body) or "") >= GUIDE
            assert (f'id="{fact.slug}"' in html) == is_new, fact.slug

    def test_strikes_the_old_value_out_beside_the_new_one(self, client):
        was = [
            {"value": "5 s", "until": "2024-03", "note": "for everybody"},
            {"value": "3 s", "until": "2015", "note": ""},
        ]
        fact = FactFactory(body=body(was=was))

        html = client.get(URL).content.decode()
        there = html.partition(f'<li id="{fact.slug}">')[2].partition("</li>")[0]

        assert "<s>5 s</s>" in there
        assert "3 s</s>" not in there
        assert "March 2024, VPC" in there
        assert "7\u00a0s" in there
        assert "(for everybody)" in there
        assert fact.source_url in there

    def test_strikes_out_nothing_that_stayed(self, client):
        assert "Security keeps its weight. Domain 2, 26 %, as before" in show(client, kind="guide")

    def test_says_of_what_was_not_there_before_that_it_is_new(self, client):
        fact = FactFactory(body=body(exam={**PAIR, "answer": None, "changed": "2025-12"}))

        there = client.get(URL).content.decode().partition(f'<li id="{fact.slug}">')[2].partition("</li>")[0]

        assert "New: 7\u00a0s" in there

    def test_puts_both_sides_of_a_pair_with_their_times(self, client):
        FactFactory(says="It is 300 a minute.", body=body(exam=PAIR))

        shown = show(client, section=7, kind="pair")

        assert "The exam says (DVA-C02, until November 2026) 60 a minute." in shown
        assert "AWS says now (since November 2023) It is 300 a minute." in shown
        assert "There its question is answered with “60”." in shown

    def test_is_in_the_order_of_time_the_newest_first(self, client):
        html = client.get(URL, {"kind": "aws"}).content.decode()
        slugs = re.findall(r'<li id="(lambda[^"]+)"', html)
        months = [changed_in(Fact.objects.get(slug=slug).body) for slug in slugs]

        assert len(slugs) >= 10
        assert months == sorted(months, reverse=True)


class TestTheFilter:
    def test_leaves_one_kind(self, client):
        for kind, title in GROUPS.items():
            response = client.get(URL, {"kind": kind})
            assert sections_of(response) == [kind]
            assert f"{title}</h2>" in response.content.decode()

    def test_leaves_one_section(self, client):
        html = client.get(URL, {"section": 8}).content.decode()

        slugs = re.findall(r'href="/reference/facts/(lambda[^"]+)/"', html.partition('id="found"')[2])
        assert slugs
        assert {slug.split(".")[1] for slug in slugs} == {"concurrency"}
        assert "Tuning the performance of Lambda" in html
        assert "CodeCommit" not in html

    def test_says_when_nothing_moved(self, client):
        Move.objects.all().delete()
        Fact.objects.filter(section=7).update(body=body())

        assert "Nothing moved here." in show(client, section=7)

    @pytest.mark.parametrize("asked", [{"section": "11"}, {"section": "x"}, {"kind": "nothing"}, {"kind": "\x00"}])
    def test_leaves_out_what_it_does_not_know(self, client, asked):
        response = client.get(URL, asked)

        assert response.status_code == 200
        assert sections_of(response) == list(GROUPS)

    def test_gives_a_part_to_htmx_and_works_without_it(self, client):
        part = client.get(URL, {"section": 8}, headers={"hx-request": "true"})
        whole = client.get(URL, {"section": 8}).content.decode()

        assert "<html" not in part.content.decode()
        assert part.content.decode().lstrip().startswith('<p class="note" tabindex="-1">')
        assert "HX-Request" in part["Vary"]
        assert '<option value="8" selected>' in whole
        assert f'<form class="filter cluster" method="get" action="{URL}"' in whole


class TestTheQuiz:
    def test_asks_the_facts_that_are_shown(self, client):
        client.force_login(student := UserFactory())
        html = client.get(URL, {"section": 8}).content.decode()
        facts = re.findall(r'name="fact" value="(.*?)"', html)

        response = client.post(
            reverse("drills:start"), {"name": "What moved since DVA-C02", "fact": facts}, follow=True
        )

        assert response.status_code == 200
        drill = Drill.objects.get(student=student)
        asked = [set(place.revision.item.facts.values_list("slug", flat=True)) for place in drill.items.all()]
        assert drill.title == "What moved since DVA-C02"
        assert asked
        assert all(each & set(facts) for each in asked)

    def test_of_many_facts_is_no_longer_than_a_drill(self, client):
        client.force_login(student := UserFactory())
        facts = list(Fact.objects.current().values_list("slug", flat=True)[:40])

        client.post(reverse("drills:start"), {"fact": facts})

        assert 1 <= Drill.objects.get(student=student).items.count() <= 12

    def test_is_not_offered_where_no_fact_moved(self, client):
        assert "Quiz me on these" not in show(client, kind="guide")


class TestTheWayThere:
    def test_begins_in_the_reference_and_at_a_fact_that_moved(self, client):
        moved = Fact.objects.get(slug="lambda.concurrency.scaling-rate")
        stayed = Fact.objects.get(slug="lambda.concurrency.reserved")

        assert URL in client.get(reverse("reference:index")).content.decode()
        assert f"{URL}#{moved.slug}" in client.get(reverse("reference:fact", args=[moved.slug])).content.decode()
        assert URL not in client.get(reverse("reference:fact", args=[stayed.slug])).content.decode()

    def test_leads_to_the_fact_itself(self, client):
        """A link to a pair whose month nobody knows leads to the page, which has no place of its own for it."""
        html = client.get(URL).content.decode()
        pairs = [fact for fact in Fact.objects.current() if is_pair(fact.body)]

        assert pairs
        assert all(reverse("reference:fact", args=[fact.slug]) in html for fact in pairs)
