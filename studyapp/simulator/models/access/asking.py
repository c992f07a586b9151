"""Who asks for one action, and which statements speak about it."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from studyapp.simulator.models.access.kinds import EVERYONE, SERVICES, SPELLED
from studyapp.simulator.models.access.parts import Identity, Statement, Thing
from studyapp.simulator.models.access.words import fits


@dataclass(frozen=True, slots=True)
class Caller:
    """A user or role (`identity`), a service that acts for the resource `source`, or the public, of which neither is known.

    `acting` is the resource that took on the role.
    """

    identity: Identity | None = None
    service: str = ""
    source: Thing | None = None
    acting: Thing | None = None

    @property
    def account(self) -> str | None:
        """The account whose policies the caller brings along: a service and the public bring none."""
        return self.identity.account if self.identity else None

    @property
    def names(self) -> frozenset[str]:
        """The principals of a policy that name this caller itself."""
        own = self.identity.name if self.identity else self.service
        return frozenset({own, EVERYONE} - {""})

    @property
    def label(self) -> str:
        if self.identity:
            return self.identity.label
        return SERVICES.get(self.service, self.service) if self.service else "the public"


@dataclass(frozen=True, slots=True)
class Ask:
    """One action, in small letters and as it was `written`. `auth` is that of the function URL it comes through, if any."""

    action: str
    written: str
    target: Thing | None
    caller: Caller
    auth: str = ""

    @classmethod
    def of(cls, action: str, target: Thing | None, caller: Caller, auth: str = "") -> "Ask":
        """An action as somebody wrote it, or in small letters as the rulebook has it."""
        return cls(action.lower(), SPELLED.get(action, action), target, caller, auth)


class Found(NamedTuple):
    """The first statement of each sort that speaks about a request: one that denies; an allow of the caller's own
    policies; of the resource's policy one that names the caller, and one that names its account."""

    deny: Statement | None
    identity: Statement | None
    direct: Statement | None
    delegated: Statement | None

    @property
    def has_allow(self) -> bool:
        return bool(self.identity or self.direct or self.delegated)


def find(ask: Ask) -> Found:
    own = [each for each in (ask.caller.identity.policy if ask.caller.identity else ()) if is_about(each, ask)]
    theirs = [each for each in (ask.target.policy if ask.target else ()) if _holds(each, ask)]
    direct = [each for each in theirs if each.to & ask.caller.names]
    delegated = [each for each in theirs if ask.caller.account in each.to]
    return Found(
        _first([*own, *direct, *delegated], is_deny=True),
        _first(own, is_deny=False),
        _first(direct, is_deny=False),
        _first(delegated, is_deny=False),
    )


def is_about(statement: Statement, ask: Ask) -> bool:
    """Whether a statement of an identity speaks about the action and the resource."""
    return _covers(statement.actions, ask.action) and names(statement, ask.target)


def names(statement: Statement, thing: Thing | None) -> bool:
    """Whether a statement of an identity is about `thing`. What an action without a resource takes is a star."""
    return any(each == "*" or (thing is not None and fits(thing.name, each)) for each in statement.resources)


def comes_from(statement: Statement, source: Thing | None) -> bool:
    """Whether the conditions on the source hold. What acts for no resource brings no source, and they fail."""
    if statement.source is not None and (source is None or not fits(source.name, statement.source)):
        return False
    return statement.source_account is None or (source is not None and source.account == statement.source_account)


def _holds(statement: Statement, ask: Ask) -> bool:
    return (
        _covers(statement.actions, ask.action)
        and comes_from(statement, ask.caller.source)
        and _fits_url(statement, ask)
    )


def _fits_url(statement: Statement, ask: Ask) -> bool:
    """Each of the two conditions on a URL is known for one action alone: its authentication for InvokeFunctionUrl, that
    the request came through it for InvokeFunction."""
    if statement.auth is not None and (ask.auth != statement.auth or ask.action != "lambda:invokefunctionurl"):
        return False
    return not statement.through_url or (bool(ask.auth) and ask.action == "lambda:invokefunction")


@lru_cache(maxsize=4096)
def _covers(actions: tuple[str, ...], action: str) -> bool:
    """Kept, as many requests ask for the same actions."""
    return any(fits(action, pattern) for pattern in actions)


def _first(statements: Iterable[Statement], *, is_deny: bool) -> Statement | None:
    return next((each for each in statements if each.is_deny == is_deny), None)
