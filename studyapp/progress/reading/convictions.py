"""Wrong ideas: which are held, and which were given up.

An idea is held from the day on which an answer names it. It is given up once it was there to choose and was not chosen, at
least twice, on different days, all of them after the last day on which it was held.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from studyapp.memory.counting import Counts

GIVEN_UP_AFTER = 2
"""Days on which it was resisted."""


@dataclass(frozen=True, slots=True)
class Conviction:
    """`held`: how often. `since`: the days on which it was resisted after `last`, in order; `resisted`: how often on those."""

    belief: str
    held: int
    first: date
    last: date
    resisted: int
    since: tuple[date, ...]

    @property
    def is_given_up(self) -> bool:
        return len(self.since) >= GIVEN_UP_AFTER

    @property
    def given_up_on(self) -> date | None:
        return self.since[GIVEN_UP_AFTER - 1] if self.is_given_up else None


def convictions(days: Mapping[date, Counts]) -> list[Conviction]:
    """Of each belief ever held: those still held first, and of these the latest first."""
    told: dict[str, list[tuple[date, int, int]]] = {}
    for on, counts in sorted(days.items()):
        for belief, (held, resisted) in counts.beliefs.items():
            told.setdefault(belief, []).append((on, held, resisted))
    found = [_conviction(belief, story) for belief, story in told.items() if any(held for _, held, _ in story)]
    return sorted(found, key=lambda each: (each.is_given_up, -each.last.toordinal(), -each.held, each.belief))


def _conviction(belief: str, story: list[tuple[date, int, int]]) -> Conviction:
    on_days = [on for on, held, _ in story if held]
    after = [(on, resisted) for on, _, resisted in story if on > on_days[-1] and resisted]
    return Conviction(
        belief=belief,
        held=sum(held for _, held, _ in story),
        first=on_days[0],
        last=on_days[-1],
        resisted=sum(resisted for _, resisted in after),
        since=tuple(on for on, _ in after),
    )
