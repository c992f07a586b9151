"""Which variants of a proved item are kept: no two alike, and the key's place among numbers as even as can be.

Options that are numbers are shown in ascending order, so that the key's place depends on which wrong values stand beside it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from studyapp.questions.items import Item
from studyapp.questions.numbers import in_order
from studyapp.questions.proof.drawing import Draw
from studyapp.questions.proof.judges import Face, Judge
from studyapp.questions.proof.moves import Setting
from studyapp.questions.proof.result import ProvedSeed
from studyapp.simulator.errors import ScenarioError
from studyapp.simulator.rulebook import Rulebook


def chosen(item: Item, judge: Judge, drawn: Iterable[Draw], other: Rulebook | None) -> tuple[ProvedSeed, ...]:
    """A proved seed for each draw and seed that can be shown, each variant once."""
    used: Counter[int] = Counter()
    seen: set[tuple[str, ...]] = set()
    return tuple(_each(item, judge, drawn, other, used, seen))


def _each(
    item: Item,
    judge: Judge,
    drawn: Iterable[Draw],
    other: Rulebook | None,
    used: Counter[int],
    seen: set[tuple[str, ...]],
) -> Iterator[ProvedSeed]:
    for draw in drawn:
        for seed in draw.seeds:
            faces = judge.shown(draw.setting, seed)
            if not faces:
                continue
            face = evenly(faces, used)
            looks = (repr(draw.values), *face.texts.values(), *face.key)
            if looks in seen:
                continue
            seen.add(looks)
            used[place_of_key(face)] += 1
            proved = ProvedSeed(seed, draw.values, face.texts, face.key)
            yield replace(proved, other=_other(judge, draw.setting, seed, other)) if item.kind != "ordering" else proved


def evenly(faces: Sequence[Face], used: Counter[int]) -> Face:
    """The first of those faces whose key stands where it has stood least often."""
    return min(faces, key=lambda face: used[place_of_key(face)])


def place_of_key(face: Face) -> int:
    """Where the key is among options in ascending order, from 0; -1 where options are shuffled or there are several keys."""
    worths = in_order(list(face.texts.values()))
    if worths is None or len(face.key) != 1:
        return -1
    placed = sorted(zip(worths, face.texts, strict=True))
    return [each for _, each in placed].index(face.key[0])


def view_problems(item: Item, proved: Sequence[ProvedSeed]) -> Iterator[str]:
    """An item whose key differs between the views must say which it means, and one whose key does not must not."""
    differing = next((seed for seed in proved if seed.other is not None), None)
    if differing is not None and item.view is None:
        yield (
            f"has another key by what the exam still expects, {differing.other}: say which is meant, view: now or view: exam"
        )
    if differing is None and item.view is not None:
        yield f"says view: {item.view}, and its key is the same by what AWS says now and by what the exam expects"


def _other(judge: Judge, setting: Setting, seed: int, other: Rulebook | None) -> str | None:
    """The key by the other view, in words, where it differs."""
    if other is None:
        return None
    try:
        there = judge.words(replace(setting, rulebook=other), seed)
    except ScenarioError:
        return "not possible"
    return None if there == judge.words(setting, seed) else there
