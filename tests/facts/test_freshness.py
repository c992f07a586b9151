from dataclasses import replace
from datetime import date, timedelta

import pytest

from studyapp.facts.book import Association, ExamExpects, Text, Was
from studyapp.facts.freshness import HOLDS, due_on, is_stale, kind
from studyapp.facts.months import spoken
from studyapp.facts.quantity import parse
from tests.facts.test_book import MEMORY, fact

PRICE = fact(value=parse("0.20 USD per 1000000 requests"))
NEWS = fact(was=(Was("256 KB", "2025-10"),))


class TestKind:
    @pytest.mark.parametrize(
        ("one", "wanted"),
        [
            (PRICE, "price"),
            (fact(value=MEMORY, adjustable=False), "quota"),
            (fact(value=parse("1000 executions per Region"), adjustable=True), "quota"),
            (fact(value=Text("Each function on its own")), "behaviour"),
            (fact(value=Association("needs the internet", "a NAT gateway")), "association"),
            (NEWS, "news"),
            (fact(exam=ExamExpects("It cannot.", changed="2026-03")), "news"),
            (fact(was=(Was("128 MB to 3,008 MB", "2020-12"),)), "behaviour"),
            (fact(was=(Was("at most 168 h", "2024"),)), "behaviour"),
        ],
    )
    def test_is_told_by_the_value_and_by_what_was(self, one, wanted):
        assert kind(one) == wanted

    def test_of_a_price_stays_a_price_when_it_is_news(self):
        assert kind(replace(PRICE, was=NEWS.was)) == "price"


class TestDue:
    def test_comes_sooner_for_what_moves_more(self):
        assert list(HOLDS.values()) == sorted(HOLDS.values())
        assert due_on(PRICE) < due_on(NEWS) < due_on(fact(adjustable=False)) < due_on(fact())

    def test_is_the_last_day_that_is_good(self):
        day = due_on(PRICE)

        assert day == PRICE.source.checked + timedelta(days=90) == date(2027, 2, 21)
        assert not is_stale(PRICE, day)
        assert is_stale(PRICE, day + timedelta(days=1))


class TestMonths:
    @pytest.mark.parametrize(
        ("text", "wanted"),
        [("2023-11", "November 2023"), ("2015", "2015"), ("long ago", "long ago"), ("2023-13", "2023-13")],
    )
    def test_are_spoken_as_people_do(self, text, wanted):
        assert spoken(text) == wanted
