"""From the `secrets:` part of a scenario to a Safe. Every mistake is a ScenarioError that names its field."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Final

from studyapp.simulator import units
from studyapp.simulator.errors import ScenarioError
from studyapp.simulator.models.names import parts
from studyapp.simulator.models.secrets.parts import EVERYTHING, Grant, Place, Reader, Safe, Secret, Traffic
from studyapp.simulator.models.secrets.readers import FUNCTION
from studyapp.simulator.reading import Fields, bounded, lapse
from studyapp.simulator.rulebook import Rulebook
from studyapp.simulator.units import show_time

MOST_KEPT: Final = 12
MOST_PEOPLE: Final = 8
MOST_GRANTS: Final = 20
"""Of one reader. With these bounds a safe is read and answered in 3 ms; a policy that tells a story has two or three."""
MOST_INVOCATIONS: Final = 10**12
MOST_ENVIRONMENTS: Final = 1_000_000
_ACTION: Final = re.compile(r"\*|[a-z][a-z0-9-]*:(?:\*|[A-Za-z]+\*?)")
_OF_A_STORE: Final = "a secret in parameter-store or secrets-manager"
EXTENSION: Final = "AWS Parameters and Secrets Lambda Extension"
_READS: Final = ("each-environment", "each-invocation")


def read(data: object, rulebook: Rulebook) -> Safe:
    """Read and check the `secrets:` mapping of a scenario. Raises ScenarioError."""
    fields = Fields(data, "secrets")
    kept = {name: _secret(name, part, rulebook) for name, part in _parts(fields, "kept", MOST_KEPT)}
    if not kept:
        raise ScenarioError("secrets.kept", None, "is missing: there is no secret")
    safe = Safe(
        traffic=_traffic(Fields(fields.raw("traffic", {}), "secrets.traffic"), rulebook),
        high_throughput=fields.choice("throughput", ("standard", "high"), "standard") == "high",
        role=_role(fields, kept),
        people=tuple(_reader(name, part, kept) for name, part in _parts(fields, "people", MOST_PEOPLE)),
        kept=kept,
    )
    fields.done()
    return safe


def _parts(fields: Fields, key: str, most: int) -> Iterator[tuple[str, Fields]]:
    """People and secrets: none has the name that the running code has among the readers."""
    for name, part in parts(fields, key, most):
        if name == FUNCTION:
            raise ScenarioError(fields.at(key), name, "is the running code here, which has a role")
        yield name, part


def _traffic(fields: Fields, rulebook: Rulebook) -> Traffic:
    invocations = _whole(fields, "invocations", 0, MOST_INVOCATIONS, 0)
    even = -(-invocations * units.SECOND // rulebook.secret_month)
    traffic = Traffic(
        invocations=invocations,
        environments=_whole(fields, "environments", 1, MOST_ENVIRONMENTS, 1),
        lifetime=fields.take("lifetime", lapse, 0) or None,
        peak=fields.take("peak", _a_second, even),
    )
    fields.done()
    return traffic


def _a_second(value: object) -> int:
    """How many of a rate there are in a second, a part of one for a whole one. Raises UnitError."""
    rate = units.rate(value)
    return -(-rate.count * units.SECOND // rate.per_us)


def _role(fields: Fields, kept: Collection[str]) -> Reader:
    if fields.raw("role") is None:
        return Reader(FUNCTION, None)
    return _reader(FUNCTION, Fields(fields.raw("role"), "secrets.role"), kept)


def _reader(name: str, fields: Fields, kept: Collection[str]) -> Reader:
    reader = Reader(name, _grants(fields, "may", kept), _grants(fields, "may_not", kept))
    fields.done()
    return reader


def _grants(fields: Fields, key: str, kept: Collection[str]) -> tuple[Grant, ...]:
    value, where = fields.raw(key, []), fields.at(key)
    texts = [value] if isinstance(value, str) else value
    if not isinstance(texts, list | tuple) or len(texts) > MOST_GRANTS:
        raise ScenarioError(where, value, f"is not a list of at most {MOST_GRANTS} actions")
    return tuple(_grant(where, text, kept) for text in texts)


def _grant(where: str, text: object, kept: Collection[str]) -> Grant:
    action, on, scope = text.partition(" on ") if isinstance(text, str) else ("", "", "")
    if not _ACTION.fullmatch(action):
        raise ScenarioError(where, text, "is not an action, such as kms:Decrypt or lambda:Get*")
    if on and scope not in kept:
        raise ScenarioError(where, text, f"names no secret; kept are {', '.join(kept)}")
    return Grant(action.lower(), scope if on else EVERYTHING)


def _secret(name: str, fields: Fields, rulebook: Rulebook) -> Secret:
    if not fields.has("in"):
        raise ScenarioError(fields.at("in"), None, "is missing: where is it kept?")
    place = Place(fields.choice("in", tuple(Place), ""))
    helpers = fields.take("helpers", units.flag, False)
    advanced = fields.choice("tier", ("standard", "advanced"), "standard") == "advanced"
    secret = Secret(
        name,
        place,
        helpers=helpers,
        customer_key=fields.take("customer_key", units.flag, False),
        advanced=advanced,
        every_invocation=fields.choice("read", _READS, _READS[0]) == _READS[1],
        cache=_cache(fields, rulebook),
        rotates=_rotates(fields, place, rulebook),
    )
    _check_size(fields, place, advanced, rulebook)
    _check_place(fields, secret)
    fields.done()
    return secret


def _cache(fields: Fields, rulebook: Rulebook) -> int | None:
    """Microseconds; None without the extension, and with one that keeps nothing."""
    if not fields.take("extension", units.flag, False):
        if fields.raw("ttl") is not None:
            raise ScenarioError(fields.at("ttl"), fields.raw("ttl"), "is for a secret with extension: yes")
        return None
    default, most = rulebook.secret_cache_ttl, rulebook.secret_cache_ttl_max
    return fields.within("ttl", units.whole_seconds, default, 0, most, show_time, EXTENSION) or None


def _rotates(fields: Fields, place: Place, rulebook: Rulebook) -> int | None:
    if fields.raw("rotates", "never") == "never":
        return None
    every = fields.need("rotates", lapse)
    if place is Place.SECRETS_MANAGER:
        low, high = rulebook.rotation_min, rulebook.rotation_max
        bounded(fields.at("rotates"), every, low, high, show_time, "Secrets Manager quotas")
    return every


def _check_size(fields: Fields, place: Place, advanced: bool, rulebook: Rulebook) -> None:
    """A secret fits its place; in code it may have any size."""
    size = fields.take("size", units.payload, 1)
    parameter = rulebook.parameter_advanced_max if advanced else rulebook.parameter_standard_max
    limits = {
        Place.ENVIRONMENT: (rulebook.env_vars_max, "Lambda quotas"),
        Place.PARAMETER_STORE: (parameter, f"Parameter Store, {'advanced' if advanced else 'standard'} tier"),
        Place.SECRETS_MANAGER: (rulebook.secret_max, "Secrets Manager quotas"),
    }
    if place in limits and fields.has("size"):
        most, source = limits[place]
        bounded(fields.at("size"), size, 0, most, lambda kilobytes: f"{kilobytes:,} KB", source)


def _check_place(fields: Fields, secret: Secret) -> None:
    """Each setting belongs to places that have it."""
    can_read = secret.place.is_store or secret.helpers
    wrong = {
        "helpers": (secret.place is not Place.ENVIRONMENT, "a secret in environment"),
        "customer_key": (secret.place is Place.CODE, f"a secret in environment, or {_OF_A_STORE}"),
        "tier": (secret.place is not Place.PARAMETER_STORE, "a secret in parameter-store"),
        "read": (not can_read, f"{_OF_A_STORE}, or with helpers"),
        "extension": (not secret.place.is_store, _OF_A_STORE),
    }
    for key, (is_wrong, whose) in wrong.items():
        value = fields.raw(key)
        if is_wrong and value not in (None, False, "no"):
            raise ScenarioError(fields.at(key), value, f"is for {whose}")


def _whole(fields: Fields, key: str, low: int, high: int, default: int) -> int:
    value = fields.whole(key, low, high, default)
    return default if value is None else value
