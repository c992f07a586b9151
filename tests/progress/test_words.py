from datetime import date

import pytest

from studyapp.progress import words

TODAY = date(2026, 11, 23)


class TestFalls:
    @pytest.mark.parametrize(
        ("days", "told"),
        [
            (None, ""),
            (0, "now"),
            (21, "on 14\u00a0December"),
            (50, "on 12\u00a0January 2027"),
            (9999, "in over 10 years"),
        ],
    )
    def test_tells_the_day(self, days, told):
        assert words.falls(days, TODAY) == told


class TestLasting:
    @pytest.mark.parametrize(("seconds", "told"), [(0, "0:00"), (59.6, "1:00"), (125, "2:05"), (3600, "60:00")])
    def test_reads_as_a_clock(self, seconds, told):
        assert words.lasting(seconds) == told


class TestTimes:
    @pytest.mark.parametrize(("number", "told"), [(1, "once"), (2, "twice"), (3, "3 times"), (1200, "1,200 times")])
    def test_reads_as_people_say_it(self, number, told):
        assert words.times(number) == told
