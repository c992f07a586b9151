"""What was typed into the bench, or stands in an address, as changes to a scenario: only what differs from its own values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from studyapp.lab.controls import Body, Control, at, full, nearest, part_of
from studyapp.lab.controls.callers import settings_of
from studyapp.lab.controls.texts import Unreadable, text, value_of
from studyapp.simulator import scenario
from studyapp.simulator.errors import ScenarioError, one_line
from studyapp.simulator.models.registry import MODELS

SECTIONS: Final = ("account", "functions", "sources", "databases", "warm", "horizon", *MODELS)
LONGEST: Final = 4_000
"""Letters of one value."""
LONGEST_PATH: Final = 200
"""Letters of a path."""
MOST: Final = 400
"""Paths in one address: a page has fewer fields."""
OF_ANY_KIND: Final = ("kind", "calls", "arrivals")


@dataclass
class Typed:
    """The changes, by full path, those of a part before those within it; and what cannot be read or leads nowhere.

    `problems` are pairs of a path and what is wrong there.
    """

    changes: dict[str, object] = field(default_factory=dict)
    problems: list[tuple[str, str]] = field(default_factory=list)


def read(body: Body, known: Mapping[str, Control], typed: Mapping[str, str]) -> Typed:
    """What `typed` (texts by path) changes of `body`, whose controls are `known`. Never raises for what is typed."""
    found = Typed()
    patched = body
    for path, each in _in_order(body, typed, found):
        holder = nearest(path, known)
        try:
            if holder == path:
                _note(found, known[path], each, patched)
                continue
            changed = _further(patched, path, each)
            patched = patched if changed is None else changed
            if changed is not None:
                found.changes[holder or path] = at(changed, holder or path)
        except (Unreadable, ScenarioError) as error:
            found.problems.append((path, _says(error)))
    for path in tuple(found.changes):
        if path.startswith("sources.") and path.endswith(".kind"):
            _leave_behind(body, part_of(path), found.changes)
    return found


def _in_order(body: Body, typed: Mapping[str, str], found: Typed) -> list[tuple[str, str]]:
    """Those that begin with a part of a scenario, a path before what lies within it; the rest is no change."""
    given = {full(body, path): text.strip() for path, text in typed.items()}
    paths = [path for path in given if path.partition(".")[0] in SECTIONS]
    if len(paths) > MOST:
        found.problems.append(("", f"{len(paths):,} values are given; at most {MOST} are read."))
    for path in paths[:MOST]:
        size = max(len(path) * LONGEST // LONGEST_PATH, len(given[path]))
        if size > LONGEST:
            found.problems.append((path, "is too long: a path has at most 200 letters, a value 4,000."))
            del given[path]
    return sorted(((path, given[path]) for path in paths[:MOST] if path in given), key=lambda each: each[0].count("."))


def _note(found: Typed, control: Control, typed: str, patched: Body) -> None:
    """Note what is typed into a control where it differs from what stands there. Raises Unreadable."""
    if not typed.isprintable():
        raise Unreadable("holds letters that cannot be shown")
    typed = control.written(typed)
    if not control.is_same(text(at(patched, control.path)), typed):
        found.changes[control.path] = value_of(typed)


def _further(patched: Body, path: str, text: str) -> Body | None:
    """The scenario with a value where it has no control; None if it has that value already.

    Raises Unreadable, or ScenarioError for a path that leads nowhere.
    """
    value = value_of(text)
    if at(patched, path) == value:
        return None
    return scenario.patch(patched, {path: value})


def _leave_behind(body: Body, source: str, changes: dict[str, object]) -> None:
    """Take out what a source of its new kind does not have: what the scenario sets, and what was typed for the old one."""
    before = at(body, source)
    own = before if isinstance(before, Mapping) else {}
    taken = {*OF_ANY_KIND, *(setting.key for setting in settings_of(str(changes[f"{source}.kind"])))}
    for path in [each for each in changes if each.startswith(f"{source}.") and each.split(".")[2] not in taken]:
        del changes[path]
    changes.update({f"{source}.{key}": None for key, value in own.items() if key not in taken and value is not None})


def _says(error: Unreadable | ScenarioError) -> str:
    if isinstance(error, ScenarioError):
        return f"{one_line(error.limit)}."
    return f"{one_line(str(error))}."
