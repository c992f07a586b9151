from decimal import Decimal

import pytest

from studyapp.questions.numbers import in_order, number_in, worths_in


class TestNumberIn:
    @pytest.mark.parametrize(
        ("text", "worth"),
        [
            ("1,500", 1500), ("About 500", 500), ("189 s", 189), ("3 min 9 s", 189), ("1 h 2 min", 3720),
            ("650 ms", Decimal("0.65")), ("None", 0), ("2 GB", 2048), ("0.20 USD", Decimal("0.2")), ("5 layers", 5),
            ("3\u00a0min 9\u00a0s", 189),
        ],
    )  # fmt: skip
    def test_is_what_the_option_is_worth(self, text, worth):
        assert number_in(text) == Decimal(worth)

    @pytest.mark.parametrize("text", ["Yes", "S3", "500 and then 20 a minute", "A NAT gateway", ""])
    def test_is_nothing_for_words(self, text):
        assert number_in(text) is None


class TestWorthsIn:
    @pytest.mark.parametrize(
        ("text", "worth"),
        [
            ("within 15 minutes", 900), ("a 2-second run", 2), ("the 1,500 requests", 1500), ("three retries", 3),
            ("it runs once", 1), ("650 ms", Decimal("0.65")), ("1 GB", 1024), ("every 3 s.", 3),
            ("every five minutes", 300), ("a two-second run", 2), ("in the same second", 1), ("an hour later", 3600),
        ],
    )  # fmt: skip
    def test_finds_numbers_in_any_unit_and_in_words(self, text, worth):
        assert Decimal(worth) in worths_in(text)

    def test_does_not_find_a_part_of_a_number(self):
        assert Decimal(500) not in worths_in("1,500 requests")

    def test_does_not_take_an_article_for_a_number(self):
        assert worths_in("a function gets an event") == frozenset()


class TestInOrder:
    def test_is_what_each_text_is_worth(self):
        assert in_order(["20 s", "3 min", "500 ms"]) == [20, 180, Decimal("0.5")]

    def test_knows_texts_that_differ_in_one_number_alone(self):
        assert in_order(["After 20 min", "After 2 h", "After 90 s"]) == [1200, 7200, 90]
        assert in_order(["From 3 to 4", "From 5 to 6"]) is None
        assert in_order(["After 20 min", "Before 2 h"]) is None
        assert in_order(["After 20 min", "Never"]) is None
