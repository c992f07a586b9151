"""The files of a content folder, read and checked one by one against their models."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar, cast

from pydantic import ValidationError

from studyapp.content import documents
from studyapp.content.documents import Document, Place
from studyapp.content.problems import Problem
from studyapp.content.schema import KINDS, Kind, errors
from studyapp.content.schema.arranged import AnyItem
from studyapp.content.schema.blueprints import Blueprint
from studyapp.content.schema.common import Strict
from studyapp.content.schema.demos import Card, Demo
from studyapp.content.schema.facts import Fact
from studyapp.content.schema.glossary import Term
from studyapp.content.schema.moves import Move
from studyapp.content.schema.scenarios import Scenario
from studyapp.content.schema.tables import Belief, Clue, Row
from studyapp.content.sections import TITLES

_ID = re.compile(r"^[\s{-]*(?:id|row):\s*[\"']?([\w.-]+)", re.MULTILINE)
E_co = TypeVar("E_co", bound=Strict, covariant=True)


@dataclass(frozen=True, slots=True)
class Entry(Generic[E_co]):
    """One fact, row, item ... as written, with where it stands."""

    data: E_co
    document: Document
    place: Place
    topic: str

    def problem(self, says: str, *path: str | int) -> Problem:
        return self.document.problem((*self.place, *path), says)

    @property
    def where(self) -> str:
        return f"{self.document.file}:{self.document.line(self.place)}"


@dataclass(frozen=True, slots=True)
class Raw:
    """Every entry of every file, in the order of files and lines."""

    rows: tuple[Entry[Row], ...]
    facts: tuple[Entry[Fact], ...]
    moves: tuple[Entry[Move], ...]
    terms: tuple[Entry[Term], ...]
    clues: tuple[Entry[Clue], ...]
    beliefs: tuple[Entry[Belief], ...]
    scenarios: tuple[Entry[Scenario], ...]
    items: tuple[Entry[AnyItem], ...]
    blueprints: tuple[Entry[Blueprint], ...]
    demos: tuple[Entry[Demo], ...]
    cards: tuple[Entry[Card], ...]
    problems: tuple[Problem, ...]
    spoilt: frozenset[str] = frozenset()
    """Ids that stand in files with problems: what mentions them is not to blame."""


def read(folder: Path) -> Raw:
    """Everything under `folder`. What cannot be read is in `problems` and left out."""
    problems: list[Problem] = []
    spoilt: set[str] = set()
    found = {name: tuple(_entries(folder, kind, problems, spoilt)) for name, kind in KINDS.items()}
    problems += _unknown_files(folder)
    return Raw(**found, problems=tuple(problems), spoilt=frozenset(spoilt))  # type: ignore[arg-type]  # the model of each kind is in KINDS


def _entries(folder: Path, kind: Kind, problems: list[Problem], spoilt: set[str]) -> Iterator[Entry[Strict]]:
    for path in sorted(folder.glob(kind.pattern), key=_order):
        document = documents.read(path, name(folder, path))
        entries, bad = _checked(document, kind, f"lambda.{_topic(path)}" if kind.has_topics else "")
        if bad:
            problems += bad
            spoilt.update(_ID.findall(path.read_text(encoding="utf-8", errors="replace")))
        yield from entries


def _order(path: Path) -> tuple[int, str]:
    """Topics in the order of the tables' sections."""
    topic = _topic(path)
    return (list(TITLES).index(topic) if topic in TITLES else len(TITLES)), path.name


def _topic(path: Path) -> str:
    """`errors` for errors.yaml, and for a shelf of that topic such as errors.retries.yaml."""
    return path.stem.partition(".")[0]


def _checked(document: Document, kind: Kind, topic: str) -> tuple[list[Entry[Strict]], list[Problem]]:
    """The document's entries, or those of them that are good by themselves, and what is wrong."""
    if document.data is None:
        return [], list(document.problems)
    bad = [*document.problems, *_wrong_topic(document, topic)]
    try:
        whole = kind.model.model_validate(document.data)
    except ValidationError as error:
        return list(_salvaged(document, kind, topic)), [*bad, *errors.problems(document, error)]
    entries = cast("tuple[Strict, ...]", getattr(whole, kind.entries))
    return [Entry(entry, document, (kind.entries, index), topic) for index, entry in enumerate(entries)], bad


def _wrong_topic(document: Document, topic: str) -> Iterator[Problem]:
    said = document.data.get("topic") if isinstance(document.data, dict) else None
    if topic and isinstance(said, str) and said != topic:
        yield document.problem(("topic",), f"is {said}; in {document.file.rpartition('/')[2]} it must be {topic}")


def _salvaged(document: Document, kind: Kind, topic: str) -> Iterator[Entry[Strict]]:
    entries = document.data.get(kind.entries) if isinstance(document.data, dict) else None
    for index, entry in enumerate(entries if isinstance(entries, list) else []):
        alone = {**({"topic": topic} if topic else {}), kind.entries: [entry]}
        try:
            whole = kind.model.model_validate(alone)
        except ValidationError:
            continue
        yield Entry(getattr(whole, kind.entries)[0], document, (kind.entries, index), topic)


def _unknown_files(folder: Path) -> Iterator[Problem]:
    known = {path for kind in KINDS.values() for path in folder.glob(kind.pattern)}
    for path in sorted({*folder.rglob("*.yaml"), *folder.rglob("*.yml")} - known):
        yield Problem(
            name(folder, path), 1, f"is not read; files are {', '.join(kind.pattern for kind in KINDS.values())}"
        )


def name(folder: Path, path: Path) -> str:
    """How problems name a file: as a person would type it from the top of the project."""
    return f"{folder.resolve().name}/{path.relative_to(folder).as_posix()}"
