"""The golden traces of a course: a file `<id>.txt` for each scenario, to see what a change of the simulator changes."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from studyapp.content import traces
from studyapp.content.course import Course
from studyapp.content.one_scenario import NotFound
from studyapp.simulator import scenario, simulate
from studyapp.simulator.metrics import METRICS
from studyapp.simulator.models.registry import FIRST_WORDS

_OF_MODELS: Final = tuple(f"{word}." for word in FIRST_WORDS)


def write(course: Course, folder: Path) -> int:
    """Write them all, remove those of scenarios that are gone, and say how many there are. Raises NotFound for no scenario.

    All have run before the first file is touched. Other files that happen to lie there are left alone.
    """
    if not course.scenarios:
        raise NotFound("the course holds no scenario, so there is no trace to write")
    texts = {name: traces.trace(simulate(scenario.read(each.body()))) for name, each in course.scenarios.items()}
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        _replace(folder / f"{name}.txt", text)
    for old in folder.glob("*.txt"):
        if old.stem not in texts and is_trace(old):
            old.unlink()
    return len(texts)


def is_trace(path: Path) -> bool:
    """Whether the file begins as a trace does: with a table of metrics alone."""
    try:
        table = path.read_text(encoding="utf-8").partition("\n\n")[0]
    except (OSError, UnicodeDecodeError):
        return False
    return bool(table.strip()) and all(map(_is_metric, table.splitlines()))


def _is_metric(line: str) -> bool:
    """`name  value`; with several functions the name has one before it."""
    name, _, value = line.partition("  ")
    is_known = name in METRICS or name.partition(".")[2] in METRICS or name.startswith(_OF_MODELS)
    return is_known and bool(value.strip())


def _replace(path: Path, text: str) -> None:
    """Whole or not at all."""
    part = path.with_name(f"{path.name}.part")
    try:
        part.write_text(text, encoding="utf-8")
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
