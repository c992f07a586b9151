"""Closed forms and exact cases, each with its derivation in oracles.json. SIM_ORACLES names another file of the form."""

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.simulator.answers import Case

FILE = Path(os.environ.get("SIM_ORACLES", str(Path(__file__).with_name("oracles.json"))))
CASES = json.loads(FILE.read_text())["cases"]
# Values that a common mistake gives: shown to people, not computed.
TRAPS = {"trap_value_if_wrong"}


def is_mapping(case: Mapping[str, Any]) -> bool:
    """Queues and streams are read by mappings, which this form of the simulator does not have."""
    return "event_source" in case["inputs"] or case["category"] in ("queueing", "event_source")


@pytest.mark.parametrize("case", [case for case in CASES if not is_mapping(case)], ids=lambda case: case["id"])
def test_agrees_with_the_oracle(case: Mapping[str, Any]) -> None:
    run = Case(case)
    for name, wanted in case["expected"].items():
        if name not in TRAPS:
            assert_near(run.answer(name), wanted, tolerance(case, name, wanted), name)


def tolerance(case: Mapping[str, Any], name: str, wanted: Any) -> float:
    given = case["tolerance"]
    if not isinstance(given, Mapping):
        return float(given)
    if name in given:
        return float(given[name])
    share = given.get(f"{name}_relative", given.get("relative", 0))
    return float(share) * abs(wanted) if share and isinstance(wanted, int | float) else 0.0


def assert_near(found: Any, wanted: Any, within: float, name: str) -> None:
    if isinstance(wanted, Mapping):
        for key, value in wanted.items():
            assert_near(found[key], value, within, f"{name}.{key}")
    elif isinstance(wanted, list):
        assert len(found) == len(wanted), f"{name}: {found} is not {wanted}"
        for place, (one, other) in enumerate(zip(found, wanted, strict=True)):
            assert_near(one, other, within, f"{name}[{place}]")
    elif isinstance(found, list):
        for one in found:
            assert_near(one, wanted, within, name)
    elif isinstance(wanted, str | bool):
        assert found == wanted, name
    else:
        assert found == pytest.approx(wanted, abs=within + 1e-9 * max(1.0, abs(wanted))), name
