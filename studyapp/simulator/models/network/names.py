"""Names in a network: those that its parts are given, those that point to a part, and lists of them in a sentence."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable, Mapping
from typing import Final

from studyapp.simulator import units
from studyapp.simulator.errors import ScenarioError
from studyapp.simulator.reading import OURS, Fields

MOST: Final = 20
"""Parts of one kind, and names in one list: far above what a VPC that people draw has, and more than Lambda's 16 subnets."""
MOST_TARGETS: Final = 8
"""Each is walked to from every subnet of the function."""
MOST_LINES: Final = 6
"""Of a security group or an ACL in one direction; AWS allows 60 and 20."""
LONGEST: Final = 60
SHOWN: Final = 3
SHOWN_IN_ERRORS: Final = 10


def parts(fields: Fields, key: str, most: int = MOST) -> list[tuple[str, object]]:
    """What `key` maps names to, each name fit for a rule, a metric and a sentence. Raises ScenarioError."""
    value, where = fields.raw(key, {}), fields.at(key)
    if not isinstance(value, Mapping):
        raise ScenarioError(where, value, "is not a mapping of names to what they are")
    if len(value) > most:
        raise ScenarioError(where, len(value), f"is above {most}, the most of one kind in a network ({OURS})")
    named = [(_given(where, name), each) for name, each in value.items()]
    twice = [name for place, (name, _) in enumerate(named) if name in dict(named[:place])]
    if twice:
        raise ScenarioError(where, twice[0], "is the name of two")
    return named


def part(fields: Fields, key: str, name: str, value: object) -> Fields:
    """The fields of one of `parts`. What is left empty has its defaults."""
    return Fields({} if value is None else value, f"{fields.at(key)}.{name}")


def words(fields: Fields, key: str, default: tuple[str, ...] = (), most: int = MOST) -> tuple[str, ...]:
    """A list of names; one name alone is a list of one. Raises ScenarioError."""
    return listed_words(fields.at(key), fields.raw(key, default), most)


def listed_words(where: str, value: object, most: int = MOST) -> tuple[str, ...]:
    each = value if isinstance(value, list | tuple) else [value]
    if len(each) > most:
        raise ScenarioError(where, len(each), f"is above {most}, the most in one list ({OURS})")
    found = tuple(text(word) for word in each)
    if None in found:
        raise ScenarioError(where, value, "is not a list of names")
    return tuple(word for word in found if word is not None)


def text(value: object) -> str | None:
    """A name; a small whole number can be one. None for what is none."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return None
    return value if isinstance(value, str) else str(value) if abs(value) < 10**9 else None


def spelt(where: str, value: object, limit: str) -> str:
    """A word for a sentence: printed on one line, and not too long. Raises ScenarioError, which says `limit`."""
    word = text(value)
    if word is None or not word.strip() or not word.isprintable() or len(word) > LONGEST:
        raise ScenarioError(where, value, limit)
    return word


def one_of(where: str, value: object, choices: Collection[str]) -> str:
    """`value` if it is one of `choices`. Raises ScenarioError."""
    if isinstance(value, str) and value in choices:
        return value
    raise ScenarioError(where, value, f"{_none(value)}one of {', '.join(choices)}{_near(value, choices)}")


def defined(where: str, value: object, names: Collection[str], what: str) -> str:
    """`value` if a part has that name. `what` says of which kind. Raises ScenarioError."""
    word = text(value)
    if word is not None and word in names:
        return word
    known = listed(names, SHOWN_IN_ERRORS) or "none"
    raise ScenarioError(where, value, f"{_none(value)}a {what}; defined are {known}{_near(value, names)}")


def yes_no(value: object) -> bool:
    """Raises UnitError."""
    if not isinstance(value, bool | str):
        raise units.UnitError("is not yes or no")
    return units.flag(value)


def listed(names: Iterable[str], shown: int = SHOWN, joint: str = "and") -> str:
    """`a, b and c`, and where there are more than `shown`: `a, b, c and 4 more`. "" for no name."""
    each = list(names)
    if len(each) > shown:
        return f"{', '.join(each[:shown])} {joint} {len(each) - shown} more"
    return f" {joint} ".join(filter(None, (", ".join(each[:-1]), *each[-1:])))


def _given(where: str, name: object) -> str:
    word = text(name)
    if word is None or not word.strip():
        raise ScenarioError(where, name, "is no name")
    if len(word) > LONGEST:
        raise ScenarioError(where, word, f"is longer than {LONGEST} characters, the longest name in a network")
    if not word.isprintable() or any(each.isspace() or each == ":" for each in word):
        raise ScenarioError(where, word, "is no name: it holds a space, a colon or what cannot be printed")
    return word


def _none(value: object) -> str:
    return "is missing: it is " if value is None else "is not "


def _near(value: object, names: Collection[str]) -> str:
    near = difflib.get_close_matches(value[:LONGEST], names, 1) if isinstance(value, str) else []
    return f"; did you mean {near[0]}?" if near else ""
