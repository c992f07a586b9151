import json

import pytest

from studyapp.questions.bodies import read_terms, term_body
from studyapp.questions.glossary import Glossary, Term, glossary

QUEUE = Term("queue", "Where messages wait.", also=("queues",))
DEAD = Term(
    "dead-letter queue",
    "Where messages go that failed.",
    also=("dead-letter queues",),
    fact="lambda.errors.dlq-targets",
)
DLQ = Term("DLQ", "Dead-letter queue.", "acronym", also=("DLQs",))
LATEST = Term("$LATEST", "The copy that is edited.")
API_GATEWAY = Term("Amazon API Gateway", "Takes web requests.", "service", ("API Gateway",), ("API gateway",))
WORDS = Glossary([QUEUE, DEAD, DLQ, LATEST, API_GATEWAY])


def found(text: str) -> list[str]:
    return [text[each.start : each.end] for each in WORDS.find(text)]


class TestFind:
    @pytest.mark.parametrize(
        ("text", "forms"),
        [
            ("A dead-letter queue keeps it.", ["dead-letter queue"]),
            ("A queue and its dead-letter queue.", ["queue", "dead-letter queue"]),
            ("Amazon API Gateway asks.", ["Amazon API Gateway"]),
            ("Behind API Gateway it waits.", ["API Gateway"]),
        ],
    )
    def test_takes_the_longest_that_begins_at_a_place(self, text, forms):
        assert found(text) == forms

    def test_names_each_term_once_where_it_stands_first(self):
        assert found("Queues fill, and a queue empties. DLQ, then DLQs.") == ["Queues", "DLQ"]

    @pytest.mark.parametrize("text", ["Two queues.", "Queues wait.", "Dead-letter queues.", "DLQs."])
    def test_knows_plurals_and_the_capital_of_a_sentence(self, text):
        assert len(found(text)) == 1

    @pytest.mark.parametrize("text", ["dlq", "Api Gateway", "API gateway", "QUEUE", "latest"])
    def test_lets_capitals_count_elsewhere(self, text):
        assert found(text) == []

    @pytest.mark.parametrize("text", ["requeue", "queued", "a queue-like thing", "in-queue", "queue_name", "DLQx"])
    def test_finds_no_part_of_a_word(self, text):
        assert found(text) == []

    @pytest.mark.parametrize("text", ["(queue)", "“queue”", "queue,", "the queue's", "queue/topic", "queue: one"])
    def test_finds_it_beside_any_sign(self, text):
        assert found(text) == ["queue"]

    def test_finds_it_on_two_lines(self):
        assert found("A dead-letter\n  queue keeps it.") == ["dead-letter\n  queue"]

    def test_finds_a_name_that_begins_with_a_sign(self):
        assert found("Edit $LATEST.") == ["$LATEST"]

    def test_of_an_empty_glossary_finds_nothing(self):
        assert list(Glossary([]).find("A queue.")) == []


class TestNamed:
    @pytest.mark.parametrize(("form", "term"), [("Queues", QUEUE), ("dead-letter  queue", DEAD), ("dlq", None)])
    def test_is_the_term_that_is_written_so(self, form, term):
        assert WORDS.named(form) == term


class TestTerm:
    @pytest.mark.parametrize(
        ("name", "slug"),
        [("dead-letter queue", "dead-letter-queue"), ("$LATEST", "latest"), ("x86_64", "x86-64"), ("DLQ", "dlq")],
    )
    def test_has_a_slug(self, name, slug):
        assert Term(name, "").slug == slug

    def test_of_a_service_is_marked_only_where_a_fact_says_more(self):
        proxy = Term("Amazon RDS Proxy", "Pools connections.", "service", fact="lambda.vpc.rds-proxy")

        assert [term.is_marked for term in (QUEUE, DLQ, API_GATEWAY, proxy)] == [True, True, False, True]


class TestBodies:
    def test_come_back_by_name_without_what_only_the_linter_needs(self):
        bodies = {term.name: term_body(term) for term in (QUEUE, DLQ, DEAD)}

        assert read_terms(json.loads(json.dumps(bodies))) == (DLQ, DEAD, QUEUE)
        assert "never" not in term_body(API_GATEWAY)

    def test_leave_out_what_is_empty(self):
        assert term_body(LATEST) == {"says": "The copy that is edited.", "kind": "term"}


def test_a_glossary_is_made_once_for_the_same_terms():
    assert glossary((QUEUE, DLQ)) is glossary((Term("queue", QUEUE.says, also=("queues",)), DLQ))
    assert glossary((QUEUE, DLQ)) is not glossary((Term("queue", "Another meaning."), DLQ))
