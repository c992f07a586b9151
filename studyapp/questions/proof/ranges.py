"""What a parameter may be when a stem does not name it: the range that its kind declares, with the reason.

What a scenario sets is moved over its range. What it does not set is moved too if AWS gives it no default that an exam may
take for granted (`is_always`); otherwise AWS's default holds, because an exam question means the default of a feature that it
does not mention.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from studyapp.questions.filling import NoSuchParameter, value_at
from studyapp.questions.proof import (
    access_ranges,
    bill_ranges,
    caller_ranges,
    function_ranges,
    network_ranges,
    packages_ranges,
    queue_ranges,
    rollout_ranges,
    schedules_ranges,
    secrets_ranges,
    stream_ranges,
    versions_ranges,
)
from studyapp.questions.proof.caller_ranges import ARRIVAL
from studyapp.questions.proof.range import Body, Range, found_at
from studyapp.questions.proof.scaling import longer
from studyapp.simulator.errors import ScenarioError

RANGES: tuple[Range, ...] = (
    *function_ranges.RANGES,
    *queue_ranges.RANGES,
    *stream_ranges.RANGES,
    *caller_ranges.RANGES,
    Range("horizon", longer, "the run is looked at for longer; nothing more may come of it"),
    *network_ranges.RANGES,
    *access_ranges.RANGES,
    *packages_ranges.RANGES,
    *secrets_ranges.RANGES,
    *bill_ranges.RANGES,
    *versions_ranges.RANGES,
    *rollout_ranges.RANGES,
    *schedules_ranges.RANGES,
)
"""What lies below a part comes before the part: moves are made in this order, and a part may be moved away."""


def parameters(body: Body) -> tuple[tuple[str, Range], ...]:
    """Every parameter that a scenario has, as a full path with its range; arrivals leaf by leaf.

    Raises ScenarioError for a name that no path can hold.
    """
    found = [(path, each) for each in RANGES for path in _paths(each, body)]
    warm = _range("warm.*")
    functions = cast("Body", body.get("functions") or {})
    set_warm = cast("Body", body.get("warm") or {})
    found += [(f"warm.{name}", warm) for name in functions if name not in set_warm]
    return (*found, *((path, ARRIVAL) for path in _arrival_leaves(body)))


def _paths(each: Range, body: Body) -> list[str]:
    """The full paths in `body` that a range's pattern fits."""
    paths: list[str] = [""]
    for step in each.pattern.split("."):
        paths = [f"{path}.{name}".removeprefix(".") for path in paths for name in _steps(step, path, body)]
    return [path for path in paths if found_at(path, body) is not None or (each.is_always and _may_be_set(path, body))]


def _steps(step: str, path: str, body: Body) -> tuple[str, ...]:
    """A step of a pattern at a path: itself, or for `*` all names of a mapping, all places of a list of mappings."""
    found = found_at(path, body) if step == "*" else None
    if isinstance(found, Mapping):
        return tuple(_name(path, name) for name in found)
    if isinstance(found, list | tuple) and any(isinstance(each, Mapping) for each in found):
        return tuple(str(place) for place in range(1, len(found) + 1))
    return () if step == "*" else (step,)


def _name(path: str, name: object) -> str:
    if not isinstance(name, str) or "." in name:
        raise ScenarioError(path, name, "cannot be moved nor named by a stem: it must be a text without a full stop")
    return name


def _may_be_set(path: str, body: Body) -> bool:
    """A field may be added to a part that is there; the account's also if there is no such part, if anything runs."""
    part, _, _ = path.rpartition(".")
    if part == "account":
        return bool(body.get("functions"))
    try:
        found = value_at(part, body)
    except NoSuchParameter:
        return False
    return found is None or isinstance(found, Mapping)


def _range(pattern: str) -> Range:
    return next(each for each in RANGES if each.pattern == pattern)


def _arrival_leaves(body: Body) -> list[str]:
    """None of a source whose events all wait at the start."""
    sources = cast("Mapping[str, Body]", body.get("sources") or {})
    arrivals = {f"sources.{name}.arrivals": source.get("arrivals") for name, source in sources.items()}
    return [leaf for path, value in arrivals.items() if value is not None for leaf in _leaves(path, value)]


def _leaves(path: str, value: object) -> list[str]:
    if isinstance(value, Mapping):
        return [leaf for key, each in value.items() for leaf in _leaves(f"{path}.{key}", each)]
    if isinstance(value, list | tuple) and any(isinstance(each, Mapping) for each in value):
        return [leaf for place, each in enumerate(value, 1) for leaf in _leaves(f"{path}.{place}", each)]
    return [path]
