"""The course as the files give it: everything that can be loaded, proved or simulated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from studyapp.content.schema.blueprints import Blueprint
from studyapp.content.schema.demos import Card, Demo
from studyapp.content.schema.moves import Move
from studyapp.content.schema.scenarios import Scenario
from studyapp.content.schema.tables import Clue, Row
from studyapp.facts.book import Fact
from studyapp.questions.glossary import Term
from studyapp.questions.items import Belief, Item
from studyapp.questions.proof.result import Proof, World


@dataclass(frozen=True, slots=True)
class Course:
    """In the order of the files. `items` hold the recall items too. `demos` are by their scenario, `cards` by their clue.
    `formerly` maps an old id to the new one."""

    rows: tuple[Row, ...] = ()
    facts: Mapping[str, Fact] = field(default_factory=dict)
    moves: tuple[Move, ...] = ()
    terms: tuple[Term, ...] = ()
    clues: tuple[Clue, ...] = ()
    beliefs: Mapping[str, Belief] = field(default_factory=dict)
    scenarios: Mapping[str, Scenario] = field(default_factory=dict)
    items: tuple[Item, ...] = ()
    blueprints: tuple[Blueprint, ...] = ()
    demos: Mapping[str, Demo] = field(default_factory=dict)
    cards: Mapping[str, Card] = field(default_factory=dict)
    proofs: Mapping[str, Proof] = field(default_factory=dict)
    formerly: Mapping[str, str] = field(default_factory=dict)

    @property
    def world(self) -> World:
        """What items rest on, for `questions.proof`."""
        bodies = {name: scenario.body() for name, scenario in self.scenarios.items()}
        return World(scenarios=bodies, beliefs=self.beliefs, facts=self.facts)

    def proved(self, proofs: Mapping[str, Proof]) -> Course:
        return replace(self, proofs=proofs)
