"""What pydantic found wrong, in words for someone who writes YAML."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from functools import cache
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from studyapp.content.documents import Document, Place
from studyapp.content.problems import Problem
from studyapp.content.schema import KINDS
from studyapp.content.schema.common import ID, SLUG, Strict
from studyapp.content.schema.tables import ROW

_PATTERNS = {
    SLUG: "an id: small letters and digits, with hyphens between words",
    ID: "an id such as lambda.errors.async-retries: small letters and digits, with hyphens between words",
    ROW: "the number of a row, such as 5a.2",
}
_COUNTED = {"wrong": "options", "options": "options", "facts": "facts", "value": "members"}
_EXPECTED = {"bool_type": "yes or no", "int_type": "a whole number", "model_type": "a mapping", "dict_type": "a mapping",
             "model_attributes_type": "a mapping", "tuple_type": "a list", "list_type": "a list"}  # fmt: skip


def problems(document: Document, error: ValidationError) -> Iterator[Problem]:
    """Each error once, at its place in the file."""
    for details in error.errors(include_url=False):
        if _is_echo(details):
            continue
        place = in_file(document.data, details["loc"], is_absent=details["type"] == "missing")
        if document.is_refused(place):
            continue
        yield document.problem(place, says(details, place))


def in_file(data: object, location: tuple[str | int, ...], *, is_absent: bool) -> Place:
    """Pydantic's location without the names of union members, which stand in no file; the last step may be absent."""
    place: list[str | int] = []
    for index, step in enumerate(location):
        inside: object = dict(enumerate(data)) if isinstance(data, list) else data
        if isinstance(inside, dict) and step in inside:
            data = inside[step]
        elif not (is_absent and index == len(location) - 1):
            continue
        place.append(step)
    return tuple(place)


def _is_echo(details: ErrorDetails) -> bool:
    """A list called too short only because its wrong entries, named already, were not counted."""
    return details["type"] == "too_short" and len(details["input"]) >= details["ctx"]["min_length"]


def says(details: ErrorDetails, place: Place) -> str:
    """One plain sentence without the place."""
    kind, context, given = details["type"], details.get("ctx", {}), details.get("input")
    if kind == "missing":
        return "is required"
    if kind == "extra_forbidden":
        return _unknown(str(place[-1]) if place else "", given)
    if kind in {"too_short", "too_long"}:
        return _count(kind, context, str(next((step for step in reversed(place) if isinstance(step, str)), "")))
    if kind == "string_pattern_mismatch":
        return f"{given!r} is not {_PATTERNS[context['pattern']]}"
    if kind == "string_type":
        return _not_text(given)
    if kind == "value_error":
        return str(context["error"])
    if kind in {"union_tag_invalid", "union_tag_not_found"}:
        return f"kind must be one of {context['expected_tags']}" if "expected_tags" in context else "needs a kind"
    if kind in _EXPECTED:
        return f"must be {_EXPECTED[kind]}, not {_shown(given)}"
    return details["msg"][0].lower() + details["msg"][1:]


def _unknown(key: str, given: object) -> str:
    if given is None:
        return "is an unknown key; quote a text that holds a comma or ': '"
    close = get_close_matches(key, _known_keys(), n=1)
    return "is an unknown key" + (f"; did you mean {close[0]}?" if close else "")


@cache
def _known_keys() -> set[str]:
    found: set[str] = set()
    waiting: list[Any] = [kind.model.model_json_schema() for kind in KINDS.values()]
    for schema in waiting:
        found |= schema.get("properties", {}).keys()
        waiting += schema.get("$defs", {}).values()
    return found


def _count(kind: str, context: dict[str, Any], name: str) -> str:
    noun = _COUNTED.get(name, "entries")
    if kind == "too_short":
        return f"needs at least {context['min_length']} {noun}, has {context['actual_length']}"
    return f"may have at most {context['max_length']} {noun}, has {context['actual_length']}"


def _not_text(given: object) -> str:
    if isinstance(given, bool):
        return f"must be text, and YAML reads it as {_shown(given)}; quote it"
    if isinstance(given, int | float):
        return f"must be text, and YAML reads {given} as a number; quote it, or write a quantity with its unit"
    return f"must be text, not {_shown(given)}"


def _shown(given: object) -> str:
    if isinstance(given, bool):
        return "yes or no"
    if given is None:
        return "empty"
    if isinstance(given, dict | Strict):
        return "a mapping"
    if isinstance(given, list | tuple):
        return "a list"
    return repr(given)
