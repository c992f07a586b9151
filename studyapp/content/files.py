"""The door to `content/`: files in, a checked course out, or every problem of every file at once.

Needs no database, no migration and no secret, and simulates nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from studyapp.content import build, proofs, raw
from studyapp.content.checks import blueprints, demos, names, references, rules, scenarios
from studyapp.content.course import Course
from studyapp.content.problems import BadContent, Problem
from studyapp.content.raw import Entry, Raw
from studyapp.content.schema.common import Named
from studyapp.questions.items import Item
from studyapp.questions.recall import ENDS, recall_items

__all__ = ["BadContent", "Problem", "read"]


def read(folder: Path, *, today: date | None = None, needs_proofs: bool = True) -> Course:
    """The course in `folder`. Raises BadContent.

    `today` (the clock's day unless given) is the last day on which a source can have been checked. Without
    `needs_proofs`, proofs are neither read nor missed: `prove` and `simulate` read so.
    """
    found = raw.read(folder)
    course = _course(found)
    problems = [*found.problems, *_cross_checks(found, course, today or datetime.now(UTC).date())]
    if needs_proofs:
        kept, bad = proofs.read(folder, course, found)
        problems += bad
        course = course.proved(kept)
    if problems:
        raise BadContent(problems)
    return course


def _cross_checks(found: Raw, course: Course, today: date) -> Iterator[Problem]:
    known = names.names(found)
    yield from names.check(found)
    yield from references.check(found, known, today)
    yield from rules.check(found)
    yield from scenarios.check(found, known)
    yield from demos.check(found, known)
    yield from blueprints.check(found, course.items)


def _course(found: Raw) -> Course:
    return Course(
        rows=tuple(entry.data for entry in found.rows),
        facts={entry.data.id: build.fact(entry.data, entry.topic) for entry in found.facts},
        moves=tuple(entry.data for entry in found.moves),
        terms=tuple(build.term(entry.data) for entry in found.terms),
        clues=tuple(entry.data for entry in found.clues),
        beliefs={entry.data.id: build.belief(entry.data) for entry in found.beliefs},
        scenarios={entry.data.id: entry.data for entry in found.scenarios},
        items=tuple(_items(found)),
        blueprints=tuple(entry.data for entry in found.blueprints),
        demos={entry.data.scenario: entry.data for entry in found.demos},
        cards={entry.data.clue: entry.data for entry in found.cards},
        formerly=dict(_renames(found)),
    )


def _renames(found: Raw) -> Iterator[tuple[str, str]]:
    """Old and new ids; the questions drawn from a fact are renamed with it."""
    kept: tuple[Entry[Named], ...] = (*found.facts, *found.scenarios, *found.items)
    for entry in kept:
        yield from ((old, entry.data.id) for old in entry.data.formerly)
    for fact in found.facts:
        for old in fact.data.formerly:
            yield from ((f"{old}.{end}", f"{fact.data.id}.{end}") for end in ENDS)


def _items(found: Raw) -> Iterator[Item]:
    for entry in found.facts:
        yield from recall_items(build.fact(entry.data, entry.topic), build.recall(entry.data.recall))
    for written in found.items:
        yield build.item(written.data, written.topic)
