"""Which questions a sitting asks, and in which order. Pure: the same candidates, history and key, the same paper.

A variant is an item and a proved seed. What a student has not met in a mock comes first, then what they have not met in
drills either; a variant comes again only when a section has no other left.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from random import Random

NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Candidate:
    """An item that a mock may ask. `fact` is the memory that it moves; `clue` the exam's phrase that it is about, if any."""

    item: int
    section: int
    fact: int
    clue: int | None
    revision: int
    choose: int
    seeds: tuple[int, ...]


@dataclass(frozen=True)
class History:
    """What this student has met: when each variant was last in a mock, and each item last answered elsewhere; and how often
    each item was in anybody's mock of late."""

    mocks: Mapping[tuple[int, int], datetime] = field(default_factory=dict)
    drills: Mapping[int, datetime] = field(default_factory=dict)
    shown: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Picked:
    """`is_again`: this very variant was in an earlier mock of this student."""

    candidate: Candidate
    seed: int
    is_again: bool = False


def pick(candidates: Iterable[Candidate], wanted: Mapping[int, int], history: History, key: str) -> list[Picked]:
    """As many questions of each section as `wanted` says, no two on one fact, no neighbours on one clue.

    Fewer where a section has not as many facts.
    """
    lot = Random(f"{key}/picking")  # noqa: S311 - no secret hangs on it
    ranked = sorted(candidates, key=lambda each: (*_worth(each, history), lot.random()))
    facts, picked = set[int](), list[Picked]()
    open_ = dict(wanted)
    for each in ranked:
        if open_.get(each.section, 0) and each.fact not in facts:
            open_[each.section] -= 1
            facts.add(each.fact)
            picked.append(_drawn(each, history, lot))
    lot.shuffle(picked)
    return _apart(picked)


def _worth(candidate: Candidate, history: History) -> tuple[bool, datetime, datetime, int]:
    """The less, the sooner: a variant is left; longest ago in a mock, never first of all; likewise elsewhere; shown seldom."""
    mocks = [history.mocks[variant] for variant in _variants(candidate) if variant in history.mocks]
    elsewhere = history.drills.get(candidate.item, NEVER)
    is_spent = len(mocks) == len(candidate.seeds)
    return is_spent, max(mocks, default=NEVER), elsewhere, history.shown.get(candidate.item, 0)


def _drawn(candidate: Candidate, history: History, lot: Random) -> Picked:
    """A seed that was in no mock of this student; when all were, the one longest ago."""
    fresh = [seed for item, seed in _variants(candidate) if (item, seed) not in history.mocks]
    if fresh:
        return Picked(candidate, lot.choice(fresh))
    oldest = min(candidate.seeds, key=lambda seed: history.mocks[candidate.item, seed])
    return Picked(candidate, oldest, is_again=True)


def _variants(candidate: Candidate) -> list[tuple[int, int]]:
    return [(candidate.item, seed) for seed in candidate.seeds]


def _apart(picked: Sequence[Picked]) -> list[Picked]:
    """The same questions, in their order as far as no two neighbours are of one clue, if that can be."""
    rest, placed = list(picked), list[Picked]()
    while rest:
        last = placed[-1].candidate.clue if placed else None
        placed.append(rest.pop(_next(rest, last)))
    return placed


def _next(rest: Sequence[Picked], last: int | None) -> int:
    """The first of another clue than `last`; of one that more than half of the rest are of, if there is one: it has to come
    every second time from now on."""
    clues = [each.candidate.clue for each in rest]
    allowed = [index for index, clue in enumerate(clues) if clue is None or clue != last]
    pressing = [index for index in allowed if clues[index] in _crowded(clues)]
    return next(iter(pressing or allowed), 0)


def _crowded(clues: Collection[int | None]) -> set[int]:
    counts: dict[int, int] = {}
    for clue in clues:
        if clue is not None:
            counts[clue] = counts.get(clue, 0) + 1
    return {clue for clue, count in counts.items() if 2 * count > len(clues)}
