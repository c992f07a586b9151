"""Predicted against what came, forecasts over time, and dots in rows."""

from datetime import date, timedelta

import pytest
from django.template.loader import render_to_string

from studyapp.ui.pictures import plots, scores
from studyapp.ui.pictures.dots import dot
from studyapp.ui.pictures.plots import Point
from studyapp.ui.pictures.scores import Mock, Score
from tests.ui import golden
from tests.ui.drawings import as_picture, bars, is_within, texts

TODAY = date(2026, 11, 23)
POINTS = [
    Point("under 50\u00a0%", 0.43, 0.52, 0.36, 0.68, 21),
    Point("75 to 80\u00a0%", 0.776, 0.71, 0.64, 0.78, 118),
    Point("85 to 90\u00a0%", 0.874, 0.88, 0.85, 0.9, 402),
    Point("90 to 95\u00a0%", 0.926, 0.91, 0.89, 0.925, 640),
    Point("95 to 100\u00a0%", 0.975, 0.96, 0.95, 0.97, 1204),
]
FEW = Point("80 to 85\u00a0%", 0.82, 0.75, 0.3, 0.95, 4)


def plot(*points: Point):
    made = plots.drawn(points or POINTS, [*(points or POINTS), FEW])
    assert made is not None
    return made


def score(ago: int, share: float = 0.6, answers: int = 84) -> Score:
    return Score(TODAY - timedelta(days=ago), share, share - 0.1, share + 0.08, answers)


def course(*found: Score, mocks=()):
    made = scores.drawn(found, mocks)
    assert made is not None
    return made


class TestAPlot:
    def test_puts_a_prediction_that_came_out_on_the_diagonal(self):
        made = plot(Point("", 0.8, 0.8, 0.7, 0.9, 50))

        (bar,), diagonal = made.chart.bars, next(line for line in made.chart.lines if line.look == "rest")
        along = (bar.x + bar.width / 2 - diagonal.x1) / (diagonal.x2 - diagonal.x1)
        up = (bar.y + bar.height / 2 - diagonal.y1) / (diagonal.y2 - diagonal.y1)
        assert along == pytest.approx(up, abs=0.001)
        assert along == pytest.approx(0.6, abs=0.001)  # from 50 to 100 %

    def test_has_the_interval_through_each_dot(self):
        made = plot(Point("", 0.8, 0.8, 0.7, 0.95, 50))

        span = next(line for line in made.chart.lines if line.look == "span")
        bar = made.chart.bars[0]
        assert span.x1 == span.x2 == pytest.approx(bar.x + bar.width / 2, abs=0.1)
        assert span.y1 > bar.y + bar.height / 2 > span.y2

    def test_begins_lower_where_a_band_or_its_interval_does(self):
        assert "30\u00a0%" in texts(plot(Point("", 0.6, 0.5, 0.34, 0.7, 20)), "tick")

    def test_has_a_number_for_each_dot_that_has_room(self):
        assert texts(plot(), "said") == ["21", "118", "402", "640", "1,204"]

    def test_has_all_bands_in_its_table_and_no_share_of_too_few(self):
        rows = plot().twin.rows

        assert rows[0] == ("under 50\u00a0%", "43\u00a0%", "52\u00a0%", "36 to 68\u00a0%", "21")
        assert rows[-1] == ("80 to 85\u00a0%", "82\u00a0%", "too few answers", "", "4")

    def test_is_none_without_a_dot(self):
        assert plots.drawn([], [FEW]) is None

    def test_is_drawn_as_it_was(self):
        assert is_within(plot())
        golden.matches("progress-plot", as_picture("progress", plot()))


class TestScores:
    def test_are_a_line_with_a_dot_for_each_forecast(self):
        made = course(score(9, 0.5), score(2, 0.6), score(0, 0.7))

        assert len(bars(made, "mean")) == 3
        assert bars(made, "mean")[0] == "14\u00a0November 2026: 50\u00a0%, 40 to 58\u00a0%, from 84 answers"

    def test_are_a_line_alone_where_there_are_many(self):
        assert len(bars(course(*(score(ago) for ago in range(200, -1, -1))), "mean")) == 1

    def test_are_one_dot_with_its_interval_where_there_is_one(self):
        made = course(score(0))

        assert not made.chart.curves
        assert [line.look for line in made.chart.lines if line.look == "span"] == ["span"]

    def test_have_mocks_beside_them_on_the_side_away_from_the_line(self):
        made = course(score(9, 0.6), score(0, 0.6), mocks=[Mock(TODAY, 0.8, 20), Mock(TODAY, 0.4, 20)])

        better, worse = (label for label in made.chart.labels if label.look == "said")
        above, below = (bar for bar in made.chart.bars if bar.look == "mock")
        assert (better.text, worse.text) == ("16 of 20", "8 of 20")
        assert better.y < above.y
        assert worse.y > below.y + below.height

    def test_have_a_table_the_latest_first(self):
        made = course(score(9, 0.5), score(0, 0.7), mocks=[Mock(TODAY - timedelta(days=3), 0.65, 20)])

        assert [row[0] for row in made.twin.rows] == [
            "23\u00a0November 2026",
            "20\u00a0November 2026",
            "14\u00a0November 2026",
        ]
        assert made.twin.rows[1][1:] == ("65\u00a0%", "", "", "13 of 20")

    def test_are_none_without_a_forecast(self):
        assert scores.drawn([], []) is None

    @pytest.mark.parametrize("days", [0, 1, 13, 50, 364])
    def test_stay_on_their_sheet(self, days):
        made = course(
            score(days, 0.92), score(0, 0.05), mocks=[Mock(TODAY, 0.0, 65), Mock(TODAY - timedelta(days), 1.0, 65)]
        )

        assert is_within(made)

    def test_are_drawn_as_they_were(self):
        made = course(
            *(score(ago, 0.4 + (40 - ago) / 130 + ago * 7 % 5 / 200) for ago in (40, 33, 31, 26, 20, 19, 12, 8, 3, 0)),
            mocks=[Mock(TODAY - timedelta(days=22), 0.45, 20), Mock(TODAY - timedelta(days=4), 49 / 65, 65)],
        )

        assert is_within(made)
        golden.matches("progress-score", as_picture("progress", made))


class TestADot:
    def test_stands_at_its_share_of_the_ruler(self):
        made = dot(90, "1:30 minutes", mark=120, end=240, ticks=4)

        assert (made.at, made.mark, made.ticks) == ("37.5%", "50%", ("0%", "25%", "50%", "75%", "100%"))

    @pytest.mark.parametrize(("amount", "at"), [(-1, "0%"), (0, "0%"), (1, "100%"), (7, "100%")])
    def test_is_held_at_the_ends(self, amount, at):
        assert dot(amount, "").at == at

    def test_is_read_as_its_words_with_its_interval_and_its_mark(self):
        html = render_to_string(
            "components/dot.svg", {"dot": dot(0.8, "80 %, 70 to 88 %", interval=(0.7, 0.88), mark=0.9)}
        )

        assert 'role="img" aria-label="80 %, 70 to 88 %"' in html
        assert '<line class="span" x1="70%" x2="88%"' in html
        assert '<line class="against" x1="90%"' in html
        assert '<circle cx="80%"' in html
        assert "style=" not in html

    def test_has_neither_where_there_is_none(self):
        html = render_to_string("components/dot.svg", {"dot": dot(0.8, "80 %")})

        assert "span" not in html
        assert "against" not in html
