"""Network ACLs as hops. An ACL guards the border of a subnet and remembers nothing: answers need a line of their own.

The default ACL of a VPC lets everything through; a subnet without another has no hop here.
"""

from __future__ import annotations

from collections.abc import Iterable

from studyapp.simulator.models.network.security import admits, on
from studyapp.simulator.models.network.topology import Acl, Permit, Ports, Subnet
from studyapp.simulator.rulebook import Rulebook
from studyapp.simulator.spans import Hop


def leave(subnet: Subnet | None, peers: frozenset[str], ports: Ports, to: str) -> Iterable[Hop]:
    """May a connection go out of `subnet`?"""
    if subnet is not None and subnet.acl is not None:
        yield _line("Outbound", subnet, subnet.acl.outbound, peers, ports, f"leave {subnet.name} {to}")


def enter(subnet: Subnet | None, peers: frozenset[str], ports: Ports) -> Iterable[Hop]:
    """May a connection come into `subnet`?"""
    if subnet is not None and subnet.acl is not None:
        yield _line("Inbound", subnet, subnet.acl.inbound, peers, ports, f"enter {subnet.name}")


def answer_leaves(subnet: Subnet | None, peers: frozenset[str], rulebook: Rulebook) -> Iterable[Hop]:
    """May the answer go out of `subnet`, towards a port that the caller chose?"""
    if subnet is not None and subnet.acl is not None:
        yield _answer("Outbound", subnet.acl, subnet.acl.outbound, peers, rulebook)


def answer_enters(subnet: Subnet | None, peers: frozenset[str], rulebook: Rulebook) -> Iterable[Hop]:
    """May the answer come back into `subnet`?"""
    if subnet is not None and subnet.acl is not None:
        yield _answer("Inbound", subnet.acl, subnet.acl.inbound, peers, rulebook)


def _line(
    which: str, subnet: Subnet, permits: tuple[Permit, ...], peers: frozenset[str], ports: Ports, what: str
) -> Hop:
    acl = subnet.acl.name if subnet.acl else ""
    ok = admits(permits, peers, ports)
    says = f"Network ACL {acl} {'lets' if ok else 'lets no'} traffic{on(ports)} {what}."
    return Hop(f"{which} rules of ACL {acl}", ok, says, "network_acls_remember_connections")


def _answer(which: str, acl: Acl, permits: tuple[Permit, ...], peers: frozenset[str], rulebook: Rulebook) -> Hop:
    name, rule = f"{which} rules of ACL {acl.name}", "network_acls_remember_connections"
    ports = (rulebook.answer_port_first, rulebook.answer_port_last)
    if rulebook.network_acls_remember_connections:
        return Hop(name, True, "It would remember the connection and let the answer pass, if this were so.", rule)
    if admits(permits, peers, ports):
        return Hop(name, True, f"Answers go to ports {ports[0]} to {ports[1]}, which a rule allows.", rule)
    says = f"Answers go to ports {ports[0]} to {ports[1]}; ACL {acl.name} remembers no connection and does not allow them all."
    return Hop(name, False, says, rule)
