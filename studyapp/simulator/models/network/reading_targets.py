"""Reads what a function calls. Which fields a target has depends on its kind."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from studyapp.simulator.errors import ScenarioError
from studyapp.simulator.models.network import names
from studyapp.simulator.models.network.reading_rules import group
from studyapp.simulator.models.network.reading_vpc import PEERED, SUBNET, one_zone
from studyapp.simulator.models.network.topology import (
    ALL_PORTS,
    INSIDE,
    Attachment,
    Endpoint,
    EndpointKind,
    Family,
    Peering,
    SecurityGroup,
    Subnet,
    Target,
    TargetKind,
)
from studyapp.simulator.reading import Fields

PORTS: Final = {
    TargetKind.INTERNET: 443,
    TargetKind.AWS_API: 443,
    TargetKind.EFS: 2049,
    TargetKind.PRIVATE: None,
    TargetKind.RDS_PROXY: None,
}
NEEDED: Final = {"service": (TargetKind.AWS_API,), "security_group": INSIDE}
"""Fields that targets of these kinds need, and no others have."""
ALLOWED: Final = {
    "addresses": (TargetKind.INTERNET, TargetKind.AWS_API),
    "vpc": (TargetKind.PRIVATE,),
    "subnet": (TargetKind.PRIVATE, TargetKind.RDS_PROXY),
    "mount_zones": (TargetKind.EFS,),
    "endpoint_name": (TargetKind.AWS_API,),
    "database": (TargetKind.RDS_PROXY,),
}
"""Fields that targets of these kinds may have, and no others."""


def read_targets(
    network: Fields,
    function: Attachment,
    subnets: Mapping[str, Subnet],
    groups: Mapping[str, SecurityGroup],
    endpoints: Mapping[str, Endpoint],
    peerings: Mapping[str, Peering],
) -> tuple[Target, ...]:
    """Every target, in the order in which they are written. Raises ScenarioError."""
    raw, where = names.parts(network, "targets", names.MOST_TARGETS), network.at("targets")
    if not raw:
        raise ScenarioError(where, "none", "is not enough: a network needs a target that the function calls")
    targets = {
        name: _target(name, names.part(network, "targets", name, value), subnets, groups, peerings)
        for name, value in raw
    }
    for each in targets.values():
        _uses_an_endpoint(f"{where}.{each.name}", each, endpoints)
        _has_a_database(f"{where}.{each.name}", each, targets)
        _knows_its_zones(network, each, function)
    return tuple(targets.values())


def _target(
    name: str,
    fields: Fields,
    subnets: Mapping[str, Subnet],
    groups: Mapping[str, SecurityGroup],
    peerings: Mapping[str, Peering],
) -> Target:
    kind = TargetKind(names.one_of(fields.at("kind"), fields.raw("kind"), [kind.value for kind in TargetKind]))
    _check_fields(fields, kind)
    vpc, subnet, database = fields.raw("vpc"), fields.raw("subnet"), fields.raw("database")
    target = Target(
        name,
        kind,
        service=_service(fields),
        security_group=group(fields, "security_group", groups),
        port=_port(fields, PORTS[kind]),
        families=_families(fields),
        vpc=None if vpc is None else names.defined(fields.at("vpc"), vpc, peerings, PEERED),
        subnet=None if subnet is None else subnets[names.defined(fields.at("subnet"), subnet, subnets, SUBNET)],
        mount_zones=_mount_zones(fields),
        endpoint_name=fields.take("endpoint_name", names.yes_no, default=False),
        database=None if database is None else names.text(database) or "",
    )
    fields.done()
    if target.vpc and target.subnet:
        raise ScenarioError(
            fields.at("subnet"), target.subnet.name, f"is in this VPC, and the target is in {target.vpc}"
        )
    return target


def _check_fields(fields: Fields, kind: TargetKind) -> None:
    for key, kinds in NEEDED.items():
        if kind in kinds and not fields.has(key):
            raise ScenarioError(fields.at(key), None, f"is missing: a target of kind {kind.value} needs one")
    for key, kinds in (*NEEDED.items(), *ALLOWED.items()):
        if kind not in kinds and fields.has(key):
            whose = names.listed([each.value for each in kinds], joint="or")
            says = f"is not for a target of kind {kind.value}: it is for {whose}"
            raise ScenarioError(fields.at(key), fields.raw(key), says)


def _service(fields: Fields) -> str:
    if not fields.has("service"):
        return ""
    return names.spelt(fields.at("service"), fields.raw("service"), "is not the name of a service, such as sqs")


def _port(fields: Fields, default: int | None) -> int | None:
    value, highest = fields.raw("port", default), ALL_PORTS[1]
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= highest:
        raise ScenarioError(fields.at("port"), value, f"is not a whole number from 1 to {highest}")
    return value


def _families(fields: Fields) -> tuple[Family, ...]:
    where = fields.at("addresses")
    words = names.words(fields, "addresses", (Family.IPV4.value,))
    if not words:
        raise ScenarioError(where, "none", "is not enough: name ipv4, ipv6 or both")
    return tuple(Family(names.one_of(where, word, [each.value for each in Family])) for word in dict.fromkeys(words))


def _mount_zones(fields: Fields) -> tuple[str, ...] | None:
    if fields.raw("mount_zones") is None:
        return None
    return tuple(one_zone(fields.at("mount_zones"), zone) for zone in names.words(fields, "mount_zones"))


def _uses_an_endpoint(where: str, target: Target, endpoints: Mapping[str, Endpoint]) -> None:
    endpoint = endpoints.get(target.service)
    if target.endpoint_name and (endpoint is None or endpoint.kind is not EndpointKind.INTERFACE):
        says = f"needs an interface endpoint of {target.service} under network.endpoints: only such a one has a name"
        raise ScenarioError(f"{where}.endpoint_name", True, says)


def _has_a_database(where: str, target: Target, targets: Mapping[str, Target]) -> None:
    if target.database is None:
        return
    behind = targets.get(target.database)
    private = [name for name, each in targets.items() if each.kind is TargetKind.PRIVATE and not each.vpc]
    if behind is None or behind.kind is not TargetKind.PRIVATE:
        known = names.listed(private, names.SHOWN_IN_ERRORS) or "none"
        raise ScenarioError(
            f"{where}.database", target.database, f"is not a private target of this VPC; defined are {known}"
        )
    if behind.vpc:
        says = f"is in {behind.vpc}, and a proxy stands in the VPC of its database"
        raise ScenarioError(f"{where}.database", target.database, says)


def _knows_its_zones(network: Fields, target: Target, function: Attachment) -> None:
    nowhere = [subnet.name for subnet in function.subnets if not subnet.zone]
    if target.mount_zones is not None and nowhere:
        says = f"is missing: {target.name} says in which zones it has mount targets"
        raise ScenarioError(network.at(f"subnets.{nowhere[0]}.zone"), None, says)
