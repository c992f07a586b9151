"""Words of the glossary on the drill's pages: offered beside a question, marked in what its answer tells."""

import re
from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from studyapp.attempts.words import offered
from studyapp.content.models import Fact, Item
from studyapp.questions.bodies import term_body
from studyapp.questions.glossary import Term
from studyapp.questions.items import Item as Question
from studyapp.questions.variants import variant
from tests.accounts.factories import UserFactory
from tests.drills import kinds
from tests.drills.factories import a_fact, ask_item, open_drill
from tests.drills.responses import fields_of, response_of

pytestmark = pytest.mark.django_db
FIX = "lambda.vpc.card-processor.fix"
ASKED = kinds.CHOICE.facts[0]


def body_of(question: Question, *terms: Term):
    facts = {fact.slug: fact.body for fact in Fact.objects.all()}
    return kinds.body_of(question, facts) | {"terms": {term.name: term_body(term) for term in terms}}


def names(question: Question, *terms: Term) -> list[str]:
    body = body_of(question, *terms)
    return [word.name for word in offered(body, variant(body, 1))]


class TestOffered:
    def test_are_the_words_of_the_stem_by_name_without_links(self):
        burst, function = Term("gain", "To get more.", fact="lambda.vpc.internet"), Term("Function", "Code.")
        body = body_of(kinds.CHOICE, burst, function, Term("unused", "A."))

        words = offered(body, variant(body, 1))

        assert [(word.name, word.says, word.url) for word in words] == [
            ("Function", "Code.", ""),
            ("gain", "To get more.", ""),
        ]

    def test_are_not_what_the_question_asks_about(self):
        assert names(kinds.CHOICE, Term("environments", "Where code runs.", fact=ASKED)) == []

    def test_are_of_options_the_acronyms_alone(self):
        """What "a burst" means may be what has to be known."""
        question = replace(kinds.CHOICE, options=self.options("A burst of the VPC", "A burst", "None", "Both"))
        burst, vpc = Term("burst", "Many requests."), Term("VPC", "Virtual private cloud.", "acronym")

        assert names(question, burst, vpc) == ["VPC"]

    @pytest.mark.parametrize("fact", [None, ASKED])
    def test_are_of_options_none_where_one_of_them_is_the_answer_or_may_be(self, fact):
        """To explain the others would tell which one it is."""
        texts = ("A DLQ of the VPC", "VPC", "None", "Both") if fact is None else ("A DLQ", "A VPC", "None", "Both")
        question = replace(kinds.CHOICE, options=self.options(*texts))
        dlq, vpc = Term("DLQ", "Dead-letter queue.", "acronym", fact=fact), Term("VPC", "A network.", "acronym")

        assert names(question, dlq, vpc) == []

    def test_are_not_those_that_stand_in_code(self):
        question = replace(kinds.CHOICE, stem="What does `VPC` name?")

        assert names(question, Term("VPC", "Virtual private cloud.", "acronym")) == []

    def test_are_of_lines_and_of_what_they_are_matched_to(self):
        assert names(kinds.MATCHING, Term("SQS", "Queues.", "acronym"), Term("shard", "A part.")) == ["SQS"]

    def test_are_none_for_a_revision_from_before_there_was_a_glossary(self):
        body = body_of(kinds.CHOICE)
        del body["terms"]

        assert offered(body, variant(body, 1)) == ()

    @pytest.mark.parametrize("end", ["reveal", "numeric"])
    def test_give_away_no_answer_that_is_not_shown_yet(self, end):
        item = Item.objects.current().filter(slug__endswith=f".{end}").select_related("revision")[0]
        body = item.revision.body | {"terms": {}}
        drawn = variant(body, item.revision.seeds[0])
        words = {word for option in drawn.options for word in re.findall(r"\w{2,}", f"{option.text} {option.answer}")}
        words -= set(re.findall(r"\w+", drawn.stem))
        body["terms"] = {word: term_body(Term(word, "A.", "acronym")) for word in words}

        assert words
        assert offered(body, drawn) == ()

    def options(self, *texts: str):
        return tuple(replace(option, text=text) for option, text in zip(kinds.CHOICE.options, texts, strict=True))


class TestPages:
    @pytest.fixture
    def student(self):
        return UserFactory()

    @pytest.fixture
    def client(self, student):
        client = Client()
        client.force_login(student)
        return client

    @pytest.fixture
    def drill(self, student):
        drill = open_drill(student, a_fact(), now=timezone.now())
        ask_item(drill, Item.objects.get(slug=FIX))
        return drill

    def url(self, name, drill):
        return reverse(f"drills:{name}", args=[drill.pk, 1])

    def answered(self, client, drill) -> str:
        page = client.get(self.url("question", drill)).content.decode()
        revision = Item.objects.get(slug=FIX).revision
        drawn = revision.variant(drill.items.get(position=1).seed)
        token = re.search(r'name="token" value="([^"]+)"', page)[1]
        given = fields_of(drawn, response_of(drawn, right=False))
        return client.post(self.url("answer", drill), {"token": token, **given}, follow=True).content.decode()

    def opened(self, page: str) -> set[str]:
        return set(re.findall(r'popovertarget="([^"]+)"', page))

    def notes(self, page: str) -> list[str]:
        return re.findall(r'<div class="meaning" id="([^"]+)"', page)

    def test_before_the_answer_have_words_below_the_form(self, client, drill):
        page = client.get(self.url("question", drill)).content.decode()
        form, _, rest = page.partition('<p class="words">')

        assert "popovertarget" not in form
        assert self.opened(rest) == set(self.notes(rest)) == {"word-vpc"}
        assert "/reference/facts/" not in page

    def test_after_the_answer_explain_each_marked_word_once(self, client, drill):
        page = self.answered(client, drill)

        notes = self.notes(page)
        assert self.opened(page) == set(notes)
        assert len(notes) == len(set(notes)) >= 4
        assert page.rindex("popovertarget") < page.index('<div class="meaning"')

    def test_after_the_answer_mark_stem_belief_reasons_and_facts(self, client, drill):
        page = self.answered(client, drill)

        stem = page.partition('<h1 class="stem">')[2].partition("</h1>")[0]
        verdict = page.partition('<h2 class="verdict-line"')[2].partition("</h2>")[0]
        belief = page.partition('<p class="belief">')[2].partition("</p>")[0]
        reasons = page.partition('<ol class="options"')[2].partition("</ol>")[0]
        plates = page.partition('<aside class="margin"')[2].partition("</aside>")[0]
        assert all('class="term"' in part for part in (stem, belief, reasons, plates))
        assert 'class="term"' not in verdict

    def test_after_the_answer_cost_no_query_for_words(self, client, drill, django_assert_max_num_queries):
        self.answered(client, drill)

        with django_assert_max_num_queries(10) as queries:
            client.get(self.url("question", drill))

        assert not [query for query in queries if "content_term" in query["sql"]]
