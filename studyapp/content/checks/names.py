"""The ids of a course: each once, each under its topic; and the lookups that other checks need."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from studyapp.content import build
from studyapp.content.problems import Problem
from studyapp.content.raw import Entry, Raw
from studyapp.content.schema.arranged import AnyItem
from studyapp.content.schema.common import Named, Strict
from studyapp.content.schema.facts import Fact
from studyapp.content.schema.scenarios import Scenario
from studyapp.content.schema.tables import Belief, Clue, Row
from studyapp.questions import glossary
from studyapp.questions.recall import ENDS


@dataclass(frozen=True, slots=True)
class Names:
    """Every entry by its id, the first one where an id is written twice."""

    rows: dict[str, Entry[Row]]
    facts: dict[str, Entry[Fact]]
    clues: dict[str, Entry[Clue]]
    beliefs: dict[str, Entry[Belief]]
    scenarios: dict[str, Entry[Scenario]]
    items: dict[str, Entry[AnyItem]]
    spoilt: frozenset[str]

    def missing(
        self, entry: Entry[Strict], kind: str, wanted: Iterable[tuple[str | None, tuple[str | int, ...]]]
    ) -> Iterator[Problem]:
        """A problem for each (id, place) that names no entry of `kind`, such as `facts`, not even a bad one."""
        known = getattr(self, kind)
        for name, place in wanted:
            if name is not None and name not in known and name not in self.spoilt:
                yield entry.problem(f"there is no {kind.removesuffix('s')} {name}", *place)


def names(raw: Raw) -> Names:
    return Names(
        rows=_first({}, ((entry.data.row, entry) for entry in raw.rows)),
        facts=_first({}, ((entry.data.id, entry) for entry in raw.facts)),
        clues=_first({}, ((entry.data.id, entry) for entry in raw.clues)),
        beliefs=_first({}, ((entry.data.id, entry) for entry in raw.beliefs)),
        scenarios=_first({}, ((entry.data.id, entry) for entry in raw.scenarios)),
        items=_first({}, ((entry.data.id, entry) for entry in raw.items)),
        spoilt=raw.spoilt,
    )


def _first(found: dict[str, Entry[Strict]], named: Iterable[tuple[str, Entry[Strict]]]) -> dict[str, Entry]:  # type: ignore[type-arg]  # of any kind
    for name, entry in named:
        found.setdefault(name, entry)
    return found


def check(raw: Raw) -> Iterator[Problem]:
    """Ids written twice, ids outside their topic, and old ids that are in use again."""
    yield from _doubles((entry.data.row, entry, "row") for entry in raw.rows)
    yield from _doubles((entry.data.id, entry, "id") for entry in raw.moves)
    yield from _doubles(
        (glossary.key(form), entry, "name") for entry in raw.terms for form in (entry.data.name, *entry.data.also)
    )
    named = {glossary.key(entry.data.name): entry for entry in raw.terms}.values()
    yield from _doubles((build.term(entry.data).slug, entry, "name") for entry in named)
    yield from _doubles((entry.data.id, entry, "id") for entry in raw.clues)
    yield from _doubles((entry.data.id, entry, "id") for entry in raw.beliefs)
    yield from _doubles((entry.data.id, entry, "id") for entry in raw.blueprints)
    yield from _doubles((entry.data.scenario, entry, "scenario") for entry in raw.demos)
    yield from _doubles((entry.data.clue, entry, "clue") for entry in raw.cards)
    kinds: tuple[tuple[Entry[Named], ...], ...] = (raw.facts, raw.scenarios, raw.items)
    for kind in kinds:
        yield from _doubles(_ids(kind))
        for entry in kind:
            if not entry.data.id.startswith(f"{entry.topic}."):
                yield entry.problem(f"{entry.data.id} does not begin with its topic, {entry.topic}.", "id")
    yield from _recall_names(raw)


def _ids(entries: Iterable[Entry[Named]]) -> Iterator[tuple[str, Entry[Named], str]]:
    """The ids in use, then the old ones."""
    entries = list(entries)
    yield from ((entry.data.id, entry, "id") for entry in entries)
    yield from ((old, entry, "formerly") for entry in entries for old in entry.data.formerly)


def _doubles(named: Iterable[tuple[str, Entry[Strict], str]]) -> Iterator[Problem]:
    seen: dict[str, Entry[Strict]] = {}
    for name, entry, key in named:
        if name in seen:
            yield entry.problem(f"{name} is used twice; the first is at {seen[name].where}", key)
        seen.setdefault(name, entry)


def _recall_names(raw: Raw) -> Iterator[Problem]:
    taken = {f"{entry.data.id}.{end}" for entry in raw.facts for end in ENDS}
    for entry in raw.items:
        if entry.data.id in taken:
            yield entry.problem(f"{entry.data.id} is the id of a question drawn from a fact", "id")
