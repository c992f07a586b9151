"""Ways that stay inside the VPC, as hops: to a private address, to a file system, through a VPC endpoint."""

from __future__ import annotations

from collections.abc import Iterable

from studyapp.simulator import spelling
from studyapp.simulator.models.network.security import answer, inbound, outbound
from studyapp.simulator.models.network.topology import ANYWHERE, Endpoint, EndpointKind, Network, Target, TargetKind
from studyapp.simulator.rulebook import Rulebook
from studyapp.simulator.spans import Hop


def hops(network: Network, target: Target, rulebook: Rulebook) -> Iterable[Hop]:
    """From any subnet of the function to something that stands in the same VPC."""
    function, guard = network.function, target.security_group or ""
    peers = frozenset({ANYWHERE, guard})
    yield from outbound(function.security_groups, peers, target.port, f"to group {guard}", rulebook)
    yield Hop("Route table", True, "Every route table has a local route to all addresses of the VPC.")
    yield from inbound(network.groups[guard], function.group_names, target.port, rulebook)
    yield from answer(function.security_groups, peers, rulebook)
    what = "The file system is mounted" if target.kind is TargetKind.EFS else "The connection opens"
    yield Hop(target.name, True, f"{what}; nothing left the VPC.")


def hops_through(network: Network, endpoint: Endpoint, target: Target, rulebook: Rulebook) -> Iterable[Hop]:
    """From a subnet that uses `endpoint` to the service behind it."""
    function, service, guard = network.function, endpoint.service, endpoint.security_group
    peers = frozenset({ANYWHERE, guard or service})
    yield from outbound(function.security_groups, peers, target.port, f"to {spelling.service(service)}", rulebook)
    if endpoint.kind is EndpointKind.GATEWAY:
        yield _gateway(service, rulebook)
    else:
        says = f"The name of {spelling.service(service)} resolves to a private address inside the VPC."
        yield Hop("Interface endpoint", True, says)
        if guard is not None:
            yield from inbound(network.groups[guard], function.group_names, target.port, rulebook)
    yield from answer(function.security_groups, peers, rulebook)
    yield Hop(target.name, True, f"The call reaches {spelling.service(service)} without the internet.")


def _gateway(service: str, rulebook: Rulebook) -> Hop:
    name, rule, offered = "Gateway endpoint", "gateway_endpoint_services", rulebook.gateway_endpoint_services.split()
    what, those = spelling.service(service), " and ".join(map(spelling.service, offered))
    if service not in offered:
        return Hop(name, False, f"Gateway endpoints exist for {those}; {what} has none.", rule)
    return Hop(name, True, f"The route table sends calls to {what} to its gateway endpoint.", rule)
