"""Sentences and words of stems and options, as far as the linter needs them. English, and cautious: when in doubt, no word."""

from __future__ import annotations

import re
from typing import Final

_SENTENCE = re.compile(r"(?<=[.?!])[\"”')]*\s+(?=[\"“'(]*[A-Z0-9`])")
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_CODE = re.compile(r"`[^`]*`")
_ENDINGS: Final = ("ies", "ied", "ing", "ed", "es", "s", "y", "e")


def listed(text: str) -> frozenset[str]:
    """The words of a list that is written as one text."""
    return frozenset(text.split())


STOP: Final = listed(
    "a about above after again all alone already also although an and another any are as at away back be became because become "
    "becomes been before begin begins being below besides between both but by call called calls came can cannot change changed "
    "changes come comes could did do does done down each either else end ends enough even ever every few first for from further "
    "gave get gets give given gives go goes going gone good got had has have having he her here his how however i if in instead "
    "into is it its just keep keeps kept know known last later least less let lets like long longer made make makes many may me "
    "mean means might more most much must my need needs never new next no nobody none nor not nothing now of off on once one "
    "only onto or other others our out over own part per place put read right same say says see sees send sends sent set sets "
    "several shall should side since single so some somebody someone something still stop stops such take taken takes team than "
    "that the their them then there these they thing things this those though through time times to together too two under "
    "until up upon us use used user users uses using very want wanted wants was way we were what whatever when where whether "
    "which while who whole whom whose why will with within without would yet you your"
)
"""Words that carry no content of their own in a question."""


def sentences(text: str) -> list[str]:
    """The sentences of a text, each with its full stop or question mark."""
    return [part for part in _SENTENCE.split(" ".join(text.split())) if part]


def question(text: str) -> str:
    """The last sentence that ends with a question mark, or else the last sentence."""
    parts = sentences(text) or [""]
    asked = [part for part in parts if part.rstrip("\"”')").endswith("?")]
    return (asked or parts)[-1]


def words(text: str) -> list[str]:
    """The words in small letters, hyphens kept: `an on-failure destination` has three."""
    return [word.replace("’", "'") for word in _WORD.findall(text.casefold())]


def content(text: str) -> frozenset[str]:
    """The roots of the words that carry content: no stop words, no numbers, at least four letters."""
    parts = (part for word in words(text) for part in word.removesuffix("'s").split("-"))
    return frozenset(root(part) for part in parts if len(part) > 3 and part not in STOP and part.isalpha())


def root(word: str) -> str:
    """The word without what tells its number or tense, at least four letters: `retries` and `retry` share one."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word.removesuffix(ending)
    return word


def without_code(text: str) -> str:
    """The text without what stands between backticks."""
    return _CODE.sub(" ", text)


def shingles(text: str, sizes: range = range(3, 6)) -> frozenset[tuple[str, ...]]:
    """Every run of three to five words; the words themselves as one run if there are fewer."""
    all_words = words(text)
    found = {tuple(all_words[at : at + size]) for size in sizes for at in range(len(all_words) - size + 1)}
    return frozenset(found or {tuple(all_words)})
