"""A function with its versions and aliases at one moment, and how a step that AWS refuses is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from studyapp.simulator.models.versions.actions import LATEST, Setting
from studyapp.simulator.rulebook import Rulebook


class Refusal(NamedTuple):
    """`reason` in a few words, a metric; `says` in a sentence."""

    reason: str
    says: str
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Code and the settings that publishing freezes."""

    code: str
    settings: Mapping[str, Setting]


@dataclass(frozen=True, slots=True)
class Alias:
    """`kept` is what its versions were when it was set, which counts only where an alias is taken for a copy."""

    to: str
    weights: Mapping[str, int]
    kept: Mapping[str, Snapshot]

    @property
    def targets(self) -> tuple[str, ...]:
        return (self.to, *self.weights)


@dataclass
class World:
    """`last` is the newest number given out, `numbers` all of them; `made` counts the versions. `compared` is the last one
    published, deleted or not."""

    rulebook: Rulebook
    latest: Snapshot
    versions: dict[int, Snapshot] = field(default_factory=dict)
    made: int = 0
    last: int = 0
    numbers: set[int] = field(default_factory=set)
    compared: Snapshot | None = None
    aliases: dict[str, Alias] = field(default_factory=dict)
    loose: dict[tuple[str, str], Setting] = field(default_factory=dict)
    provisioned: dict[str, int] = field(default_factory=dict)
    reserved: dict[str, int] = field(default_factory=dict)

    def snapshot(self, qualifier: str) -> Snapshot | None:
        """Of $LATEST or of a version that exists."""
        if qualifier == LATEST:
            return self.latest
        return self.versions.get(int(qualifier)) if qualifier.isdigit() else None

    def forget(self, qualifier: str) -> None:
        """What was set on a version or an alias goes with it."""
        self.provisioned.pop(qualifier, None)
        self.reserved.pop(qualifier, None)
        self.loose = {place: value for place, value in self.loose.items() if place[0] != qualifier}


def nothing_there(qualifier: str) -> Refusal:
    if qualifier.isdigit():
        return Refusal("no such version", f"There is no version {qualifier} here.")
    return Refusal("no such alias", f"There is no alias {qualifier} here.")
