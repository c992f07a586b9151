"""Reads policies: statements of users and roles, of resources, and the trust policy of a role."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from studyapp.simulator.errors import ScenarioError
from studyapp.simulator.models.access.kinds import EVERYONE, SERVICES
from studyapp.simulator.models.access.managed import MANAGED
from studyapp.simulator.models.access.parts import Statement
from studyapp.simulator.models.access.words import defined, is_yes, listed
from studyapp.simulator.models.names import name
from studyapp.simulator.reading import OURS, Fields

ACTION: Final = re.compile(r"\*|[a-z0-9-]{1,40}:[A-Za-z0-9*?]{1,80}")
MOST_STATEMENTS: Final = 6
"""Of a policy; the longest of the course has two."""
MOST_IN_ALL: Final = 50
"""Statements of all policies together."""
_PATTERN: Final = re.compile(r"[A-Za-z0-9_*?-]{1,64}")
_WILD: Final = re.compile(r"[*?]")


@dataclass(frozen=True, slots=True)
class Known:
    """The names that a policy may use: of resources and roles, of roles and users, of accounts."""

    things: frozenset[str]
    identities: frozenset[str]
    accounts: frozenset[str]

    def principal(self, where: str, word: str) -> str:
        """A principal as a policy names it; a service also as s3.amazonaws.com. Raises ScenarioError."""
        service = word.removesuffix(".amazonaws.com")
        if service in SERVICES:
            return service
        if word in self.things - self.identities:
            raise ScenarioError(where, word, "is a resource, and no principal: name its service or its role")
        known = {EVERYONE, *self.identities, *self.accounts}
        if word not in known:
            raise ScenarioError(
                where, word, f"is no principal; known are {', '.join(sorted(known))} and services such as s3"
            )
        return word


def check_size(bodies: Iterable[object]) -> None:
    """Raises ScenarioError where roles, users and resources have more statements than can be held against each other."""
    policies = [each.get("policy") for each in bodies if isinstance(each, Mapping)]
    total = sum(len(each) for each in policies if isinstance(each, list | tuple))
    if total > MOST_IN_ALL:
        raise ScenarioError("access", f"{total} statements", f"is above {MOST_IN_ALL}, the most in all ({OURS})")


def of_identity(fields: Fields, known: Known) -> tuple[Statement, ...]:
    """`policy` and `managed` of a role or user."""
    where = fields.at("managed")
    names = [defined(where, each, MANAGED, "policy that AWS manages") for each in listed(fields, "managed")]
    return (*(MANAGED[each] for each in names), *_policy(fields, known, _identity_statement))


def of_resource(fields: Fields, known: Known) -> tuple[Statement, ...]:
    return _policy(fields, known, _resource_statement)


def trust(fields: Fields, role: str, known: Known) -> Statement:
    """Who may take on the role, `trusts`."""
    where = fields.at("trusts")
    to = frozenset(known.principal(where, each) for each in listed(fields, "trusts"))
    return Statement(f"trust policy of {role}", False, ("sts:assumerole",), to=to)


def action(where: str, word: str, *, is_pattern: bool = True) -> str:
    """An action or a pattern of actions, as it is written. Raises ScenarioError."""
    if not ACTION.fullmatch(word):
        raise ScenarioError(where, word, "is no action of IAM, such as s3:GetObject")
    if not is_pattern and _WILD.search(word):
        raise ScenarioError(where, word, "is a pattern: a request is for an action without wildcards")
    return word


def _policy(fields: Fields, known: Known, read: Callable[[Fields, str, Known], Statement]) -> tuple[Statement, ...]:
    where, value = fields.at("policy"), fields.raw("policy", [])
    if not isinstance(value, list | tuple):
        raise ScenarioError(where, value, "is not a list of statements")
    if len(value) > MOST_STATEMENTS:
        raise ScenarioError(where, len(value), f"is above {MOST_STATEMENTS}, the most statements of a policy ({OURS})")
    owner = where.split(".")[-2]
    statements = []
    for number, each in enumerate(value, 1):
        inner = Fields(each, f"{where}.{number}")
        statements.append(read(inner, f"statement {number} of {owner}", known))
        inner.done()
    return tuple(statements)


def _identity_statement(fields: Fields, plain: str, known: Known) -> Statement:
    label, is_deny, actions = _head(fields, plain)
    resources = tuple(_pattern(fields.at("resources"), each, known) for each in listed(fields, "resources")) or ("*",)
    return Statement(label, is_deny, actions, resources)


def _resource_statement(fields: Fields, plain: str, known: Known) -> Statement:
    label, is_deny, actions = _head(fields, plain)
    where = fields.at("to")
    to = frozenset(known.principal(where, each) for each in listed(fields, "to"))
    if not to:
        raise ScenarioError(where, None, "is missing: a statement of a resource names its principals")
    source, account = fields.name("source"), fields.name("source_account")
    return Statement(
        label,
        is_deny,
        actions,
        to=to,
        source=_pattern(fields.at("source"), source, known) if source else None,
        source_account=defined(fields.at("source_account"), account, known.accounts, "account") if account else None,
        auth=fields.choice("auth", ("iam", "none"), "none") if fields.has("auth") else None,
        through_url=is_yes(fields, "through_url"),
    )


def _head(fields: Fields, plain: str) -> tuple[str, bool, tuple[str, ...]]:
    """A statement's label, whether it denies, and its actions."""
    allows, denies, label = listed(fields, "allow"), listed(fields, "deny"), fields.name("id")
    if allows and denies:
        raise ScenarioError(fields.at("deny"), list(denies), "stands beside allow: a statement does one of the two")
    if not allows and not denies:
        raise ScenarioError(fields.at("allow"), None, "is missing: a statement allows or denies some actions")
    where = fields.at("deny" if denies else "allow")
    actions = tuple(action(where, each).lower() for each in allows or denies)
    return name(fields.at("id"), label) if label else plain, bool(denies), actions


def _pattern(where: str, word: str, known: Known) -> str:
    """The name of a resource, or a pattern that some may fit."""
    if not _PATTERN.fullmatch(word):
        raise ScenarioError(where, word, "is no name of a resource, and no pattern of names such as photos-*")
    return word if _WILD.search(word) else defined(where, word, known.things, "resource")
