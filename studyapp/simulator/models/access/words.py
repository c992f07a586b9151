"""Names and lists of words in the section `access`, each mistake with its field."""

from collections.abc import Collection
from fnmatch import fnmatchcase
from typing import Final

from studyapp.simulator.errors import ScenarioError
from studyapp.simulator.reading import OURS, Fields

MOST: Final = 20
"""Roles, users and resources, of each: far more than a story needs."""
MOST_REQUESTS: Final = 12
"""To poll a stream asks for eight actions, each of two policies."""
MOST_WORDS: Final = 8
"""Words of a list."""


def word(fields: Fields, key: str, limit: str) -> str:
    """A name that is needed."""
    found = fields.name(key)
    if not found:
        raise ScenarioError(fields.at(key), None, f"is missing: {limit}")
    return found


def listed(fields: Fields, key: str) -> tuple[str, ...]:
    """A list of words, or one word. Empty when it is left out."""
    where, value = fields.at(key), fields.raw(key, [])
    words = [value] if isinstance(value, str) else value
    if not isinstance(words, list | tuple) or not all(isinstance(each, str) and each.strip() for each in words):
        raise ScenarioError(where, value, "is not a list of words")
    if len(words) > MOST_WORDS:
        raise ScenarioError(where, len(words), f"is above {MOST_WORDS}, the most words of a list ({OURS})")
    return tuple(each.strip() for each in words)


def defined(where: str, word: str, known: Collection[str], what: str) -> str:
    if word not in known:
        raise ScenarioError(where, word, f"is no {what}; defined are {', '.join(sorted(known)) or 'none'}")
    return word


def fits(word: str, pattern: str) -> bool:
    """Whether a pattern is the whole word: * stands for any run of characters, ? for one."""
    if "?" in pattern:
        return fnmatchcase(word, pattern)
    first, star, rest = pattern.partition("*")
    if not star:
        return word == first
    if not word.startswith(first):
        return False
    place, (*middle, last) = len(first), rest.split("*")
    for each in middle:
        found = word.find(each, place)
        if found < 0:
            return False
        place = found + len(each)
    return word.endswith(last) and len(word) - len(last) >= place


def is_yes(fields: Fields, key: str) -> bool:
    return fields.choice(key, ("yes", "no"), "no") == "yes"
