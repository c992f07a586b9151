"""What is kept where, and who may do what, as plain values. Time is in microseconds, sizes are in KB."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from studyapp.simulator.rulebook import Rulebook

EVERYTHING = ""
"""The scope of a permission that names no secret."""


class Place(StrEnum):
    CODE = "code"
    ENVIRONMENT = "environment"
    PARAMETER_STORE = "parameter-store"
    SECRETS_MANAGER = "secrets-manager"

    @property
    def is_store(self) -> bool:
        """Whether the code asks a service for the value."""
        return self in (Place.PARAMETER_STORE, Place.SECRETS_MANAGER)


@dataclass(frozen=True, slots=True)
class Secret:
    """`helpers`: the console encrypted it for the code to decrypt. `customer_key`: at rest it is encrypted with a key of the
    account's own. `cache` is how long the extension keeps a value, None without the extension. `rotates` is how often the value
    is to change, None for never."""

    name: str
    place: Place
    helpers: bool
    customer_key: bool
    advanced: bool
    every_invocation: bool
    cache: int | None
    rotates: int | None


@dataclass(frozen=True, slots=True)
class Grant:
    """`action` in small letters, a star at its end for all that begin so; `scope` is a secret, and its key, or EVERYTHING."""

    action: str
    scope: str

    def covers(self, action: str, secret: str) -> bool:
        if self.scope not in (EVERYTHING, secret):
            return False
        return action.startswith(self.action[:-1]) if self.action.endswith("*") else action == self.action


@dataclass(frozen=True, slots=True)
class Reader:
    """A person, or the role of the function. `allowed` None: everything."""

    name: str
    allowed: tuple[Grant, ...] | None
    denied: tuple[Grant, ...] = ()

    def may(self, action: str, secret: str, rulebook: Rulebook) -> bool:
        """Whether a policy allows the action, and, as a deny wins, none denies it."""
        if rulebook.explicit_deny_wins and self.is_denied(action, secret):
            return False
        return self.allowed is None or _covered(self.allowed, action, secret)

    def is_denied(self, action: str, secret: str) -> bool:
        return _covered(self.denied, action, secret)


@dataclass(frozen=True, slots=True)
class Traffic:
    """`invocations` of a month, spread evenly but for the busiest second, which has `peak`. `environments` run side by side, and
    each is replaced after `lifetime` (None: as the rulebook has it)."""

    invocations: int
    environments: int
    lifetime: int | None
    peak: int


@dataclass(frozen=True, slots=True)
class Safe:
    """All secrets of one function, its traffic, its role, and the people who might look. `high_throughput` is that of the
    account's Parameter Store."""

    traffic: Traffic
    high_throughput: bool
    role: Reader
    people: tuple[Reader, ...]
    kept: Mapping[str, Secret]


def _covered(grants: Collection[Grant], action: str, secret: str) -> bool:
    return any(grant.covers(action, secret) for grant in grants)
