"""What comes first where no demo names it, and its range."""

import pytest

from studyapp.lab import leading
from studyapp.lab.controls import controls
from studyapp.simulator import units
from tests.lab.bodies import bodies
from tests.lab.worlds import CROWD, ROADS

DEMO = {"controls": [{"path": "function.memory", "from": "128 MB", "to": "1 GB"}, {"path": "source.kind"}]}


def control(field, **changed):
    body = {**CROWD, "functions": {"labels": {**CROWD["functions"]["labels"], **changed}}}
    return next(each for each in controls(body) if each.path == f"functions.labels.{field}")


class TestFirst:
    def test_is_the_demos(self):
        assert leading.first(CROWD, DEMO) == tuple(DEMO["controls"])

    def test_has_its_paths_written_out(self):
        found = leading.full_paths(CROWD, DEMO)

        assert [each["path"] for each in found] == ["functions.labels.memory", "sources.shops.kind"]
        assert found[0]["to"] == "1 GB"

    def test_is_else_what_tells_most(self):
        first, *rest = leading.first(CROWD, None)

        assert first["path"] == "functions.labels.reserved_concurrency"
        assert len(rest) < leading.MOST

    def test_is_nothing_where_nothing_is_a_number(self):
        assert leading.first(ROADS, None) == ()

    def test_is_at_most_two_of_any_scenario_each_with_a_range_that_goes_up(self):
        for slug, body in bodies().items():
            found = leading.first(body, None)
            assert len(found) <= leading.MOST
            for each in found:
                (low, _), (high, _) = units.split(each["from"]), units.split(each["to"])
                assert low <= high, (slug, each)


class TestRange:
    @pytest.mark.parametrize(
        ("field", "value", "low", "high"),
        [
            ("memory", "512 MB", "128 MB", "2048 MB"),
            ("memory", "128 MB", "128 MB", "512 MB"),
            ("memory", "10240 MB", "2560 MB", "10,240 MB"),
            ("timeout", "600 s", "150 s", "900 s"),
            ("reserved_concurrency", 1, "1", "4"),
            ("duration", "500 ms", "125 ms", "2000 ms"),
            ("duration", "0.5 s", "0.125 s", "2 s"),
        ],
    )
    def test_is_from_a_quarter_to_four_times_within_the_bounds(self, field, value, low, high):
        assert leading.range_of(control(field, **{field: value})) == {"from": low, "to": high}
