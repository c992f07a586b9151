"""Files of a run: they hold what the run is, and need nothing else."""

import csv
import io
import json
from xml.etree import ElementTree

import pytest

from studyapp.lab import exporting
from studyapp.ui.timeline import picture
from tests.lab.bodies import bodies
from tests.lab.test_wishes import inputs
from tests.lab.worlds import CROWD, ran

ROAD = bodies()["lambda.vpc.card-processor"]
SVG = "{http://www.w3.org/2000/svg}"


def lines(outcome):
    return list(csv.DictReader(io.StringIO("".join(exporting.as_csv(outcome)))))


def parsed(text):
    return ElementTree.fromstring(text)  # noqa: S314 - our own file


def drawn(**changes):
    return exporting.as_svg(picture(ran(**changes).outcome, width=920, name="run"))


class TestCsv:
    def test_has_a_line_for_each_run_and_each_refusal(self):
        found = lines(ran().outcome)

        assert [each["outcome"] for each in found].count("ok") == 3
        refused = [each for each in found if each["outcome"].startswith("refused")]
        assert len(refused) == 5
        assert {each["duration_ms"] + each["environment"] for each in refused} == {""}

    def test_has_times_in_their_units(self):
        first = lines(ran().outcome)[0]

        assert first == {
            "event": "1", "source": "shops", "function": "labels", "arrived_s": "0.0", "start_s": "0.0", "init_ms": "400.0",
            "duration_ms": "500.0", "environment": "1", "is_cold": "yes", "attempt": "1", "outcome": "ok",
        }  # fmt: skip

    def test_comes_in_pieces(self):
        outcome = ran(sources__shops__arrivals={"even": "90 per 1 s", "for": "10 s"}).outcome

        pieces = list(exporting.as_csv(outcome))
        assert len(pieces) == 3
        assert len(lines(outcome)) == 900
        assert all(piece.endswith("\r\n") for piece in pieces)

    def test_of_a_model_is_its_head_alone(self):
        assert lines(ran(ROAD).outcome) == []


class TestJson:
    def said(self, body=CROWD, **changes):
        return json.loads(exporting.as_json(inputs(body, **changes), ran(body, **changes).outcome, "http://x/lab/"))

    def test_has_all_that_the_run_depends_on(self):
        found = self.said(functions__labels__init="1 s")

        assert found["address"] == "http://x/lab/"
        assert found["scenario"] == CROWD
        assert (found["changes"], found["rules_changed"], found["seed"]) == ({"functions.labels.init": "1 s"}, {}, 0)
        assert len(found["rulebook"]) == 16

    def test_has_what_came_of_it(self):
        found = self.said()

        assert found["metrics"]["throttles"] == 5
        assert {span["kind"] for span in found["spans"]} >= {"init", "invoke", "throttled"}
        assert not found["spans_left_out"]

    def test_of_a_model_has_its_paths(self):
        for path in self.said(ROAD)["paths"]:
            assert path["hops"][0].keys() >= {"name", "ok"}

    def test_leaves_out_the_spans_of_a_long_run_and_says_so(self, monkeypatch):
        monkeypatch.setattr(exporting, "MOST_SPANS", 2)

        found = self.said()
        assert found["spans"] == []
        assert found["spans_left_out"]


class TestSvg:
    def test_is_well_formed_and_stands_alone(self):
        text = drawn()
        root = parsed(text)

        assert root.tag == f"{SVG}svg"
        assert (root.get("width"), root.get("viewBox").split()[2]) == ("920", "920")
        assert "var(--" not in text
        assert "@layer" not in text
        assert "http" not in text.replace("http://www.w3.org/2000/svg", "")

    def test_has_a_style_for_every_look_that_it_draws(self):
        root = parsed(drawn())
        style = root.findtext(f"{SVG}style")

        looks = {each.get("class") for each in root.iter() if each.get("class")} - {"timeline"}
        plain = {look for names in looks for look in names.split() if f".{look}" in style}
        assert {"invoke", "init", "refused"} <= plain

    def test_has_its_title_and_words(self):
        root = parsed(drawn())

        assert root.findtext(f"{SVG}title")
        assert root.findtext(f"{SVG}desc")

    def test_of_equal_inputs_is_the_same_to_the_byte(self):
        assert drawn() == drawn()
        assert drawn() != drawn(functions__labels__reserved_concurrency=2)


@pytest.mark.parametrize(
    ("slug", "name"),
    [("lambda.concurrency.half-refused", "concurrency-half-refused.svg"), ("other", "other.svg")],
)
def test_a_file_is_named_for_its_scenario(slug, name):
    assert exporting.name_of(slug, "svg") == name
    assert exporting.headers(slug, "svg")["Content-Disposition"] == f'attachment; filename="{name}"'
