"""What an item is: a stem, its options with their reasons, and what its key rests on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Literal, get_args

Kind = Literal["recall", "fix", "predict", "authored"]
KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True, slots=True)
class Option:
    """One choice. `id` is opaque: it stands in forms and does not give the key away.

    `text` is empty in a predict item, whose options are what the simulator says. `change` is a patch to the scenario,
    dotted path to value. `belief` names the wrong idea that tempts. `is_key` is set by the author, never in a fix item.
    """

    id: str
    text: str
    why: str
    change: Mapping[str, object] | None = None
    belief: str | None = None
    is_key: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """A question as authored. The first of `facts` is the memory that it moves.

    `draw` gives values for parameters that the stem shows as `{function.duration}`. `states` lists parameters that the
    stem states in words or as a literal number. `varies` gives values for parameters that the stem leaves open, moved
    by the proof in addition to the ranges that their kind declares.
    """

    id: str
    kind: Kind
    topic: str
    stem: str
    options: tuple[Option, ...]
    facts: tuple[str, ...]
    choose: int = 1
    clue: str | None = None
    scenario: str | None = None
    goal: str | None = None
    asks: str | None = None
    draw: Mapping[str, tuple[object, ...]] = field(default_factory=dict)
    varies: Mapping[str, tuple[object, ...]] = field(default_factory=dict)
    states: tuple[str, ...] = ()
    is_first: bool = False


@dataclass(frozen=True, slots=True)
class Belief:
    """A wrong idea. It can be executed if it patches the rulebook or names a misreading of the true outcome."""

    id: str
    says: str
    tempts: str
    patch: Mapping[str, object] = field(default_factory=dict)
    misreading: str | None = None
    refuted_by: tuple[str, ...] = ()
    until: str | None = None

    @property
    def is_executable(self) -> bool:
        return bool(self.patch) or self.misreading is not None


def option_id(item_id: str, index: int) -> str:
    """The id of the option that stands at `index` in the file: eight hexadecimal digits."""
    return sha256(f"{item_id}#{index}".encode()).hexdigest()[:8]
