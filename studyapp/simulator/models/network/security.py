"""Security groups as hops: what may leave the function, what may enter the target, and the answer's way back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from studyapp.simulator.models.network.names import listed
from studyapp.simulator.models.network.topology import ALL_PORTS, ANYWHERE, VPC, Permit, Ports, SecurityGroup
from studyapp.simulator.rulebook import Rulebook
from studyapp.simulator.spans import Hop

Groups = tuple[SecurityGroup, ...]


def outbound(groups: Groups, peers: frozenset[str], ports: Ports, to: str, rulebook: Rulebook) -> Iterable[Hop]:
    """May a connection leave? The rules of all groups add up."""
    if not rulebook.security_groups_are_checked:
        return
    name, rule = f"Outbound rules of {_names(groups)}", "security_groups_are_checked"
    permits = [permit for group in groups for permit in group.egress]
    if admits(permits, peers, ports):
        yield Hop(name, True, f"An outbound rule allows traffic{on(ports)} {to}.", rule)
    elif permits:
        yield Hop(name, False, f"No outbound rule allows traffic{on(ports)} {to}.", rule)
    else:
        yield Hop(name, False, "There is no outbound rule, so nothing leaves.", rule)


class Caller(NamedTuple):
    """Who opens a connection: the groups by which a rule can know it, and whether it stands in the VPC of the target."""

    who: str
    groups: Groups
    is_within: bool = True

    @property
    def peers(self) -> frozenset[str]:
        return frozenset({VPC, *(group.name for group in self.groups)})


def inbound(group: SecurityGroup, caller: Caller, ports: Ports, rulebook: Rulebook) -> Iterable[Hop]:
    """May a connection of `caller` enter?"""
    if not rulebook.security_groups_are_checked:
        return
    name, rule = f"Inbound rules of {group.name}", "same_vpc_is_enough"
    if rulebook.same_vpc_is_enough and caller.is_within:
        yield Hop(name, True, "Being in the same VPC would be enough, if this were so.", rule)
    elif admits(group.ingress, caller.peers, ports):
        yield Hop(name, True, f"An inbound rule admits the {caller.who}{on(ports)}.", rule)
    elif group in caller.groups:
        yield _among_members(name, group, ports, rulebook)
    else:
        known = listed(_sorted(caller.groups), 2, "or") or "the addresses of this VPC"
        yield Hop(name, False, f"The inbound rules admit {_admitted(group.ingress)}, not {known}{on(ports)}.", rule)


def answer(groups: Groups, peers: frozenset[str], rulebook: Rulebook) -> Iterable[Hop]:
    """Groups remember connections, so an answer needs no rule; only under a wrong belief is there a hop."""
    if not (rulebook.security_groups_are_checked and rulebook.security_groups_need_return_rules):
        return
    name, rule = f"Inbound rules of {_names(groups)}", "security_groups_need_return_rules"
    ok = admits([permit for group in groups for permit in group.ingress], peers, ALL_PORTS)
    yield Hop(name, ok, "The answer would need an inbound rule of its own, if this were so.", rule)


def admits(permits: Iterable[Permit], peers: frozenset[str], ports: Ports) -> bool:
    """Whether lines for one of `peers`, or for anywhere, open all of `ports`. Lines add up."""
    first, last = ports
    opened = [each.ports for each in permits if each.peer in peers or each.peer == ANYWHERE]
    for start, end in sorted(opened) if len(opened) > 1 else opened:
        if start > first:
            return False
        if end >= last:
            return True
        if end >= first:
            first = end + 1
    return False


def on(ports: Ports) -> str:
    """` on port 443`, or nothing where every port is meant."""
    if ports == ALL_PORTS:
        return ""
    first, last = ports
    return f" on port {first}" if first == last else f" on ports {first}-{last}"


def _among_members(name: str, group: SecurityGroup, ports: Ports, rulebook: Rulebook) -> Hop:
    """Caller and target wear the same group, which has no rule that says so."""
    rule = "same_group_is_enough"
    if rulebook.same_group_is_enough:
        return Hop(name, True, "Members of one group would trust each other, if this were so.", rule)
    says = f"Function and target share group {group.name}, but none of its inbound rules admits its members{on(ports)}."
    return Hop(name, False, says, rule)


def _admitted(permits: tuple[Permit, ...]) -> str:
    """Who is let in, in words: 'web and anywhere on port 22', or 'nobody'."""
    return listed([f"{permit.peer}{on(permit.ports)}" for permit in permits], 2) or "nobody"


def _names(groups: Groups) -> str:
    return ", ".join(group.name for group in groups)


def _sorted(groups: Groups) -> list[str]:
    return sorted(group.name for group in groups)
