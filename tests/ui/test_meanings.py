"""Words of the glossary in texts: what is marked, and what the marks open."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyapp.questions.glossary import Term
from studyapp.ui.meanings import Meanings, Word
from studyapp.ui.prose import blocks, line, stem
from tests.ui.conftest import Page

FACTS = {"lambda.errors.retries": {"text": "2 retries", "url": "/facts/retries/"}}
TERMS = (
    Term("DLQ", "Dead-letter queue.", "acronym", ("DLQs",), fact="lambda.errors.dlq-targets"),
    Term("event source mapping", "A poller.", also=("mapping", "mappings")),
    Term("Amazon SQS", "Queues.", "service", ("SQS",)),
    Term("R&D <b>", "A name that HTML must not read."),
)


@pytest.fixture
def meanings():
    return Meanings(FACTS, TERMS, lambda fact: f"/facts/{fact}/")


def marked(html: str) -> list[tuple[str, str]]:
    """Each word that is marked, with what it opens."""
    return [(button.text, button["popovertarget"]) for button in Page(f"<p>{html}</p>").all("button")]


class TestAText:
    def test_marks_a_word_by_a_button_that_sends_nothing(self, meanings):
        assert line("To a DLQ.", meanings) == (
            'To a <button class="term" type="button" popovertarget="word-dlq">DLQ</button>.'
        )

    def test_marks_each_word_at_its_first_place_whatever_its_paragraph(self, meanings):
        html = blocks("A DLQ and a mapping.\n\n* DLQs\n* an event source mapping", meanings)

        assert marked(html) == [("DLQ", "word-dlq"), ("mapping", "word-event-source-mapping")]

    def test_marks_it_again_in_the_next_text(self, meanings):
        assert marked(line("A DLQ.", meanings)) == marked(line("A DLQ.", meanings)) == [("DLQ", "word-dlq")]

    def test_marks_a_word_that_stands_on_two_lines(self, meanings):
        assert marked(blocks("An event\nsource mapping.", meanings)) == [
            ("event\nsource mapping", "word-event-source-mapping")
        ]

    def test_marks_a_word_beside_a_number_that_is_given(self, meanings):
        assert marked(stem("Of 3 DLQs one is full.", meanings)) == [("DLQs", "word-dlq")]

    @pytest.mark.parametrize(
        "text", ["`DLQ`", "[a DLQ](https://docs.aws.amazon.com/)", "SQS", "{{ lambda.errors.dlq }}", "MyDLQ", "    DLQ"]
    )
    def test_marks_nothing_in_code_and_links_and_no_service_that_its_name_explains(self, meanings, text):
        assert marked(blocks(text, meanings)) == []

    def test_still_links_facts(self, meanings):
        html = line("After {{ lambda.errors.retries }} to a DLQ.", meanings)

        assert '<a class="fact" href="/facts/retries/">' in html
        assert marked(html) == [("DLQ", "word-dlq")]

    def test_marks_nothing_where_no_words_are_given(self):
        assert marked(line("A DLQ.", FACTS)) == marked(line("A DLQ.")) == []

    def test_escapes_what_a_word_is_written_like(self, meanings):
        assert "&lt;b&gt;</button>" in line("An R&D <b> word", meanings)

    @given(st.text(alphabet="DLQ maping`[]()*<>&{}\n-", max_size=40))
    def test_reads_the_same_with_its_marks_as_without(self, text):
        assert re.sub(r"</?button[^>]*>", "", blocks(text, Meanings({}, TERMS))) == blocks(text)


class TestMeanings:
    def test_are_those_of_the_words_that_were_marked_each_once_by_name(self, meanings):
        for text in ("A mapping.", "A DLQ, a mapping.", "Two DLQs, SQS, `R&D <b>`."):
            line(text, meanings)

        assert meanings.marked == (
            Word("word-dlq", "DLQ", "Dead-letter queue.", "/facts/lambda.errors.dlq-targets/"),
            Word("word-event-source-mapping", "event source mapping", "A poller."),
        )

    def test_are_none_before_anything_is_marked(self, meanings):
        assert meanings.marked == ()

    def test_are_popovers_that_say_what_they_explain(self, draw):
        words = [
            Word("word-dlq", "DLQ", "Dead-letter **queue**.", "/facts/dlq/"),
            Word("word-tier", "tier", "A range."),
        ]
        page = draw("components/meanings.html", words=words)

        notes = page.all("div", role="note")
        assert [(note["id"], note["aria-label"], note.get("popover")) for note in notes] == [
            ("word-dlq", "DLQ", ""),
            ("word-tier", "tier", ""),
        ]
        assert [term.text for term in page.all("dfn")] == ["DLQ", "tier"]
        assert "Dead-letter queue." in notes[0].text
        assert page.one("a")["href"] == "/facts/dlq/"


class TestWords:
    def test_are_one_line_of_buttons_with_what_they_open(self, draw):
        page = draw("components/words.html", words=[Word("word-dlq", "DLQ", "A."), Word("word-tier", "tier", "B.")])

        assert page.one("p", class_="words").text == "Words: DLQ, tier"
        assert [button["type"] for button in page.all("button")] == ["button", "button"]
        assert [button["popovertarget"] for button in page.all("button")] == [one["id"] for one in page.all("div")]

    def test_are_nothing_where_there_is_none(self, draw):
        assert draw("components/words.html", words=()).html.strip() == ""


class TestAPlate:
    def test_marks_the_words_of_its_sentence(self, draw, meanings):
        source = {"title": "Guide", "url": "https://docs.aws.amazon.com/", "checked": "2026-11-23", "due": "2027-11-23"}
        fact = {
            "name": "DLQ",
            "says": "A DLQ keeps it.",
            "value_text": "yes",
            "source": source,
            "exam": None,
            "was": [],
        }

        page = draw("components/plate.html", fact=fact, meanings=meanings)
        beside = draw("components/plate.html", fact={**fact, "exam": {"says": "Use a mapping."}}, meanings=meanings)

        assert [button.text for button in page.all("button")] == ["DLQ"]
        assert [button.text for button in beside.all("button")] == ["mapping", "DLQ"]
