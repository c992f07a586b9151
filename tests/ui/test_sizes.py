"""Packages against their quotas."""

import pytest

from studyapp.ui.pictures import sizes
from studyapp.ui.pictures.charts import Setting
from studyapp.ui.pictures.size_bars import amount
from studyapp.ui.pictures.words import NBSP
from tests.ui import golden
from tests.ui.drawings import as_picture, bars, drawing, is_within, texts
from tests.ui.runs import ORDERS, outcome

SUITCASE, DEPLOYMENTS = "lambda.packaging.full-suitcase", "lambda.packaging.four-deployments"
COURSE = [
    SUITCASE,
    DEPLOYMENTS,
    "lambda.packaging.six-layers",
    "lambda.packaging.full-shelf",
    "lambda.packaging.bird-songs",
    "lambda.packaging.crowded-kitchen",
    "lambda.configuration.six-kilobytes",
    "lambda.configuration.six-gigabyte-archive",
]


def rows(name, **changes):
    twin = drawing(sizes.picture_of, golden.course(name, **changes)).twin
    return {(what, quota): tuple(cell.replace(NBSP, " ") for cell in rest) for what, quota, *rest in twin.rows}


class TestARuler:
    def test_stacks_what_a_function_consists_of(self):
        parts = [says.replace(NBSP, " ") for says in bars(drawing(sizes.picture_of, golden.course(SUITCASE)), "part")]
        assert parts[-4:-1] == ["code: 180 MB", "layer maps: 45 MB", "layer fares: 45 MB"]

    def test_says_by_how_much_a_quota_is_broken_or_kept(self):
        found = rows(SUITCASE)
        assert found["function trips", "unzipped"][-3:] == ("270 MB", "250 MB", "20 MB over")
        assert found["layer fares", "upload"][-3:] == ("18 MB", "50 MB", "32 MB left")
        assert found["function trips", "upload"][-2:] == ("none", "no limit")

    def test_agrees_with_the_metrics(self):
        run = golden.course(DEPLOYMENTS)
        found = rows(DEPLOYMENTS)
        for name in ("rents", "board"):
            left = run.value(f"left.{name}.unzipped")
            word = "over" if left < 0 else "left"
            assert found[f"function {name}", "unzipped"][-1] == f"{abs(left)} MB {word}"

    def test_draws_what_is_over_in_red_behind_the_limit(self):
        chart = drawing(sizes.picture_of, golden.course(SUITCASE)).chart
        [over] = [bar for bar in chart.bars if bar.look == "over"]
        flags = [bar for bar in chart.bars if bar.look == "limit-bar" and bar.x < over.x < bar.x + 3]
        assert flags
        assert over.says.replace(NBSP, " ") == "20 MB over of 250 MB"

    def test_takes_its_limits_from_the_rulebook(self):
        believing = {"layers_count_in_the_total": False}
        assert rows(SUITCASE, believing=believing)["function trips", "unzipped"][1] == "180 MB"
        assert rows(SUITCASE, believing={"unzipped_max": "300 MB"})["function trips", "unzipped"][2] == "300 MB"

    def test_measures_an_image_in_gb(self):
        assert rows(DEPLOYMENTS)["function forecast", "image"][1:] == ("11 GB", "10 GB", "1,024 MB over")

    def test_can_be_asked_about_the_step_that_looks(self):
        run = golden.course(SUITCASE)
        [over] = [bar for bar in drawing(sizes.picture_of, run).chart.bars if bar.look == "over"]
        _, path, step = over.mark.split("-")
        assert run.paths[int(path) - 1].hops[int(step) - 1].name == "Unzipped size"

    def test_is_none_without_packages(self):
        assert sizes.picture_of([outcome(ORDERS)], [""], Setting(720)) is None


class TestGauges:
    def test_count_layers_and_measure_variables(self):
        assert rows("lambda.packaging.six-layers")["function night-shift", "layers"][1:] == ("6", "5", "1 over")
        variables = rows("lambda.configuration.six-kilobytes")["function routing-image", "variables"]
        assert variables[1:] == ("6 KB", "4 KB", "2 KB over")

    def test_show_ephemeral_storage_that_is_asked_for(self):
        found = rows("lambda.configuration.six-gigabyte-archive")
        assert found["function unpack-more", "ephemeral storage"][-1].endswith("over")

    def test_show_the_region_where_that_refuses(self):
        found = rows("lambda.packaging.full-shelf")
        assert found["function checkout", "code storage"][-1].endswith("over")


class TestTwoRuns:
    def test_say_what_changes(self):
        changed = golden.course(SUITCASE, packages__functions__trips__unzipped="100 MB")
        drawn = drawing(sizes.picture_of, golden.course(SUITCASE), changed)
        assert drawn.note.replace(NBSP, " ") == (
            "function trips: unzipped 270 MB becomes 190 MB, refused: Unzipped size becomes accepted. "
            "The same either way: maps and fares."
        )
        assert texts(drawn, "heading") == ["Here: function trips", "There: function trips"]

    def test_stand_on_one_ruler(self):
        changed = golden.course(SUITCASE, packages__functions__trips__unzipped="100 MB")
        chart = drawing(sizes.picture_of, golden.course(SUITCASE), changed).chart
        code = [bar.width for bar in chart.bars if bar.says.startswith("code:")]
        assert code[0] == code[2]  # the same upload
        assert code[3] / code[1] == pytest.approx(100 / 180, rel=0.01)


@pytest.mark.parametrize(
    ("size", "unit", "text"),
    [(250, "MB", "250 MB"), (308_960, "MB", "301.7 GB"), (5.971, "KB", "5.97 KB"), (3, "", "3")],
)
def test_amounts_have_the_unit_that_reads_best(size, unit, text):
    assert amount(size, unit).replace(NBSP, " ") == text


@pytest.mark.parametrize("name", COURSE)
def test_every_package_of_the_course_lies_on_the_sheet(name):
    drawn = drawing(sizes.picture_of, golden.course(name))
    assert is_within(drawn)
    assert all(len(row) == len(drawn.twin.head) for row in drawn.twin.rows)


def test_is_drawn_as_it_was():
    golden.matches("packages", as_picture("package", drawing(sizes.picture_of, golden.course(SUITCASE))))
