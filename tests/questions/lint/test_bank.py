"""Rules about many items together: for each what breaks it, and the nearest thing that does not."""

from dataclasses import replace

import pytest

from studyapp.questions.lint import lint_bank
from studyapp.questions.lint.bank import FEWEST
from tests.questions.factories import FACT, a_variant
from tests.questions.lint.making import choice

STEM = "A queue holds ten messages and its function fails on one of them. Which messages come back to the queue after that?"
AGAIN = STEM.replace("after that", "after this")
OTHER = STEM.replace("fails on one of them", "runs for a long time").replace("come back", "are hidden")
NUMBERS = ("1", "2", "3", "4")
WORDS = ("a queue", "a topic", "a layer", "an alias of it")


def rules(*items, **variants):
    return [finding.rule for finding in lint_bank(items, variants)]


def bank(count, key_of, texts):
    """Items that were drawn once, with the same options; `key_of` a number gives the place of its key in the file."""
    items = [choice(id=f"lambda.a.number-{number}", stem=f"What is {number}?") for number in range(count)]
    variants = {item.id: [a_variant(*texts, item=item.id, keys=(key_of(number),))] for number, item in enumerate(items)}
    return lint_bank(items, variants)


class TestNearDuplicates:
    def test_are_found_in_the_later_item(self):
        one, other = choice(STEM, id="lambda.a.one"), choice(AGAIN, id="lambda.a.other")
        (finding,) = lint_bank([one, other], {})

        assert (finding.rule, finding.item) == ("near-duplicate", "lambda.a.other")
        assert finding.says.startswith("is worded like lambda.a.one: ")

    def test_are_not_those_that_tell_another_story(self):
        assert rules(choice(STEM, id="lambda.a.one"), choice(OTHER, id="lambda.a.other")) == []

    @pytest.mark.parametrize("end", ["recall-back", "recall-exam", "numeric", "reveal"])
    def test_are_not_those_that_one_fact_asks(self, end):
        assert rules(choice(STEM, id=f"{FACT}.recall"), choice(STEM, id=f"{FACT}.{end}")) == []

    def test_of_arranged_items_have_the_same_lines_too(self):
        one = choice(STEM, "A", "B", "C", id="lambda.a.one", kind="ordering")
        other = choice(STEM, "Four", "other", "lines", id="lambda.a.other", kind="ordering")

        assert rules(one, replace(one, id="lambda.a.same")) == ["near-duplicate"]
        assert rules(one, replace(other, stem="Put them in order.")) == []

    def test_can_be_accepted_with_a_reason(self):
        other = choice(AGAIN, id="lambda.a.other", accepts={"near-duplicate": "A pair to compare."})

        assert rules(choice(STEM, id="lambda.a.one"), other) == []
        assert rules(choice(OTHER, id="lambda.a.one"), other) == ["idle-waiver"]


class TestPlacesOfTheKey:
    def test_are_uneven_where_numbers_are_sorted_and_the_middle_is_right(self):
        (finding,) = bank(FEWEST, lambda number: 1 + number % 2, NUMBERS)

        assert (finding.rule, finding.item) == ("key-position", "")
        assert (
            finding.says
            == "of 4 sorted options the key is first 0 times, second 20 times, third 20 times, fourth 0 times"
        )

    def test_are_even_where_each_is_right_as_often(self):
        assert bank(FEWEST, lambda number: number % 4, NUMBERS) == []

    def test_are_even_where_words_are_shuffled(self):
        assert bank(FEWEST, lambda _: 1, WORDS) == []

    def test_cannot_be_told_from_chance_in_a_few_items(self):
        assert bank(FEWEST - 1, lambda _: 1, NUMBERS) == []


class TestLengthsOfTheKey:
    def test_are_found_where_the_longest_is_right_too_often(self):
        (finding,) = bank(60, lambda number: 3 if number % 2 else 0, WORDS)

        assert (finding.rule, finding.item) == ("key-length", "")
        assert finding.says == "the key is the longest option of 30 of 60; by chance it would be of 15"

    def test_are_sound_where_the_longest_is_right_as_often_as_any(self):
        assert bank(60, lambda number: number % 4, WORDS) == []
