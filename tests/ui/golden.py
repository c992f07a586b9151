"""Pictures of the course's own scenarios, compared byte for byte with what `golden/` keeps: the SVG, and its twin in words.

`GOLDEN=write pytest tests/ui` writes the files anew. Look at each of them in a browser before it is kept.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.template.loader import render_to_string

from studyapp.content.schema.scenarios import READ
from studyapp.simulator.outcome import Outcome
from studyapp.ui.pictures.shapes import Picture
from tests.ui.runs import outcome

FOLDER = Path(__file__).parent / "golden"


def course(scenario: str, *, believing: dict[str, object] | None = None, **changes: Any) -> Outcome:
    """The outcome of a scenario of the course, by its id, with values replaced by dotted path, dots written as two
    underscores. Raises KeyError for an id that no file has."""
    return outcome(_bodies(scenario.split(".")[1])[scenario], believing=believing, **changes)


@cache
def _bodies(topic: str) -> dict[str, dict[str, Any]]:
    files = sorted((Path(settings.CONTENT) / "scenarios" / "lambda").glob(f"{topic}.*yaml"))
    every = [one for file in files for one in yaml.safe_load(file.read_text())["scenarios"]]
    return {one["id"]: {key: one[key] for key in READ if key in one} for one in every}


def matches(name: str, picture: Picture) -> None:
    """Assert that `picture` is the one that is kept as `name`.svg, and its tables in words those of `name`.txt."""
    _is_kept(f"{name}.svg", render_to_string("components/timeline.svg", {"picture": picture}))
    _is_kept(f"{name}.txt", "\n".join(_words(picture)) + "\n")


def _is_kept(name: str, text: str) -> None:
    file = FOLDER / name
    if os.environ.get("GOLDEN") == "write":
        FOLDER.mkdir(exist_ok=True)
        file.write_text(text)
    assert file.exists(), f"{name} is not kept yet: GOLDEN=write writes it"
    assert text == file.read_text(), f"{name} is drawn in another way than the one kept"


def _words(picture: Picture) -> Iterator[str]:
    """Title, description and note; then each table, its cells parted by bars."""
    yield from (text for text in (picture.title, picture.desc, picture.note) if text)
    for table in picture.tables:
        yield from ("", table.heading or "The run", "At | What | Where | Until | Why")
        yield from (" | ".join((row.start, row.what, row.environment, row.end, row.why)) for row in table.rows)
        yield from _rest(table.left_out)
    for grid in picture.grids:
        yield from ("", grid.caption, " | ".join(grid.head))
        yield from (" | ".join(row) for row in grid.rows)
        yield from _rest(grid.left_out)


def _rest(left_out: int) -> Iterator[str]:
    if left_out:
        yield f"and {left_out:,} more"
