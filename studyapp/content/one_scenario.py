"""One scenario, by the path of a file or by an id of the course; and changes to it from a command line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import cast

from studyapp.content import documents, files
from studyapp.content.course import Course
from studyapp.content.problems import BadContent

Body = Mapping[str, object]
ABOUT = ("id", "formerly", "title", "facts", "claims", "assumes", "topic")
"""What a scenario of the course says besides what the simulator reads."""


class NotFound(LookupError):
    """No file and no id; the text says what there is."""

    def __str__(self) -> str:
        return str(self.args[0])


def find(name: str, folder: Path) -> Body:
    """The body of the scenario. Raises NotFound, or BadContent if a file cannot be read."""
    path = Path(name)
    if path.is_file():
        return _in_file(path)
    if path.suffix in (".yaml", ".yml") or "/" in name:
        raise NotFound(f"there is no file {name}")
    return _in_course(name, files.read(folder, needs_proofs=False))


def changes(said: Iterable[str]) -> dict[str, object]:
    """`function.memory=512 MB` as a path and a value; yes, no, numbers and lists are read as in a file.

    Raises NotFound for a text without `=` and BadContent for a value that cannot be read.
    """
    found: dict[str, object] = {}
    for each in said:
        path, equals, value = each.partition("=")
        if not equals or not path.strip():
            raise NotFound(f"--set {each}: write PATH=VALUE, such as function.memory='512 MB'")
        found[path.strip()] = _good(documents.parse(value or '""', f"--set {path}"))
    return found


def _in_file(path: Path) -> Body:
    data = _good(documents.read(path, str(path)))
    if not isinstance(data, dict):
        raise NotFound(f"{path} does not hold a scenario: it must be a mapping with functions or a network")
    entries = data.get("scenarios")
    if isinstance(entries, list):
        if len(entries) != 1 or not isinstance(entries[0], dict):
            ids = [str(entry.get("id")) for entry in entries if isinstance(entry, dict)]
            raise NotFound(f"{path} holds {len(entries)} scenarios; name one by its id: {', '.join(ids)}")
        data = entries[0]
    return {str(key): value for key, value in data.items() if key not in ABOUT}


def _good(document: documents.Document) -> object:
    if document.problems:
        raise BadContent(document.problems)
    return document.data


def _in_course(name: str, course: Course) -> Body:
    by_item = {item.id: item.scenario for item in course.items if item.scenario}
    scenario = course.scenarios.get(by_item.get(name, name))
    if scenario is None:
        close = get_close_matches(name, [*course.scenarios, *by_item], n=3)
        raise NotFound(
            f"there is no file and no scenario {name}" + (f"; did you mean {' or '.join(close)}?" if close else "")
        )
    return cast("Body", scenario.body())
