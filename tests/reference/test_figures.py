from decimal import Decimal

import pytest

from studyapp.facts.book import Quantity, Range, value_text
from studyapp.reference.figures import Figure, figure


def quantity(amount: int, unit: str) -> Quantity:
    return Quantity(Decimal(amount), unit)


def body(text: str, **parts: object) -> dict[str, object]:
    return {"value_text": text, "amount": None, "unit": None, "adjustable": None, **parts}


class TestFigure:
    def test_of_a_number_is_its_amount_and_its_unit(self):
        assert figure(body("900\u00a0s", amount="900", unit="s")) == Figure(amount="900", unit="s")

    def test_of_a_quota_that_can_be_raised_says_so(self):
        assert figure(body("29\u00a0s", amount="29", unit="s", adjustable=True)).note == "AWS raises it on request"

    @pytest.mark.parametrize(
        ("value", "wanted"),
        [
            (
                Range(
                    min=quantity(128, "MB"),
                    max=quantity(10240, "MB"),
                    step=quantity(1, "MB"),
                    default=quantity(128, "MB"),
                ),
                Figure("128 to 10,240", "MB", note="in steps of 1\u00a0MB, 128\u00a0MB by default"),
            ),
            (
                Range(min=quantity(60, "s"), max=quantity(21600, "s"), default=quantity(21600, "s")),
                Figure("60 to 21,600", "s", note="21,600\u00a0s by default"),
            ),
            (Range(min=quantity(1, "s"), max=quantity(300, "s")), Figure("1 to 300", "s")),
            (
                Range(max=quantity(10000, "messages"), default=quantity(10, "messages")),
                Figure("at most 10,000", "messages", note="10\u00a0messages by default"),
            ),
            (Range(min=quantity(2, "layers per function")), Figure("at least 2", "layers per function")),
        ],
    )
    def test_of_a_range_splits_what_the_book_writes(self, value, wanted):
        assert figure(body(value_text(value))) == wanted

    def test_of_a_range_of_two_units_stays_in_words(self):
        text = value_text(Range(min=quantity(128, "MB"), max=quantity(10, "GB")))

        assert figure(body(text)) == Figure(words=text)

    @pytest.mark.parametrize("text", ["no", "S3 and DynamoDB", "5 minutes, 10 minutes and 15 minutes", "status 429"])
    def test_of_anything_else_is_words(self, text):
        assert figure(body(text)) == Figure(words=text)
