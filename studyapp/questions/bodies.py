"""Items, beliefs and terms as plain data, the way that a revision keeps them, and back.

What is empty or None is left out, so that a digest does not change when a field is added.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

from studyapp.questions.glossary import Term
from studyapp.questions.items import Belief, Item, Option


def item_body(item: Item) -> dict[str, Any]:
    """All that an answer to the item rests on. What its author told the linter (`accepts`) is left out."""
    item = replace(item, accepts={})
    return _filled(item) | {"options": [_filled(option) for option in item.options]}


def read_item(body: Mapping[str, Any]) -> Item:
    """The item that `item_body` wrote. Raises TypeError or KeyError if `body` is something else."""
    options = tuple(Option(**_with_text(option)) for option in body["options"])
    lists = {name: tuple(body[name]) for name in ("facts", "states", "spare") if name in body}
    choices = {
        name: {path: tuple(values) for path, values in body[name].items()}
        for name in ("draw", "varies")
        if name in body
    }
    return Item(**{**body, **lists, **choices, "options": options, "stem": body.get("stem", "")})


def belief_body(belief: Belief) -> dict[str, Any]:
    return _filled(belief)


def read_belief(body: Mapping[str, Any]) -> Belief:
    """The belief that `belief_body` wrote. Raises TypeError if `body` is something else."""
    return Belief(**{**body, "refuted_by": tuple(body.get("refuted_by", ()))})


def term_body(term: Term) -> dict[str, Any]:
    """What a page needs that marks and explains it: all but its name, which is its key, and how it is never written."""
    values = {"says": term.says, "kind": term.kind, "also": list(term.also), "fact": term.fact}
    return {name: value for name, value in values.items() if value}


def read_terms(bodies: Mapping[str, Mapping[str, Any]]) -> tuple[Term, ...]:
    """The terms whose bodies `term_body` wrote, by name."""
    return tuple(
        Term(name, body["says"], body["kind"], tuple(body.get("also", ())), fact=body.get("fact"))
        for name, body in sorted(bodies.items())
    )


def _with_text(option: Mapping[str, Any]) -> dict[str, Any]:
    return {"text": "", "why": "", **option}


def _filled(thing: Item | Option | Belief) -> dict[str, Any]:
    """The fields that hold something, tuples as lists."""
    values = {field.name: getattr(thing, field.name) for field in fields(thing)}
    return {name: _plain(value) for name, value in values.items() if value not in (None, "", (), {}, False)}


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    return [_plain(each) for each in value] if isinstance(value, list | tuple) else value
