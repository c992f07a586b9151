"""What the steps do to code, settings, versions and concurrency. What AWS refuses changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final

from studyapp.simulator.models.versions.actions import (
    LATEST,
    UNQUALIFIED,
    Action,
    Configure,
    DeleteAlias,
    DeleteVersion,
    Edit,
    Provision,
    Publish,
    Reserve,
    SetAlias,
)
from studyapp.simulator.models.versions.aliases import delete_alias, set_alias
from studyapp.simulator.models.versions.world import Alias, Refusal, Snapshot, World, nothing_there


def apply(world: World, action: Action) -> Refusal | None:
    """Do it, or say why AWS does not."""
    return _DOERS[type(action)](world, action)


def _edit(world: World, action: Edit) -> Refusal | None:
    return _change(world, action.on, {"code": action.code})


def _configure(world: World, action: Configure) -> Refusal | None:
    if action.versioned:
        now = world.snapshot(action.on) or world.latest
        refusal = _change(world, action.on, {"settings": {**now.settings, **action.versioned}})
        if refusal:
            return refusal
    elif not (action.on in world.aliases or world.snapshot(action.on)):
        return nothing_there(action.on)
    world.loose.update({(action.on, name): value for name, value in action.loose.items()})
    return None


def _change(world: World, on: str, changes: dict[str, Any]) -> Refusal | None:
    """Of code or versioned settings, which stand in $LATEST alone."""
    rule = "versions_are_fixed"
    if on == LATEST:
        world.latest = replace(world.latest, **changes)
        return None
    if on in world.aliases:
        return Refusal("only $LATEST is edited", "An alias has no code of its own; $LATEST is where you edit.", rule)
    found = world.snapshot(on)
    if found is None:
        return nothing_there(on)
    if world.rulebook.versions_are_fixed:
        says = f"Version {on} is published, so its code and versioned settings are fixed."
        return Refusal("versions are fixed", says, rule)
    world.versions[int(on)] = replace(found, **changes)
    return None


def _publish(world: World, action: Publish) -> Refusal | None:
    """Nothing to publish is no refusal: AWS answers with the version that there is."""
    rulebook = world.rulebook
    if rulebook.publishing_needs_a_change and _last(world) == world.latest:
        return None
    reused = rulebook.version_numbers_come_back
    number = max(world.versions, default=0) + 1 if reused else world.last + 1
    world.versions[number] = world.compared = world.latest
    world.last, world.made = number, world.made + 1
    world.numbers.add(number)
    if rulebook.aliases_follow_publishing:
        for name, alias in world.aliases.items():
            if not alias.weights:
                world.aliases[name] = Alias(str(number), {}, {str(number): world.versions[number]})
    return None


def _last(world: World) -> Snapshot | None:
    """What the next publishing is compared with."""
    if world.rulebook.publishing_compares_with_deleted:
        return world.compared
    return world.versions[max(world.versions)] if world.versions else None


def _delete_version(world: World, action: DeleteVersion) -> Refusal | None:
    number, rule = action.version, "aliased_version_can_be_deleted"
    if number == LATEST:
        return Refusal("$LATEST stays", "$LATEST goes only with the whole function.")
    if world.snapshot(number) is None:
        return nothing_there(number)
    users = [name for name, alias in world.aliases.items() if number in alias.targets]
    rulebook = world.rulebook
    if users and not (rulebook.aliased_version_can_be_deleted or rulebook.alias_is_a_copy):
        return Refusal("an alias points to it", f"Alias {users[0]} points to version {number}, so it stays.", rule)
    del world.versions[int(number)]
    world.forget(number)
    return None


def _provision(world: World, action: Provision) -> Refusal | None:
    on, rule = action.on or LATEST, "latest_can_be_provisioned"
    if on == LATEST and not world.rulebook.latest_can_be_provisioned:
        says = "Provisioned concurrency needs a published version or an alias, and $LATEST is neither."
        return Refusal("$LATEST cannot be provisioned", says, rule)
    alias = world.aliases.get(on)
    if alias and LATEST in alias.targets and not world.rulebook.latest_can_be_provisioned:
        says = f"Alias {on} points to $LATEST, and nothing unpublished can be kept ready."
        return Refusal("$LATEST cannot be provisioned", says, rule)
    if alias is None and world.snapshot(on) is None:
        return nothing_there(on)
    world.provisioned[on] = action.environments
    return None


def _reserve(world: World, action: Reserve) -> Refusal | None:
    on, rule = action.on, "reserved_is_for_a_version"
    if on == UNQUALIFIED:
        world.reserved[UNQUALIFIED] = action.concurrency
        return None
    if on not in world.aliases and world.snapshot(on) is None:
        return nothing_there(on)
    if not world.rulebook.reserved_is_for_a_version:
        says = "Reserved concurrency belongs to the function; all its versions share it."
        return Refusal("reserved for the function", says, rule)
    world.reserved[on] = action.concurrency
    return None


_DOERS: Final[Mapping[type, Callable[[World, Any], Refusal | None]]] = {
    Edit: _edit,
    Configure: _configure,
    Publish: _publish,
    DeleteVersion: _delete_version,
    SetAlias: set_alias,
    DeleteAlias: delete_alias,
    Provision: _provision,
    Reserve: _reserve,
}
