"""Ranges of what a network has. Only what the scenario sets is moved: a network has no usual shape.

Which subnet has which route table, and which target has which group, is that shape; what tables and groups hold is moved.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from studyapp.questions.proof.range import Body, Range, found_at, names_at

_SUBNET = "any subnet of the VPC"
_GROUP = "any group of the VPC"


def _place(_: str, body: Body) -> tuple[object, ...]:
    return names_at("network.subnets", body)


def _places(path: str, body: Body) -> tuple[object, ...]:
    return tuple([name] for name in _place(path, body))


def _group(_: str, body: Body) -> tuple[object, ...]:
    return names_at("network.security_groups", body)


def _groups(path: str, body: Body) -> tuple[object, ...]:
    return tuple([name] for name in _group(path, body))


def _tables(_: str, body: Body) -> tuple[object, ...]:
    return tuple([name] for name in names_at("network.routes", body))


def _vpcs(_: str, body: Body) -> tuple[object, ...]:
    return (None, *names_at("network.peerings", body))


def _zones(_: str, body: Body) -> tuple[object, ...]:
    """Each zone that a subnet is in, alone."""
    subnets = cast("Body", found_at("network.subnets", body) or {})
    zones = (subnet.get("zone") for subnet in subnets.values() if isinstance(subnet, Mapping))
    return tuple([zone] for zone in dict.fromkeys(zones) if zone is not None)


RANGES: tuple[Range, ...] = (
    Range("network.function.attached", ("yes", "no"), "AWS's default is not attached"),
    Range("network.function.subnets", _places, _SUBNET),
    Range("network.function.security_groups", _groups, _GROUP),
    Range("network.function.ipv6", ("no", "yes"), "AWS's default is off"),
    Range("network.function.state", ("active", "pending", "inactive"), "every state that its interfaces may be in"),
    Range("network.function.unused_for", (None, "1 d", "30 d"), "in use, and before and after AWS takes them back"),
    Range("network.function.interface_permissions", ("yes", "no"), "its role may make interfaces, or may not"),
    Range("network.others.*.subnets", _places, _SUBNET),
    Range("network.others.*.security_groups", _groups, _GROUP),
    Range("network.vpc.tenancy", ("default", "dedicated"), "AWS's default is default"),
    Range("network.vpc.dns_hostnames", ("yes", "no"), "private names need it; either may be set"),
    Range("network.subnets.*.dual_stack", ("no", "yes"), "IPv4 alone, or both"),
    Range("network.subnets.*.ipv6_only", ("no", "yes"), "AWS's default is no"),
    Range("network.subnets.*.zone", ("eu-west-1a", "eu-west-1b"), "any zone"),
    Range("network.subnets.*.acl", (None,), "AWS's default lets all pass"),
    Range("network.routes.*", ("none", "nat", "igw"), "any default route"),
    Range("network.nat_in", _place, _SUBNET),
    Range("network.acls.*.inbound", (["anywhere"], []), "as AWS's default, which lets all pass; nothing"),
    Range("network.acls.*.outbound", (["anywhere"], []), "as AWS's default, which lets all pass; nothing"),
    Range("network.peerings.*.another_region", ("no", "yes"), "in this Region, or in another"),
    Range("network.peerings.*.routes_back", ("yes", "no"), "its tables lead back, or do not"),
    Range("network.peerings.*.through", (None,), "peered with this VPC unless it is said"),
    Range("network.endpoints.*.kind", ("gateway", "interface"), "either, where AWS has both"),
    Range("network.endpoints.*.route_tables", _tables, "any route table of the VPC"),
    Range("network.endpoints.*.security_group", _group, _GROUP),
    Range("network.endpoints.*.private_dns", ("yes", "no"), "AWS's default is yes"),
    Range("network.endpoints.*", (None,), "an endpoint that nobody mentions may be missing"),
    Range("network.targets.*.port", (443, 5432), "the port of HTTPS, and one of a database"),
    Range("network.targets.*.addresses", (["ipv4"], ["ipv6"], ["ipv4", "ipv6"]), "either kind, and both"),
    Range("network.targets.*.endpoint_name", ("no", "yes"), "the usual name, or the endpoint's own"),
    Range("network.targets.*.vpc", _vpcs, "this VPC unless it is said; any that is peered"),
    Range("network.targets.*.subnet", (None,), "in a subnet of its own unless it is said"),
    Range("network.targets.*.mount_zones", _zones, "any one zone of the VPC"),
    Range("network.targets.*.database", (None,), "nobody looks behind a proxy unless it is said"),
    Range("network.security_groups.*.egress", (["anywhere"], []), "AWS's default is anywhere; nothing"),
    Range("network.security_groups.*.ingress", ([], ["anywhere"]), "AWS's default is nothing; anywhere"),
)
