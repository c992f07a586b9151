"""From the `versions:` part of a scenario to a History. Every mistake is a ScenarioError that names its field."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from studyapp.simulator import units
from studyapp.simulator.errors import ScenarioError
from studyapp.simulator.models.versions.actions import (
    LATEST,
    UNQUALIFIED,
    Action,
    Configure,
    DeleteAlias,
    DeleteVersion,
    Edit,
    History,
    Provision,
    Publish,
    Reserve,
    SetAlias,
    Setting,
    Step,
)
from studyapp.simulator.models.versions.values import (
    LOOSE,
    VERSIONED,
    alias,
    millionths,
    qualifier,
    step_name,
    target,
    text,
)
from studyapp.simulator.reading import OURS, Fields

MOST_STEPS: Final = 100
MOST_ADDRESSES: Final = 50
MOST_WEIGHTS: Final = 10
MOST_CONCURRENCY: Final = 1_000_000
_ACTIONS: Final = (
    "edit",
    "configure",
    "publish",
    "delete_version",
    "create_alias",
    "update_alias",
    "delete_alias",
    "provision",
    "reserve",
)


def read(data: object) -> History:
    """Read and check the `versions:` mapping of a scenario. Raises ScenarioError."""
    fields = Fields(data, "versions")
    code = fields.take("code", text, "the first code")
    versioned, loose = _settings(fields, "settings")
    if loose:
        name = next(iter(loose))
        raise ScenarioError(f"versions.settings.{name}", loose[name], "is not versioned: set it in a step")
    steps = _steps(fields)
    addresses = _addresses(fields)
    fields.done()
    return History(code, versioned, steps, addresses)


def _steps(fields: Fields) -> tuple[Step, ...]:
    where, given = fields.at("steps"), fields.raw("steps", [])
    if not isinstance(given, list | tuple):
        raise ScenarioError(where, given, "is not a list of steps")
    if len(given) > MOST_STEPS:
        raise ScenarioError(where, len(given), f"is above {MOST_STEPS} steps ({OURS})")
    steps = tuple(_step(each, f"{where}.{place}", place) for place, each in enumerate(given, 1))
    labels = [step.label for step in steps]
    for place, label in enumerate(labels, 1):
        if labels.index(label) + 1 != place:
            raise ScenarioError(f"{where}.{place}.name", label, "is the name of two steps")
    return steps


def _step(data: object, where: str, place: int) -> Step:
    fields = Fields(data, where)
    label = fields.take("name", step_name, str(place))
    given = [name for name in _ACTIONS if fields.raw(name) is not None]
    if len(given) != 1:
        what = "is missing: a step does one of" if not given else "do not go together: a step does one of"
        raise ScenarioError(where, " and ".join(given) or None, f"{what} {', '.join(_ACTIONS)}")
    action = _READERS[given[0]](fields)
    fields.done()
    return Step(label, action)


def _edit(fields: Fields) -> Action:
    return Edit(fields.take("of", qualifier, LATEST) or LATEST, fields.need("edit", text))


def _configure(fields: Fields) -> Action:
    return Configure(fields.take("of", qualifier, LATEST) or LATEST, *_settings(fields, "configure"))


def _publish(fields: Fields) -> Action:
    if not fields.need("publish", units.flag):
        raise ScenarioError(fields.at("publish"), False, "is not a step: leave it out")
    return Publish()


def _set_alias(fields: Fields) -> Action:
    is_new = fields.has("create_alias")
    name = fields.need("create_alias" if is_new else "update_alias", alias)
    return SetAlias(name, is_new, fields.need("to", target), _weights(fields))


def _weights(fields: Fields) -> dict[str, int]:
    """Shares in millionths by version. AWS refuses what is above 1, so that is an outcome and no mistake here."""
    given = fields.raw("weights", {})
    where = fields.at("weights")
    if not isinstance(given, Mapping):
        raise ScenarioError(where, given, 'is not a mapping of versions to shares, such as {"8": 5 %}')
    if len(given) > MOST_WEIGHTS:
        raise ScenarioError(where, len(given), f"is above {MOST_WEIGHTS} versions ({OURS})")
    weights: dict[str, int] = {}
    for key, value in given.items():
        version = fields.read("weights", target, key)
        if version in weights:
            raise ScenarioError(where, key, "is there twice")
        weights[version] = fields.read(f"weights.{key}", millionths, value)
    return weights


def _provision(fields: Fields) -> Action:
    on = fields.need("provision", qualifier)
    return Provision(on, _count(fields, "environments", 1))


def _reserve(fields: Fields) -> Action:
    return Reserve(fields.take("of", qualifier, UNQUALIFIED), _count(fields, "reserve", 0))


def _count(fields: Fields, key: str, default: int) -> int:
    value = fields.whole(key, 0, MOST_CONCURRENCY, default)
    return default if value is None else value


_READERS: Final[Mapping[str, Callable[[Fields], Action]]] = {
    "edit": _edit,
    "configure": _configure,
    "publish": _publish,
    "delete_version": lambda fields: DeleteVersion(fields.need("delete_version", target)),
    "create_alias": _set_alias,
    "update_alias": _set_alias,
    "delete_alias": lambda fields: DeleteAlias(fields.need("delete_alias", alias)),
    "provision": _provision,
    "reserve": _reserve,
}


def _settings(fields: Fields, key: str) -> tuple[dict[str, Setting], dict[str, Setting]]:
    """Those that publishing freezes, and those that it does not."""
    inner = Fields(fields.raw(key, {}), fields.at(key))
    readers = {**VERSIONED, **LOOSE}
    found = {name: inner.need(name, reader) for name, reader in readers.items() if inner.raw(name) is not None}
    inner.done()
    if key == "configure" and not found:
        raise ScenarioError(fields.at(key), None, "is missing: it names at least one setting")
    return (
        {name: value for name, value in found.items() if name in VERSIONED},
        {name: value for name, value in found.items() if name in LOOSE},
    )


def _addresses(fields: Fields) -> tuple[str, ...] | None:
    given, where = fields.raw("addresses"), fields.at("addresses")
    if given is None:
        return None
    if not isinstance(given, list | tuple) or not given:
        raise ScenarioError(where, given, "is not a list of addresses, such as [live, latest]")
    if len(given) > MOST_ADDRESSES:
        raise ScenarioError(where, len(given), f"is above {MOST_ADDRESSES} addresses ({OURS})")
    return tuple(dict.fromkeys(fields.read("addresses", qualifier, each) for each in given))
