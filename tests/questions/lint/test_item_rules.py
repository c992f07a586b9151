"""The rules about one item, each by its cases, and what they have in common."""

from dataclasses import replace

import pytest

from studyapp.questions.lint import LEVELS, RULES, lint_item
from tests.questions.factories import FACT, an_option
from tests.questions.lint.cases import BODY, CASES, OLD, PLAIN, SQS, without_why
from tests.questions.lint.making import RECALL, TODAY, broken, choice, drawn, simulated, world

NUMBERS = ("2 runs", "3 runs", "4 runs")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.rule)
class TestEachRule:
    def test_is_broken(self, case):
        assert case.rule in broken(case.breaks, **case.known)

    def test_lets_the_near_miss_pass(self, case):
        known = case.known if case.near_known is None else case.near_known
        assert case.rule not in broken(case.near, **known)


class TestTheRules:
    def test_have_each_a_case(self):
        waivers = {"unknown-waiver", "idle-waiver"}
        assert {case.rule for case in CASES} == {rule.slug for rule in RULES.values() if rule.about == "item"} - waivers

    def test_have_a_level_a_sentence_and_a_source(self):
        for rule in RULES.values():
            assert rule.level in LEVELS
            assert rule.says.endswith(".")
            assert rule.source

    def test_find_nothing_in_a_plain_item(self):
        assert broken(PLAIN, today=TODAY, terms=(SQS,), scenarios={"lambda.a.b": BODY}) == []


class TestWhatIsShown:
    def test_is_what_counts_and_not_what_stands_in_the_file(self):
        """Students see three of four wrong answers; the longest is among them in three of four variants."""
        item = choice(
            "What?", "A queue of some length", "A layer of some length", "A role", "An alias", "A key", kind="recall"
        )
        texts = [option.text for option in item.options]
        shown = [
            drawn(choice("What?", texts[0], *(t for t in texts[1:] if t != left), kind="recall")) for left in texts[1:]
        ]

        assert "key-longest" not in broken(item, *shown)
        assert "key-longest" in broken(item, shown[0])

    def test_holds_as_many_keys_as_can_be_chosen(self):
        item = simulated()

        assert broken(item, drawn(item)) == []
        assert "key-count" in broken(item, drawn(item, keys=(0, 1)))

    def test_has_words_that_are_drawn(self):
        item = simulated("A function runs for {function.duration}. Which change helps?")

        assert "negative-stem" in broken(item, drawn(item, stem="What does it not do?"))

    @pytest.mark.parametrize("end", ["numeric", "reveal"])
    def test_is_said_once_of_questions_in_the_same_words(self, end):
        stem = "Which number is never reached?"
        again = choice(stem, *NUMBERS, id=f"{FACT}.{end}", kind=end)

        assert broken(choice(stem, *NUMBERS, id=RECALL, kind="recall")) == ["negative-stem"]
        assert broken(again) == []

    def test_of_what_is_typed_has_no_rule_about_options(self):
        item = choice("How many?", "After 5 minutes", "After 9 minutes", kind="numeric")

        assert "numbers-in-order" not in broken(item)


class TestAnInstructorsItem:
    def test_may_lack_reasons_for_one_reason(self):
        bare = without_why(PLAIN)
        (finding,) = lint_item(bare, (), world(origin="authored"))

        assert (finding.rule, finding.level) == ("why-missing", "W")
        assert lint_item(bare, (), world(origin="authored", reasons={"why-missing": "An old set"})) == []

    def test_answers_for_its_own_facts(self):
        assert broken(PLAIN, origin="authored", facts={FACT: OLD}, today=TODAY) == ["fact-stale"]

    def test_cannot_give_a_reason_for_an_error(self):
        double = replace(PLAIN, options=(*PLAIN.options, an_option(9, "A queue")))

        assert broken(double, origin="authored", reasons={"options-differ": "So be it"}) == ["options-differ"]
