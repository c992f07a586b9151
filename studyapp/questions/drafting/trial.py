"""Runs of a scenario and of what may be changed in it, as values by metric: each run once."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence

from studyapp.questions.items import Belief, Item
from studyapp.questions.proof.moves import Assumed, Move, Parameter, Setting, moves
from studyapp.questions.proof.result import World
from studyapp.questions.proof.runs import MOST_EVENTS, Runs, has_chance
from studyapp.simulator.errors import ClaimError, SimulatorError
from studyapp.simulator.misreadings import MISREADINGS
from studyapp.simulator.outcome import Outcome, Value
from studyapp.simulator.rulebook import Rulebook
from studyapp.simulator.scenario import read

Body = Mapping[str, object]
Values = Mapping[str, Value]
OTHER_SEEDS = 3
CHANCE = "chance"


class Trial:
    """What comes of bodies in a world, at one seed. `before` is called before each run and may raise."""

    def __init__(self, world: World, seed: int, before: Callable[[], None]) -> None:
        self._world, self._seed = world, seed
        self._runs = Runs(before)
        self._known: dict[tuple[str, Rulebook, str, int, str], Values | None] = {}
        self.metrics: Sequence[str] = ()
        """Those that are looked at, unless one alone is asked for."""

    @property
    def rules(self) -> set[str]:
        """The rules that the runs have read so far."""
        return set(self._runs.rules)

    def outcome(self, body: Body, rulebook: Rulebook | None = None, seed: int | None = None) -> Outcome:
        """Raises ScenarioError, or RunTooLong for a run that no item may have."""
        setting = Setting(body, rulebook or self._world.rulebook)
        return self._runs.outcome(setting, self._seed if seed is None else seed, MOST_EVENTS)

    def values(
        self,
        body: Body,
        belief: Belief | None = None,
        *,
        only: str = "",
        rulebook: Rulebook | None = None,
        seed: int | None = None,
    ) -> Values | None:
        """The metrics of the run by name, or the one that is asked for, as `belief` has them; None where there can be no
        such run."""
        rules = rulebook or self._world.rulebook
        at = self._seed if seed is None else seed
        wanted = (json.dumps(body, sort_keys=True, default=str), rules, belief.id if belief else "", at, only)
        if wanted not in self._known:
            self._known[wanted] = self._values(body, belief, rules, at, (only,) if only else self.metrics)
        return self._known[wanted]

    def value(self, metric: str, body: Body, *, rulebook: Rulebook | None = None) -> Value:
        """One metric of the true run; None where there is none."""
        return (self.values(body, only=metric, rulebook=rulebook) or {}).get(metric)

    def shaken(self, item: Item, body: Body, only: str = "") -> list[tuple[Move | str, frozenset[str]]]:
        """What an item could leave open, chance included, and the metrics that each of them changes."""
        true = self.values(body, only=only) or {}
        worlds: list[tuple[Move | str, Values | None]] = []
        if has_chance(read(body, self._world.rulebook)):
            seeds = range(self._seed + 1, self._seed + 1 + OTHER_SEEDS)
            worlds += [(CHANCE, self.values(body, only=only, seed=seed)) for seed in seeds]
        setting = Setting(body, self._world.rulebook)
        worlds += [(move, self._moved(move, body, only)) for move in moves(item, setting)]
        return [(what, _changed(true, values)) for what, values in worlds]

    def _moved(self, move: Move, body: Body, only: str) -> Values | None:
        try:
            there = move.moved(Setting(body, self._world.rulebook))
        except SimulatorError:
            return None
        return self.values(there.body, only=only, rulebook=there.rulebook) if there else None

    def _values(
        self, body: Body, belief: Belief | None, rules: Rulebook, seed: int, names: Sequence[str]
    ) -> Values | None:
        try:
            believed = rules.believing(belief.patch) if belief and belief.patch else rules
            outcome = self.outcome(body, believed, seed)
        except SimulatorError:
            return None
        reading = MISREADINGS[belief.misreading] if belief and belief.misreading else Outcome.value
        return dict(_read(outcome, reading, names))


def parameter(path: str, value: object, body: Body) -> Body:
    """`body` with a parameter set that it leaves out."""
    moved = Parameter(path, value).moved(Setting(body, Rulebook()))
    return moved.body if moved else body


def is_open(move: Move | str) -> bool:
    """Whether no stem can settle it: chance, or what AWS leaves open."""
    return isinstance(move, str | Assumed)


def _read(outcome: Outcome, reading: Callable[[Outcome, str], Value], names: Sequence[str]) -> list[tuple[str, Value]]:
    found = []
    for name in names:
        try:
            found.append((name, reading(outcome, name)))
        except ClaimError:  # in the world of a belief there may be no such thing to measure
            continue
    return found


def _changed(true: Values, other: Values | None) -> frozenset[str]:
    return frozenset(name for name in true if other is not None and other.get(name) != true[name])
