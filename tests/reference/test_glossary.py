import re

import pytest
from django.urls import reverse
from django.utils import timezone

from studyapp.content.models import Fact, Term
from tests.accounts.factories import UserFactory
from tests.reference.factories import FactFactory, RowFactory, fact_body
from tests.reference.test_pages import SIGNED_IN, text_of

pytestmark = pytest.mark.django_db
PAGE = "/reference/glossary/"


def a_term(name: str, says: str = "Something.", **more) -> Term:
    fields = {"slug": name.lower().replace(" ", "-"), "kind": "term", "also": []} | more
    return Term.objects.create(name=name, says=says, **fields)


class TestThePage:
    def test_costs_one_query(self, client, django_assert_num_queries):
        with django_assert_num_queries(1):
            client.get(PAGE)
        client.force_login(UserFactory())
        with django_assert_num_queries(SIGNED_IN + 1):
            client.get(PAGE)

    def test_lists_every_term_of_the_course_under_its_own_anchor(self, client):
        html = client.get(PAGE).content.decode()

        for term in Term.objects.filter(retired_at=None):
            assert html.count(f'id="{term.slug}"') == 1, term.slug
            assert f"<dt>{term.name}" in html

    def test_leads_by_letters_to_where_they_begin(self, client):
        html = client.get(PAGE).content.decode()

        letters = re.findall(r'href="#letter-(.)"', html)
        assert letters == sorted(letters)
        assert letters == re.findall(r'<h2 id="letter-(.)">', html)

    def test_files_a_service_under_the_name_that_people_look_for(self, client):
        Term.objects.all().delete()
        for name, kind in (
            ("Amazon SQS", "service"),
            ("AWS Batch", "service"),
            ("AWS", "service"),
            ("AWS managed key", "term"),
        ):
            a_term(name, kind=kind)
        a_term("$LATEST", slug="latest")

        html = client.get(PAGE).content.decode()

        shown = re.findall(r'<h2 id="letter-(.)">|<dt>([^<]+)</dt>', html)
        assert [letter or name.strip() for letter, name in shown] == [
            "A", "AWS", "AWS managed key", "B", "AWS Batch", "L", "$LATEST", "S", "Amazon SQS",
        ]  # fmt: skip

    def test_shows_other_forms_but_no_plurals(self, client):
        a_term("policy box", also=["policy boxes", "p-box", "p-boxes", "guard of a policy", "policies"])

        assert "policy box also p-box, guard of a policy, policies Something." in text_of(client.get(PAGE))

    def test_leads_to_the_fact_that_says_more_while_the_course_has_it(self, client):
        kept, gone = FactFactory(name="A kept fact"), FactFactory(name="A gone fact", retired_at=timezone.now())
        a_term("word one", fact=kept)
        a_term("word two", fact=gone)

        html = client.get(PAGE).content.decode()

        assert f'href="{reverse("reference:fact", args=[kept.slug])}"' in html
        assert gone.slug not in html

    def test_leaves_out_what_is_retired_and_says_so_when_nothing_is_left(self, client):
        Term.objects.update(retired_at=timezone.now())

        assert "The course has no glossary yet." in text_of(client.get(PAGE))

    def test_shows_what_people_write_as_text(self, client):
        a_term("<b>bold</b>", "<script>alert(1)</script>", slug="bold", also=["<i>"])

        html = client.get(PAGE).content.decode()

        assert "<b>bold" not in html
        assert "<script>alert" not in html
        assert "<i>" not in html

    @pytest.mark.parametrize("address", ["/reference/", "/drills/"])
    def test_is_linked_from_the_reference_and_from_every_footer(self, client, address):
        assert f'href="{PAGE}"' in client.get(address).content.decode()

    def test_is_only_for_reading(self, client):
        assert client.post(PAGE).status_code == 405


class TestWordsOnPages:
    def explained(self, client, address: str) -> tuple[set[str], list[str]]:
        """What buttons open, and what there is to open."""
        html = client.get(address).content.decode()
        return set(re.findall(r'popovertarget="word-([^"]+)"', html)), re.findall(
            r'<div class="meaning" id="word-([^"]+)"', html
        )

    def test_of_a_section_are_explained_once(self, client):
        opened, notes = self.explained(client, reverse("reference:section", args=[7]))

        assert {"vpc", "nat-gateway", "private-subnet"} <= opened == set(notes)
        assert len(notes) == len(set(notes))

    def test_of_a_row_stand_in_what_it_claims_and_what_is_so(self, client):
        a_term("gizmo")
        a_term("gadget")
        RowFactory(label="A gizmo", table_says="A gizmo.", now="A gadget.", facts=[FactFactory()])

        html = client.get(reverse("reference:section", args=[7])).content.decode()

        assert html.count('popovertarget="word-gizmo"') == html.count('popovertarget="word-gadget"') == 1

    def test_of_a_fact_stand_in_its_sentence_or_in_both_its_sides(self, client):
        term = a_term("gizmo", fact=Fact.objects.all()[0])
        a_term("gadget")
        plain = FactFactory(says="A gizmo.")
        pair = FactFactory(says="A gizmo.", body=fact_body("A", "A gizmo.", exam={"says": "A gadget."}))

        assert self.explained(client, reverse("reference:fact", args=[plain.slug])) == ({"gizmo"}, ["gizmo"])
        assert self.explained(client, reverse("reference:fact", args=[pair.slug]))[1] == ["gadget", "gizmo"]
        assert (
            reverse("reference:fact", args=[term.fact.slug])
            in client.get(f"/reference/facts/{plain.slug}/").content.decode()
        )

    def test_of_a_clue_stand_in_its_row_and_in_its_facts(self, client):
        opened, notes = self.explained(client, reverse("reference:clue", args=["retry-failed-async"]))

        assert opened == set(notes)
        assert "asynchronous-invocation" in opened or "dlq" in opened

    def test_that_are_retired_are_not_marked(self, client):
        a_term("gizmo", retired_at=timezone.now())
        fact = FactFactory(says="A gizmo.")

        assert self.explained(client, reverse("reference:fact", args=[fact.slug])) == (set(), [])
