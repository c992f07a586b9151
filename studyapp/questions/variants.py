"""A variant: an item as one proved seed shows it, and the order in which its options are shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

from studyapp.questions.bodies import read_item
from studyapp.questions.filling import filled, resolved, value_at
from studyapp.questions.items import Item, Kind, Option, View
from studyapp.questions.numbers import in_order
from studyapp.questions.typed import unit_of

PAIRED: frozenset[Kind] = frozenset({"matching", "contrast"})
ARRANGED: frozenset[Kind] = PAIRED | {"ordering"}


class UnprovedSeed(KeyError):
    """A seed that is not among an item's proved seeds."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One option, line or step as a student reads it. `answer` is what belongs to a line of a matching or contrast item."""

    id: str
    text: str
    why: str
    belief: str | None = None
    change: Mapping[str, object] | None = None
    answer: str | None = None
    fact: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What may be matched to a line."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Variant:
    """An item drawn with a proved seed. `options` are in authored order, `draw` the values of the parameters that the stem
    shows.

    `key` is what a right response holds (see `marking`); of a numeric item the id of the option that is right. `answers`
    are what lines are matched to, in the order to show. `unit` is what a typed number is asked for in. `other` is the key
    in words that the other `view` would have.
    """

    item: str
    kind: Kind
    seed: int
    stem: str
    options: tuple[Shown, ...]
    key: frozenset[str]
    choose: int
    draw: Mapping[str, object]
    answers: tuple[Answer, ...] = ()
    unit: str = ""
    tolerance: str | None = None
    view: View | None = None
    other: str | None = None

    @property
    def key_text(self) -> str:
        """The right answer in words, for kinds that have options."""
        return " and ".join(option.text for option in self.options if option.id in self.key)


def variant(body: Mapping[str, Any], seed: int) -> Variant:
    """The variant of a revision's body (`item`, `scenario`, `seeds`) that `seed` names.

    Raises UnprovedSeed if the seed is not proved.
    """
    proved = next((proved for proved in body["seeds"] if proved["seed"] == seed), None)
    if proved is None:
        raise UnprovedSeed(f"{body['item']['id']} has no proved seed {seed}")
    return drawn(read_item(body["item"]), body.get("scenario") or {}, proved)


def drawn(item: Item, scenario: Mapping[str, object], proved: Mapping[str, Any]) -> Variant:
    """The variant of `item` that a proved seed (`seed`, `draw`, `values`, `key`, perhaps `other`) shows."""
    draw: Mapping[str, object] = proved["draw"]
    by_path = {resolved(path, scenario): value for path, value in draw.items()}

    def value_of(path: str) -> object:
        full = resolved(path, scenario)
        return by_path[full] if full in by_path else value_at(full, scenario)

    texts: Mapping[str, str] = proved["values"]
    options = tuple(_shown(option, texts[option.id], value_of) for option in item.options if option.id in texts)
    there = Variant(
        item=item.id,
        kind=item.kind,
        seed=proved["seed"],
        stem=filled(item.stem, value_of),
        options=options,
        key=frozenset(proved["key"]),
        choose=item.choose,
        draw=dict(draw),
        answers=_in_order(tuple(Answer(answer_id(item.id, text), text) for text in item.answers)),
        tolerance=item.tolerance,
        view=item.view,
        other=proved.get("other"),
    )
    return replace(there, unit=_unit(item, there.key_text)) if item.kind == "numeric" else there


def _unit(item: Item, key: str) -> str:
    """What a number is asked for in. A time of a run is asked for in seconds even where it comes to whole minutes: 3 min 9 s
    at one draw is 4 min at the next, and the stem is the same."""
    unit = unit_of(key)
    return "s" if item.asks and unit in ("min", "h") else unit


def answer_id(item_id: str, text: str) -> str:
    """The id of a text that lines are matched to: eight hexadecimal digits."""
    return sha256(f"{item_id}={text}".encode()).hexdigest()[:8]


def shuffled(variant: Variant, nonce: str) -> tuple[str, ...]:
    """Option ids in the order to show: numbers ascend, self-marks stay as they are, the rest is shuffled by `nonce`."""
    if variant.kind == "reveal":
        return tuple(option.id for option in variant.options)
    ascending = None if variant.kind in ARRANGED else _ascending(variant.options)
    if ascending is not None:
        return tuple(option.id for option in ascending)
    showing = f"{variant.item}/{variant.seed}/{nonce}"
    lots = {option.id: sha256(f"{showing}/{option.id}".encode()).digest() for option in variant.options}
    return tuple(sorted(lots, key=lots.__getitem__))


def _ascending(options: Sequence[Shown]) -> list[Shown] | None:
    """The options by what they are worth, if each is one number, or differs from the others in one number alone."""
    worths = in_order([option.text for option in options])
    if worths is None:
        return None
    placed = sorted(zip(worths, options, strict=True), key=lambda pair: (pair[0], pair[1].id))
    return [option for _, option in placed]


def _in_order(answers: tuple[Answer, ...]) -> tuple[Answer, ...]:
    """Numbers ascend; words by the alphabet, so that their places give nothing away."""
    worths = in_order([answer.text for answer in answers])
    if worths is None:
        return tuple(sorted(answers, key=lambda answer: answer.text.casefold()))
    placed = sorted(zip(worths, answers, strict=True), key=lambda pair: (pair[0], pair[1].id))
    return tuple(answer for _, answer in placed)


def _shown(option: Option, text: str, value_of: Callable[[str], object]) -> Shown:
    return Shown(
        option.id,
        filled(text, value_of),
        filled(option.why, value_of),
        option.belief,
        option.change,
        option.answer,
        option.fact,
    )
