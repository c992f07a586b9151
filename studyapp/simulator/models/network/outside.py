"""The ways out of a VPC, as hops: NAT gateway, internet gateway and egress-only gateway."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from studyapp.simulator import spelling
from studyapp.simulator.models.network import acls, endpoints
from studyapp.simulator.models.network.inside import WITHIN
from studyapp.simulator.models.network.names import listed
from studyapp.simulator.models.network.reading_rules import PREFIX_LISTS
from studyapp.simulator.models.network.security import answer, outbound
from studyapp.simulator.models.network.topology import (
    EndpointKind,
    Family,
    Network,
    Subnet,
    Target,
    TargetKind,
    Way,
)
from studyapp.simulator.rulebook import Rulebook
from studyapp.simulator.spans import Hop

PUBLIC: frozenset[str] = frozenset()
"""The peers of a rule that a public address matches, beside anywhere."""


def hops(network: Network, subnet: Subnet, target: Target, family: Family, rulebook: Rulebook) -> Iterable[Hop]:
    """From an environment in `subnet` to a public address over one address family. Stop at the first that refuses."""
    groups = network.function.security_groups
    peers = frozenset({target.service}) if target.service in PREFIX_LISTS else PUBLIC
    yield from outbound(groups, peers, target.ports, "to any address", rulebook)
    yield from acls.leave(subnet, PUBLIC, target.ports, "for any address")
    believed = _believed(network, target, rulebook)
    if believed is not None:
        yield believed
    elif family is Family.IPV6:
        yield from _over_ipv6(network, subnet)
    else:
        yield from _over_ipv4(network, subnet, target, rulebook)
    yield from acls.answer_enters(subnet, PUBLIC, rulebook)
    yield from answer(groups, peers, rulebook)
    yield Hop(target.name, True, f"The call arrives over {family.label}, and the answer comes back the same way.")


def _believed(network: Network, target: Target, rulebook: Rulebook) -> Hop | None:
    """A hop that exists only in a world where a wrong belief is right."""
    if rulebook.vpc_attachment_keeps_internet:
        says = "The function would keep the internet it has without a VPC, if this were so."
        return Hop("Lambda's own network", True, says, "vpc_attachment_keeps_internet")
    if target.kind is TargetKind.AWS_API and rulebook.vpc_functions_reach_aws_apis:
        says = "AWS services would stay reachable from any subnet, if this were so."
        return Hop("Lambda's own network", True, says, "vpc_functions_reach_aws_apis")
    if target.kind is TargetKind.AWS_API and rulebook.iam_permissions_open_the_network:
        says = "The permission in the role would be enough, if this were so."
        return Hop("Execution role", True, says, "iam_permissions_open_the_network")
    if rulebook.gateway_endpoints_reach_internet and _gateway_endpoints(network):
        says = "The endpoint would carry any traffic out of the VPC, if this were so."
        return Hop("Gateway endpoint", True, says, "gateway_endpoints_reach_internet")
    return None


def _gateway_endpoints(network: Network) -> list[str]:
    return [each.service for each in network.endpoints.values() if each.kind is EndpointKind.GATEWAY]


def _over_ipv6(network: Network, subnet: Subnet) -> Iterable[Hop]:
    name = "IPv6 setting"
    if network.function.ipv6:
        yield Hop(name, True, "IPv6 is allowed, and every subnet of the function has an IPv6 range.")
    else:
        yield Hop(name, False, "IPv6 is off for this function, as it is until you allow it.")
    table = f"Route table {subnet.route_table}"
    if Way.EGRESS_ONLY not in network.ways(subnet):
        yield Hop(table, False, f"Subnet {subnet.name} has no IPv6 route out of the VPC.")
    yield Hop(table, True, "The IPv6 default route leads to an egress-only internet gateway.")
    yield Hop("Egress-only gateway", True, "It lets IPv6 connections out, and none in.")


def _over_ipv4(network: Network, subnet: Subnet, target: Target, rulebook: Rulebook) -> Iterable[Hop]:
    ways, table = network.ways(subnet), f"Route table {subnet.route_table}"
    yield from endpoints.passed_by(network, target)
    for way, through in _WAYS_OUT.items():
        if way in ways:
            yield Hop(table, True, f"The default route of subnet {subnet.name} leads to {_LABELS[way]}.")
            yield from through(network, target, rulebook)
            return
    yield _no_route(table, network, subnet, target)


def _no_route(table: str, network: Network, subnet: Subnet, target: Target) -> Hop:
    """Why there is no way out, with the wrong belief that would hide it."""
    none, gateways = f"Subnet {subnet.name} has no default route", _gateway_endpoints(network)
    if target.kind is TargetKind.AWS_API:
        says = f"{none}, and no endpoint of {spelling.service(target.service)} serves it."
        return Hop(table, False, says, "vpc_functions_reach_aws_apis")
    if gateways:
        says = f"{none}; the gateway endpoint carries calls to {listed(map(spelling.service, gateways), 2)} alone."
        return Hop(table, False, says, "gateway_endpoints_reach_internet")
    return Hop(table, False, f"{none}, so nothing leads out of the VPC.", "vpc_attachment_keeps_internet")


def _through_nat(network: Network, target: Target, rulebook: Rulebook) -> Iterable[Hop]:
    name, home, rule = "NAT gateway", network.nat_in, "nat_works_from_a_private_subnet"
    if home is None:
        yield Hop(name, False, "The route names a NAT gateway, but no subnet has one.", rule)
        return
    yield from acls.enter(home, WITHIN, target.ports)
    if Way.IGW in network.ways(home):
        yield Hop(name, True, f"It stands in public subnet {home.name} and lends its own public address.", rule)
    elif rulebook.nat_works_from_a_private_subnet:
        yield Hop(name, True, f"It would reach the internet from private subnet {home.name}, if this were so.", rule)
    else:
        yield Hop(name, False, _stranded(network, home), rule)
    yield from acls.leave(home, PUBLIC, target.ports, "for any address")
    if Way.IGW in network.ways(home):
        yield Hop("Internet gateway", True, f"Route table {home.route_table} leads from there to the internet.")
    yield from acls.answer_enters(home, PUBLIC, rulebook)
    yield from acls.answer_leaves(home, WITHIN, rulebook)


def _stranded(network: Network, home: Subnet) -> str:
    """Why a NAT gateway in `home` is of no use."""
    if Way.NAT in network.ways(home):
        return (
            f"It stands in {home.name}, whose route table {home.route_table} leads to the NAT gateway itself: a loop."
        )
    return f"It stands in {home.name}, whose route table {home.route_table} has no route to an internet gateway."


def _through_internet_gateway(network: Network, target: Target, rulebook: Rulebook) -> Iterable[Hop]:
    name, rule = "Internet gateway", "function_interfaces_have_public_addresses"
    if rulebook.function_interfaces_have_public_addresses:
        yield Hop(name, True, "The function would have a public address of its own, if this were so.", rule)
    else:
        says = "It serves public addresses alone, and a function never gets one, not even in a public subnet."
        yield Hop(name, False, says, rule)


def _through_egress_only(network: Network, target: Target, rulebook: Rulebook) -> Iterable[Hop]:
    name, rule = "Egress-only gateway", "egress_only_gateway_carries_ipv4"
    if rulebook.egress_only_gateway_carries_ipv4:
        yield Hop(name, True, "It would carry IPv4 as well, if this were so.", rule)
    else:
        yield Hop(name, False, "It carries IPv6 alone, and this is a call to an IPv4 address.", rule)


_WAYS_OUT: dict[Way, Callable[[Network, Target, Rulebook], Iterable[Hop]]] = {
    Way.NAT: _through_nat,
    Way.IGW: _through_internet_gateway,
    Way.EGRESS_ONLY: _through_egress_only,
}
_LABELS = {
    Way.NAT: "a NAT gateway",
    Way.IGW: "an internet gateway",
    Way.EGRESS_ONLY: "an egress-only internet gateway",
}
