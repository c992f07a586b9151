"""Metrics over the whole range of one parameter."""

import pytest

from studyapp.lab.background import sweeping
from studyapp.ui.pictures import sweeps
from studyapp.ui.pictures.sweeps import Point
from tests.ui import golden
from tests.ui.drawings import as_picture, bars, is_within, texts

LABEL = "Reserved concurrency, labels"


def points(*values, metric="throttles"):
    return [Point(float(at), f"{at} s", {metric: value}) for at, value in values]


def drawn(found=None, metrics=("throttles",), now="2 s", label="Duration"):
    made = sweeps.drawn(points((1, 0), (2, 5), (4, 40)) if found is None else found, metrics, label, now, 720)
    assert made is not None
    return made


class TestASweep:
    def test_has_a_dot_for_each_value_and_marks_that_of_now(self):
        made = drawn()

        assert bars(made, "dot") == ["1 s: 0", "4 s: 40"]
        assert [bar.says for bar in made.chart.bars if bar.look == "now-dot"] == ["2 s: 5"]
        assert texts(made, "limit-free") == ["now 2 s"]

    def test_draws_values_to_scale(self):
        one, two, three = ((bar.x, bar.y) for bar in drawn().chart.bars)

        assert (two[0] - one[0]) * 2 == pytest.approx(three[0] - two[0], abs=0.3)
        assert (one[1] - two[1]) * 8 == pytest.approx(one[1] - three[1], abs=1)

    def test_says_it_in_words(self):
        assert drawn().desc == "Throttled: 5 at 2 s, from 0 at 1 s to 40 at 4 s."
        assert drawn(now="9 s").desc == "Throttled: from 0 at 1 s to 40 at 4 s."

    def test_has_a_panel_for_what_was_asked_and_for_what_changes(self):
        found = [Point(at, str(at), {"throttles": 0, "errors": at, "cold_starts": 3}) for at in (1, 2, 3)]

        made = drawn(found, ("throttles", "errors", "cold_starts"))
        assert len(made.chart.curves) == 2
        assert made.twin.head == ("Duration", "Throttled", "Errors")

    def test_leaves_a_gap_for_what_cannot_be_run_and_says_why(self):
        found = [*points((1, 0), (2, 5)), Point(3, "3 s", {}, "3 s is too long")]

        made = drawn(found)
        assert made.note == "1 of 3 values cannot be run; the table says why."
        assert made.twin.rows[2] == ("3 s", "3 s is too long")
        assert len(made.chart.bars) == 2

    @pytest.mark.parametrize(
        "found",
        [[], points((1, 5)), [Point(1, "1", {}, "no"), Point(2, "2", {}, "no")], points((1, "yes"), (2, "no"))],
    )
    def test_is_none_without_two_numbers(self, found):
        assert sweeps.drawn(found, ("throttles",), LABEL, "1", 720) is None

    @pytest.mark.parametrize("values", [[0, 0], [1e-9, 2e-9], [1e7, 5e7], [0.1, 3]])
    def test_lies_on_the_sheet_whatever_the_numbers(self, values):
        assert is_within(drawn(points((1, values[0]), (2, values[1])), now="1 s"))
        assert is_within(drawn([Point(at, f"{at}", {"throttles": 5}) for at in values], now=str(values[0])))


def course(slug, path, values, metrics):
    body = dict(golden._bodies(slug.split(".")[1])[slug])
    rows = sweeping.rows(sweeping.Sweep(body, path, values, metrics, changes={}, patch={}))
    return [Point(float(row.value.split()[0]), row.value, row.metrics, row.refused or row.stopped) for row in rows]


def test_is_drawn_as_it_was():
    found = course(
        "lambda.concurrency.half-refused",
        "functions.labels.reserved_concurrency",
        tuple(map(str, range(1, 41, 3))),
        ("throttles", "peak_concurrency"),
    )

    golden.matches(
        "sweep-reserved", as_picture("readouts", drawn(found, ("throttles", "peak_concurrency"), "10", LABEL))
    )
