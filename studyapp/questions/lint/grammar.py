"""Where the key alone fits the question, or differs from the rest, by its grammar."""

from __future__ import annotations

import re
from typing import Final

from studyapp.questions.lint.forms import Form, are_parallel, form, tense
from studyapp.questions.lint.subject import Reading

_COUNTS: Final = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_ASKS_FOR = re.compile(r"\b(?:which|what are the|what|by which|for which) (two|three|four|five|six)\b", re.IGNORECASE)
_ARTICLE = re.compile(r"\b(an?)\W*$", re.IGNORECASE)
_VERB = re.compile(r"^(?:what|which|who) (is|are|was|were)\b", re.IGNORECASE)
_ONE: Final = frozenset({"a", "an", "the", "its", "one", "each", "every"})
_NAMES: Final[dict[Form, str]] = {
    "thing": "the name of a thing",
    "sentence": "a sentence",
    "amount": "an amount",
    "how or where": "a phrase of how, when or where",
    "-ing": "an -ing form",
    "to": "a phrase with “to”",
}


def cue(question: str, reading: Reading) -> str | None:
    """What tells the key from the wrong options by grammar alone."""
    return (
        _by_article(question, reading)
        or _by_count(question, reading)
        or _by_verb(question, reading)
        or _by_form(reading)
        or _by_tense(reading)
    )


def _by_article(question: str, reading: Reading) -> str | None:
    article = _ARTICLE.search(question.rstrip(" ?.:…_"))
    if article is None:
        return None
    needs_vowel = article[1].casefold() == "an"

    def fits(text: str) -> bool:
        return (text[:1].casefold() in "aeiou") == needs_vowel

    if all(map(fits, reading.keys)) and not any(map(fits, reading.wrong)):
        return f"“{article[1]}” at the end of the stem fits the key alone"
    return None


def _by_count(question: str, reading: Reading) -> str | None:
    asked = _ASKS_FOR.search(question)
    if asked is None or len(reading.keys) != 1:
        return None
    count = _COUNTS[asked[1].casefold()]
    if _parts(reading.keys[0]) == count and not any(_parts(text) == count for text in reading.wrong):
        return f"the stem asks for {asked[1]}, and the key alone names so many"
    return None


def _parts(text: str) -> int:
    return len([part for part in re.split(r",|\band\b|\bor\b", text) if part.strip()])


def _by_verb(question: str, reading: Reading) -> str | None:
    verb = _VERB.search(question)
    if verb is None:
        return None
    is_plural = verb[1].casefold() in ("are", "were")
    fits = [_is_plural(text) == is_plural for text in reading.texts]
    if all(fits[: len(reading.keys)]) and not any(fits[len(reading.keys) :]):
        return f"“{verb[1]}” in the stem fits the key alone"
    return None


def _is_plural(text: str) -> bool:
    """Whether an option names several things: a list, or a noun in the plural without an article."""
    first = text.partition(" ")[0].casefold()
    if first in _ONE:
        return False
    return _parts(text) > 1 or first in _COUNTS or (first.endswith("s") and not first.endswith(("ss", "us", "is")))


def _by_form(reading: Reading) -> str | None:
    ours, theirs = {form(text) for text in reading.keys}, {form(text) for text in reading.wrong}
    if len(ours) != 1 or len(theirs) != 1:
        return None
    one, other = ours.pop(), theirs.pop()
    if are_parallel(one, other):
        return None
    return f"the key alone is {_NAMES[one]}, and each other option is {_NAMES[other]}"


def _by_tense(reading: Reading) -> str | None:
    if any(form(text) != "sentence" for text in reading.texts):
        return None
    ours, theirs = {tense(text) for text in reading.keys}, {tense(text) for text in reading.wrong}
    if len(ours) != 1 or len(theirs) != 1 or None in ours | theirs or ours == theirs:
        return None
    return f"the key alone is in the {ours.pop()}, and each other option in the {theirs.pop()}"
