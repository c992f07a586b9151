"""What a world of permissions is made of, as plain values. Names are the author's own, and each is known to be defined."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from studyapp.simulator.models.access.kinds import HOME, KINDS, ROLE, Kind

READING: Final = ("s3:getobject", "secretsmanager:getsecretvalue", "ssm:getparameter", "ssm:getparameters")
"""Actions that hand out what a key has encrypted."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence of a policy. Actions are patterns in small letters.

    `resources` are patterns of what an identity's statement is about; `to` are the principals of a resource's. The
    conditions hold for all when None: the resource that a service acts for, its account, the kind of URL authentication,
    and that the request came through a function URL.
    """

    label: str
    is_deny: bool
    actions: tuple[str, ...]
    resources: tuple[str, ...] = ("*",)
    to: frozenset[str] = frozenset()
    source: str | None = None
    source_account: str | None = None
    auth: str | None = None
    through_url: bool = False


@dataclass(frozen=True, slots=True)
class Identity:
    """A user or a role. A role's `trust` is its trust policy; a user has none."""

    name: str
    account: str
    policy: tuple[Statement, ...]
    trust: Statement | None = None

    @property
    def label(self) -> str:
        return f"{'user' if self.trust is None else 'role'} {self.name}"


@dataclass(frozen=True, slots=True)
class Thing:
    """A resource. `url` is iam or none, "" without one; `key` names the key that encrypts it."""

    name: str
    kind: str
    account: str = HOME
    policy: tuple[Statement, ...] = ()
    role: Identity | None = None
    url: str = ""
    cors: tuple[str, ...] = ()
    vpc: bool = False
    key: str = ""

    @property
    def about(self) -> Kind:
        return ROLE if self.kind == "role" else KINDS[self.kind]


@dataclass(frozen=True, slots=True)
class Request:
    """What somebody wants. `by` is a name or everyone; `does` is a word of WORDS or empty, and then `actions` are named."""

    name: str
    by: str
    does: str
    actions: tuple[str, ...] = ()
    target: Thing | None = None
    origin: str = ""

    @property
    def reads(self) -> bool:
        """Whether it gets something that a key may have encrypted."""
        return self.does == "poll" or any(each.lower() in READING for each in self.actions)

    @property
    def opens(self) -> str:
        """The key that encrypts what the request reads, "" without one."""
        return self.target.key if self.target and self.reads else ""


@dataclass(frozen=True, slots=True)
class World:
    """Everything that a scenario says about permissions."""

    identities: Mapping[str, Identity]
    things: Mapping[str, Thing]
    requests: tuple[Request, ...]
