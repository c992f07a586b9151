"""A rule about items that are asked together, as in a mock exam: none of them tells another's answer.

What a question states before its answer is known is its stem, with the numbers drawn for it. It tells another's answer if
it states that one's key and speaks of the same thing: it rests on that one's fact, or holds most words of its stem.
A number counts with its unit. Without one it counts before a word of the other's question (`2 retries`), or in digits
where both ask for one fact.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from studyapp.facts.quantity import BadQuantity
from studyapp.questions.items import Item
from studyapp.questions.lint import words
from studyapp.questions.lint.finding import Finding, Rule, found, hdr
from studyapp.questions.numbers import number_in, unit_family, worths_in
from studyapp.questions.typed import unit_of
from studyapp.questions.variants import PAIRED, Variant

MOST: Final = 0.6
GIVES_AWAY: Final = Rule(
    "gives-away", "W", "Of questions asked together, none tells another's answer.", hdr("4"), "form"
)
Drawn = tuple[Item, Variant]
_AMOUNT = re.compile(r"(?<![\w.,])(\d[\d,]*(?:\.\d+)?|[a-z]+)[\s\u00a0-](?=([^\W\d_]+|%))", re.IGNORECASE)

_HOW_MANY = re.compile(r"\bhow many ((?:[^\s?]+[\s?]+){1,3})", re.IGNORECASE)


def gives_away(form: Sequence[Drawn]) -> list[Finding]:
    """What tells the answer of another question of the same form, in the order of the form, unless it is accepted."""
    tellers = (drawn for drawn in form if GIVES_AWAY.slug not in drawn[0].accepts)
    return [finding for teller in tellers for asked in form if teller is not asked for finding in _told(teller, asked)]


def _told(teller: Drawn, asked: Drawn) -> Iterator[Finding]:
    """The finding is of the item that tells."""
    item, variant = teller
    is_same = item.facts[:1] == asked[0].facts[:1]
    if is_same and item.stem == asked[0].stem:
        yield found(GIVES_AWAY, item.id, f"asks the same as {asked[0].id}")
        return
    key = _key(asked)
    is_about = bool(set(asked[0].facts[:1]) & set(item.facts)) or _overlaps(variant.stem, asked[1].stem)
    is_fact = is_same and asked[0].scenario is None
    is_told = (is_fact and _in_digits(variant.stem, key)) or (is_about and _states(variant.stem, key, asked[1].stem))
    if key and is_told and not _states(asked[1].stem, key, asked[1].stem):
        yield found(GIVES_AWAY, item.id, f"states “{key}”, the answer of {asked[0].id}")


def _key(drawn: Drawn) -> str:
    """The right answer in words, of kinds that have one."""
    item, variant = drawn
    if item.kind in PAIRED or item.kind == "ordering":
        return ""
    if item.kind == "reveal":
        return next((option.answer for option in item.options if option.answer), "")
    return variant.key_text


def _overlaps(teller: str, asked: str) -> bool:
    theirs = words.content(asked)
    return bool(theirs) and len(theirs & words.content(teller)) >= MOST * len(theirs)


def _in_digits(stem: str, key: str) -> bool:
    return (
        key[:1].isdigit()
        and re.search(rf"(?<![\w.,]){re.escape(key)}(?!\w|[.,]\d|\s?(?:%|m?s\b|min\b|[KMG]B\b))", stem) is not None
    )


def _states(stem: str, key: str, asked: str) -> bool:
    """Whether a key stands in a stem: as an amount of what was asked for, or with all of its words in one run."""
    amount = _amount(key)
    if amount:
        worth, family = amount
        nouns = {family} if family else _counted(asked)
        return any(worth == one and noun in nouns for one, noun in _amounts(stem, is_bare=not family))
    has_content = bool(words.content(key)) or any(letter.isdigit() for letter in key)
    return has_content and f" {' '.join(words.words(key))} " in f" {' '.join(words.words(stem))} "


def _counted(asked: str) -> frozenset[str]:
    """What a question counts: the words behind `how many`, or else all words of the sentence that asks."""
    found = _HOW_MANY.search(asked)
    return words.content(found[1] if found else words.question(asked))


def _amount(key: str) -> tuple[Decimal, str] | None:
    """What a key is worth and its family of units, if it is one number with at most one unit."""
    worth = number_in(key)
    plain = key.removeprefix("About ").removeprefix("At most ").removesuffix(".")
    try:
        unit = unit_of(plain)
    except BadQuantity:
        return None
    if worth is None or " " in unit or not worth.is_finite():
        return None
    return worth, unit_family(unit) if unit else ""


def _amounts(stem: str, *, is_bare: bool) -> Iterator[tuple[Decimal, str]]:
    """Each number of a stem with the unit's family, or with the root of the word behind it."""
    for number, noun in _AMOUNT.findall(stem):
        name = words.root(noun.casefold()) if is_bare else unit_family(noun)
        yield from ((worth, name) for worth in worths_in(number if is_bare else f"{number} {noun}"))
