"""Proving many items, two at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial

from studyapp.questions.items import Item
from studyapp.questions.proof import Proof, Refused, World, prove

PROCESSES = 2


@dataclass(frozen=True, slots=True)
class Refusal:
    """An item that was refused, and why."""

    item: str
    problems: tuple[str, ...]


def prove_all(
    items: Sequence[Item], world: World, seeds: int, *, processes: int = PROCESSES
) -> Iterator[Proof | Refusal]:
    """Each item's proof or refusal, in the order of the items, as soon as it and those before it are done."""
    proved = partial(_proved, world=world, seeds=seeds)
    if min(processes, len(items)) < 2:
        yield from map(proved, items)
        return
    with ProcessPoolExecutor(max_workers=processes) as pool:
        yield from pool.map(proved, items)


def _proved(item: Item, world: World, seeds: int) -> Proof | Refusal:
    try:
        return prove(item, world, seeds)
    except Refused as refused:  # it cannot travel between processes: its arguments are not its text
        return Refusal(refused.item_id, refused.problems)
