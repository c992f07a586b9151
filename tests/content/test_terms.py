"""The glossary: loaded as a table, kept in revisions as it was, and fit for the course."""

import re
from datetime import timedelta

import pytest
from django.conf import settings

from studyapp.content import files, queries, services
from studyapp.content.files import BadContent
from studyapp.content.models import Item, Revision, Term
from studyapp.questions.bodies import read_terms
from tests.conftest import NOW
from tests.content.conftest import TODAY

LATER = NOW + timedelta(days=1)
RECALL = "lambda.errors.retries.recall"
TERMS = """\
terms:
  - name: event
    says: What a function is called with.
    also: [events]
    fact: lambda.errors.first-wait
  - name: Amazon SQS
    kind: service
    says: Queues.
    never: [AWS SQS]
  - name: wait
    says: A time in which nothing is done.
"""


@pytest.fixture
def glossary(folder):
    """The good course with three terms."""
    path = folder / "glossary.yaml"
    path.write_text(TERMS)
    return path


def load(folder, now=NOW):
    return services.load(course=files.read(folder, today=TODAY), now=now)


@pytest.mark.django_db
class TestLoading:
    def test_writes_terms_with_their_facts(self, folder, glossary):
        load(folder)

        event = Term.objects.get(slug="event")
        assert (event.name, event.kind, event.also, event.retired_at) == ("event", "term", ["events"], None)
        assert event.fact.slug == "lambda.errors.first-wait"
        assert Term.objects.get(slug="amazon-sqs").fact is None

    def test_changes_nothing_the_second_time(self, folder, glossary):
        load(folder)

        assert str(load(folder, LATER)) == "nothing changed"

    def test_retires_what_the_file_holds_no_longer_and_takes_it_back(self, folder, glossary):
        load(folder)
        glossary.write_text(TERMS[: TERMS.index("  - name: wait")])
        load(folder, LATER)
        assert Term.objects.get(slug="wait").retired_at == LATER
        assert [term.name for term in queries.terms()] == ["Amazon SQS", "event"]

        glossary.write_text(TERMS)
        load(folder, LATER)

        assert Term.objects.get(slug="wait").retired_at is None

    def test_gives_the_words_back_in_one_query(self, folder, glossary, django_assert_num_queries):
        load(folder)

        with django_assert_num_queries(1):
            terms = {term.name: term for term in queries.terms()}

        assert terms["event"].fact == "lambda.errors.first-wait"
        assert terms["event"].forms == ("event", "events")
        assert (terms["Amazon SQS"].kind, terms["wait"].fact) == ("service", None)


@pytest.mark.django_db
class TestARevision:
    def terms(self, slug=RECALL):
        return Item.objects.get(slug=slug).revision.body["terms"]

    def test_keeps_the_words_that_its_texts_may_mark(self, folder, glossary):
        load(folder)

        kept = self.terms()
        assert kept["event"] == {
            "says": "What a function is called with.",
            "kind": "term",
            "also": ["events"],
            "fact": "lambda.errors.first-wait",
        }
        assert "Amazon SQS" not in kept
        assert {term.name for term in read_terms(kept)} == set(kept)

    def test_of_an_old_answer_explains_them_as_it_did(self, folder, glossary):
        load(folder)
        before = Item.objects.get(slug=RECALL).revision
        glossary.write_text(TERMS.replace("What a function is called with.", "Something else."))

        load(folder, LATER)

        assert Revision.objects.get(pk=before.pk).body["terms"]["event"]["says"] == "What a function is called with."
        assert self.terms()["event"]["says"] == "Something else."

    def test_is_not_made_anew_for_a_word_that_it_does_not_use(self, folder, glossary):
        load(folder)
        glossary.write_text(TERMS + "  - name: zebra\n    says: An animal.\n")

        assert load(folder, LATER).revisions == 0


class TestAGlossary:
    def problems(self, folder):
        with pytest.raises(BadContent) as error:
            files.read(folder, today=TODAY)
        return "\n".join(map(str, error.value.problems))

    def test_has_no_two_terms_with_one_address(self, folder, glossary):
        glossary.write_text(TERMS + "  - name: W.a.i.t\n    says: A.\n  - name: w-a-i-t\n    says: B.\n")

        assert "w-a-i-t is used twice" in self.problems(folder)

    def test_is_told_once_of_a_name_that_it_has_twice(self, folder, glossary):
        glossary.write_text(TERMS + "  - name: wait\n    says: A.\n")

        assert self.problems(folder).count("wait is used twice") == 1

    def test_names_facts_that_there_are(self, folder, glossary):
        glossary.write_text(TERMS.replace("first-wait", "no-wait"))

        assert "there is no fact lambda.errors.no-wait" in self.problems(folder)


@pytest.fixture(scope="module")
def real():
    return files.read(settings.CONTENT, needs_proofs=False)


class TestTheCoursesOwn:
    def test_has_words_acronyms_and_services(self, real):
        kinds = [term.kind for term in real.terms]

        assert min(kinds.count(kind) for kind in ("term", "acronym", "service")) > 20

    def test_says_no_number_which_only_a_fact_may_change(self, real):
        says = {term.name: re.sub(r"version \d", "", term.says) for term in real.terms}

        assert [name for name, text in says.items() if re.search(r"(?<![\w-])\d", text)] == []

    def test_is_one_sentence_or_two_that_end(self, real):
        assert [term.name for term in real.terms if not term.says.endswith(".")] == []
