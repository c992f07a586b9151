from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from studyapp.ui import words

MONDAY = datetime(2026, 11, 23, 12, tzinfo=UTC)


class TestMinutes:
    @pytest.mark.parametrize(
        ("length", "text"),
        [(10, "1 min"), (840, "14 min"), (timedelta(minutes=14), "14 min"), (7200, "2 h"), (130 * 60, "2 h 10 min")],
    )
    def test_say_a_length_as_people_do(self, length, text):
        assert words.minutes(length) == text.replace(" min", "\u00a0min").replace(" h", "\u00a0h")


class TestWhen:
    @pytest.mark.parametrize(
        ("later", "text"),
        [
            (timedelta(minutes=-1), "now"),
            (timedelta(hours=1), "today"),
            (timedelta(days=1), "tomorrow"),
            (timedelta(days=4), "in 4 days"),
            (timedelta(days=13), "in 13 days"),
            (timedelta(days=21), "in 3 weeks"),
            (timedelta(days=150), "in 5 months"),
            (timedelta(days=800), "in 2 years"),
        ],
    )
    def test_counts_days_then_larger_steps(self, later, text):
        assert words.when(MONDAY + later, MONDAY) == text

    def test_goes_by_the_readers_days_and_not_by_24_hours(self):
        evening = datetime(2026, 11, 23, 22, tzinfo=UTC)

        with timezone.override("UTC"):
            assert words.when(evening + timedelta(hours=6), evening) == "tomorrow"
        with timezone.override("America/New_York"):
            assert words.when(evening + timedelta(hours=6), evening) == "today"

    def test_says_tomorrow_after_midnight_of_what_comes_back_at_four(self):
        with timezone.override("Europe/Vienna"):
            night = datetime(2026, 11, 24, 0, 30, tzinfo=UTC)  # half past one
            assert words.when(night + timedelta(hours=2, minutes=30), night) == "tomorrow"
            assert words.when(night + timedelta(hours=2, minutes=29), night) == "today"
            assert words.weekday(night + timedelta(hours=2, minutes=30), night) == "tomorrow"


class TestWeekday:
    @pytest.mark.parametrize(
        ("day", "text"),
        [
            (date(2026, 11, 23), "today"),
            (date(2026, 11, 24), "tomorrow"),
            (date(2026, 11, 26), "Thursday"),
            (date(2026, 12, 14), "14 December"),
            (date(2027, 1, 5), "5 January 2027"),
        ],
    )
    def test_names_a_day_while_its_name_is_clear(self, day, text):
        assert words.weekday(day, MONDAY) == text

    def test_of_a_day_gone_by_is_today(self):
        assert words.weekday(MONDAY - timedelta(days=3), MONDAY) == "today"


class TestIsStale:
    def test_begins_when_the_last_day_of_a_check_is_over(self):
        assert not words.is_stale("2026-11-23", date(2026, 11, 23))
        assert words.is_stale("2026-11-22", date(2026, 11, 23))

    def test_is_nothing_that_can_be_told_of_what_has_no_such_day(self):
        assert not words.is_stale(None, date(2026, 11, 23))
        assert not words.is_stale("", date(2026, 11, 23))


class TestLetter:
    def test_names_eight_options(self):
        assert [words.letter(index) for index in range(8)] == list("ABCDEFGH")
