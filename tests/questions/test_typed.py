import pytest

from studyapp.questions.typed import LONGEST, BadNumber, is_typable, is_within, typed, unit_of


class TestTheUnit:
    @pytest.mark.parametrize(
        ("key", "unit"),
        [("189 s", "s"), ("3 min 9 s", "s"), ("0.20 USD", "USD"), ("1,000", ""), ("10 %", "%"), ("About 16", "")],
    )
    def test_is_that_of_the_key(self, key, unit):
        assert unit_of(key) == unit


class TestTyped:
    @pytest.mark.parametrize(
        ("text", "unit", "read"),
        [
            ("189", "s", "189 s"),
            (" 189 s ", "s", "189 s"),
            ("189s", "s", "189 s"),
            ("3 min 9 s", "s", "3 min 9 s"),
            ("1,000", "", "1000"),
            ("1 000", "", "1000"),
            ("+5", "", "5"),
            (".5", "s", "0.5 s"),
            ("$2.73", "USD", "2.73 USD"),
            ("15 min", "s", "15 min"),
            ("-3", "", "-3"),
        ],
    )
    def test_takes_a_number_with_its_unit_or_without(self, text, unit, read):
        assert typed(text, unit) == read

    @pytest.mark.parametrize("text", ["", "  ", "many", "1.2.3", "5 and 6", "1,00", "--3", ".", "1e9", "x" * 60])
    def test_says_how_to_write_what_it_cannot_read(self, text):
        with pytest.raises(BadNumber, match=r"12\.5"):
            typed(text, "s")

    def test_says_which_unit_is_asked_for(self):
        with pytest.raises(BadNumber, match="asked for in s"):
            typed("5 MB", "s")
        with pytest.raises(BadNumber, match="without a unit"):
            typed("5 s", "")

    def test_has_a_longest_answer(self):
        with pytest.raises(BadNumber, match=str(LONGEST)):
            typed("1" * (LONGEST + 1), "")


class TestIsWithin:
    @pytest.mark.parametrize(
        ("given", "key", "tolerance", "is_right"),
        [
            ("189 s", "3 min 9 s", None, True),
            ("190 s", "3 min 9 s", None, False),
            ("200", "200", None, True),
            ("200.4", "200", None, False),
            ("2.734 USD", "2.73 USD", None, True),
            ("2.736 USD", "2.73 USD", None, False),
            ("15 min", "900 s", None, True),
            ("101", "100", "1 %", True),
            ("102", "100", "1 %", False),
            ("9.5 s", "10 s", "500 ms", True),
            ("9.4 s", "10 s", "500 ms", False),
            ("16", "About 16", None, True),
        ],
    )
    def test_allows_what_the_item_or_the_key_allows(self, given, key, tolerance, is_right):
        assert is_within(given, key, tolerance) is is_right

    def test_compares_numbers_alone(self):
        with pytest.raises(ValueError, match="not one number"):
            is_within("5", "five of them", None)


def test_what_can_be_typed_is_one_number_with_digits():
    assert [is_typable(text) for text in ("500", "None", "Never", "500 and then 20", "3 min 9 s")] == [
        True, False, False, False, True,
    ]  # fmt: skip
