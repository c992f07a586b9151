"""How much the bank of questions holds: kinds, generators, and what is asked too seldom."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from studyapp.content.course import Course
from studyapp.questions.items import KINDS, Item
from studyapp.questions.proof import Proof

FEWEST_VARIANTS = 10
"""From how many proved draws an item is a generator: a student who meets it weekly sees new numbers for months."""
FEWEST_KINDS = 2
FEWEST_FOR_A_CLUE = 2
UNMARKED = "reveal"
FOR_A_CLUE = frozenset({"fix", "predict", "numeric", "authored"})
"""Kinds that put a clue into a setting; authored ones where it is a matter of choice and not of mechanism."""


@dataclass(frozen=True)
class Bank:
    """The items of a course, with those proofs that there are."""

    course: Course
    proofs: Mapping[str, Proof]

    @cached_property
    def kinds(self) -> Mapping[str, int]:
        """How many items there are of each kind, in the order of `KINDS`."""
        counts = Counter(item.kind for item in self.course.items)
        return {kind: counts[kind] for kind in KINDS}

    @cached_property
    def generators(self) -> Mapping[str, int]:
        """Items that draw their numbers anew, each with its number of proved draws, at least FEWEST_VARIANTS."""
        drawing = (item.id for item in self.course.items if item.draw and item.id in self.proofs)
        counts = {name: len({repr(seed.draw) for seed in self.proofs[name].seeds}) for name in drawing}
        return {name: count for name, count in counts.items() if count >= FEWEST_VARIANTS}

    @cached_property
    def facts_in_one_kind(self) -> tuple[str, ...]:
        """Facts that fewer than FEWEST_KINDS kinds of marked items ask for."""
        kinds: dict[str, set[str]] = defaultdict(set)
        for item in self.course.items:
            if item.kind != UNMARKED:
                for fact in item.facts:
                    kinds[fact].add(item.kind)
        return tuple(name for name in self.course.facts if len(kinds[name]) < FEWEST_KINDS)

    @cached_property
    def clues_short(self) -> tuple[str, ...]:
        """Clues with fewer than FEWEST_FOR_A_CLUE items that put them into a setting."""
        counts = Counter(item.clue for item in self._for_clues())
        return tuple(clue.id for clue in self.course.clues if counts[clue.id] < FEWEST_FOR_A_CLUE)

    @property
    def numbers(self) -> Mapping[str, int]:
        """Counts by name."""
        course = self.course
        return {
            **{f"items_{kind}": count for kind, count in self.kinds.items()},
            "items_choose_two": sum(item.choose == 2 for item in course.items),
            "items_asking_for_a_view": sum(item.view is not None for item in course.items),
            "generators": len(self.generators),
            "facts_in_two_kinds": len(course.facts) - len(self.facts_in_one_kind),
            "clues_in_two_settings": len(course.clues) - len(self.clues_short),
        }

    def _for_clues(self) -> Iterator[Item]:
        return (item for item in self.course.items if item.clue and item.kind in FOR_A_CLUE)
