"""The linter on the course's files: what is found, each with its file and line."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from studyapp.content import files, proofs, raw
from studyapp.content.course import Course
from studyapp.content.problems import Problem
from studyapp.content.raw import Entry, Raw
from studyapp.content.schema.common import Strict
from studyapp.questions.lint import Finding, LintWorld, gives_away, lint_bank, lint_item
from studyapp.questions.recall import ENDS
from studyapp.questions.variants import Variant, drawn


@dataclass(frozen=True)
class Desk:
    """A course laid out to be linted: as read and as written, with the variants of each item that is proved."""

    course: Course
    written: Raw
    variants: Mapping[str, Sequence[Variant]]
    world: LintWorld

    def findings(self, chosen: Collection[str] = ()) -> list[Finding]:
        """Of the items whose ids are `chosen`, or of all and of the bank as a whole, in the order of the course."""
        items = [item for item in self.course.items if not chosen or item.id in chosen]
        alone = [each for item in items for each in lint_item(item, self.variants.get(item.id, ()), self.world)]
        together = lint_bank(self.course.items, self.variants)
        return [*alone, *(each for each in together if not chosen or each.item in chosen)]

    def form(self, chosen: Sequence[str]) -> list[Finding]:
        """Of the first variants of `chosen` items, asked together."""
        by_id = {item.id: item for item in self.course.items}
        return gives_away([(by_id[name], self.variants[name][0]) for name in chosen if self.variants.get(name)])

    def place(self, finding: Finding) -> Problem:
        """The finding where its author can mend it; what is so of the whole bank has no line, and stands at line 1."""
        says = f"{finding.level} {finding.rule}{f' {finding.item}' if finding.item else ''}: {finding.says}"
        found = self._places.get(finding.item)
        if found is None:
            return Problem("content", 1, says)
        entry, path = found
        return entry.problem(says, *path)

    @cached_property
    def _places(self) -> dict[str, tuple[Entry[Strict], tuple[str, ...]]]:
        """Where each item stands: in its own entry, or in that of the fact from which it is drawn."""
        places: dict[str, tuple[Entry[Strict], tuple[str, ...]]] = {}
        for fact in self.written.facts:
            for end in ENDS:
                places[f"{fact.data.id}.{end}"] = fact, ("recall", "back") if end == "recall-back" else ("recall",)
        return places | {item.data.id: (item, ("id",)) for item in self.written.items}


def desk(folder: Path, *, today: date) -> Desk:
    """The course in `folder`, with the proofs that are fresh. Raises BadContent."""
    course = files.read(folder, today=today, needs_proofs=False)
    written = raw.read(folder)
    proved = proofs.read(folder, course, written)[0]
    bodies = course.world.scenarios
    variants = {
        item.id: tuple(
            drawn(item, bodies.get(item.scenario or "", {}), seed.as_json()) for seed in proved[item.id].seeds
        )
        for item in course.items
        if item.id in proved
    }
    return Desk(course, written, variants, world(course, today))


def world(course: Course, today: date) -> LintWorld:
    """What the linter knows of a course on a day."""
    return LintWorld(
        facts=course.facts,
        scenarios=course.world.scenarios,
        terms=course.terms,
        related=_related(course),
        today=today,
    )


def _related(course: Course) -> set[frozenset[str]]:
    """Facts that one row, clue (with its rivals) or scenario names together."""
    clues = {clue.id: {clue.fact, *clue.rests_on} for clue in course.clues}
    pairs = (clues[clue.id] | clues.get(rival, set()) for clue in course.clues for rival in clue.rivals)
    groups = [*(row.facts for row in course.rows), *clues.values(), *pairs]
    return {frozenset(group) for group in [*groups, *(scenario.facts for scenario in course.scenarios.values())]}


def items_named(course: Course, names: Sequence[str]) -> tuple[set[str], list[str]]:
    """Ids of the items that `names` mean (items, facts or topics, `lambda.` left out or not), and names that mean none."""
    ids = [item.id for item in course.items]
    meant = {name: {each for each in ids if _means(name, each)} for name in names}
    return set().union(*meant.values()), [name for name, found in meant.items() if not found]


def _means(name: str, item: str) -> bool:
    full = f"lambda.{name.removeprefix('lambda.')}"
    return item == full or item.startswith(f"{full}.")
