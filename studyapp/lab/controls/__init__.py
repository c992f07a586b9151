"""What can be changed of a scenario: one control for each documented field of its parts.

Functions, sources, databases and the account have all their fields; the parts for the models have what the scenario sets,
since what they leave out is seldom a number. The seed and `max_events` are no part of a scenario's world: the first belongs
to the address of a run, the second to the lab.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Final

from studyapp.lab.controls.callers import of_source
from studyapp.lab.controls.databases import of_account, of_database
from studyapp.lab.controls.functions import of_function
from studyapp.lab.controls.models import leaf, of_model, of_value
from studyapp.lab.controls.settings import Control
from studyapp.lab.kept import Kept
from studyapp.simulator.models.registry import MODELS

__all__ = [
    "MOST", "Body", "Control", "at", "controls", "everything", "fewer", "full", "nearest", "part_of", "taken_apart",
]  # fmt: skip

Body = Mapping[str, object]


MOST: Final = 90
"""Controls on one page. A scenario of several functions would have more: then a part shows what matters first and what
is set, and the rest of it when somebody asks for it."""

_CROWDED: Final = ("functions.", "sources.")
_every: Final[Kept[tuple[Control, ...]]] = Kept(64)


def controls(body: Body, inner: Collection[str] = (), whole: Collection[str] = ()) -> tuple[Control, ...]:
    """The controls of a scenario in the order of the page.

    Each of `inner` is a full path within a control, such as `functions.f.fails.first`, that shall be a control of its own;
    it then stands in the other's place. `whole` names parts, such as `functions.f`, that show all their fields even where
    the page would have more than MOST.
    """
    return taken_apart(body, fewer(everything(body), inner, whole), inner)


def everything(body: Body) -> tuple[Control, ...]:
    """One control for each field, however many there are. Equal bodies share theirs."""
    return _every.of(repr(body), lambda: tuple(_all(body)))


def fewer(found: tuple[Control, ...], kept: Collection[str] = (), whole: Collection[str] = ()) -> tuple[Control, ...]:
    """Of more than MOST those that matter first or are set, those of the parts in `whole`, and those that are `kept`.
    Only functions and sources have so many that some can be missed."""
    if len(found) <= MOST:
        return found
    stays = {*whole, *kept}
    return tuple(
        each
        for each in found
        if each.is_simple or not each.path.startswith(_CROWDED) or stays & {each.path, part_of(each.path)}
    )


def taken_apart(body: Body, found: tuple[Control, ...], inner: Collection[str]) -> tuple[Control, ...]:
    """`found` with a control of its own for each of `inner`, as `controls` has it."""
    for path in inner:
        while (holder := nearest(path, {each.path for each in found})) not in ("", path):
            parts = _children(at(body, holder))
            if parts is None:
                break
            found = tuple(part for each in found for part in (_parts(each, parts) if each.path == holder else (each,)))
        above = at(body, path.rpartition(".")[0])
        if not holder and path.partition(".")[0] in MODELS and isinstance(above, Mapping):
            within = (each for each in found if not each.path.startswith(f"{path}."))
            found = (*within, of_value(path, at(body, path)))  # one control for a whole part, or for what it leaves out
    return found


def full(body: Body, path: str) -> str:
    """A path with `function` and `source` written out, where the scenario has one alone."""
    head, dot, rest = path.partition(".")
    named = body.get({"function": "functions", "source": "sources"}.get(head, ""))
    if not isinstance(named, Mapping) or len(named) != 1:
        return path
    return f"{head}s.{next(iter(named))}{dot}{rest}"


def at(body: Body, path: str) -> object:
    """The value at a full path, None where there is none."""
    here: object = body
    for step in path.split("."):
        if isinstance(here, list) and step.isascii() and step.isdigit() and len(step) < 10:
            here = here[int(step) - 1] if 0 < int(step) <= len(here) else None
        else:
            here = here.get(step) if isinstance(here, Mapping) else None
    return here


def part_of(path: str) -> str:
    """The part of a scenario that a path leads into: `functions.f` of `functions.f.memory`."""
    return ".".join(path.split(".")[:2])


def nearest(path: str, known: Collection[str]) -> str:
    """Of the paths of controls that which is `path` or holds it; "" if none does."""
    steps = path.split(".")
    above = (".".join(steps[:length]) for length in range(len(steps), 0, -1))
    return next((each for each in above if each in known), "")


def _all(body: Body) -> Iterator[Control]:
    functions, sources, databases = (_names(body, key) for key in ("functions", "sources", "databases"))
    for name in functions:
        yield from of_function(name, _mapping(at(body, f"functions.{name}")), functions, databases)
    for name in sources:
        yield from of_source(name, _mapping(at(body, f"sources.{name}")), functions)
    for name in databases:
        yield from of_database(name, _mapping(at(body, f"databases.{name}")))
    if functions:
        account, warm = _mapping(body.get("account")), _mapping(body.get("warm"))
        yield from of_account(account, warm, body.get("horizon"), functions)
    for model in MODELS:
        yield from of_model(model, _mapping(body.get(model)))


def _names(body: Body, key: str) -> tuple[str, ...]:
    """Those that a path can name."""
    return tuple(name for name in _mapping(body.get(key)) if "." not in name)


def _mapping(value: object) -> Body:
    return {key: each for key, each in value.items() if isinstance(key, str)} if isinstance(value, Mapping) else {}


def _children(value: object) -> Body | None:
    """What stands within a value, by the next step of a path; None within which there is nothing."""
    if isinstance(value, list):
        return {str(place): each for place, each in enumerate(value, 1)}
    return _mapping(value) if isinstance(value, Mapping) else None


def _parts(control: Control, children: Body) -> Iterator[Control]:
    """A control for each of the `children` of what a control holds, in its place."""
    for step, value in children.items():
        label = f"{control.label}, {step.replace('_', ' ')}"
        yield leaf(f"{control.path}.{step}", control.group, label, value)
