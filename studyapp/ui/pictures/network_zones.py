"""Where each hop of a path stands: in Lambda's own network, in a subnet, in the VPC, in another VPC, or outside."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from studyapp.simulator import spelling
from studyapp.simulator.models.network import Network, Reach, Target
from studyapp.simulator.models.network.topology import Subnet, TargetKind
from studyapp.simulator.outcome import Hop, Outcome, Path

VPC = "VPC"
AT_LAMBDA = ("Function", "Execution role", "Tenancy", "Subnet addresses", "Mount targets")
IN_THE_VPC = (
    "Route table", "Internet gateway", "Egress-only gateway", "Gateway endpoint", "Interface endpoint", "Private DNS",
)  # fmt: skip
OUTSIDE = ("Peering connection", "Another Region", "Lambda's own network")


@dataclass(frozen=True, slots=True)
class Zone:
    """`vpc` and `subnet` are what frames it, "" for no frame; `label` names a place without a frame."""

    vpc: str = ""
    subnet: str = ""
    label: str = ""

    def __str__(self) -> str:
        return ", ".join(filter(None, (self.vpc, self.subnet and f"subnet {self.subnet}", self.label)))


LAMBDA = Zone(label="Lambda")


def network_of(outcome: Outcome) -> Network | None:
    return next((plan.network for plan in outcome.scenario.plans if isinstance(plan, Reach)), None)


def zones(path: Path, network: Network | None) -> tuple[Zone, ...]:
    """The place of each hop, and at the end that of the target. A hop that is no place itself is where the last one was."""
    target = _target(path, network)
    there = _of_target(target)
    own = Zone(VPC, _subnet(path.hops[0], network))
    found = [LAMBDA]
    for hop in path.hops[1:]:
        found.append(there if hop.name == path.target else _zone(hop, found[-1], own, there, network))
    return (*found, there)


def _target(path: Path, network: Network | None) -> Target | None:
    return next((each for each in network.targets if each.name == path.target), None) if network else None


def _of_target(target: Target | None) -> Zone:
    if target is None:
        return Zone()
    if target.vpc is not None:
        return Zone(f"{VPC} {target.vpc}")
    if target.is_inside:
        return Zone(VPC, target.subnet.name if target.subnet else "")
    if target.kind is TargetKind.AWS_API:
        return Zone(label=spelling.service(target.service))
    return Zone(label="internet")


def _zone(hop: Hop, last: Zone, own: Zone, there: Zone, network: Network | None) -> Zone:
    if " rules of " in hop.name:
        return _of_rules(hop, last, own, there, network)
    if hop.name.startswith("Route tables of "):
        return Zone(f"{VPC} {hop.name.removeprefix('Route tables of ')}")
    if hop.name == "NAT gateway":
        return Zone(VPC, network.nat_in.name if network and network.nat_in else "")
    if hop.name.startswith(IN_THE_VPC):
        return Zone(VPC)
    if hop.name.startswith(OUTSIDE):
        return Zone()
    return LAMBDA if hop.name.startswith(AT_LAMBDA) else last


def _of_rules(hop: Hop, last: Zone, own: Zone, there: Zone, network: Network | None) -> Zone:
    """A security group guards what wears it; an ACL guards the subnet that the hop names."""
    if " of ACL " in hop.name:
        subnet = _subnet(hop, network) or _guarded(hop.name.partition(" of ACL ")[2], network)
        return Zone(VPC, subnet) if subnet else last
    if hop.name.startswith("Outbound"):
        return own if last == LAMBDA else last
    return there if there.vpc else last


def _subnet(hop: Hop, network: Network | None) -> str:
    """The subnet that a hop names last, "" for none."""
    if network is None:
        return ""
    known = {subnet.name for subnet in _subnets(network)}
    return next((word for word in reversed(re.findall(r"[^\s,;:]*[^\s,;:.]", hop.says)) if word in known), "")


def _guarded(acl: str, network: Network | None) -> str:
    """The one subnet that an ACL guards, "" where it guards several: an answer's hop names the ACL alone."""
    if network is None:
        return ""
    found = {subnet.name for subnet in _subnets(network) if subnet.acl and subnet.acl.name == acl}
    return found.pop() if len(found) == 1 else ""


def _subnets(network: Network) -> Iterator[Subnet]:
    """Those in which something stands."""
    homes = (*network.function.subnets, network.nat_in, *(target.subnet for target in network.targets))
    return (subnet for subnet in homes if subnet is not None)
