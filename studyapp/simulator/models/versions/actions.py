"""What is done to a function and its versions, as plain values. A qualifier is $LATEST, a number, an alias, or "" for none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

LATEST: Final = "$LATEST"
UNQUALIFIED: Final = ""
Setting: TypeAlias = int | str


@dataclass(frozen=True, slots=True)
class Edit:
    """New code."""

    on: str
    code: str


@dataclass(frozen=True, slots=True)
class Configure:
    """New settings: `versioned` are frozen by publishing, `loose` can change at any time. Sizes in MB, times in seconds."""

    on: str
    versioned: Mapping[str, Setting]
    loose: Mapping[str, Setting]


@dataclass(frozen=True, slots=True)
class Publish:
    """A snapshot of $LATEST."""


@dataclass(frozen=True, slots=True)
class DeleteVersion:
    version: str


@dataclass(frozen=True, slots=True)
class SetAlias:
    """Make an alias, or change it. `weights` are the shares of further versions, in millionths; `to` gets the rest."""

    alias: str
    is_new: bool
    to: str
    weights: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class DeleteAlias:
    alias: str


@dataclass(frozen=True, slots=True)
class Provision:
    """Environments kept ready; 0 takes the setting away."""

    on: str
    environments: int


@dataclass(frozen=True, slots=True)
class Reserve:
    """Reserved concurrency."""

    on: str
    concurrency: int


Action: TypeAlias = Edit | Configure | Publish | DeleteVersion | SetAlias | DeleteAlias | Provision | Reserve


@dataclass(frozen=True, slots=True)
class Step:
    """`label` is its name, or its place counted from 1."""

    label: str
    action: Action


@dataclass(frozen=True, slots=True)
class History:
    """A function as it is at first, what is done to it, and the addresses that are asked for (None: all there are)."""

    code: str
    settings: Mapping[str, Setting]
    steps: tuple[Step, ...]
    addresses: tuple[str, ...] | None
