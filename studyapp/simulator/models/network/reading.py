"""From the `network:` part of a scenario to a Network. Every mistake is a ScenarioError that names its field."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import NoReturn, TypeAlias

from studyapp.simulator.errors import ScenarioError
from studyapp.simulator.models.network.topology import (
    ANYWHERE,
    Attachment,
    Endpoint,
    EndpointKind,
    Family,
    Network,
    Permit,
    SecurityGroup,
    Subnet,
    Target,
    TargetKind,
    Way,
)

PREFIX_LISTS = ("s3", "dynamodb")
"""The services whose addresses a security group rule may name."""
GROUP = "group under network.security_groups"
PORTS = {TargetKind.INTERNET: 443, TargetKind.AWS_API: 443, TargetKind.EFS: 2049, TargetKind.PRIVATE: None}

Fields: TypeAlias = Mapping[str, object]


def read(data: object) -> Network:
    """Read and check the `network:` mapping of a scenario. Raises ScenarioError."""
    fields = _mapping("network", data)
    _known("network", fields, ("function", "subnets", "routes", "nat_in", "endpoints", "security_groups", "targets"))
    routes = {name: _ways(f"network.routes.{name}", value) for name, value in _children(fields, "routes")}
    subnets = {name: _subnet(name, value, routes) for name, value in _children(fields, "subnets")}
    groups = _groups(fields)
    return Network(
        function=_attachment(fields.get("function", {}), subnets, groups),
        routes=routes,
        nat_in=_nat_in(fields.get("nat_in"), subnets),
        endpoints={name: _endpoint(name, value, routes, groups) for name, value in _children(fields, "endpoints")},
        groups=groups,
        targets=_targets(fields, groups),
    )


def _ways(field: str, value: object) -> frozenset[Way]:
    words = [word for word in _words(field, value) if word != "none"]
    ways = frozenset(Way(_one_of(field, word, [way.value for way in Way])) for word in words)
    if {Way.NAT, Way.IGW} <= ways:
        raise ScenarioError(field, "nat and igw", "are two IPv4 default routes, and a route table holds one")
    return ways


def _subnet(name: str, value: object, routes: Collection[str]) -> Subnet:
    field = f"network.subnets.{name}"
    fields = _mapping(field, value)
    _known(field, fields, ("route_table", "dual_stack"))
    table = _defined(f"{field}.route_table", fields.get("route_table"), routes, "route table under network.routes")
    return Subnet(name, table, _yes_no(f"{field}.dual_stack", fields.get("dual_stack", False)))


def _groups(fields: Fields) -> dict[str, SecurityGroup]:
    raw = dict(_children(fields, "security_groups"))
    peers = [ANYWHERE, *raw, *PREFIX_LISTS]
    return {name: _group(name, value, peers) for name, value in raw.items()}


def _group(name: str, value: object, peers: Collection[str]) -> SecurityGroup:
    """Without `egress` everything may leave and without `ingress` nothing may enter, as in a new group on AWS."""
    field = f"network.security_groups.{name}"
    fields = _mapping(field, value)
    _known(field, fields, ("egress", "ingress"))
    return SecurityGroup(
        name,
        egress=_permits(f"{field}.egress", fields.get("egress", [ANYWHERE]), peers),
        ingress=_permits(f"{field}.ingress", fields.get("ingress", []), peers),
    )


def _permits(field: str, value: object, peers: Collection[str]) -> tuple[Permit, ...]:
    return tuple(_permit(field, word, peers) for word in _words(field, value))


def _permit(field: str, word: str, peers: Collection[str]) -> Permit:
    peer, colon, port = word.partition(":")
    _defined(field, peer, peers, "security group, and not the word anywhere")
    if not colon:
        return Permit(peer)
    if not port.isdecimal() or len(port) > 5 or not 1 <= int(port) <= 65535:
        raise ScenarioError(field, word, "must end in a port from 1 to 65535, as in anywhere:443")
    return Permit(peer, int(port))


def _attachment(value: object, subnets: Mapping[str, Subnet], groups: Mapping[str, SecurityGroup]) -> Attachment:
    field = "network.function"
    fields = _mapping(field, value)
    _known(field, fields, ("attached", "subnets", "security_groups", "ipv6"))
    names = _words(f"{field}.subnets", fields.get("subnets", []))
    attached = _yes_no(f"{field}.attached", fields.get("attached", bool(names)))
    ipv6 = _yes_no(f"{field}.ipv6", fields.get("ipv6", False))
    chosen = [subnets[_defined(f"{field}.subnets", name, subnets, "subnet under network.subnets")] for name in names]
    group_field = f"{field}.security_groups"
    group_names = _words(group_field, fields.get("security_groups", []))
    guards = [groups[_defined(group_field, name, groups, GROUP)] for name in group_names]
    if not attached:
        return Attachment(False, (), (), ipv6=False)
    if not chosen:
        raise ScenarioError(f"{field}.subnets", "none", "is not enough: an attached function needs a subnet")
    if not guards:
        raise ScenarioError(group_field, "none", "is not enough: an attached function needs a security group")
    return Attachment(True, tuple(chosen), tuple(guards), ipv6)


def _nat_in(value: object, subnets: Mapping[str, Subnet]) -> Subnet | None:
    if value is None or value == "none":
        return None
    return subnets[_defined("network.nat_in", value, subnets, "subnet under network.subnets")]


def _endpoint(service: str, value: object, tables: Collection[str], groups: Collection[str]) -> Endpoint:
    field = f"network.endpoints.{service}"
    fields = _mapping(field, {"kind": value} if isinstance(value, str) else value)
    _known(field, fields, ("kind", "route_tables", "security_group"))
    kind = EndpointKind(_one_of(f"{field}.kind", fields.get("kind"), [kind.value for kind in EndpointKind]))
    return Endpoint(
        service,
        kind,
        route_tables=_endpoint_tables(f"{field}.route_tables", fields.get("route_tables"), tables),
        security_group=_group_name(f"{field}.security_group", fields.get("security_group"), groups),
    )


def _endpoint_tables(field: str, value: object, tables: Collection[str]) -> frozenset[str] | None:
    if value is None:
        return None
    return frozenset(_defined(field, name, tables, "route table under network.routes") for name in _words(field, value))


def _targets(fields: Fields, groups: Collection[str]) -> tuple[Target, ...]:
    targets = tuple(_target(name, value, groups) for name, value in _children(fields, "targets"))
    if not targets:
        raise ScenarioError("network.targets", "none", "must name at least one target that the function calls")
    return targets


def _target(name: str, value: object, groups: Collection[str]) -> Target:
    field = f"network.targets.{name}"
    fields = _mapping(field, value)
    _known(field, fields, ("kind", "service", "security_group", "port", "addresses"))
    kind = TargetKind(_one_of(f"{field}.kind", fields.get("kind"), [kind.value for kind in TargetKind]))
    service, group = fields.get("service", ""), fields.get("security_group")
    inside = kind in (TargetKind.PRIVATE, TargetKind.EFS)
    if not isinstance(service, str):
        raise ScenarioError(f"{field}.service", service, "is not the name of a service, such as sqs")
    _given_if(kind is TargetKind.AWS_API, f"{field}.service", service or None, kind, "of an aws-api")
    _given_if(inside, f"{field}.security_group", group, kind, "of what is private or efs")
    return Target(
        name,
        kind,
        service=service,
        security_group=_group_name(f"{field}.security_group", group, groups),
        port=_port(f"{field}.port", fields.get("port", PORTS[kind])),
        families=_families(f"{field}.addresses", fields.get("addresses", ["ipv4"])),
    )


def _given_if(is_due: bool, field: str, value: object, kind: TargetKind, whose: str) -> None:
    if is_due and value is None:
        raise ScenarioError(field, None, f"is missing: a target of kind {kind.value} needs one")
    if not is_due and value is not None:
        raise ScenarioError(field, value, f"is not for a target of kind {kind.value}: it is {whose}")


def _port(field: str, value: object) -> int | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= 65535:
        raise ScenarioError(field, value, "must be a whole number from 1 to 65535")
    return value


def _families(field: str, value: object) -> tuple[Family, ...]:
    words = _words(field, value)
    families = tuple(Family(_one_of(field, word, [family.value for family in Family])) for word in words)
    if not families:
        raise ScenarioError(field, "none", "must name ipv4, ipv6 or both")
    return families


def _group_name(field: str, value: object, groups: Collection[str]) -> str | None:
    return None if value is None else _defined(field, value, groups, GROUP)


def _children(fields: Fields, key: str) -> Iterable[tuple[str, object]]:
    return _mapping(f"network.{key}", fields.get(key, {})).items()


def _mapping(field: str, value: object) -> Fields:
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        raise ScenarioError(field, value, "must be a mapping of names to values")
    for key in value:
        if not isinstance(key, str):
            raise ScenarioError(field, key, "must have names that are text")
    return value


def _known(field: str, fields: Fields, known: Collection[str]) -> None:
    for key in fields:
        if key not in known:
            raise ScenarioError(f"{field}.{key}", key, f"is not known here; known are {', '.join(known)}")


def _words(field: str, value: object) -> list[str]:
    words = [value] if isinstance(value, str) else value
    if words is None:
        return []
    if not isinstance(words, list | tuple) or not all(isinstance(word, str) for word in words):
        raise ScenarioError(field, value, "must be a list of names")
    return list(words)


def _one_of(field: str, value: object, allowed: Collection[str]) -> str:
    if not isinstance(value, str) or value not in allowed:
        _refuse(field, value, f"must be one of {', '.join(allowed)}")
    return value


def _defined(field: str, value: object, names: Collection[str], what: str) -> str:
    if not isinstance(value, str) or value not in names:
        defined = f"defined are {', '.join(names) or 'none'}"
        _refuse(field, value, f"names a {what}; {defined}" if value is None else f"is no {what}; {defined}")
    return value


def _refuse(field: str, value: object, limit: str) -> NoReturn:
    raise ScenarioError(field, value, f"is missing: it {limit}" if value is None else limit)


def _yes_no(field: str, value: object) -> bool:
    if value in ("yes", "no"):
        return value == "yes"
    if not isinstance(value, bool):
        raise ScenarioError(field, value, "must be yes or no")
    return value
