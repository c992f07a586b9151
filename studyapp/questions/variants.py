"""A variant: an item as one proved seed shows it, and the order in which its options are shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from studyapp.questions.bodies import read_item
from studyapp.questions.filling import filled, resolved, value_at
from studyapp.questions.items import Item, Kind, Option
from studyapp.questions.numbers import number_in


class UnprovedSeed(KeyError):
    """A seed that is not among an item's proved seeds."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One option as a student reads it."""

    id: str
    text: str
    why: str
    belief: str | None = None
    change: Mapping[str, object] | None = None


@dataclass(frozen=True, slots=True)
class Variant:
    """An item drawn with a proved seed. `options` are in authored order, `key` the ids of the right ones, `draw` the
    values of the parameters that the stem shows."""

    item: str
    kind: Kind
    seed: int
    stem: str
    options: tuple[Shown, ...]
    key: frozenset[str]
    choose: int
    draw: Mapping[str, object]


def variant(body: Mapping[str, Any], seed: int) -> Variant:
    """The variant of a revision's body (`item`, `scenario`, `seeds`) that `seed` names.

    Raises UnprovedSeed if the seed is not proved.
    """
    proved = next((proved for proved in body["seeds"] if proved["seed"] == seed), None)
    if proved is None:
        raise UnprovedSeed(f"{body['item']['id']} has no proved seed {seed}")
    return drawn(read_item(body["item"]), body.get("scenario") or {}, proved)


def drawn(item: Item, scenario: Mapping[str, object], proved: Mapping[str, Any]) -> Variant:
    """The variant of `item` that a proved seed (`seed`, `draw`, `values`, `key`) shows."""
    draw: Mapping[str, object] = proved["draw"]
    by_path = {resolved(path, scenario): value for path, value in draw.items()}

    def value_of(path: str) -> object:
        full = resolved(path, scenario)
        return by_path[full] if full in by_path else value_at(full, scenario)

    texts: Mapping[str, str] = proved["values"]
    options = tuple(_shown(option, texts[option.id], value_of) for option in item.options if option.id in texts)
    return Variant(
        item=item.id,
        kind=item.kind,
        seed=proved["seed"],
        stem=filled(item.stem, value_of),
        options=options,
        key=frozenset(proved["key"]),
        choose=item.choose,
        draw=dict(draw),
    )


def shuffled(variant: Variant, nonce: str) -> tuple[str, ...]:
    """Option ids in the order to show: numbers ascend, anything else is shuffled by `nonce`."""
    numbers = [number_in(option.text) for option in variant.options]
    if None not in numbers:
        ascending = sorted(zip(numbers, variant.options, strict=True), key=lambda pair: (pair[0], pair[1].id))
        return tuple(option.id for _, option in ascending)
    showing = f"{variant.item}/{variant.seed}/{nonce}"
    lots = {option.id: sha256(f"{showing}/{option.id}".encode()).digest() for option in variant.options}
    return tuple(sorted(lots, key=lots.__getitem__))


def _shown(option: Option, text: str, value_of: Callable[[str], object]) -> Shown:
    return Shown(option.id, filled(text, value_of), filled(option.why, value_of), option.belief, option.change)
