"""Walk from the function to each target, one hop at a time, and stop at the hop that refuses."""

from __future__ import annotations

from studyapp.simulator.models.network import attachment, endpoints, inside, outside
from studyapp.simulator.models.network.names import listed
from studyapp.simulator.models.network.topology import Family, Network, Subnet, Target, TargetKind
from studyapp.simulator.rulebook import Rulebook
from studyapp.simulator.spans import Hop, Path, until_refused


def reach_all(network: Network, rulebook: Rulebook) -> tuple[Path, ...]:
    """The path to each target of the network, in the order in which they are written."""
    walk = _from_the_vpc if network.function.attached else _unattached
    return tuple(walk(network, target, rulebook) for target in network.targets)


def _unattached(network: Network, target: Target, rulebook: Rulebook) -> Path:
    start = Hop("Function", True, "The function has no VPC setting, so it runs in Lambda's own network.")
    is_private = target.is_inside or target.endpoint_name
    end = _private_unattached(target, rulebook) if is_private else _public_unattached(target)
    return Path(target.name, end.ok, (start, end))


def _public_unattached(target: Target) -> Hop:
    if Family.IPV4 not in target.families:
        return Hop(target.name, False, "Lambda's own network is modelled over IPv4, and this address is IPv6 only.")
    what = "the internet" if target.kind is TargetKind.INTERNET else "the public addresses of AWS services"
    return Hop(target.name, True, f"That network has its own way to {what}.")


def _private_unattached(target: Target, rulebook: Rulebook) -> Hop:
    rule = "unattached_functions_reach_the_vpc"
    if rulebook.unattached_functions_reach_the_vpc:
        return Hop(target.name, True, "Any function could open a private address, if this were so.", rule)
    is_mount = target.kind is TargetKind.EFS
    what = "A file system is mounted through" if is_mount else "A private address exists only inside"
    return Hop(target.name, False, f"{what} its VPC, and this function is not attached to one.", rule)


def _from_the_vpc(network: Network, target: Target, rulebook: Rulebook) -> Path:
    """The path from the first subnet that does not reach the target, or from the first of all."""
    checks = tuple(attachment.refusals(network, rulebook))
    if not all(hop.ok for hop in checks):
        return Path(target.name, False, (_settings(network), *until_refused(checks)))
    walks = [(subnet, _walk(network, subnet, target, rulebook)) for subnet in network.function.subnets]
    reached = [subnet.name for subnet, hops in walks if hops[-1].ok]
    subnet, hops = next(((subnet, hops) for subnet, hops in walks if not hops[-1].ok), walks[0])
    start = Hop("Function", True, _where(network, subnet, reached))
    return Path(target.name, hops[-1].ok, (start, *checks, *hops))


def _settings(network: Network) -> Hop:
    named = listed([subnet.name for subnet in network.function.subnets])
    return Hop("Function", True, f"The function's VPC settings name {named}.")


def _where(network: Network, subnet: Subnet, reached: list[str]) -> str:
    subnets = network.function.subnets
    if len(subnets) == 1:
        return f"The function is attached to subnet {subnet.name}."
    if not reached or len(reached) == len(subnets):
        return f"An environment starts in any of {len(subnets)} subnets; this one is in {subnet.name}."
    return f"Environments in {listed(reached)} get through, but this one started in {subnet.name}."


def _walk(network: Network, subnet: Subnet, target: Target, rulebook: Rulebook) -> tuple[Hop, ...]:
    if target.vpc is not None:
        return until_refused(inside.hops_to_peer(network, subnet, target, network.peerings[target.vpc], rulebook))
    if target.is_inside:
        return until_refused(inside.hops(network, subnet, target, rulebook))
    endpoint = endpoints.used(network, subnet, target, rulebook)
    if endpoint is not None:
        return until_refused(endpoints.hops(network, subnet, endpoint, target, rulebook))
    ways = [outside.hops(network, subnet, target, family, rulebook) for family in target.families]
    return max((until_refused(way) for way in ways), key=_how_far)


def _how_far(hops: tuple[Hop, ...]) -> tuple[bool, int]:
    """Arriving is best; else the way that gets furthest tells most."""
    return hops[-1].ok, len(hops)
