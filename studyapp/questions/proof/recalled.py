"""The variants of an item that is drawn without a run: what was authored, and of many wrong answers each choice of three."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from studyapp.questions.items import Item
from studyapp.questions.proof.choosing import place_of_key
from studyapp.questions.proof.judges import Face, places
from studyapp.questions.proof.result import ProvedSeed
from studyapp.questions.variants import PAIRED, answer_id

WRONG_SHOWN = 3
ENDS = (0, WRONG_SHOWN)


def variants(item: Item, most: int) -> Iterator[ProvedSeed]:
    """At most `most` proved seeds, each a variant of its own."""
    faces = _choices(item) if item.kind == "recall" else [_whole(item)]
    for seed, face in enumerate(faces[:most], start=1):
        yield ProvedSeed(seed, {}, face.texts, face.key, item.other_key)


def _choices(item: Item) -> list[Face]:
    """The key with each choice of three wrong answers.

    Numbers are shown in ascending order, and authors like to put wrong ones on both sides of the key, so that a guesser does
    well with a number in the middle. Where the key can stand at an end it does, at each end as often.
    """
    wrong = [option for option in item.options if not option.is_key]
    by_place: dict[int, list[Face]] = defaultdict(list)
    for chosen in combinations(wrong, min(WRONG_SHOWN, len(wrong))):
        texts = {option.id: option.text for option in item.options if option.is_key or option in chosen}
        face = Face(texts, _keys(item))
        by_place[place_of_key(face)].append(face)
    kept = [by_place[place] for place in ENDS if place in by_place] or list(by_place.values())
    fewest = min(map(len, kept))
    return [face for turn in zip(*(faces[:fewest] for faces in kept), strict=True) for face in turn]


def _whole(item: Item) -> Face:
    return Face({option.id: option.text for option in item.options}, _keys(item))


def _keys(item: Item) -> tuple[str, ...]:
    if item.kind == "ordering":
        return places(item)
    if item.kind in PAIRED:
        return tuple(f"{option.id}={answer_id(item.id, str(option.answer))}" for option in item.options)
    return tuple(option.id for option in item.options if option.is_key)
