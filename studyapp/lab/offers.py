"""What a demo offers beside its controls: presets, what the options of its questions change, and beliefs to switch on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from studyapp.content.queries import Asked, Tried
from studyapp.lab import addresses
from studyapp.lab.background import wishes
from studyapp.lab.background.wishes import Sweepable
from studyapp.lab.controls import Body, full
from studyapp.lab.kept import Kept
from studyapp.lab.queries import Believable
from studyapp.lab.running import Inputs
from studyapp.lab.state import State, written
from studyapp.simulator import scenario
from studyapp.simulator.errors import ScenarioError

KINDS = {"typical": "Typical", "boundary": "At the boundary", "trap": "The trap"}


@dataclass(frozen=True)
class Offer:
    """A link to another state. `is_on`: it is this one."""

    title: str
    says: str
    url: str
    is_on: bool
    kind: str = ""


def presets(slug: str, body: Body, demo: Mapping[str, Any] | None, state: State) -> list[Offer]:
    """The demo's, in its order; their changes take the place of all others."""
    return [_preset(slug, body, each, state) for each in (demo or {}).get("presets", ())]


def _preset(slug: str, body: Body, preset: Mapping[str, Any], state: State) -> Offer:
    change = _full(body, preset["change"])
    return Offer(
        title=preset["title"],
        says=preset["says"],
        url=addresses.of(slug, state.but(changes=change, pinned=None, beliefs=())),
        is_on=_same(body, change, state.changes),
        kind=KINDS[preset["kind"]],
    )


def _full(body: Body, change: Mapping[str, object]) -> dict[str, object]:
    """With each path written out, as addresses have them."""
    return {full(body, path): value for path, value in change.items()}


def _same(body: Body, change: Mapping[str, object], changes: Mapping[str, object]) -> bool:
    """Whether both make the same of the scenario: an address names only what differs, and some parts as a whole."""
    if {path: written(value) for path, value in change.items()} == {
        path: written(value) for path, value in changes.items()
    }:
        return True
    try:
        return scenario.patch(body, change) == scenario.patch(body, changes)
    except ScenarioError:
        return False


def beliefs(slug: str, believable: Sequence[Believable], state: State) -> list[Offer]:
    """A switch for each: on, the world is as the belief has it, beside the world as it is."""
    return [
        Offer(
            title=belief.says,
            says="",
            url=addresses.of(
                slug, state.but(beliefs=() if belief.slug in state.beliefs else (belief.slug,), pinned=None)
            ),
            is_on=belief.slug in state.beliefs,
        )
        for belief in believable
    ]


_swept: Kept[list[Sweepable]] = Kept(64)


def sweepable(inputs: Inputs, demo: Mapping[str, Any] | None) -> list[Sweepable]:
    """What can be swept, as `wishes.sweepable` has it; the seed does not matter. Raises ScenarioError."""
    return _swept.of(repr((inputs.patched, demo)), lambda: wishes.sweepable(inputs, demo))


@dataclass(frozen=True)
class Tryout:
    """A question of the course about this scenario, and a link for what each of its options would make of it."""

    item: str
    stem: str
    options: tuple[Offer, ...]


def tryouts(slug: str, body: Body, asked: Sequence[Asked], state: State) -> list[Tryout]:
    """Of questions whose options change something. The run as the question has it stands beside that of the option."""
    return [
        Tryout(each.item, each.stem, tuple(_tried(slug, body, option, _base(each), state) for option in each.options))
        for each in asked
        if each.kind == "fix"
    ]


def _base(asked: Asked) -> Mapping[str, object]:
    """What the question draws: the changes that all its options have in common."""
    first, *others = (option.change for option in asked.options)
    return {
        path: value for path, value in first.items() if all(path in each and each[path] == value for each in others)
    }


def _tried(slug: str, body: Body, option: Tried, base: Mapping[str, object], state: State) -> Offer:
    beside = State(base, seed=state.seed)
    url = addresses.of(slug, State(option.change, seed=state.seed, pinned=beside))
    return Offer(option.text, "", url, is_on=_same(body, option.change, state.changes))
