"""Reads what a VPC is made of: its own settings, peered VPCs, route tables, subnets and endpoints."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from studyapp.simulator.errors import ScenarioError
from studyapp.simulator.models.network import names
from studyapp.simulator.models.network.reading_rules import WORDS, group
from studyapp.simulator.models.network.topology import (
    Acl,
    Endpoint,
    EndpointKind,
    Peering,
    Subnet,
    Table,
    Vpc,
    Way,
)
from studyapp.simulator.reading import Fields

TABLE: Final = "route table under network.routes"
SUBNET: Final = "subnet under network.subnets"
PEERED: Final = "VPC under network.peerings"
NONE: Final = "none"
WAYS: Final = (*(way.value for way in Way), NONE)


def read_vpc(network: Fields) -> Vpc:
    """The settings of the VPC itself. Raises ScenarioError."""
    fields = Fields(network.raw("vpc", {}), network.at("vpc"))
    tenancy = names.one_of(fields.at("tenancy"), fields.raw("tenancy", "default"), ("default", "dedicated"))
    vpc = Vpc(tenancy == "dedicated", fields.take("dns_hostnames", names.yes_no, default=True))
    fields.done()
    return vpc


def read_peerings(network: Fields) -> dict[str, Peering]:
    """Every other VPC by its name. Raises ScenarioError."""
    raw = names.parts(network, "peerings")
    taken = [name for name, _ in raw if name in WAYS or name in WORDS]
    if taken:
        says = f"cannot be the name of a VPC: in a route or a rule the word {taken[0]} means something else"
        raise ScenarioError(network.at("peerings"), taken[0], says)
    known = [name for name, _ in raw]
    peerings = {name: _peering(name, names.part(network, "peerings", name, value), known) for name, value in raw}
    for each in peerings.values():
        _is_one_step(network.at(f"peerings.{each.name}.through"), each, peerings)
    return peerings


def read_routes(network: Fields, peerings: Mapping[str, Peering]) -> dict[str, Table]:
    """Every route table by its name. Raises ScenarioError."""
    raw, where = names.parts(network, "routes"), network.at("routes")
    return {name: _table(f"{where}.{name}", value, peerings) for name, value in raw}


def read_subnets(network: Fields, routes: Collection[str], acls: Mapping[str, Acl]) -> dict[str, Subnet]:
    """Every subnet by its name. Raises ScenarioError."""
    raw = names.parts(network, "subnets")
    return {name: _subnet(name, names.part(network, "subnets", name, value), routes, acls) for name, value in raw}


def read_nat_in(network: Fields, subnets: Mapping[str, Subnet]) -> Subnet | None:
    """Where the NAT gateway stands, None where there is none."""
    value = network.raw("nat_in", NONE)
    return None if value == NONE else subnets[names.defined(network.at("nat_in"), value, subnets, SUBNET)]


def read_endpoints(network: Fields, routes: Collection[str], groups: Collection[str]) -> dict[str, Endpoint]:
    """Every endpoint by the name of its service. Raises ScenarioError."""
    where, kinds = network.at("endpoints"), [kind.value for kind in EndpointKind]
    raw = [
        (name, {"kind": names.one_of(f"{where}.{name}", value, kinds)} if isinstance(value, str) else value)
        for name, value in names.parts(network, "endpoints")
    ]
    return {name: _endpoint(name, names.part(network, "endpoints", name, value), routes, groups) for name, value in raw}


def _peering(name: str, fields: Fields, known: Collection[str]) -> Peering:
    through = fields.raw("through")
    peering = Peering(
        name,
        another_region=fields.take("another_region", names.yes_no, default=False),
        routes_back=fields.take("routes_back", names.yes_no, default=True),
        through="" if through is None else names.defined(fields.at("through"), through, known, PEERED),
    )
    fields.done()
    return peering


def _is_one_step(where: str, peering: Peering, peerings: Mapping[str, Peering]) -> None:
    if peering.through and peerings[peering.through].through:
        says = "has no peering connection with this VPC itself; name the VPC that has"
        raise ScenarioError(where, peering.through, says)


def _table(where: str, value: object, peerings: Mapping[str, Peering]) -> Table:
    found = set(names.listed_words(where, [] if value is None else value)) - {NONE}
    for word in sorted(found):
        names.one_of(where, word, (*WAYS, *peerings))
        if word in peerings and peerings[word].through:
            says = f"has no peering connection with this VPC, so a route leads to {peerings[word].through} at best"
            raise ScenarioError(where, word, says)
    ways = frozenset(Way(word) for word in found if word in WAYS)
    if {Way.NAT, Way.IGW} <= ways:
        raise ScenarioError(where, "nat and igw", "are two IPv4 default routes, and a route table holds one")
    return Table(ways, frozenset(found & set(peerings)))


def _subnet(name: str, fields: Fields, routes: Collection[str], acls: Mapping[str, Acl]) -> Subnet:
    acl, zone = fields.raw("acl"), fields.raw("zone")
    subnet = Subnet(
        name,
        names.defined(fields.at("route_table"), fields.raw("route_table"), routes, TABLE),
        dual_stack=fields.take("dual_stack", names.yes_no, default=False),
        ipv6_only=fields.take("ipv6_only", names.yes_no, default=False),
        zone="" if zone is None else one_zone(fields.at("zone"), zone),
        acl=None if acl is None else acls[names.defined(fields.at("acl"), acl, acls, "network ACL under network.acls")],
    )
    fields.done()
    if subnet.dual_stack and subnet.ipv6_only:
        raise ScenarioError(
            fields.at("ipv6_only"), True, "contradicts dual_stack: a dual-stack subnet has IPv4 as well"
        )
    return subnet


def one_zone(where: str, value: object) -> str:
    """The name of an Availability Zone. Raises ScenarioError."""
    return names.spelt(where, value, "is not the name of an Availability Zone, such as eu-west-1a")


def _endpoint(service: str, fields: Fields, tables: Collection[str], groups: Collection[str]) -> Endpoint:
    kinds = [kind.value for kind in EndpointKind]
    kind = EndpointKind(names.one_of(fields.at("kind"), fields.raw("kind"), kinds))
    if kind is EndpointKind.GATEWAY:
        _only_for(fields, ("security_group", "private_dns"), "an interface endpoint: a gateway endpoint is a route")
    else:
        _only_for(fields, ("route_tables",), "a gateway endpoint: the local route leads to an interface endpoint")
    endpoint = Endpoint(
        service,
        kind,
        route_tables=_endpoint_tables(fields, tables),
        security_group=group(fields, "security_group", groups),
        private_dns=fields.take("private_dns", names.yes_no, default=True),
    )
    fields.done()
    return endpoint


def _only_for(fields: Fields, keys: tuple[str, ...], whose: str) -> None:
    for key in keys:
        if fields.has(key):
            raise ScenarioError(fields.at(key), fields.raw(key), f"is for {whose}")


def _endpoint_tables(fields: Fields, tables: Collection[str]) -> frozenset[str] | None:
    if fields.raw("route_tables") is None:
        return None
    where = fields.at("route_tables")
    return frozenset(names.defined(where, name, tables, TABLE) for name in names.words(fields, "route_tables"))
