"""Names and lists of words in the section `access`, each mistake with its field."""

import re
from collections.abc import Collection, Mapping
from typing import Final

from studyapp.simulator.errors import ScenarioError
from studyapp.simulator.reading import OURS, Fields

MOST: Final = 40
"""Roles, users, resources and requests, of each."""
MOST_WORDS: Final = 20
"""Statements of a policy, and words of a list."""
_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,63}")


def children(fields: Fields, key: str) -> list[tuple[str, object]]:
    """What stands in a mapping by name. Raises ScenarioError for too much, or for what is no name."""
    where, value = fields.at(key), fields.raw(key, {})
    if not isinstance(value, Mapping):
        raise ScenarioError(where, value, "is not a mapping of names to what they are")
    if len(value) > MOST:
        raise ScenarioError(where, len(value), f"is above {MOST} ({OURS})")
    return [(name(where, key), each) for key, each in value.items()]


def name(where: str, value: object) -> str:
    if not isinstance(value, str) or not _NAME.fullmatch(value):
        raise ScenarioError(
            where, value, "is no name: it begins with a letter, then letters, digits, - and _, 64 at most"
        )
    return value


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


def is_yes(fields: Fields, key: str) -> bool:
    return fields.choice(key, ("yes", "no"), "no") == "yes"
