"""Rules about many items together: near-duplicates, and habits of a whole bank that give keys away."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Final

from studyapp.questions.items import Item
from studyapp.questions.lint import words
from studyapp.questions.lint.chance import at_least, chi_square
from studyapp.questions.lint.finding import Finding, Rule, found, hdr
from studyapp.questions.lint.subject import ARRANGED, CHOICES, ECHOES, is_drawn
from studyapp.questions.numbers import in_order
from studyapp.questions.recall import ENDS
from studyapp.questions.variants import Variant, shuffled

ALIKE: Final = 0.8
UNLIKELY: Final = 0.01
FEWEST: Final = 40
"""Items below which a habit cannot be told from chance."""
NONCES: Final = tuple(f"lint-{number}" for number in range(8))

NEAR_DUPLICATE: Final = Rule(
    "near-duplicate",
    "W",
    "No two questions are worded alike; what a fact asks in several ways is one.",
    hdr("3", "4"),
    "bank",
)
KEY_POSITION: Final = Rule(
    "key-position", "W", "Over the bank the key stands in each place equally often.", hdr("20"), "bank"
)
KEY_LENGTH: Final = Rule(
    "key-length",
    "W",
    "Over the bank the key is the longest option no more often than chance would have it.",
    hdr("24", "28d"),
    "bank",
)
RULES: Final = (NEAR_DUPLICATE, KEY_POSITION, KEY_LENGTH)


def findings(items: Sequence[Item], variants: Mapping[str, Sequence[Variant]]) -> Iterator[Finding]:
    """What is found of all `items`, of which those in `variants` were drawn."""
    one_each = [_one(variants[item.id]) for item in items if item.kind in CHOICES and variants.get(item.id)]
    yield from _near_duplicates(items)
    yield from _places(one_each)
    yield from _lengths(one_each)


def _one(variants: Sequence[Variant]) -> Variant:
    """One variant of an item, always the same, and not always that of the wrong answers that were thought of first."""
    return variants[int(sha256(variants[0].item.encode()).hexdigest(), 16) % len(variants)]


def _near_duplicates(items: Sequence[Item]) -> Iterator[Finding]:
    asked = [item for item in items if not is_drawn(item, ECHOES)]
    runs = {item.id: words.shingles(_wording(item)) for item in asked}
    where: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for item in asked:
        shared = Counter(other for run in runs[item.id] for other in where[run])
        for other, common in shared.items():
            likeness = common / (len(runs[item.id]) + len(runs[other]) - common)
            if likeness > ALIKE and _origin(item.id) != _origin(other):
                yield found(
                    NEAR_DUPLICATE, item.id, f"is worded like {other}: {likeness:.0%} of its runs of words are the same"
                )
        for run in runs[item.id]:
            where[run].append(item.id)


def _wording(item: Item) -> str:
    """The stem, and the lines below it where the stem only says what to do with them."""
    lines = [option.text for option in item.options] if item.kind in ARRANGED else []
    return " ".join([item.stem, *lines])


def _origin(item_id: str) -> str:
    """The fact from which an item is drawn; otherwise the item."""
    stem, _, end = item_id.rpartition(".")
    return stem if end in ENDS else item_id


def _places(variants: Sequence[Variant]) -> Iterator[Finding]:
    """Shuffled options by lot, sorted numbers by what their authors chose: each number of options apart."""
    counts: dict[tuple[bool, int], Counter[int]] = defaultdict(Counter)
    for variant in variants:
        is_sorted = in_order([option.text for option in variant.options]) is not None
        for nonce in NONCES[: 1 if is_sorted else None]:
            order = shuffled(variant, nonce)
            counts[is_sorted, len(order)].update(order.index(key) for key in variant.key)
    for (is_sorted, options), places in sorted(counts.items()):
        each = [places[place] for place in range(options)]
        if sum(each) >= FEWEST and chi_square(each) < UNLIKELY:
            kind = "sorted" if is_sorted else "shuffled"
            yield found(KEY_POSITION, "", f"of {options} {kind} options the key is {_listed(each)}")


def _listed(counts: Sequence[int]) -> str:
    names = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")
    return ", ".join(f"{name} {count} times" for name, count in zip(names, counts, strict=False))


def _lengths(variants: Sequence[Variant]) -> Iterator[Finding]:
    longest, chances = 0, []
    for variant in variants:
        if variant.choose != 1 or in_order([option.text for option in variant.options]) is not None:
            continue
        lengths = {option.id: len(option.text) for option in variant.options}
        most = max(lengths.values())
        longest += {option for option, length in lengths.items() if length == most} == variant.key
        chances.append(1 / len(lengths))
    if len(chances) >= FEWEST and at_least(longest, chances) < UNLIKELY:
        says = (
            f"the key is the longest option of {longest} of {len(chances)}; by chance it would be of {sum(chances):.0f}"
        )
        yield found(KEY_LENGTH, "", says)
