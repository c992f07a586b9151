"""Ways to private addresses, as hops: in the VPC itself, and in a VPC that is peered with it."""

from __future__ import annotations

from collections.abc import Iterable

from studyapp.simulator.models.network import acls
from studyapp.simulator.models.network.names import listed
from studyapp.simulator.models.network.security import Caller, answer, inbound, outbound
from studyapp.simulator.models.network.topology import VPC, Network, Peering, Subnet, Target, TargetKind
from studyapp.simulator.rulebook import Rulebook
from studyapp.simulator.spans import Hop

WITHIN = frozenset({VPC})
_ENDS = {
    TargetKind.PRIVATE: "The connection opens; nothing left the VPC.",
    TargetKind.EFS: "The file system is mounted; nothing left the VPC.",
    TargetKind.RDS_PROXY: "The proxy passes queries on over connections that it keeps and shares.",
}


def hops(network: Network, subnet: Subnet, target: Target, rulebook: Rulebook) -> Iterable[Hop]:
    """From `subnet` to something that stands in the same VPC."""
    function, guard = network.function, target.security_group or ""
    if target.mount_zones is not None:
        yield from _mount_targets(network, target, target.mount_zones, rulebook)
    peers, border, beyond = WITHIN | {guard}, *_borders(subnet, target)
    yield from outbound(function.security_groups, peers, target.ports, f"to group {guard}", rulebook)
    yield from acls.leave(border, WITHIN, target.ports, "for the VPC")
    yield Hop("Route table", True, "Every route table has a local route to all addresses of the VPC.")
    yield from acls.enter(beyond, WITHIN, target.ports)
    caller = Caller("function", function.security_groups)
    yield from inbound(network.groups[guard], caller, target.ports, rulebook)
    if target.database is not None:
        yield from _behind_the_proxy(network, target, rulebook)
    yield from acls.answer_leaves(beyond, WITHIN, rulebook)
    yield from acls.answer_enters(border, WITHIN, rulebook)
    yield from answer(function.security_groups, peers, rulebook)
    yield Hop(target.name, True, _ENDS[target.kind])


def hops_to_peer(
    network: Network, subnet: Subnet, target: Target, peering: Peering, rulebook: Rulebook
) -> Iterable[Hop]:
    """From `subnet` to something that stands in another VPC."""
    function, guard, there = network.function, target.security_group or "", frozenset({peering.name})
    may_name_groups = not peering.another_region or rulebook.groups_of_other_regions_can_be_named
    peers = there | {guard} if may_name_groups else there
    yield from outbound(function.security_groups, peers, target.ports, f"to VPC {peering.name}", rulebook)
    yield from acls.leave(subnet, there, target.ports, f"for VPC {peering.name}")
    yield from _peering(network, subnet, peering, rulebook)
    if peering.another_region and rulebook.security_groups_are_checked:
        yield _group_names(guard, rulebook)
    caller = Caller("function", function.security_groups if may_name_groups else (), is_within=False)
    yield from inbound(network.groups[guard], caller, target.ports, rulebook)
    yield from acls.answer_enters(subnet, there, rulebook)
    yield from answer(function.security_groups, peers, rulebook)
    yield Hop(target.name, True, f"The connection opens; it went to VPC {peering.name} between private addresses.")


def _borders(subnet: Subnet, target: Target) -> tuple[Subnet | None, Subnet | None]:
    """The subnets whose ACL is asked: none within one subnet. A target whose subnet is not told is in another one."""
    return (None, None) if target.subnet == subnet else (subnet, target.subnet)


def _mount_targets(network: Network, target: Target, zones: tuple[str, ...], rulebook: Rulebook) -> Iterable[Hop]:
    name, rule = "Mount targets", "efs_needs_a_mount_target_in_each_zone"
    missing = sorted({subnet.zone for subnet in network.function.subnets} - set(zones))
    if not missing:
        yield Hop(name, True, "The file system has a mount target in each zone of the function.", rule)
    elif rulebook.efs_needs_a_mount_target_in_each_zone:
        yield Hop(
            name, False, f"Lambda refuses the file system: it has no mount target in zone {listed(missing, 2)}.", rule
        )
    else:
        yield Hop(name, True, "A mount target in any zone would be enough, if this were so.", rule)


def _behind_the_proxy(network: Network, target: Target, rulebook: Rulebook) -> Iterable[Hop]:
    """From the proxy to its database, which has a group of its own."""
    database = next(each for each in network.targets if each.name == target.database)
    proxy, guard = network.groups[target.security_group or ""], database.security_group or ""
    peers, to = WITHIN | {guard}, f"from the proxy to group {guard}"
    yield from outbound((proxy,), peers, database.ports, to, rulebook)
    yield from inbound(network.groups[guard], Caller("proxy", (proxy,)), database.ports, rulebook)


def _peering(network: Network, subnet: Subnet, peering: Peering, rulebook: Rulebook) -> Iterable[Hop]:
    name, table = f"Peering connection {peering.through or peering.name}", f"Route table {subnet.route_table}"
    first = peering.through or peering.name
    if first in network.routes[subnet.route_table].peers:
        yield Hop(table, True, f"A route of subnet {subnet.name} leads to the peering connection with VPC {first}.")
    else:
        yield _unrouted(table, f"Subnet {subnet.name} has no route to VPC {first}.", rulebook)
    if peering.through:
        yield _second_step(name, peering, rulebook)
    if not peering.routes_back:
        says = f"VPC {peering.name} has no route back, so its answers get lost."
        yield _unrouted(f"Route tables of {peering.name}", says, rulebook)


def _unrouted(name: str, says: str, rulebook: Rulebook) -> Hop:
    rule = "peering_makes_routes"
    if rulebook.peering_makes_routes:
        return Hop(name, True, "The peering connection would bring the routes with it, if this were so.", rule)
    return Hop(name, False, says, rule)


def _second_step(name: str, peering: Peering, rulebook: Rulebook) -> Hop:
    rule = "peering_is_transitive"
    if rulebook.peering_is_transitive:
        return Hop(name, True, f"VPC {peering.through} would pass traffic on to {peering.name}, if this were so.", rule)
    says = f"VPC {peering.through} passes nothing on to {peering.name}: a peering connection joins two VPCs alone."
    return Hop(name, False, says, rule)


def _group_names(guard: str, rulebook: Rulebook) -> Hop:
    name, rule = "Another Region", "groups_of_other_regions_can_be_named"
    if rulebook.groups_of_other_regions_can_be_named:
        return Hop(name, True, f"Group {guard} could name groups of another Region, if this were so.", rule)
    return Hop(name, True, f"Group {guard} can name the addresses of this VPC, and none of its groups.", rule)
