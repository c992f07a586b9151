"""What would be recalled now, by group of facts, and when it falls below what is to be left.

The chance of recall is that of FSRS-6, in whole days of 24 hours as everywhere; a fact never met has none and counts 0.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from studyapp.progress.words import percent
from studyapp.scheduling.formulas import DEFAULT, LONGEST_DAYS
from studyapp.scheduling.fsrs6 import Memory

Memories = Mapping[str, Memory | None]
"""The memory of each fact of the course by its slug; None for a fact never met."""


@dataclass(frozen=True, slots=True)
class Recall:
    """Of a group of facts, now. Shares from 0 to 1.

    `share`: the mean chance of recall, facts never met counting 0; `met_share`: of those met alone, 0 if there are none.
    `below`: how many of those met have fallen below the retention. `falls_in`: in how many days the mean of those met does, if
    nothing is done; 0 if it has, None if none was met.
    """

    facts: int
    met: int
    share: float
    met_share: float
    below: int
    falls_in: int | None

    @property
    def percent(self) -> str:
        return percent(self.share)

    @property
    def met_percent(self) -> str:
        return percent(self.met_share)


def recall(memories: Iterable[Memory | None], now: datetime, retention: float) -> Recall:
    """Of one group of facts."""
    every = list(memories)
    held = [(max(0, (now - memory.reviewed_at).days), memory.stability) for memory in every if memory]
    chances = [DEFAULT.recall(days, stability) for days, stability in held]
    return Recall(
        facts=len(every),
        met=len(held),
        share=sum(chances) / len(every) if every else 0.0,
        met_share=sum(chances) / len(chances) if chances else 0.0,
        below=sum(chance < retention for chance in chances),
        falls_in=_falls_in(held, retention) if held else None,
    )


def of(slugs: Iterable[str], memories: Memories, now: datetime, retention: float) -> Recall:
    """Of the facts named, each once; those that the course does not have any more are left out."""
    return recall((memories[slug] for slug in dict.fromkeys(slugs) if slug in memories), now, retention)


def fading(memories: Memories, now: datetime, retention: float, most: int) -> list[tuple[str, float]]:
    """The facts met that have fallen below the retention, the lowest first, with their chance of recall."""
    held = ((slug, _chance(memory, now)) for slug, memory in memories.items() if memory)
    return sorted(((slug, share) for slug, share in held if share < retention), key=lambda each: each[1])[:most]


def _chance(memory: Memory, now: datetime) -> float:
    return DEFAULT.recall(max(0, (now - memory.reviewed_at).days), memory.stability)


def _falls_in(held: Sequence[tuple[int, float]], retention: float) -> int:
    """The first day on which the mean is below `retention`: it only ever falls, so it is looked for by doubling, then by halves."""
    least = retention * len(held)

    def is_below(days: int) -> bool:
        return sum(DEFAULT.recall(gone + days, stability) for gone, stability in held) < least

    high = 1
    while high < LONGEST_DAYS and not is_below(high - 1):
        high *= 2
    return bisect_left(range(min(high, LONGEST_DAYS)), True, lo=high // 2, key=is_below)
