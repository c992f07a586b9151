"""One scenario, by the path of a file or by an id of the course; changes to it from a command line, and worlds to run it in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, cast

from studyapp.content import documents, files
from studyapp.content.course import Course
from studyapp.content.problems import BadContent
from studyapp.simulator import units
from studyapp.simulator.errors import ScenarioError, one_line, shown
from studyapp.simulator.rulebook import TRUTH, Rulebook

Body = Mapping[str, object]
LONGEST = 4_000
"""Letters of an error: it may list all beliefs."""
ABOUT = ("id", "formerly", "title", "facts", "claims", "assumes", "topic")
"""What a scenario of the course says besides what the simulator reads."""


class NotFound(LookupError):
    """No file and no id; the text says what there is, on one line."""

    def __str__(self) -> str:
        return one_line(str(self.args[0]), LONGEST)


@dataclass(frozen=True)
class Found:
    """A scenario as it stands: its body, and where that is: in a document at a place, or under an id of the course."""

    name: str
    body: Body
    document: documents.Document | None = None
    place: documents.Place = ()

    def says(self, error: ScenarioError, patched: Body) -> str:
        """The error, with file and line before it (or the id), unless the value comes from a change to the body."""
        place, ours, theirs = self.place, self.body, patched
        for step in error.field.split("."):
            ours, theirs = _inside(ours, step), _inside(theirs, step)
            place = (*place, int(step) - 1 if _is_place(step) else step)
        if ours != theirs:
            return str(error)
        return (
            f"{self.document.file}:{self.document.line(place)}: {error}" if self.document else f"{self.name}: {error}"
        )


def find(name: str, folder: Path) -> Found:
    """The scenario of that name. Raises NotFound, or BadContent if a file cannot be read."""
    path = Path(name)
    if path.is_dir():
        raise NotFound(f"{shown(name)} is a folder, not a file with a scenario")
    if path.exists():
        return _in_file(path)
    if path.suffix in (".yaml", ".yml") or "/" in name:
        raise NotFound(f"there is no file {shown(name)}")
    return _in_course(name, course_in(folder))


def changes(said: Iterable[str]) -> dict[str, object]:
    """`function.memory=512 MB` as a path and a value; yes, no, numbers and lists are read as in a file.

    Raises NotFound for a text without `=` and BadContent for a value that cannot be read.
    """
    found: dict[str, object] = {}
    for each in said:
        path, equals, value = each.partition("=")
        if not equals or not path.strip():
            raise NotFound(f"--set {shown(each)}: write PATH=VALUE, such as function.memory='512 MB'")
        found[path.strip()] = _good(documents.parse(value or '""', f"--set {path}"))
    return found


def seed(value: int) -> int:
    """`value`, if it could also stand in a file. Raises NotFound."""
    try:
        number = units.count(value)
    except units.UnitError as error:
        raise NotFound(f"--seed: {shown(value)} {error}") from None
    if number < 0:
        raise NotFound(f"--seed: {number} is not a whole number of at least 0")
    return number


def course_in(folder: Path) -> Course:
    """The course of a folder. Raises NotFound, or BadContent if a file cannot be read."""
    if not folder.is_dir():
        raise NotFound(f"--folder {folder}: there is no such folder")
    return files.read(folder, needs_proofs=False)


def world(belief_ids: Iterable[str], folder: Path) -> Rulebook:
    """The rulebook with these beliefs in it. Raises NotFound, also where two beliefs want different things of one rule."""
    patch: dict[str, object] = {}
    chosen = list(belief_ids)
    beliefs = course_in(folder).beliefs if chosen else {}
    for name in chosen:
        if not beliefs:
            raise NotFound(f"--belief {shown(name)}: {folder} holds no beliefs")
        if name not in beliefs:
            raise NotFound(f"there is no belief {shown(name)}; the beliefs are {', '.join(sorted(beliefs))}")
        rules = beliefs[name].patch
        if not rules:
            raise NotFound(f"{name} does not change the rulebook, so there is no world of it to run")
        for rule in rules:
            if patch.get(rule, rules[rule]) != rules[rule]:
                raise NotFound(f"{name} and a belief before it want different things of the rule {rule}")
        patch.update(rules)
    return TRUTH.believing(patch)


def _in_file(path: Path) -> Found:
    document = documents.read(path, str(path))
    data = _good(document)
    place: documents.Place = ()
    if not isinstance(data, dict):
        raise NotFound(f"{path} does not hold a scenario: it must be a mapping with functions, a network or the like")
    entries = data.get("scenarios")
    if isinstance(entries, list):
        if not entries:
            raise NotFound(f"{path} holds no scenario: scenarios is an empty list")
        if len(entries) != 1 or not isinstance(entries[0], dict):
            ids = [str(entry.get("id")) for entry in entries if isinstance(entry, dict)]
            raise NotFound(f"{path} holds {len(entries)} scenarios; name one by its id: {', '.join(ids)}")
        data, place = entries[0], ("scenarios", 0)
    body = {str(key): value for key, value in data.items() if key not in ABOUT}
    return Found(str(path), body, document, place)


def _inside(body: object, step: str) -> Any:
    """What is at a step of a path, or None; lists are counted from 1."""
    if isinstance(body, Mapping):
        return body.get(step)
    if isinstance(body, list) and _is_place(step) and 1 <= int(step) <= len(body):
        return body[int(step) - 1]
    return None


def _is_place(step: str) -> bool:
    """Whether a step of a path is a place in a list. Not all that Python calls a digit can be read as a number."""
    return re.fullmatch("[0-9]{1,9}", step) is not None


def _good(document: documents.Document) -> object:
    if document.problems:
        raise BadContent(document.problems)
    return document.data


def _in_course(name: str, course: Course) -> Found:
    by_item = {item.id: item.scenario for item in course.items if item.scenario}
    scenario = course.scenarios.get(by_item.get(name, name))
    if scenario is None:
        close = get_close_matches(name, [*course.scenarios, *by_item], n=3)
        raise NotFound(
            f"there is no file and no scenario {shown(name)}"
            + (f"; did you mean {' or '.join(close)}?" if close else "")
        )
    return Found(name, cast("Body", scenario.body()))
