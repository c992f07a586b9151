"""Closed forms and exact cases, each with its derivation. SIM_ORACLES names another file of the form of oracles.json."""

import copy
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.simulator import theory
from tests.simulator.answers import Case
from tests.simulator.schema import UnknownKey, relative_to

HERE = Path(__file__).parent
GIVEN, DERIVED = HERE / "oracles.json", HERE / "more_oracles.json"
FILES = [Path(os.environ["SIM_ORACLES"])] if "SIM_ORACLES" in os.environ else [GIVEN, DERIVED]


def cases_of(file: Path) -> list[dict[str, Any]]:
    return list(json.loads(file.read_text())["cases"])


CASES = [case for file in FILES for case in cases_of(file)]
# Values that a common mistake gives: shown to people, not computed.
TRAPS = {"trap_value_if_wrong"}
# Upper bounds: what is found lies below them, and hardly.
BOUNDS = {"max_concurrency_at_minutes"}
HARDLY = 0.02


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_agrees_with_the_oracle(case: Mapping[str, Any]) -> None:
    run = Case(case)
    for name, wanted in case["expected"].items():
        if name not in TRAPS:
            assert_near(run.answer(name), wanted, tolerance(case, name), name)


Tolerance = tuple[Any, float]
"""Absolute, as one number or in the form of what is wanted, and relative."""


def tolerance(case: Mapping[str, Any], name: str) -> Tolerance:
    given = case.get("tolerance")
    if not isinstance(given, Mapping) or name in given:
        return _of_one(given[name] if isinstance(given, Mapping) else given)
    shares = {relative_to(key): share for key, share in given.items()}
    return 0, shares.get(name, shares.get("")) or 0.0


def _of_one(given: Any) -> Tolerance:
    if isinstance(given, Mapping) and given.keys() <= {"absolute", "relative"}:
        return given.get("absolute") or 0, given.get("relative") or 0.0
    return given or 0, 0.0


def assert_near(found: Any, wanted: Any, within: Tolerance, name: str) -> None:
    if isinstance(wanted, Mapping):
        for key, value in wanted.items():
            assert_near(found[key], value, _part(within, key), f"{name}.{key}")
    elif isinstance(wanted, list):
        assert len(found) == len(wanted), f"{name}: {found} is not {wanted}"
        for place, (one, other) in enumerate(zip(found, wanted, strict=True)):
            assert_near(one, other, _part(within, place), f"{name}[{place}]")
    elif isinstance(found, list):
        for one in found:
            assert_near(one, wanted, within, name)
    elif isinstance(wanted, bool):
        assert bool(found) is wanted, name
    elif isinstance(wanted, str) or wanted is None:
        assert found == wanted, name
    else:
        assert_number(found, wanted, within[0] + within[1] * abs(wanted), name)


def assert_number(found: Any, wanted: float, within: float, name: str) -> None:
    if name.partition(".")[0].partition("[")[0] in BOUNDS:
        assert wanted * (1 - HARDLY) - within <= found <= wanted + within, name
    else:
        # a time is a whole number of microseconds; what is counted is exact
        unit = 1e-9 * max(1.0, abs(wanted)) if isinstance(wanted, int) else 1e-6 * max(1.0, abs(wanted))
        assert found == pytest.approx(wanted, abs=within + unit), name


def _part(within: Tolerance, place: Any) -> Tolerance:
    absolute, relative = within
    return (absolute[place] if isinstance(absolute, Mapping | list) else absolute) or 0, relative


@pytest.mark.parametrize("case", [case for case in cases_of(DERIVED) if "theory" in case], ids=lambda case: case["id"])
def test_says_what_theory_says(case: Mapping[str, Any]) -> None:
    for name, (function, *numbers) in case["theory"].items():
        assert case["expected"][name] == pytest.approx(getattr(theory, function)(*numbers), rel=1e-6), name


class TestATolerance:
    @pytest.mark.parametrize(
        ("given", "read"),
        [
            (0, (0, 0.0)),
            (0.5, (0.5, 0.0)),
            ({"p_cold": 0.1, "relative": 0.2}, (0.1, 0.0)),
            ({"relative": 0.2}, (0, 0.2)),
            ({"p_cold_relative": 0.3, "relative": 0.2}, (0, 0.3)),
            ({"relative_p_cold": 0.3}, (0, 0.3)),
            ({"total": 3}, (0, 0.0)),
            ({"p_cold": {"relative": 0.2}}, (0, 0.2)),
            ({"p_cold": {"relative": 0.2, "absolute": 1}}, (1, 0.2)),
            ({"p_cold": {"A": 0.2}}, ({"A": 0.2}, 0.0)),
            ({"p_cold": None, "relative": 0.2}, (0, 0.0)),
            ({"relative": None}, (0, 0.0)),
            (None, (0, 0.0)),
        ],
    )
    def test_is_absolute_or_relative(self, given: Any, read: Tolerance) -> None:
        assert tolerance({"tolerance": given}, "p_cold") == read


class TestACaseWithAKeyThatNobodyKnows:
    @pytest.mark.parametrize(
        ("path", "says"),
        [
            (("inputs", "colour"), "inputs: colour"),
            (("inputs", "batch_size"), "inputs: batch_size"),
            (("inputs", "arrivals", "count"), "arrivals: count"),
            (("inputs", "duration", "median_s"), "duration: median_s"),
            (("expected", "median_wait_s"), "expected: median_wait_s"),
            (("tolerance", "colour"), "tolerance: colour"),
            (("convention_", ), "the case: convention_"),
        ],
    )  # fmt: skip
    def test_is_refused_by_that_name(self, path: tuple[str, ...], says: str) -> None:
        case = copy.deepcopy(cases_of(GIVEN)[0])
        here = case
        for step in path[:-1]:
            here = here[step]
        here[path[-1]] = 1

        with pytest.raises(UnknownKey, match=says):
            Case(case).answer("median_wait_s")
