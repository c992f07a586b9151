"""Parameters in stems and options: `{function.duration}` stands for the value that the scenario has there.

With one function in the scenario, `function.x` is that function's `x`; with one source, `source.x` is that source's.
`{{ lambda.x.y }}` is a reference to a fact and is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import cast

from studyapp.facts import quantity

PLACEHOLDER = re.compile(r"(?<!\{)\{([a-z][\w-]*(?:\.[\w-]+)+)\}(?!\})")
_SINGULAR = {"function": "functions", "source": "sources"}


class NoSuchParameter(ValueError):
    """A dotted path that leads nowhere in the scenario."""


def placeholders(text: str) -> tuple[str, ...]:
    """The dotted paths that `text` shows, each once, in the order of the text."""
    return tuple(dict.fromkeys(PLACEHOLDER.findall(text)))


def filled(text: str, value_of: Callable[[str], object]) -> str:
    """`text` with each placeholder replaced by its value as students read it.

    What looks like a placeholder and is none (`value_of` raises NoSuchParameter), as in a piece of code, stays as it is.
    """

    def value(found: re.Match[str]) -> str:
        try:
            return shown(value_of(found[1]))
        except NoSuchParameter:
            return found[0]

    return PLACEHOLDER.sub(value, text)


def shown(value: object) -> str:
    """A scenario's value for students: quantities with commas and no-break spaces, yes and no, lists in words."""
    match value:
        case None:
            return "none"
        case bool():
            return "yes" if value else "no"
        case list() | tuple():
            words = [shown(each) for each in value]
            return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else "".join(words) or "none"
        case _:
            return _shown_text(str(value))


def resolved(path: str, body: Mapping[str, object]) -> str:
    """The full path: `function.duration` becomes `functions.resize.duration` when `resize` is the only function.

    Raises NoSuchParameter if there is more than one to choose from.
    """
    head, _, rest = path.partition(".")
    plural = _SINGULAR.get(head)
    if plural is None:
        return path
    names = list(cast("Mapping[str, object]", body.get(plural) or {}))
    if len(names) != 1:
        raise NoSuchParameter(f"{path}: the scenario has {len(names)} {plural}, so write {plural}.<name>")
    return ".".join(part for part in (plural, str(names[0]), rest) if part)


def value_at(path: str, body: Mapping[str, object]) -> object:
    """The value at `path`, aliases resolved and lists counted from 1. Raises NoSuchParameter if there is none."""
    found: object = body
    for step in resolved(path, body).split("."):
        if isinstance(found, Mapping) and step in found:
            found = found[step]
        elif isinstance(found, list | tuple) and step.isdigit() and 1 <= int(step) <= len(found):
            found = found[int(step) - 1]
        else:
            raise NoSuchParameter(f"{path}: the scenario sets no such parameter")
    return found


def _shown_text(text: str) -> str:
    try:
        return str(quantity.parse(text))
    except quantity.BadQuantity:
        return text
