"""Marking a response against the key of the variant that was shown.

A response is a list of texts: ids of the options chosen; `<option>=<answer>` for each pair of a matching or contrast
item; `<place>:<option>`, places counted from 1, for each step of an ordering item; the number as typed for a numeric
item; the one self-mark of a reveal item.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from studyapp.questions.typed import BadNumber, is_within, typed
from studyapp.questions.variants import PAIRED, Shown, Variant


class BadResponse(ValueError):
    """A response that cannot be marked; the text says what to do instead."""


class UnknownOption(BadResponse):
    """The response holds something that was not among what was shown."""


class WrongCount(BadResponse):
    """The response holds more or fewer options than the item asks for."""


class Unreadable(BadResponse):
    """A typed answer that is no number, or has another unit."""


@dataclass(frozen=True, slots=True)
class Mark:
    """`fraction` is the share of the key that was met, 0.0 to 1.0. `facts` says of each fact with a part of its own in the
    item (the pairs of a matching item) whether that part is right; empty for other kinds."""

    fraction: float
    is_right: bool
    facts: Mapping[str, bool] = field(default_factory=dict)


def mark(variant: Variant, response: Collection[str]) -> Mark:
    """Mark `response`; naming an option twice counts once.

    Raises UnknownOption, WrongCount or Unreadable.
    """
    if variant.kind == "numeric":
        return _mark_number(variant, response)
    given = frozenset(response)
    check = {**dict.fromkeys(PAIRED, _check_pairs), "ordering": _check_places}.get(variant.kind, _check_choice)
    check(variant, given)
    return Mark(len(given & variant.key) / len(variant.key), given == variant.key, _by_fact(variant, given))


def slip(variant: Variant, response: Collection[str]) -> Shown | None:
    """The wrong option of a numeric item whose number was typed, if it was one of them: its reason is the feedback."""
    if variant.kind != "numeric" or len(response) != 1:
        return None
    given = _number(variant, next(iter(response)))
    wrong = (option for option in variant.options if option.id not in variant.key)
    return next((option for option in wrong if is_within(given, option.text, variant.tolerance)), None)


def _check_choice(variant: Variant, chosen: frozenset[str]) -> None:
    if not chosen <= {option.id for option in variant.options}:
        raise UnknownOption("That option is not part of this question. Choose from the options shown.")
    if len(chosen) != variant.choose:
        raise WrongCount(
            f"Choose {variant.choose} option{'' if variant.choose == 1 else 's'}; you chose {len(chosen)}."
        )


def _check_pairs(variant: Variant, pairs: frozenset[str]) -> None:
    answers = {answer.id for answer in variant.answers}
    split = [pair.partition("=") for pair in pairs]
    _check_options(variant, [option for option, _, _ in split])
    if not {answer for _, _, answer in split} <= answers:
        raise UnknownOption("That answer is not part of this question. Choose from the answers shown.")


def _check_places(variant: Variant, placed: frozenset[str]) -> None:
    split = [each.partition(":") for each in placed]
    _check_options(variant, [option for _, _, option in split])
    places = Counter(place for place, _, _ in split)
    wanted = {str(place) for place in range(1, len(variant.options) + 1)}
    if not places.keys() <= wanted:
        raise UnknownOption(f"Places go from 1 to {len(variant.options)}.")
    if twice := [place for place, count in places.items() if count > 1]:
        raise WrongCount(f"Each place can be given once; place {min(twice)} is given {places[min(twice)]} times.")


def _check_options(variant: Variant, options: list[str]) -> None:
    """Each option of the variant once."""
    known = {option.id for option in variant.options}
    if not set(options) <= known:
        raise UnknownOption("That line is not part of this question. Answer the lines shown.")
    if open_ := len(known - set(options)):
        raise WrongCount(f"Answer every line; {open_} of {len(known)} {'is' if open_ == 1 else 'are'} still open.")
    if len(options) > len(known):
        raise WrongCount("Answer each line once.")


def _by_fact(variant: Variant, given: frozenset[str]) -> dict[str, bool]:
    if variant.kind not in PAIRED:
        return {}
    facts: dict[str, bool] = {}
    right = {pair.partition("=")[0] for pair in given & variant.key}
    for option in variant.options:
        if option.fact:
            facts[option.fact] = facts.get(option.fact, True) and option.id in right
    return facts


def _mark_number(variant: Variant, response: Collection[str]) -> Mark:
    if len(response) != 1:
        raise WrongCount("Write one number, then answer.")
    given = _number(variant, next(iter(response)))
    is_right = is_within(given, variant.key_text, variant.tolerance)
    return Mark(float(is_right), is_right)


def _number(variant: Variant, text: str) -> str:
    """The typed number with its unit, as `is_within` reads it."""
    try:
        return typed(text, variant.unit)
    except BadNumber as error:
        raise Unreadable(str(error)) from None
