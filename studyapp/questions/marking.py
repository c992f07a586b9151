"""Marking a response against the key of the variant that was shown."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from studyapp.questions.variants import Variant


class BadResponse(ValueError):
    """A response that cannot be marked; the text says what to do instead."""


class UnknownOption(BadResponse):
    """The response holds an id that was not among the options shown."""


class WrongCount(BadResponse):
    """The response holds more or fewer options than the item asks for."""


@dataclass(frozen=True, slots=True)
class Mark:
    """`fraction` is the share of the key that was chosen, 0.0 to 1.0."""

    fraction: float
    is_right: bool


def mark(variant: Variant, response: Collection[str]) -> Mark:
    """Mark the option ids in `response`; naming one twice counts once.

    Raises UnknownOption or WrongCount.
    """
    chosen = frozenset(response)
    if not chosen <= {option.id for option in variant.options}:
        raise UnknownOption("That option is not part of this question. Choose from the options shown.")
    if len(chosen) != variant.choose:
        raise WrongCount(
            f"Choose {variant.choose} option{'' if variant.choose == 1 else 's'}; you chose {len(chosen)}."
        )
    fraction = len(chosen & variant.key) / len(variant.key)
    return Mark(fraction, is_right=chosen == variant.key)
