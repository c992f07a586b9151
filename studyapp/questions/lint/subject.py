"""An item as the linter reads it: its words, and the sets of options that a student may be shown."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from studyapp.questions.items import Item, Kind
from studyapp.questions.lint import words
from studyapp.questions.lint.world import LintWorld
from studyapp.questions.numbers import in_order
from studyapp.questions.variants import Variant

CHOICES: Final[frozenset[Kind]] = frozenset({"recall", "fix", "predict", "authored"})
"""Kinds whose options are shown to choose from."""
ARRANGED: Final[frozenset[Kind]] = frozenset({"matching", "contrast", "ordering"})
"""Kinds whose lines stand below the stem, which may refer to them."""
ECHOES: Final = (".numeric", ".reveal")
"""Ends of the ids of questions that a fact asks in the words of its `.recall`."""
HEIRS: Final = (*ECHOES, ".recall-exam")
"""Ends of the ids of those that take the waivers of their fact's `.recall`, whether they need them or not."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Options as a student sees them together: what is right, and what is not."""

    keys: tuple[str, ...]
    wrong: tuple[str, ...]

    @property
    def texts(self) -> tuple[str, ...]:
        return (*self.keys, *self.wrong)

    @property
    def is_of_numbers(self) -> bool:
        """Whether each option is one number, so that they are shown in ascending order."""
        return in_order(self.texts) is not None


@dataclass(frozen=True)
class Subject:
    """One item, its variants (none if it could not be proved), and the world."""

    item: Item
    variants: Sequence[Variant]
    world: LintWorld

    @cached_property
    def stem(self) -> str:
        """As the first variant shows it."""
        return self.variants[0].stem if self.variants else self.item.stem

    @cached_property
    def question(self) -> str:
        """The sentence that asks."""
        return words.question(self.stem)

    @cached_property
    def readings(self) -> tuple[Reading, ...]:
        """Each set of options once; none for kinds without options to choose from."""
        if self.item.kind not in CHOICES:
            return ()
        if not self.variants:
            return _written(self.item)
        return tuple(dict.fromkeys(map(_shown, self.variants)))

    @property
    def is_choice(self) -> bool:
        return self.item.kind in CHOICES

    @property
    def repeats(self) -> bool:
        """Whether its stem is that of another question, drawn from the same fact."""
        return is_drawn(self.item, ECHOES)

    def mostly(self, says: Callable[[Reading], str | None]) -> Iterator[str]:
        """What `says` of the first reading that it objects to, if it objects to at least half of them."""
        found = [text for text in map(says, self.readings) if text]
        if found and 2 * len(found) >= len(self.readings):
            yield found[0]


def is_drawn(item: Item, ends: Collection[str]) -> bool:
    """Whether an item is drawn from its fact and its id has one of these ends."""
    return bool(item.facts) and item.id in {f"{item.facts[0]}{end}" for end in ends}


def _shown(variant: Variant) -> Reading:
    return Reading(
        tuple(option.text for option in variant.options if option.id in variant.key),
        tuple(option.text for option in variant.options if option.id not in variant.key),
    )


def _written(item: Item) -> tuple[Reading, ...]:
    keys = tuple(option.text for option in item.options if option.is_key)
    wrong = tuple(option.text for option in item.options if not option.is_key)
    return (Reading(keys, wrong),) if keys and all((*keys, *wrong)) else ()
