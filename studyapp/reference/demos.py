"""Where the lab shows what the reference says: scenarios, and the settings of their demos."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from studyapp.content import queries as content
from studyapp.content.addresses import query
from studyapp.content.models import Clue, Fact, Scenario


@dataclass(frozen=True, slots=True)
class Setting:
    """A preset of a demo, without what its run shows: that is to be predicted.

    `query`: what an address of the lab has after its question mark; "" for the scenario as it is.
    """

    title: str
    kind: str
    query: str


KINDS = {"typical": "As it is", "boundary": "At the boundary", "trap": "The trap"}


@dataclass(frozen=True, slots=True)
class Shown:
    """A scenario that the lab shows, with the presets of its demo."""

    slug: str
    title: str
    settings: tuple[Setting, ...] = ()


def of_clue(slug: str) -> tuple[Shown, ...]:
    """The demos of a clue, its own first. One query."""
    return tuple(
        Shown(scenario.slug, scenario.title, tuple(_settings(scenario))) for scenario in content.demos_of_clue(slug)
    )


def _settings(scenario: Scenario) -> Iterator[Setting]:
    for preset in (scenario.demo or {"presets": ()})["presets"]:
        yield Setting(preset["title"], KINDS[preset["kind"]], query(preset["change"], body={}))


@dataclass(frozen=True, slots=True)
class Side:
    """One of the things to choose from: when it is the answer and when it is not, and the facts that say so."""

    name: str
    fits: str
    avoid: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """What there is to choose from where a clue is a matter of choice, and what decides."""

    says: str
    sides: tuple[Side, ...]


def card(clue: Clue, facts: Mapping[str, Fact]) -> Card | None:
    """The card of a clue, with those of its facts that are given; None if it has none."""
    if clue.card is None:
        return None
    sides = (
        Side(side["name"], side["fits"], side["not"], tuple(facts[slug] for slug in side["facts"] if slug in facts))
        for side in clue.card["sides"]
    )
    return Card(clue.card["says"], tuple(sides))


def facts_of(clue: Clue) -> list[str]:
    """The slugs of the facts that a clue's card names."""
    return [slug for side in (clue.card or NO_CARD)["sides"] for slug in side["facts"]]


def texts_of(clue: Clue) -> list[str]:
    """Of its card, which may refer to facts."""
    said = clue.card or NO_CARD
    return [said["says"], *(side[key] for side in said["sides"] for key in ("fits", "not"))]


NO_CARD: dict[str, Any] = {"says": "", "sides": []}
