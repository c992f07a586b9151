"""What is asked of a run, and how a prediction is marked."""

import pytest

from studyapp.lab import asking
from studyapp.lab.asking import BadPrediction, Question
from tests.lab.worlds import ran

THROTTLED = Question("throttles", "How many are throttled?", "requests")


class TestQuestion:
    def test_is_the_demos(self):
        demo = {"asks": {"metric": "throttles", "question": "How many of them?", "unit": "requests"}}

        assert asking.question(demo, [], ran().outcome) == Question("throttles", "How many of them?", "requests")

    def test_is_else_the_first_number_that_is_claimed(self):
        found = asking.question(None, ["throttles is 5 and cold_starts is 3"], ran().outcome)

        assert found == Question("throttles", "Throttled: how much?")

    def test_has_choices_where_the_answer_is_yes_or_no(self):
        found = asking._plainly("throttles", ran().outcome)

        assert found is not None
        assert not found.choices

    def test_is_none_where_nothing_is_claimed(self):
        assert asking.question(None, [], ran().outcome) is None


class TestMark:
    @pytest.mark.parametrize(
        ("given", "is_right"), [("5", True), (" 5 ", True), ("4", False), ("5.0", True), ("1,000", False)]
    )
    def test_compares_a_count_exactly(self, given, is_right):
        assert asking.mark(THROTTLED, ran().outcome, given).is_right is is_right

    def test_takes_a_fraction_as_it_is_shown(self):
        outcome = ran().outcome
        shown = asking.told("billed_gb_s", outcome).partition("\u00a0")[0]

        assert asking.mark(Question("billed_gb_s", "How much?"), outcome, shown).is_right

    @pytest.mark.parametrize(("given", "is_right"), [("900 ms", True), ("0.9", True), ("0.94 s", True), ("1", False)])
    def test_takes_times_in_any_unit_as_near_as_is_asked(self, given, is_right):
        asked = Question("response_max", "How long?", "s", within="5 %")

        assert asking.mark(asked, ran().outcome, given).is_right is is_right

    def test_takes_nothing_as_not_knowing(self):
        marked = asking.mark(THROTTLED, ran().outcome, "")

        assert (marked.predicted, marked.actual, marked.is_right) == ("", "5", False)

    @pytest.mark.parametrize("given", ["five?", "12 MB", "9" * 60, "5 and 6"])
    def test_says_what_to_write_instead(self, given):
        with pytest.raises(BadPrediction):
            asking.mark(THROTTLED, ran().outcome, given)

    def test_refuses_what_is_no_choice(self):
        asked = Question("throttles", "Which?", choices=(("5", "Five"), ("6", "Six")))

        assert asking.mark(asked, ran().outcome, "5").is_right
        with pytest.raises(BadPrediction, match="none of the choices"):
            asking.mark(asked, ran().outcome, "7")
