"""Which code an address runs, as a path, and what callers can measure of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from studyapp.simulator.models.versions.actions import LATEST, UNQUALIFIED, History, Provision, Reserve, SetAlias
from studyapp.simulator.models.versions.world import Alias, Snapshot, World, nothing_there
from studyapp.simulator.spans import Hop, Path, Value

MILLION: Final = 1_000_000
SIDES_SHOWN: Final = 3
"""Versions of one alias that a sentence names; AWS allows two."""
NAMES: Final = {LATEST: "latest", UNQUALIFIED: "unqualified"}
"""Of addresses, in metrics."""


class Side(NamedTuple):
    """A version that an address leads to, with its share in millionths. Without a snapshot there is none."""

    version: str
    snapshot: Snapshot | None
    share: int = MILLION


class Asked(NamedTuple):
    """What the steps name, whether it exists at the end or not: the targets of each alias, and kinds of concurrency."""

    targets: Mapping[str, tuple[str, ...]]
    is_reserved: bool
    is_provisioned: bool


def asked(history: History) -> Asked:
    actions = [step.action for step in history.steps]
    targets: dict[str, tuple[str, ...]] = {}
    for action in actions:
        if isinstance(action, SetAlias):
            targets[action.alias] = (*targets.get(action.alias, ()), action.to, *action.weights)
    kinds = {type(action) for action in actions}
    return Asked(targets, Reserve in kinds, Provision in kinds)


def all_there_are(world: World, named: Asked) -> tuple[str, ...]:
    """The name alone, $LATEST, every number that was given out and every alias that was asked for."""
    return (UNQUALIFIED, LATEST, *map(str, sorted(world.numbers)), *named.targets)


def sides(world: World, address: str) -> tuple[Side, ...]:
    """Where its calls go: one version, or several by weight."""
    alias = world.aliases.get(address)
    if alias is None:
        version = _newest(world) if address == UNQUALIFIED else address
        return (Side(version, world.snapshot(version)),)
    shares = {alias.to: MILLION - sum(alias.weights.values()), **alias.weights}
    return tuple(Side(version, _of_alias(world, alias, version), share) for version, share in shares.items())


def _newest(world: World) -> str:
    """What a name alone stands for."""
    believed = world.rulebook.unqualified_means == "newest version" and world.versions
    return str(max(world.versions)) if believed else LATEST


def _of_alias(world: World, alias: Alias, version: str) -> Snapshot | None:
    return alias.kept.get(version) if world.rulebook.alias_is_a_copy else world.snapshot(version)


def path(world: World, address: str) -> Path:
    """From the address to the code."""
    return Path.along(NAMES.get(address, address), _hops(world, address), "version")


def _hops(world: World, address: str) -> Iterator[Hop]:
    found = sides(world, address)
    if address == UNQUALIFIED:
        says = f"A name without version or alias stands for {_called(found[0].version)}."
        if found[0].version != LATEST:
            says = "A name alone would stand for the newest version, if this were so."
        yield Hop("Name alone", True, says, "unqualified_means")
    elif address in world.aliases:
        yield from _alias_hops(world, address, found)
    elif address != LATEST and not address.isdigit():
        yield Hop(f"Alias {address}", False, nothing_there(address).says)
    for side in found:
        yield _end(world, side)


def _alias_hops(world: World, address: str, found: tuple[Side, ...]) -> Iterator[Hop]:
    name, rulebook = f"Alias {address}", world.rulebook
    if len(found) == 1:
        yield Hop(name, True, f"The alias points to {_called(found[0].version)}; its ARN stays when it moves.")
    else:
        parts = ", ".join(f"{_percent(side.share)} to {_called(side.version)}" for side in found[:SIDES_SHOWN])
        parts += f" and so on, {len(found)} in all" if len(found) > SIDES_SHOWN else ""
        says = f"By chance, call by call, it sends {parts}."
        if rulebook.weights_are_for_callers:
            says = f"Each caller would stay with one version, if this were so: {parts}."
        yield Hop(name, True, says, "weights_are_for_callers")
    if rulebook.alias_is_a_copy:
        yield Hop(name, True, "It would keep a copy of what it pointed to, if this were so.", "alias_is_a_copy")


def _end(world: World, side: Side) -> Hop:
    name, rule = _called(side.version), "versions_are_fixed"
    name = name if side.version == LATEST else name.capitalize()
    if side.snapshot is None:
        return Hop(name, False, nothing_there(side.version).says)
    if side.version == LATEST:
        return Hop(name, True, f"It runs {side.snapshot.code}, and the next edit changes that.", rule)
    if world.rulebook.versions_are_fixed:
        return Hop(name, True, f"It runs {side.snapshot.code}, fixed when it was published.", rule)
    return Hop(name, True, f"It runs {side.snapshot.code}, and could be edited, if this were so.", rule)


def metrics(world: World, address: str, named: Asked) -> Iterator[tuple[str, Value]]:
    """What is so for calls to `address`."""
    name, found = NAMES.get(address, address), sides(world, address)
    is_there = all(side.snapshot for side in found)
    codes = dict.fromkeys(side.snapshot.code for side in found if side.snapshot)
    numbers = [int(side.version) if side.version.isdigit() else side.version for side in found]
    one = numbers[0] if len(numbers) == 1 else " or ".join(map(str, numbers))
    yield f"runs.{name}", " or ".join(codes) if is_there else None
    yield f"version.{name}", one if is_there else None
    if address in world.aliases or address in named.targets:
        yield f"mixes.{name}", is_there and _mixes(world, found)
        shares = dict.fromkeys(named.targets.get(address, ()), 0) | {side.version: _share(side) for side in found}
        yield from (
            (f"share.{name}.{NAMES.get(each, each)}", share) for each, share in shares.items() if each != address
        )
    own = LATEST if address == UNQUALIFIED else address
    if named.is_reserved:
        yield f"reserved.{name}", _reserved(world, address, found)
    if named.is_provisioned:
        yield f"provisioned.{name}", world.provisioned.get(own, 0)
    if is_there and len(found) == 1 and found[0].snapshot:
        yield from ((f"setting.{name}.{key}", value) for key, value in found[0].snapshot.settings.items())
    yield from ((f"setting.{name}.{key}", value) for (on, key), value in world.loose.items() if on == own)


def _mixes(world: World, found: tuple[Side, ...]) -> bool:
    """Whether the calls of one caller can reach more than one version."""
    return sum(side.share > 0 for side in found) > 1 and not world.rulebook.weights_are_for_callers


def _reserved(world: World, address: str, found: tuple[Side, ...]) -> int | None:
    """Reserved concurrency that calls to `address` can use, shared with all others of the function; None without one."""
    if not world.rulebook.reserved_is_for_a_version:
        return world.reserved.get(UNQUALIFIED)
    own = [world.reserved[each] for each in (address, *(side.version for side in found)) if each in world.reserved]
    return own[0] if own else None


def _share(side: Side) -> int | float:
    whole, rest = divmod(side.share, MILLION)
    return side.share / MILLION if rest else whole


def _percent(share: int) -> str:
    return f"{share / 10_000:g} %"


def _called(version: str) -> str:
    return version if version == LATEST else f"version {version}"
