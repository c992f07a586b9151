"""The way through a VPC endpoint, as hops."""

from __future__ import annotations

from collections.abc import Iterable

from studyapp.simulator import spelling
from studyapp.simulator.models.network import acls
from studyapp.simulator.models.network.inside import WITHIN
from studyapp.simulator.models.network.names import listed
from studyapp.simulator.models.network.security import Caller, answer, inbound, outbound
from studyapp.simulator.models.network.topology import Endpoint, EndpointKind, Network, Subnet, Target
from studyapp.simulator.rulebook import Rulebook
from studyapp.simulator.spans import Hop


def used(network: Network, subnet: Subnet, target: Target, rulebook: Rulebook) -> Endpoint | None:
    """The endpoint that calls from `subnet` go through, or None."""
    endpoint = network.endpoints.get(target.service)
    if endpoint is None or not endpoint.serves(subnet):
        return None
    if endpoint.kind is EndpointKind.GATEWAY or target.endpoint_name or rulebook.endpoints_work_without_private_dns:
        return endpoint
    return endpoint if _has_private_dns(network, endpoint) else None


def passed_by(network: Network, target: Target) -> Iterable[Hop]:
    """Why calls go past an interface endpoint that is there."""
    endpoint = network.endpoints.get(target.service)
    if endpoint is None or endpoint.kind is EndpointKind.GATEWAY:
        return
    why = "the VPC has no DNS hostnames" if endpoint.private_dns else "its private DNS is off"
    says = f"The endpoint is passed by: {why}, so the usual name leads to public addresses."
    yield Hop("Private DNS", True, says, "endpoints_work_without_private_dns")


def hops(network: Network, subnet: Subnet, endpoint: Endpoint, target: Target, rulebook: Rulebook) -> Iterable[Hop]:
    """From a subnet that uses `endpoint` to the service behind it."""
    function, service = network.function, endpoint.service
    is_gateway = endpoint.kind is EndpointKind.GATEWAY
    there, beyond = _peers(endpoint), frozenset[str]() if is_gateway else WITHIN
    yield from outbound(function.security_groups, there, target.ports, f"to {spelling.service(service)}", rulebook)
    yield from acls.leave(subnet, beyond, target.ports, f"for {spelling.service(service)}")
    if is_gateway:
        yield _gateway(service, rulebook)
    else:
        yield from _interface(network, endpoint, target, rulebook)
    yield from acls.answer_enters(subnet, beyond, rulebook)
    yield from answer(function.security_groups, there, rulebook)
    yield Hop(target.name, True, f"The call reaches {spelling.service(service)} without the internet.")


def _peers(endpoint: Endpoint) -> frozenset[str]:
    """By what a rule of the function's group can know the endpoint."""
    if endpoint.kind is EndpointKind.GATEWAY:
        return frozenset({endpoint.service})
    return WITHIN | frozenset(filter(None, [endpoint.security_group]))


def _has_private_dns(network: Network, endpoint: Endpoint) -> bool:
    return endpoint.private_dns and network.vpc.dns_hostnames


def _gateway(service: str, rulebook: Rulebook) -> Hop:
    name, rule, offered = "Gateway endpoint", "gateway_endpoint_services", rulebook.gateway_endpoint_services.split()
    what, those = spelling.service(service), listed(map(spelling.service, offered))
    if service not in offered:
        return Hop(name, False, f"Gateway endpoints exist for {those}; {what} has none.", rule)
    return Hop(name, True, f"The route table sends calls to {what} to its gateway endpoint.", rule)


def _interface(network: Network, endpoint: Endpoint, target: Target, rulebook: Rulebook) -> Iterable[Hop]:
    name, what = "Interface endpoint", spelling.service(endpoint.service)
    if target.endpoint_name:
        yield Hop(name, True, "The endpoint's own name leads to a private address inside the VPC.")
    elif _has_private_dns(network, endpoint):
        yield Hop(name, True, f"The name of {what} resolves to a private address inside the VPC.")
    else:
        rule = "endpoints_work_without_private_dns"
        yield Hop(
            name, True, f"An endpoint would catch all calls to {what}, whatever name they use, if this were so.", rule
        )
    if endpoint.security_group is not None:
        guard, caller = network.groups[endpoint.security_group], Caller("function", network.function.security_groups)
        yield from inbound(guard, caller, target.ports, rulebook)
