"""Bills line by line, and memory sizes against cost."""

import pytest

from studyapp.ui.pictures import amounts, bills
from studyapp.ui.pictures.charts import Setting
from tests.ui import golden
from tests.ui.drawings import as_picture, bars, drawing, is_within, texts
from tests.ui.runs import CARDS, THUMBNAILS, outcome

POSTERS, SMALL = "lambda.configuration.posters", "lambda.overview.four-small-functions"
COURSE = [
    POSTERS,
    SMALL,
    "lambda.overview.streamed-reports",
    "lambda.overview.ticket-office",
    "lambda.overview.python-snapshots",
    "lambda.overview.always-busy",
    "lambda.overview.recipe-month",
    "lambda.configuration.sudoku",
    "lambda.configuration.sheet-music",
]


def in_usd(text):
    return float(text.replace(",", "").removesuffix(" USD"))


class TestABill:
    @pytest.mark.parametrize("name", [POSTERS, SMALL, "lambda.overview.ticket-office"])
    def test_has_a_row_for_each_line_and_comes_to_the_total(self, name):
        run = golden.course(name)
        *lines, total = [row for row in drawing(bills.picture_of, run).twin.rows if row[1]]
        assert in_usd(total[-1]) == pytest.approx(run.value("bill.total"), abs=0.005)
        assert sum(in_usd(line[-1]) for line in lines) == pytest.approx(run.value("bill.total"), abs=0.05)

    def test_draws_amounts_to_scale(self):
        chart = drawing(bills.picture_of, golden.course(POSTERS)).chart
        requests, duration = [bar.width for bar in chart.bars if bar.look == "amount"]
        assert duration / requests == pytest.approx(12.1875 / 0.1, rel=0.1)

    def test_draws_what_is_free_open(self):
        drawn = drawing(bills.picture_of, golden.course(SMALL))
        assert bars(drawn, "free") == [
            "requests: the free tier takes off 0.20 USD",
            "duration: the free tier takes off 0.25 USD",
        ]
        assert texts(drawn, "on-part") == ["free tier", "free tier"]

    def test_has_nothing_open_without_a_free_tier(self):
        assert not bars(drawing(bills.picture_of, golden.course(POSTERS)), "free")

    def test_can_be_asked_about_the_price_of_a_line(self):
        run = golden.course(POSTERS)
        for bar in drawing(bills.picture_of, run).chart.bars[:2]:
            _, path, step = bar.mark.split("-")
            assert run.paths[int(path) - 1].target == bar.says.partition(":")[0]
            assert run.paths[int(path) - 1].hops[int(step) - 1].name == "price"

    def test_of_a_run_has_what_it_has_used(self):
        run = outcome(THUMBNAILS)
        drawn = drawing(bills.picture_of, run)
        assert drawn.title == "What the run costs, line by line"
        assert in_usd(drawn.twin.rows[-1][-1]) == pytest.approx(run.value("cost.total"), rel=0.001)

    def test_is_none_where_nothing_is_paid_for(self):
        assert bills.picture_of([outcome(CARDS)], [""], Setting(720)) is None
        assert bills.picture_of([golden.course(POSTERS), outcome(THUMBNAILS)], ["A", "B"], Setting(720)) is None


class TestTwoBills:
    def test_stand_on_one_ruler_and_say_the_difference(self):
        dearer = golden.course(POSTERS, bill__functions__posters__memory="3008 MB")
        drawn = drawing(bills.picture_of, golden.course(POSTERS), dearer)
        assert drawn.note == "Here: 12.29 USD. There: 18.46 USD, 6.17 USD more."
        assert "18.46 USD (6.17 more)" in texts(drawn, "heading")
        assert "0.10 USD (the same)" in texts(drawn, "strong")
        ticks = [label.x for label in drawn.chart.labels if label.text.endswith("10\u00a0USD")]
        assert len(ticks) == 2
        assert len(set(ticks)) == 1

    def test_have_the_same_lines(self):
        ready = golden.course("lambda.overview.ready-desk")
        drawn = drawing(bills.picture_of, ready, golden.course(POSTERS))
        lines = [line for run, line, _, free, _ in drawn.twin.rows if free]
        assert lines[: len(lines) // 2] == lines[len(lines) // 2 :]


class TestMemory:
    def test_has_a_point_for_each_size_in_both_panels(self):
        drawn = drawing(bills.picture_of, golden.course(POSTERS))
        assert len(bars(drawn, "dot")) == 12
        assert "✓ lowest, 10.93 USD" in texts(drawn)
        assert any(text.startswith("✓ shortest, 750") for text in texts(drawn))

    def test_tells_the_size_that_the_function_has(self):
        drawn = drawing(bills.picture_of, golden.course(POSTERS))
        assert "128 MB" in texts(drawn, "strong")
        assert "now" in texts(drawn, "aside")

    def test_tells_two_runs_apart_on_one_curve(self):
        other = golden.course(POSTERS, bill__functions__posters__memory="1024 MB")
        drawn = drawing(bills.picture_of, golden.course(POSTERS), other)
        assert len(bars(drawn, "dot")) == 12
        assert texts(drawn, "aside") == ["Here", "There"]

    def test_is_left_out_where_one_size_is_known(self):
        assert not bars(drawing(bills.picture_of, golden.course(SMALL)), "dot")


@pytest.mark.parametrize("most", [0, 1e-7, 0.3, 1, 7.01, 113.26, 12_345, 1e9])
def test_a_ruler_has_room_for_the_most_and_a_few_ticks(most):
    one = amounts.ruler(100, 500, most)
    assert one.end >= most
    assert 2 <= len(amounts.ticks(one)) <= 8


@pytest.mark.parametrize("name", COURSE)
def test_every_bill_of_the_course_lies_on_the_sheet(name):
    drawn = drawing(bills.picture_of, golden.course(name))
    assert is_within(drawn)
    assert all(len(row) == len(drawn.twin.head) for row in drawn.twin.rows)


@pytest.mark.parametrize(("name", "scenario"), [("bill-memory", POSTERS), ("bill-free-tier", SMALL)])
def test_is_drawn_as_it_was(name, scenario):
    golden.matches(name, as_picture("bill", drawing(bills.picture_of, golden.course(scenario))))
