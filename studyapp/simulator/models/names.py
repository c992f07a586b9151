"""Parts of a plan that have names of their own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from studyapp.simulator.errors import ScenarioError
from studyapp.simulator.reading import OURS, Fields

_NAME: Final = re.compile(r"[^\W\d_][\w-]{0,62}")


def children(fields: Fields, key: str, most: int) -> list[tuple[str, object]]:
    """What stands under names at `key`, in order. Raises ScenarioError for more than `most`, and for what is no name."""
    where, value = fields.at(key), fields.raw(key, {})
    if not isinstance(value, Mapping):
        raise ScenarioError(where, value, "is not a mapping of names to what they are")
    if len(value) > most:
        raise ScenarioError(where, len(value), f"is above {most}, the most of one kind here ({OURS})")
    return [(name(where, each), part) for each, part in value.items()]


def parts(fields: Fields, key: str, most: int) -> list[tuple[str, Fields]]:
    """As `children`, each as the fields that it has."""
    return [(each, Fields(part, f"{fields.at(key)}.{each}")) for each, part in children(fields, key, most)]


def name(where: str, value: object) -> str:
    """A name as metrics and sentences can hold it. Raises ScenarioError."""
    if not isinstance(value, str) or not _NAME.fullmatch(value):
        raise ScenarioError(where, value, "is no name: a letter, then letters, digits, - and _, at most 63")
    return value
