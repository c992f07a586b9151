"""How far the course reaches: for each row of the reference tables its facts, the scenarios that show it, what they claim and
the items that ask for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from studyapp.content.counting import Bank
from studyapp.content.course import Course
from studyapp.content.schema.scenarios import Scenario
from studyapp.content.schema.tables import Row
from studyapp.questions.items import Item
from studyapp.questions.proof import Proof
from studyapp.simulator import read, simulate
from studyapp.simulator.claims import Claim


@dataclass(frozen=True, slots=True)
class Shown:
    """A scenario that names the row, with those of its claims that hold and those that do not."""

    scenario: str
    claims: tuple[str, ...]
    broken: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Covered:
    """What there is for one row."""

    row: Row
    facts: tuple[str, ...]
    unsourced: tuple[str, ...]
    shown: tuple[Shown, ...]
    items: tuple[str, ...]

    @property
    def is_taught(self) -> bool:
        return bool(self.facts)

    @property
    def is_sourced(self) -> bool:
        return bool(self.facts) and not self.unsourced

    @property
    def is_simulated(self) -> bool:
        """A scenario shows it, and all that such scenarios claim is so."""
        return any(each.claims for each in self.shown) and not any(each.broken for each in self.shown)

    @property
    def is_asked(self) -> bool:
        return bool(self.items)

    @property
    def empty(self) -> tuple[str, ...]:
        """What is missing, in words."""
        broken = [claim for each in self.shown for claim in each.broken]
        cells = {
            "no fact": self.is_taught,
            f"no source for {', '.join(self.unsourced) or 'its facts'}": self.is_sourced,
            f"a claim that does not hold: {'; '.join(broken)}"
            if broken
            else "no scenario with a claim": self.is_simulated,
            "no item": self.is_asked,
        }
        return tuple(says for says, is_there in cells.items() if not is_there)


@dataclass(frozen=True)
class Coverage:
    """All rows, in order, and how much there is of everything."""

    course: Course
    rows: tuple[Covered, ...]
    bank: Bank

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """Counts by name."""
        course = self.course
        return {
            "rows": len(self.rows),
            "rows_taught": sum(row.is_taught for row in self.rows),
            "rows_sourced": sum(row.is_sourced for row in self.rows),
            "rows_simulated": sum(row.is_simulated for row in self.rows),
            "rows_asked": sum(row.is_asked for row in self.rows),
            "facts": len(course.facts),
            "clues": len(course.clues),
            "beliefs": len(course.beliefs),
            "beliefs_executable": sum(belief.is_executable for belief in course.beliefs.values()),
            "scenarios": len(course.scenarios),
            "claims": sum(len(each.claims) for each in course.scenarios.values()),
            "contrasts": sum(len(each.contrasts) for each in course.scenarios.values()),
            "items": len(course.items),
            "items_simulated": sum(item.scenario is not None for item in course.items),
            **self.bank.numbers,
        }

    @property
    def empty(self) -> Sequence[tuple[Row, tuple[str, ...]]]:
        """The rows that lack something, each with what it lacks."""
        return [(row.row, row.empty) for row in self.rows if row.empty]


def coverage(course: Course, proofs: Mapping[str, Proof]) -> Coverage:
    """Simulates every scenario that names a row, once. `proofs` as far as there are any."""
    shown = {name: _shown(name, each) for name, each in course.scenarios.items() if each.rows}
    return Coverage(course, tuple(_covered(row, course, shown) for row in course.rows), Bank(course, proofs))


def _shown(name: str, scenario: Scenario) -> Shown:
    outcome = simulate(read(scenario.body()))
    holding = {claim: Claim.parse(claim).holds(outcome) for claim in scenario.claims}
    return Shown(
        name,
        tuple(claim for claim, ok in holding.items() if ok),
        tuple(claim for claim, ok in holding.items() if not ok),
    )


def _covered(row: Row, course: Course, shown: Mapping[str, Shown]) -> Covered:
    there = [name for name in row.facts if name in course.facts]
    return Covered(
        row=row,
        facts=tuple(there),
        unsourced=tuple(name for name in there if not course.facts[name].source.url),
        shown=tuple(shown[name] for name, each in course.scenarios.items() if row.row in each.rows),
        items=tuple(item.id for item in _asking(course.items, frozenset(there))),
    )


def _asking(items: Sequence[Item], facts: frozenset[str]) -> Iterator[Item]:
    """Items of which one of the facts is the first, the memory that they move."""
    return (item for item in items if item.facts and item.facts[0] in facts)
