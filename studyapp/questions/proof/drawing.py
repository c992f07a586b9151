"""The draws of an item: every combination of the values that its stem shows, each with seeds of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import product
from math import ceil

from studyapp.questions.filling import shown
from studyapp.questions.items import Item
from studyapp.questions.proof.moves import Setting
from studyapp.questions.proof.runs import has_chance
from studyapp.simulator.scenario import patch, read

MOST_DRAWS = 64
FEWEST_SEEDS_A_DRAW = 3
FIRST_SEED = 1


@dataclass(frozen=True)
class Draw:
    """One choice of the drawn values: the scenario with them, and the seeds that run it."""

    values: Mapping[str, object]
    setting: Setting
    seeds: tuple[int, ...]

    @property
    def says(self) -> str:
        """To follow a key in a sentence; empty for an item that draws nothing."""
        return "".join(f" with {path} at {shown(value)}" for path, value in self.values.items())


def draws(item: Item, setting: Setting, seeds: int) -> list[Draw]:
    """At most `seeds` and MOST_DRAWS draws, evenly chosen, with about `seeds` seeds between them; one seed each without chance.

    Raises ScenarioError for a drawn value that is out of bounds.
    """
    every = [dict(zip(item.draw, values, strict=True)) for values in product(*item.draw.values())]
    count = min(len(every), max(seeds, FEWEST_SEEDS_A_DRAW), MOST_DRAWS)
    kept = [every[place * len(every) // count] for place in range(count)]
    return [_draw(values, place, count, setting, seeds) for place, values in enumerate(kept)]


def _draw(values: Mapping[str, object], place: int, count: int, setting: Setting, seeds: int) -> Draw:
    there = replace(setting, body=patch(setting.body, values))
    is_by_lot = has_chance(read(there.body, there.rulebook))
    turns = max(FEWEST_SEEDS_A_DRAW, ceil(seeds / count)) if is_by_lot else 1
    return Draw(values, there, tuple(FIRST_SEED + place + turn * count for turn in range(turns)))
