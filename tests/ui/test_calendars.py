"""A year of days, and what comes due on those ahead."""

from datetime import date, timedelta

import pytest

from studyapp.ui.pictures import calendars, coming
from tests.ui import golden
from tests.ui.drawings import as_picture, bars, is_within, texts

TODAY = date(2026, 11, 23)
YEAR = {TODAY - timedelta(days=ago): 1 + ago * 7 % 40 for ago in range(371) if ago * ago % 11 < 5}
LOADS = (41, 12, 0, 3, 7, 0, 0, 9, 1, 2, 0, 4, 4, 1, 0, 0, 6, 2, 0, 1, 0, 0, 3, 0, 0, 0, 1, 0, 2, 1)


def squares(answers) -> list[tuple[float, float, float]]:
    return [
        (bar.x + bar.width / 2, bar.y + bar.height / 2, bar.width) for bar in calendars.drawn(answers, TODAY).chart.bars
    ]


class TestACalendar:
    @pytest.mark.parametrize(
        ("answers", "side"), [(0, 0), (1, 4), (5, 4), (6, 6), (13, 8.4), (25, 8.4), (26, 11), (300, 11)]
    )
    def test_has_larger_squares_for_more_answers(self, answers, side):
        assert calendars.side(answers) == side

    def test_has_weeks_as_columns_that_begin_on_monday(self):
        """The 23rd of November 2026 is a Monday."""
        (today, sunday, monday) = squares({TODAY: 1, TODAY - timedelta(days=1): 1, TODAY - timedelta(days=7): 1})[::-1]

        assert today[1] == monday[1] < sunday[1]
        assert today[0] - sunday[0] == pytest.approx(calendars.PITCH, abs=0.1)
        assert sunday[0] == monday[0]

    def test_says_of_each_square_what_it_is(self):
        assert bars(calendars.drawn({TODAY: 3}, TODAY), "day") == ["Mon 23\u00a0November 2026: 3 answers"]

    def test_has_the_sum_of_each_month(self):
        made = calendars.drawn({TODAY: 3, TODAY - timedelta(days=2): 4, date(2026, 10, 31): 5}, TODAY)

        assert texts(made, "said") == ["5", "7"]

    def test_leaves_out_what_lies_before_its_weeks(self):
        made = calendars.drawn({TODAY - timedelta(days=364): 1, TODAY - timedelta(days=400): 9}, TODAY)

        assert len(made.chart.bars) == 1
        assert made.desc.startswith("1 answer on 1 day of the last ")

    def test_has_its_weeks_as_a_table_the_latest_first(self):
        made = calendars.drawn({TODAY: 3, TODAY - timedelta(days=1): 2, TODAY - timedelta(days=30): 1}, TODAY)

        assert made.twin.rows[0] == ("23\u00a0November 2026", "3", "", "", "", "", "", "", "3")
        assert [row[-1] for row in made.twin.rows] == ["3", "2", "1"]

    @pytest.mark.parametrize("today", [TODAY + timedelta(days=days) for days in (0, 3, 6, 20, 100, 200)])
    def test_stays_on_its_sheet(self, today):
        made = calendars.drawn(YEAR | {today: 1}, today)

        assert is_within(made)
        assert made.chart.marks <= 600

    def test_is_drawn_as_it_was(self):
        golden.matches("progress-calendar", as_picture("progress", calendars.drawn(YEAR, TODAY)))


class TestComing:
    def test_has_columns_to_scale_with_their_numbers(self):
        made = coming.drawn((40, 0, 10), TODAY)

        first, third = made.chart.bars
        assert first.height == pytest.approx(4 * third.height)
        assert texts(made, "said") == ["40", "10"]

    def test_names_each_day_in_its_table(self):
        assert coming.drawn((40, 0, 10), TODAY).twin.rows == (
            ("Today", "40"),
            ("Tomorrow", "0"),
            ("Wednesday 25\u00a0November", "10"),
        )

    def test_can_be_empty(self):
        made = coming.drawn((0,) * 30, TODAY)

        assert not made.chart.bars
        assert is_within(made)

    def test_is_drawn_as_it_was(self):
        made = coming.drawn(LOADS, TODAY)

        assert is_within(made)
        golden.matches("progress-coming", as_picture("progress", made))
