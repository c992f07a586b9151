"""What a proof is, and what it needs to be made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from studyapp.facts.book import Fact
from studyapp.questions.items import Belief
from studyapp.simulator.rulebook import TRUTH, Rulebook


class Refused(Exception):
    """An item that cannot be proved, with every reason found. `str` is one line for each."""

    def __init__(self, item_id: str, problems: tuple[str, ...]) -> None:
        super().__init__(item_id, problems)  # as given, so that it can travel between processes
        self.item_id = item_id
        self.problems = problems

    def __str__(self) -> str:
        return "\n".join(f"{self.item_id}: {problem}" for problem in self.problems)


@dataclass(frozen=True, slots=True)
class World:
    """What items rest on: scenario bodies, beliefs and facts by id, and the rulebook in force."""

    scenarios: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    beliefs: Mapping[str, Belief] = field(default_factory=dict)
    facts: Mapping[str, Fact] = field(default_factory=dict)
    rulebook: Rulebook = TRUTH


@dataclass(frozen=True, slots=True)
class ProvedSeed:
    """One variant that may be shown. `seed` names it and is the seed of its run; `values` are the texts of the options
    shown, by option id in authored order; `draw` holds the values of the parameters that the stem shows. `other` is the key
    in words that the other view has (see `Item.view`), where it has another."""

    seed: int
    draw: Mapping[str, object]
    values: Mapping[str, str]
    key: tuple[str, ...]
    other: str | None = None

    def as_json(self) -> dict[str, Any]:
        body = {"seed": self.seed, "draw": dict(self.draw), "values": dict(self.values), "key": list(self.key)}
        return body if self.other is None else {**body, "other": self.other}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> ProvedSeed:
        return cls(data["seed"], dict(data["draw"]), dict(data["values"]), tuple(data["key"]), data.get("other"))


@dataclass(frozen=True, slots=True)
class Proof:
    """An item's proved seeds. `assumptions` and `parameters` are what was moved without changing the key; `rules` are the
    rules that its runs have read, and the only ones on which it rests."""

    item: str
    digest: str
    engine: str
    seeds: tuple[ProvedSeed, ...]
    assumptions: tuple[str, ...] = ()
    parameters: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {
            "item": self.item,
            "digest": self.digest,
            "engine": self.engine,
            "assumptions": list(self.assumptions),
            "parameters": list(self.parameters),
            "rules": list(self.rules),
            "seeds": [seed.as_json() for seed in self.seeds],
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Proof:
        """Raises KeyError or TypeError if `data` is not what `as_json` gave."""
        return cls(
            data["item"],
            data["digest"],
            data["engine"],
            tuple(ProvedSeed.from_json(seed) for seed in data["seeds"]),
            tuple(data["assumptions"]),
            tuple(data["parameters"]),
            tuple(data["rules"]),
        )
