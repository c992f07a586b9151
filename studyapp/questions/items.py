"""What an item is: a stem, its options with their reasons, and what its key rests on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Literal, get_args

Kind = Literal["recall", "fix", "predict", "authored", "numeric", "matching", "ordering", "contrast", "reveal"]
KINDS: tuple[Kind, ...] = get_args(Kind)
RUNNABLE: frozenset[Kind] = frozenset({"fix", "predict"})
"""Kinds whose key always is a simulation result."""
EXAM_KINDS: frozenset[Kind] = frozenset({"recall", "fix", "predict", "authored"})
"""Single and multiple response, as in the real exam: what a mock may ask."""

View = Literal["now", "exam"]
"""Which of two keys is asked for where they differ: what AWS says now, or what the exam still expects."""


@dataclass(frozen=True, slots=True)
class Option:
    """One choice, pair or step. `id` is opaque: it stands in forms and does not give the key away.

    `text` is empty where it is what the simulator says (predict, numeric). `change` is a patch to the scenario,
    dotted path to value. `belief` names the wrong idea that tempts. `is_key` is set by the author, never in a fix item.
    In a matching or contrast item `answer` is the text that belongs to this one, and `fact` the fact that says so; in an
    ordering item that is simulated `when` is the metric that tells its time.
    """

    id: str
    text: str
    why: str
    change: Mapping[str, object] | None = None
    belief: str | None = None
    is_key: bool = False
    answer: str | None = None
    fact: str | None = None
    when: str | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """A question as authored. The first of `facts` is the memory that it moves.

    `draw` gives values for parameters that the stem shows as `{function.duration}`. `states` lists parameters that the
    stem states in words or as a literal number. `varies` gives values for parameters that the stem leaves open, moved
    by the proof in addition to the ranges that their kind declares. `spare` are answers of a matching item that belong to
    nothing. `tolerance` of a numeric item is a quantity (`0.5 s`) or a share (`1 %`); None asks for the number as the key
    is written. `view` says which of two keys is meant where they differ; `other_key` is then the key of the other view in
    words, if it is known without a run. `accepts` maps a rule of the linter to the reason
    why this item breaks it.
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
    rival: str | None = None
    spare: tuple[str, ...] = ()
    tolerance: str | None = None
    view: View | None = None
    accepts: Mapping[str, str] = field(default_factory=dict)
    other_key: str | None = None

    @property
    def answers(self) -> tuple[str, ...]:
        """What may be matched to the options of a matching or contrast item, each text once, in the order of the file."""
        return tuple(dict.fromkeys([*(option.answer for option in self.options if option.answer), *self.spare]))


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
