"""Reads the section `access` of a scenario: accounts, users, roles, resources and requests. Raises ScenarioError."""

from collections.abc import Mapping
from typing import Final

from studyapp.simulator.errors import ScenarioError
from studyapp.simulator.models.access.kinds import EVERYONE, HOME, KEYED, KINDS, SERVICES
from studyapp.simulator.models.access.parts import Identity, Statement, Thing, World
from studyapp.simulator.models.access.reading_policies import Known, check_size, of_identity, of_resource, trust
from studyapp.simulator.models.access.reading_requests import read_requests
from studyapp.simulator.models.access.words import MOST, MOST_REQUESTS, defined, is_yes, listed, word
from studyapp.simulator.models.names import children, name
from studyapp.simulator.reading import Fields

Named = list[tuple[str, object]]
_OWN: Final = {
    "url": "a function", "cors": "a function", "vpc": "a function",
    "key": "a queue, a stream, a bucket, a secret or a parameter",
}  # fmt: skip
_DEFAULTS: Final = {
    "key": Statement("default key policy", False, ("kms:*",)),
    "file-system": Statement(
        "default file system policy", False, ("elasticfilesystem:client*",), to=frozenset({EVERYONE})
    ),
}
"""What holds for a resource of such a kind that is given no policy; the key's names the account that it is in."""


def read(data: object) -> World:
    fields = Fields(data, "access")
    roles, users, things = (children(fields, key, MOST) for key in ("roles", "users", "resources"))
    check_size(body for _, body in (*roles, *users, *things))
    accounts = _accounts(fields, [("roles", roles), ("users", users), ("resources", things)])
    known = _known(roles, users, things, accounts)
    identities = {each: _identity(f"access.roles.{each}", body, known, is_role=True) for each, body in roles}
    identities |= {each: _identity(f"access.users.{each}", body, known, is_role=False) for each, body in users}
    resources = {each: _thing(each, body, known, identities) for each, body in things}
    _check_keys(resources)
    requests = read_requests(children(fields, "requests", MOST_REQUESTS), identities, resources)
    fields.done()
    return World(identities, resources, requests)


def _accounts(fields: Fields, parts: list[tuple[str, Named]]) -> dict[str, str]:
    """Those under `accounts`; else home and every account that something is in. Each with the field that names it first."""
    where = fields.at("accounts")
    given = [name(where, each) for each in listed(fields, "accounts")]
    used = [(f"access.{part}.{each}.account", body.get("account")) for part, named in parts for each, body in named
            if isinstance(body, Mapping) and body.get("account") is not None]  # fmt: skip
    if given:
        return {HOME: where, **dict.fromkeys(given, where)}
    found = {HOME: where}
    for place, account in used:
        found.setdefault(name(place, account), place)
    return found


def _known(roles: Named, users: Named, things: Named, accounts: Mapping[str, str]) -> Known:
    """Raises ScenarioError for a name that stands for two things, as a principal must be one."""
    taken = {EVERYONE: "the word for all callers"} | dict.fromkeys(SERVICES, "the name of a service")
    for account in accounts:
        if account in taken:
            raise ScenarioError(accounts[account], account, f"is {taken[account]} as well")
        taken[account] = "the name of an account"
    for part, named in (("roles", roles), ("users", users), ("resources", things)):
        for each, _ in named:
            if each in taken:
                raise ScenarioError(f"access.{part}.{each}", each, f"is {taken[each]} as well")
            taken[each] = f"one of the {part}"
    identities = frozenset(each for each, _ in [*roles, *users])
    return Known(frozenset(each for each, _ in [*things, *roles]), identities, frozenset(accounts))


def _account(fields: Fields, known: Known) -> str:
    return defined(fields.at("account"), fields.name("account") or HOME, known.accounts, "account")


def _identity(where: str, body: object, known: Known, *, is_role: bool) -> Identity:
    fields = Fields({} if body is None else body, where)
    label, account = where.rpartition(".")[2], _account(fields, known)
    trusts = trust(fields, label, known)
    if trusts.to and not is_role:
        raise ScenarioError(fields.at("trusts"), sorted(trusts.to), "is for roles: nobody takes on a user")
    identity = Identity(label, account, of_identity(fields, known), trusts if is_role else None)
    fields.done()
    return identity


def _thing(label: str, body: object, known: Known, identities: Mapping[str, Identity]) -> Thing:
    fields = Fields(body, f"access.resources.{label}")
    kind = word(fields, "kind", f"it is one of {', '.join(KINDS)}")
    if kind not in KINDS:
        raise ScenarioError(fields.at("kind"), kind, f"is none of {', '.join(KINDS)}")
    account = _account(fields, known)
    thing = Thing(
        label,
        kind,
        account,
        policy=_policy(fields, kind, account, known),
        role=_role(fields, kind, account, identities),
        url=fields.choice("url", ("iam", "none"), "none") if fields.has("url") else "",
        cors=listed(fields, "cors"),
        vpc=is_yes(fields, "vpc"),
        key=fields.name("key"),
    )
    _check_own(fields, kind)
    if thing.cors and not thing.url:
        raise ScenarioError(fields.at("cors"), list(thing.cors), "is for a function with a url")
    fields.done()
    return thing


def _policy(fields: Fields, kind: str, account: str, known: Known) -> tuple[Statement, ...]:
    policy = of_resource(fields, known)
    if policy and not KINDS[kind].has_policy:
        raise ScenarioError(fields.at("policy"), "a policy", f"is not for {KINDS[kind].a}, which has none")
    if kind not in _DEFAULTS or fields.has("policy"):
        return policy
    default = _DEFAULTS[kind]
    return (Statement(default.label, False, default.actions, to=default.to or frozenset({account})),)


def _role(fields: Fields, kind: str, account: str, identities: Mapping[str, Identity]) -> Identity | None:
    """The role that a function, a schedule and the like act with."""
    where, label = fields.at("role"), fields.name("role")
    if not label:
        return None
    if not KINDS[kind].takes_role:
        raise ScenarioError(where, label, f"is not for {KINDS[kind].a}, which acts with no role")
    roles = {each: identity for each, identity in identities.items() if identity.trust is not None}
    role = roles[defined(where, label, roles, "role")]
    if role.account != account:
        raise ScenarioError(where, label, f"is a role of account {role.account}, and this is in account {account}")
    return role


def _check_own(fields: Fields, kind: str) -> None:
    allowed = {"function": ("url", "cors", "vpc"), **dict.fromkeys(KEYED, ("key",))}.get(kind, ())
    for key, whose in _OWN.items():
        if fields.has(key) and key not in allowed:
            raise ScenarioError(fields.at(key), fields.raw(key), f"is not for {KINDS[kind].a}: it is of {whose}")


def _check_keys(things: Mapping[str, Thing]) -> None:
    keys = [each.name for each in things.values() if each.kind == "key"]
    for thing in things.values():
        if thing.key:
            defined(f"access.resources.{thing.name}.key", thing.key, keys, "key")
