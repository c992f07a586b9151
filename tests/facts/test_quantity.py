from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyapp.facts.quantity import BadQuantity, Quantity, parse

amounts = st.decimals(min_value=Decimal("-1e9"), max_value=Decimal("1e9"), places=3).map(lambda each: each + 0)
units = st.sampled_from(["", "s", "MB", "%", "per 10 s", "USD per 1000000 requests", "layers per function", "GB-s"])


class TestParse:
    @pytest.mark.parametrize(
        ("text", "amount", "unit"),
        [
            ("900 s", "900", "s"),
            ("1000 per 10 s", "1000", "per 10 s"),
            ("1,000 per 10 s", "1000", "per 10 s"),
            ("0.20 USD per 1000000 requests", "0.20", "USD per 1000000 requests"),
            ("20 %", "20", "%"),
            ("20%", "20", "%"),
            ("1000", "1000", ""),
            (" 5  layers  per function ", "5", "layers per function"),
        ],
    )
    def test_reads_a_number_and_its_unit(self, text, amount, unit):
        assert parse(text) == Quantity(Decimal(amount), unit)

    @pytest.mark.parametrize("text", ["", "s", "about 5 s", "1,00 MB", "one second"])
    def test_refuses_what_does_not_begin_with_a_number(self, text):
        with pytest.raises(BadQuantity, match="write a number and its unit"):
            parse(text)

    @given(amounts, units)
    def test_reads_what_a_quantity_writes(self, amount, unit):
        assert parse(str(Quantity(amount, unit))) == Quantity(amount, unit)


class TestQuantity:
    @pytest.mark.parametrize(
        ("written", "shown"),
        [
            ("10240 MB", "10,240\u00a0MB"),
            ("1000 per 10 s", "1,000\u00a0per 10\u00a0s"),
            ("0.20 USD per 1000000 requests", "0.20\u00a0USD per 1,000,000\u00a0requests"),
            ("5", "5"),
        ],
    )
    def test_is_shown_with_commas_and_spaces_that_do_not_break(self, written, shown):
        assert str(parse(written)) == shown

    def test_gives_amount_and_unit_apart_for_a_table(self):
        rate = parse("1000 per 10 s")
        assert (rate.amount_text, rate.unit_text) == ("1,000", "per 10\u00a0s")
