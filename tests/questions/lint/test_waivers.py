"""`accepts:` silences a warning or a hint that is there, and nothing else."""

from dataclasses import replace

import pytest

from studyapp.questions.lint import Picks
from tests.questions.factories import FACT, an_option
from tests.questions.lint.making import broken, choice, ids

NEGATIVE = "Which queue does not keep order?"
REASON = "So it is meant."


def accepting(item, *rules):
    return replace(item, accepts=dict.fromkeys(rules, REASON))


class TestAWaiver:
    def test_silences_a_warning(self):
        assert broken(choice(NEGATIVE)) == ["negative-stem"]
        assert broken(accepting(choice(NEGATIVE), "negative-stem")) == []

    def test_silences_a_hint(self):
        assert broken(accepting(choice("so " * 120 + "what?"), "long-stem")) == []

    def test_is_one_too_many_if_there_is_nothing_to_silence(self):
        assert broken(accepting(choice(), "negative-stem")) == ["idle-waiver"]

    def test_is_an_error_for_an_error_and_silences_nothing(self):
        item = choice()
        double = replace(item, options=(*item.options, an_option(9, "A queue")))

        assert broken(accepting(double, "options-differ")) == ["unknown-waiver", "options-differ"]

    def test_of_a_missing_reason_is_good_in_an_instructors_item(self):
        item = choice()
        bare = accepting(replace(item, options=(replace(item.options[0], why=""), *item.options[1:])), "why-missing")

        assert broken(bare) == ["unknown-waiver", "why-missing"]
        assert broken(bare, origin="authored") == []

    def test_is_an_error_for_a_rule_that_does_not_exist(self):
        assert broken(accepting(choice(), "negative-steam")) == ["unknown-waiver"]

    @pytest.mark.parametrize("rule", ["unused-distractor", "fact-stale", "service-name", "near-duplicate"])
    def test_of_what_was_not_looked_at_may_stand(self, rule):
        assert broken(accepting(choice(), rule)) == []

    def test_of_a_wrong_answer_that_nobody_chooses_has_to_be_needed_where_there_are_numbers(self):
        item = accepting(choice(), "unused-distractor")

        assert broken(item, picks={ids(item)[1]: Picks(100, 1)}) == []
        assert broken(item, picks={ids(item)[1]: Picks(100, 50)}) == ["idle-waiver"]

    @pytest.mark.parametrize("end", ["numeric", "reveal", "recall-exam"])
    def test_of_a_fact_is_looked_at_in_its_first_question(self, end):
        heir = choice(id=f"{FACT}.{end}", kind="recall" if end == "recall-exam" else end)

        assert broken(accepting(heir, "negative-stem")) == []
        assert broken(accepting(replace(heir, id=f"{FACT}.recall", kind="recall"), "negative-stem")) == ["idle-waiver"]
