"""Proof files: content/proofs/lambda/<topic>.json, from item id to its proved seeds.

`prove` writes them. Only items with a scenario have an entry: a recall or authored item is drawn without a run, so
its proof is made when it is read.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from studyapp.content.course import Course
from studyapp.content.problems import Problem
from studyapp.content.raw import Raw, name
from studyapp.questions.items import Item
from studyapp.questions.proof import Proof, Refused, World, digest, prove

FOLDER = Path("proofs") / "lambda"


def read(folder: Path, course: Course, found: Raw) -> tuple[dict[str, Proof], list[Problem]]:
    """The proofs of the course's items, and what is wrong with them: missing, stale, or of no item."""
    stored, problems = _stored(folder)
    world = course.world
    proofs: dict[str, Proof] = {}
    for item in course.items:
        if not _is_whole(item, world):
            continue
        if item.scenario is None:
            _draw(item, world, proofs, found, problems)
            continue
        says = _lack(item, world, stored.get(item.id))
        if says:
            problems += _at(item, found, f"{says}; run manage.py prove {item.id}")
        else:
            proofs[item.id] = stored[item.id]
    return proofs, [*problems, *_spare(folder, stored, found)]


def write(folder: Path, course: Course, proofs: Mapping[str, Proof]) -> None:
    """Write a file for each topic that has proofs, in the order of the items, and remove files that hold none."""
    (folder / FOLDER).mkdir(parents=True, exist_ok=True)
    topics = {item.topic for item in course.items}
    for topic in sorted(topics):
        path = folder / FOLDER / f"{topic.removeprefix('lambda.')}.json"
        kept = [proofs[item.id] for item in course.items if item.topic == topic and item.id in proofs]
        if kept:
            path.write_text(as_text(kept), encoding="utf-8")
        else:
            path.unlink(missing_ok=True)


def stored(folder: Path) -> dict[str, Proof]:
    """The proofs in the files, fresh or stale; what cannot be read is left out."""
    return _stored(folder)[0]


def as_text(proofs: Iterable[Proof]) -> str:
    """One line for each proved seed, so that a change shows as the lines that changed."""
    return "{\n" + ",\n".join(map(_entry, proofs)) + "\n}\n"


def _entry(proof: Proof) -> str:
    body = proof.as_json()
    seeds = ",\n".join(f"   {_line(seed)}" for seed in body.pop("seeds"))
    return f' {_line(body.pop("item"))}: {_line(body)[:-1]}, "seeds": [\n{seeds}\n ]}}'


def _line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _stored(folder: Path) -> tuple[dict[str, Proof], list[Problem]]:
    proofs: dict[str, Proof] = {}
    problems: list[Problem] = []
    for path in sorted((folder / FOLDER).glob("*.json")):
        file = name(folder, path)
        try:
            read: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
            proofs |= {item: Proof.from_json({**body, "item": item}) for item, body in read.items()}
        except json.JSONDecodeError as error:
            problems.append(Problem(file, error.lineno, f"is not valid JSON: {error.msg}; run manage.py prove"))
        except (KeyError, TypeError, AttributeError, UnicodeDecodeError):
            problems.append(Problem(file, 1, "does not hold proofs; run manage.py prove"))
    return proofs, problems


def _is_whole(item: Item, world: World) -> bool:
    """Whether all that the item rests on could be read; otherwise that is the problem, and not its proof."""
    beliefs = {option.belief for option in item.options if option.belief}
    has_scenario = item.scenario is None or item.scenario in world.scenarios
    return has_scenario and beliefs <= world.beliefs.keys() and set(item.facts) <= world.facts.keys()


def _draw(item: Item, world: World, proofs: dict[str, Proof], found: Raw, problems: list[Problem]) -> None:
    try:
        proofs[item.id] = prove(item, world)
    except Refused as refused:
        for says in refused.problems:
            problems += _at(item, found, says)


def _lack(item: Item, world: World, proof: Proof | None) -> str | None:
    if proof is None:
        return "has no proof"
    return None if proof.digest == digest(item, world, proof.rules) else "has changed since it was proved"


def _at(item: Item, found: Raw, says: str) -> Iterator[Problem]:
    """The problem at the item, or at the fact that it is drawn from."""
    for entry in found.items:
        if entry.data.id == item.id:
            yield entry.problem(says, "id")
    for fact in found.facts:
        if item.kind == "recall" and fact.data.id == item.facts[0]:
            yield fact.problem(says, "recall")


def _spare(folder: Path, stored: Mapping[str, Proof], found: Raw) -> Iterator[Problem]:
    known = {entry.data.id for entry in found.items}
    files_are_whole = not found.problems
    for path in sorted((folder / FOLDER).glob("*.json")) if files_are_whole else ():
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
        for spare in sorted(stored.keys() - known):
            at = next((number for number, line in enumerate(lines, 1) if line.startswith(f' "{spare}":')), None)
            if at is not None:
                yield Problem(name(folder, path), at, f"{spare} is not an item; run manage.py prove")
