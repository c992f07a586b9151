"""What a plan of a bill, of packages, of schedules or of secrets may hold at most (`make bench-models` says how fast it is)."""

from __future__ import annotations

from typing import Any

import pytest

from studyapp.simulator.errors import ScenarioError
from studyapp.simulator.models.registry import MODELS
from studyapp.simulator.rulebook import TRUTH
from tests.simulator.models.largest import LARGEST


class TestTheLargestPlan:
    @pytest.mark.parametrize("name", ["packages", "schedules", "secrets"])
    def test_goes_all_ways_to_their_end(self, name):
        assert all(path.ok for path in MODELS[name].plan(LARGEST[name](), TRUTH).answer(TRUTH).paths)

    @pytest.mark.parametrize(
        ("name", "path", "limit"),
        [
            ("bill", ("functions",), "7 is above 6"),
            ("bill", ("functions", "f0", "curve"), "is not a mapping of 2 to 8 memory sizes"),
            ("bill", ("pollers",), "11 is above 10"),
            ("packages", ("functions",), "13 is above 12"),
            ("packages", ("layers",), "13 is above 12"),
            ("packages", ("libraries",), "13 is above 12"),
            ("packages", ("functions", "f0", "bundles"), "is not a list of at most 12 names"),
            ("packages", ("functions", "f0", "environment"), "31 is above 30 variables"),
            ("schedules", (), "6 is above 5 schedules"),
            ("secrets", ("kept",), "13 is above 12"),
            ("secrets", ("people",), "9 is above 8"),
            ("secrets", ("people", "p0", "may"), "is not a list of at most 20 actions"),
            ("secrets", ("role", "may_not"), "is not a list of at most 20 actions"),
        ],
    )
    def test_can_have_nothing_more(self, name, path, limit):
        plan = LARGEST[name]()
        _enlarge(plan, path)

        with pytest.raises(ScenarioError, match=limit) as caught:
            MODELS[name].plan(plan, TRUTH)

        assert caught.value.field == ".".join((name, *path))


def _enlarge(plan: dict[str, Any], path: tuple[str, ...]) -> None:
    full: Any = plan
    for step in path:
        full = full[step]
    if isinstance(full, list):
        full.append(full[0])
    else:
        full["9 GB" if path[-1:] == ("curve",) else "one-more"] = next(iter(full.values()))
