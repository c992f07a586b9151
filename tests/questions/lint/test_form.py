"""Items that are asked together: one that tells another's answer, and the nearest that does not."""

import pytest

from studyapp.questions.lint import gives_away
from tests.questions.factories import FACT, a_variant
from tests.questions.lint.making import choice

OTHER = "lambda.errors.async-retries"
ASKED = "How long may one run of a function last at most?"


def asked(stem, key, *wrong, fact=FACT, item_id=None, **given):
    item = choice(stem, key, *wrong, id=item_id or f"{fact}.recall", facts=(fact,), **given)
    texts = [option.text for option in item.options]
    return item, a_variant(*texts, item=item.id, stem=stem, kind=item.kind)


def told(teller, *form):
    return [(finding.item, finding.says) for finding in gives_away([teller, *form]) if finding.item == teller[0].id]


class TestTelling:
    @pytest.mark.parametrize(
        ("key", "stem"),
        [
            ("900 s", "What do 900 seconds limit?"),
            ("15 min", "What do 900 s limit?"),
            ("1,000", "AWS names a default of 1,000 for it. What does it count?"),
            ("Reserved concurrency", "What does reserved concurrency cost?"),
        ],
    )
    def test_is_stating_the_answer_to_the_same_fact(self, key, stem):
        back = asked(stem, "A run", item_id=f"{FACT}.recall-back")

        assert told(back, asked(ASKED, key)) == [
            (f"{FACT}.recall-back", f"states “{key}”, the answer of {FACT}.recall")
        ]

    @pytest.mark.parametrize(
        ("key", "stem"),
        [
            ("900 s", "What do 900 MB limit?"),
            ("20", "Each run takes 20 s. What does it cost?"),
            ("Nothing", "Nothing is reserved. What does it cost?"),
            ("Reserved concurrency", "What do reserved runs cost?"),
        ],
    )
    def test_is_not_stating_something_else(self, key, stem):
        assert told(asked(stem, "A run", item_id=f"{FACT}.recall-back"), asked(ASKED, key)) == []

    def test_is_found_between_facts_if_the_questions_are_alike(self):
        stem = "One run of a function lasts at most 900 s, and it needs 20 min. What helps?"

        assert told(asked(stem, "A queue", fact=OTHER), asked(ASKED, "900 s"))
        assert not told(asked("A queue hides messages for 900 s. Why?", "A run", fact=OTHER), asked(ASKED, "900 s"))

    def test_is_found_of_counts_with_what_they_count(self):
        how_many = "How many retries follow the first run of an event?"

        assert told(asked("The event has 2 retries after its first run. Why?", "So", fact=OTHER), asked(how_many, "2"))
        assert not told(asked("The 2 events follow the first run. Retries?", "So", fact=OTHER), asked(how_many, "2"))

    def test_is_asking_the_same_twice(self):
        again = asked(ASKED, "900 s", item_id=f"{FACT}.reveal", kind="reveal")

        assert told(again, asked(ASKED, "900 s")) == [(f"{FACT}.reveal", f"asks the same as {FACT}.recall")]

    def test_is_not_what_the_question_itself_says(self):
        both = "The limit is 900 s. What lasts 900 seconds?"

        assert told(asked(both, "A run", item_id=f"{FACT}.recall-back"), asked(f"900 s pass. {ASKED}", "900 s")) == []

    def test_can_be_accepted_with_a_reason(self):
        back = asked("What do 900 s limit?", "A run", item_id="lambda.a.b", accepts={"gives-away": "Asked apart."})

        assert told(back, asked(ASKED, "900 s")) == []

    def test_is_nothing_between_lines_to_match(self):
        lines = asked("Match each.", "A", kind="matching", item_id="lambda.a.b.matching")

        assert gives_away([lines, asked("Which has an A?", "B", fact=OTHER)]) == []
