"""Runs of days, what comes due, and times."""

from datetime import date, timedelta

import pytest

from studyapp.memory.counting import Counts
from studyapp.progress.reading import diary

TODAY = date(2026, 11, 23)


def days(*ago: int, **more) -> dict[date, Counts]:
    return {TODAY - timedelta(days=each): Counts(answers=3, right=2, seconds=150, **more) for each in ago}


def says(*ago: int) -> str:
    return diary.diary(days(*ago), TODAY, 365).says_runs


class TestDiary:
    def test_counts_days_and_answers(self):
        found = diary.diary(days(0, 1, 9), TODAY, 365)

        assert (found.days, found.answers) == (3, 9)

    def test_takes_no_day_for_studied_on_which_nothing_stands(self):
        assert diary.diary({TODAY: Counts()}, TODAY, 365).days == 0

    @pytest.mark.parametrize(
        ("ago", "told"),
        [
            ((), ""),
            ((0,), "Your longest run was 1 day."),
            ((30,), "Your longest run was 1 day."),
            ((20, 19, 18), "Your longest run was 3 days, 3\u00a0November to 5\u00a0November."),
            (
                (20, 19, 18, 1, 0),
                "Your longest run was 3 days, 3\u00a0November to 5\u00a0November; the present one is 2 days.",
            ),
            ((2, 1), "Your longest run was 2 days, 21\u00a0November to 22\u00a0November, and it goes on."),
            ((3, 2), "Your longest run was 2 days, 20\u00a0November to 21\u00a0November."),
        ],
    )
    def test_tells_the_longest_run_and_the_present_one(self, ago, told):
        assert says(*ago) == told

    def test_tells_of_today(self):
        assert diary.diary(days(0), TODAY, 365).says_today == "Today: 3 answers, 2 right, 2:30 minutes of answering."
        assert diary.diary(days(1), TODAY, 365).says_today == "Nothing answered today so far."


class TestComing:
    def test_counts_what_is_overdue_with_today_and_nothing_beyond_thirty_days(self):
        due = [TODAY - timedelta(days=9), TODAY, TODAY + timedelta(days=1), TODAY + timedelta(days=29)]

        loads = diary.coming([*due, TODAY + timedelta(days=30)], TODAY)
        assert (loads[0], loads[1], loads[29], sum(loads), len(loads)) == (2, 1, 1, 4, 30)


class TestPaces:
    def test_are_means_by_section_in_order(self):
        two, five = diary.paces({5: [20, 10, 1300.0], 2: [10, 9, 1200.0]})

        assert (two.section, two.lasting, two.against, two.right_percent) == (2, "2:00", "the exam's time", "90\u00a0%")
        assert (five.lasting, five.against) == ("1:05", "0:55 under")

    def test_have_no_figure_under_ten_answers(self):
        assert [pace.is_told for pace in diary.paces({1: [9, 9, 90.0], 2: [10, 9, 90.0], 3: [0, 0, 0.0]})] == [
            False,
            True,
        ]

    def test_say_what_is_over_the_exams_time(self):
        assert diary.paces({1: [10, 9, 1500.0]})[0].against == "0:30 over"
