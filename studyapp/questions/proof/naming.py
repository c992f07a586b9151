"""Which parameters a stem names, and what is wrong with how it does."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from studyapp.facts import quantity
from studyapp.questions.filling import NoSuchParameter, placeholders, resolved, shown, value_at
from studyapp.questions.items import Item
from studyapp.questions.numbers import worth, worths_in
from studyapp.questions.proof.range import Body, beside
from studyapp.questions.proof.said_defaults import NO_LIMIT, is_default
from studyapp.simulator.errors import ScenarioError
from studyapp.simulator.models.registry import MODELS
from studyapp.simulator.scenario import patch

WHOLE = re.compile(rf"(?:functions|sources)(?:\.[^.]+)?|{'|'.join(MODELS)}")


def named(item: Item, body: Body) -> frozenset[str]:
    """The full paths that the stem names, by a placeholder or under `states`; each covers what lies below it."""
    return frozenset(resolved(path, body) for path in (*placeholders(item.stem), *item.states))


def is_named(path: str, names: frozenset[str]) -> bool:
    """Whether a stem that gives `names` gives what is at `path`, or something below it, which there must be a path for."""
    return any(path == name or path.startswith(f"{name}.") or name.startswith(f"{path}.") for name in names)


def naming_problems(item: Item, body: Body) -> tuple[str, ...]:
    """What is wrong with `draw`, `states`, `varies` and the placeholders, in sentences."""
    try:
        return tuple(_problems(item, body))
    except (NoSuchParameter, ScenarioError) as error:
        return (str(error),)


def _problems(item: Item, body: Body) -> Iterator[str]:
    shown_paths = frozenset(resolved(path, body) for path in placeholders(item.stem))
    drawn = frozenset(resolved(path, body) for path in item.draw)
    for path in item.draw:
        if resolved(path, body) not in shown_paths:
            yield f"draws {path}, but {{{path}}} is not in the stem"
    for path in sorted(shown_paths - drawn):
        value_at(path, body)
    for path in item.states:
        if WHOLE.fullmatch(resolved(path, body)):
            yield f"states {path}, which is all of it: list the parameters that the stem states, one by one"
        yield from _unstated(resolved(path, body), item.stem, shown_paths, body)
    names = named(item, body)
    for path, values in item.varies.items():
        if is_named(resolved(path, body), names):
            yield f"varies {path}, which the stem names: it is one or the other"
        for value in values:
            patch(body, {path: value})


def _unstated(path: str, stem: str, shown_paths: frozenset[str], body: Body) -> Iterator[str]:
    """A problem for each number at or below `path` that stands in the stem neither itself nor by a placeholder."""
    for leaf, value in _leaves(path, _stated(path, body)):
        is_said = (
            is_named(leaf, shown_paths) or _is_said_default(leaf, value, stem, body) or _worths(value) & worths_in(stem)
        )
        if _worth(value) and not is_said:
            yield f"states {leaf}, but {shown(value)} is not in the stem"


def _is_said_default(path: str, value: object, stem: str, body: Body) -> bool:
    return "default" in stem.lower() and is_default(path, value, beside(path, "kind", body))


def _stated(path: str, body: Body) -> object:
    """What the scenario sets at `path`; a path that it does not set may be stated too, as `no warm environments` is."""
    try:
        return value_at(path, body)
    except NoSuchParameter:
        patch(body, {path: None})
        return None


def _leaves(path: str, value: object) -> Iterator[tuple[str, object]]:
    if isinstance(value, Mapping):
        for name, each in value.items():
            yield from _leaves(f"{path}.{name}", each)
    elif isinstance(value, list | tuple):
        for place, each in enumerate(value, 1):
            yield from _leaves(f"{path}.{place}", each)
    else:
        yield path, value


def _worth(value: object) -> Decimal:
    """The worth of a leaf that is a number; 0 for words, nothing, yes and no, and for a number that means no limit."""
    try:
        is_a_word = isinstance(value, bool | None) or str(value) == str(NO_LIMIT)
        return Decimal(0) if is_a_word else worth(quantity.parse(str(value)))
    except quantity.BadQuantity:
        return Decimal(0)


def _worths(value: object) -> frozenset[Decimal]:
    """What a number may be written as: with its unit, or the number of a rate or of things alone."""
    try:
        read = quantity.parse(str(value))
    except quantity.BadQuantity:
        return frozenset()
    return frozenset({worth(read), read.amount} if not read.unit or read.unit.startswith("per") else {worth(read)})
