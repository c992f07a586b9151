"""What was changed between two runs that stand beside each other, in the words of the bench."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass

from studyapp.lab.assumptions import label
from studyapp.lab.controls import Body, Control, at
from studyapp.lab.controls.texts import Unreadable, text, value_of
from studyapp.lab.queries import Believable
from studyapp.lab.state import State
from studyapp.simulator import scenario
from studyapp.simulator.errors import ScenarioError, one_line

LONGEST = 60
"""Letters of a value."""


@dataclass(frozen=True, slots=True)
class Made:
    """One change: what it is of, and both values as the bench shows them. A belief has its sentence alone."""

    label: str
    was: str = ""
    now: str = ""


def made(body: Body, controls: Mapping[str, Control], state: State, believable: Mapping[str, Believable]) -> list[Made]:
    """What `state` has otherwise than the run beside it: than what is pinned, or else than the world as it is.

    `controls` are those of the bench, by path.
    """
    was = state.pinned
    if was is None:
        return _beliefs((), state.beliefs, believable)
    found = _beliefs(was.beliefs, state.beliefs, believable)
    with suppress(ScenarioError, Unreadable):  # then there is nothing beside this run, and the page says why
        found = [*_changes(body, controls, was, state), *found]
    rules = sorted({*was.assumes, *state.assumes})
    found += _differ([(label(rule), was.assumes.get(rule, ""), state.assumes.get(rule, "")) for rule in rules], "usual")
    return found + _differ([("Seed", str(was.seed), str(state.seed))], "0")


def _changes(body: Body, controls: Mapping[str, Control], was: State, now: State) -> list[Made]:
    """Of the scenario itself. Raises ScenarioError, and Unreadable for a text that is no value."""
    before, after = (scenario.patch(body, _values(each.changes)) for each in (was, now))
    known = {path: controls.get(path) for path in sorted({*was.changes, *now.changes})}
    values = [(_label(path, each), _said(path, before, each), _said(path, after, each)) for path, each in known.items()]
    return _differ(values, "left out")


def _values(changes: Mapping[str, object]) -> dict[str, object]:
    """An address holds texts, an option of a question values."""
    return {path: value_of(each) if isinstance(each, str) else each for path, each in changes.items()}


def _label(path: str, known: Control | None) -> str:
    return known.label if known else path.rpartition(".")[2].replace("_", " ").capitalize()


def _said(path: str, body: Body, known: Control | None) -> str:
    typed = text(at(body, path))
    said = (known.said(typed) or known.usual) if known else typed
    return one_line(said, LONGEST)


def _differ(values: Iterable[tuple[str, str, str]], nothing: str) -> list[Made]:
    return [Made(name, was or nothing, now or nothing) for name, was, now in values if was != now]


def _beliefs(was: tuple[str, ...], now: tuple[str, ...], believable: Mapping[str, Believable]) -> list[Made]:
    return [Made(believable[slug].says) for slug in now if slug not in was and slug in believable]
