"""What a run comes to in words, alone and beside another."""

from studyapp.lab import telling
from studyapp.lab.asking import Marked, Question
from tests.lab.worlds import ran

ASKED = Question("throttles", "How many are throttled?", "requests")


class TestReadouts:
    def test_begin_with_what_was_asked_against_what_was_said(self):
        found = telling.readouts(ran().outcome, ASKED, Marked("4", "5", is_right=False))

        assert (found[0].label, found[0].value, found[0].against) == ("Throttled", "5", "✗ you said 4")
        assert (
            telling.readouts(ran().outcome, ASKED, Marked("5", "5", is_right=True))[0].against == "✓ as you predicted"
        )
        assert telling.readouts(ran().outcome, ASKED, Marked("", "5", is_right=False))[0].against == "you did not know"

    def test_are_four_with_the_cost_last_and_none_alone(self):
        found = telling.readouts(ran().outcome, ASKED, None)

        assert [each.label for each in found][::3] == ["Throttled", "Cost"]
        assert found[0].against == "of 8 requests"
        assert found[1].against == "of 3 invocations"
        assert found[3].against.endswith("for a month of this")


class TestDifferences:
    def test_say_what_a_change_did(self):
        was, now = ran().outcome, ran(functions__labels__reserved_concurrency=6).outcome
        rows = {row.label: row for row in telling.differences(was, now, ASKED)}

        assert (rows["Throttled"].was, rows["Throttled"].now, rows["Throttled"].change) == ("5", "2", "−3")
        assert rows["Cold starts"].change == "+3"
        assert rows["95 % of responses within"].is_same
        assert rows["Cost of a month of this"].change.startswith("+")
        assert (
            telling.headline(was, now, tuple(rows.values()))
            == "3 fewer requests are throttled; 3 more environments start."
        )

    def test_say_one_as_one(self):
        was, now = ran().outcome, ran(functions__labels__reserved_concurrency=4).outcome

        assert telling.headline(was, now, ()) == "1 fewer request is throttled; 1 more environment starts."

    def test_say_that_nothing_changes(self):
        same = ran().outcome

        assert telling.headline(same, same, telling.differences(same, same, ASKED)) == (
            "Nothing that is measured here changes."
        )


class TestVerdict:
    def test_counts_one_as_one(self):
        assert telling.verdict(ASKED, Marked("", "1", is_right=False)) == "It is 1 request."
        assert telling.verdict(ASKED, Marked("2", "1", is_right=False)) == "You said 2; it is 1 request."

    def test_quotes_words(self):
        asked = Question("reach.shop", "Does it?", choices=(("yes", "It does"), ("no", "It does not")))

        assert telling.verdict(asked, Marked("", "no", is_right=False)) == "The run says “It does not”."
        assert telling.verdict(asked, Marked("yes", "no", is_right=False)) == "You said “It does”; it is “It does not”."
        assert telling.verdict(asked, Marked("no", "no", is_right=True)) == "It is as you said."
