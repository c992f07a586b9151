"""Patches a scenario: values at dotted paths, changed in a copy."""

import copy
import re
from collections.abc import Mapping
from typing import Final

from studyapp.simulator.errors import ScenarioError

NOWHERE: Final = "leads nowhere in this scenario"
SECTIONS: Final = ("account", "databases", "warm")
"""Of a scenario those that a path may begin: what they leave out holds by default."""


def patch(data: Mapping[str, object], changes: Mapping[str, object]) -> dict[str, object]:
    """`data` with the values at dotted paths changed, as a new mapping: {"functions.resize.memory": "512 MB"}.

    With one function `function.x` means `functions.<its name>.x`; with one source `source.x` likewise. A list's place
    is counted from 1. Raises ScenarioError for a path that leads nowhere; the last step may be new, and so may the account,
    what is warm and a first database.
    """
    if not isinstance(data, Mapping):
        raise ScenarioError("scenario", data, "is not a mapping of fields to values")
    changed: dict[str, object] = copy.deepcopy(dict(data))
    for path, value in changes.items():
        _set(changed, _resolved(changed, path), path, copy.deepcopy(value))
    return changed


def _resolved(data: Mapping[str, object], path: str) -> list[str]:
    """The steps of a path, with `function` and `source` standing for the only one there is."""
    head, _, rest = path.partition(".")
    alias = {"function": "functions", "source": "sources"}.get(head)
    if alias is None:
        return path.split(".")
    named = data.get(alias)
    if not isinstance(named, Mapping) or len(named) != 1:
        raise ScenarioError(path, head, f"needs a scenario with exactly one of its {alias}")
    return [alias, str(next(iter(named))), *([rest] if rest == "" else rest.split("."))]


def _set(data: dict[str, object], steps: list[str], path: str, value: object) -> None:
    here: object = data
    for number in range(len(steps) - 1):
        here = _step(here, steps, number, path)
        if not isinstance(here, dict | list):
            raise ScenarioError(path, ".".join(steps[: number + 1]), "is a value, it has no fields to change")
    if isinstance(here, dict) and steps[-1]:
        here[steps[-1]] = value
    elif isinstance(here, list) and (place := _place(here, steps[-1])) is not None:
        here[place] = value
    else:
        raise ScenarioError(path, steps[-1], NOWHERE)


def _step(here: object, steps: list[str], number: int, path: str) -> object:
    """What is at a step that others follow: a mapping is begun where the scenario says null, or leaves a section out."""
    step = steps[number]
    if isinstance(here, dict):
        begins = number == 0 or (number == 1 and steps[0] == "databases" and not here)
        is_left_out = step not in here and steps[0] in SECTIONS and begins
        if is_left_out or (step in here and here[step] is None):
            here[step] = {}
        if step in here:
            return here[step]
        hint = f"; give all of {'.'.join(steps[: number + 1])} instead, as {{{steps[number + 1]}: ...}}"
        raise ScenarioError(path, step, f"{NOWHERE}{hint if number and step and steps[number + 1] else ''}")
    if isinstance(here, list) and (place := _place(here, step)) is not None:
        return here[place]
    raise ScenarioError(path, step, NOWHERE)


def _place(here: list[object], step: str) -> int | None:
    """Which of a list is meant by a step such as "1". Not all that Python calls a digit can be read as a number."""
    is_place = re.fullmatch("[0-9]{1,9}", step) and 1 <= int(step) <= len(here)
    return int(step) - 1 if is_place else None
