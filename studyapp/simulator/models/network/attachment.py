"""What Lambda checks before any packet moves: whether it can attach the function, and whether the function can run."""

from __future__ import annotations

from collections.abc import Iterable

from studyapp.simulator.models.network.names import listed
from studyapp.simulator.models.network.topology import Network, State, Subnet
from studyapp.simulator.rulebook import Rulebook
from studyapp.simulator.spans import Hop
from studyapp.simulator.units import SECOND

DAY = 86_400 * SECOND


def refusals(network: Network, rulebook: Rulebook) -> Iterable[Hop]:
    """What Lambda refuses, or would not refuse in the world of a wrong belief; nothing where all is as usual."""
    yield from _settings(network, rulebook)
    yield from _state(network, rulebook)


def has_interfaces(network: Network, rulebook: Rulebook) -> bool:
    """Whether Lambda keeps a network interface for the function, or is making one."""
    is_saved = network.function.attached and all(hop.ok for hop in _settings(network, rulebook))
    return is_saved and state(network, rulebook) is not State.INACTIVE


def state(network: Network, rulebook: Rulebook) -> State:
    """An active function that nobody has used for long enough is inactive."""
    unused = network.function.unused_us
    is_idle = unused is not None and unused >= rulebook.vpc_idle_reclaim
    return State.INACTIVE if is_idle else network.function.state


def _settings(network: Network, rulebook: Rulebook) -> Iterable[Hop]:
    yield from _role(network, rulebook)
    yield from _tenancy(network, rulebook)
    yield from _ipv6_only(network, rulebook)
    yield from _single_stack(network, rulebook)


def _role(network: Network, rulebook: Rulebook) -> Iterable[Hop]:
    name, rule = "Execution role", "interface_permissions_are_needed"
    if network.function.interface_permissions:
        return
    if rulebook.interface_permissions_are_needed:
        yield Hop(
            name, False, "Its role may not create network interfaces, so Lambda cannot attach the function.", rule
        )
    else:
        yield Hop(name, True, "Lambda would need no permission to make a network interface, if this were so.", rule)


def _tenancy(network: Network, rulebook: Rulebook) -> Iterable[Hop]:
    name, rule = "Tenancy", "dedicated_tenancy_can_be_attached"
    if not network.vpc.dedicated:
        return
    if rulebook.dedicated_tenancy_can_be_attached:
        yield Hop(name, True, "A VPC with dedicated tenancy would do, if this were so.", rule)
    else:
        yield Hop(
            name, False, "Lambda attaches no function to a VPC with dedicated tenancy; peer it with another VPC.", rule
        )


def _ipv6_only(network: Network, rulebook: Rulebook) -> Iterable[Hop]:
    name, rule = "Subnet addresses", "ipv6_only_subnets_can_be_attached"
    only = [subnet for subnet in network.function.subnets if subnet.ipv6_only]
    if not only:
        return
    if rulebook.ipv6_only_subnets_can_be_attached:
        yield Hop(name, True, "A subnet without IPv4 addresses would do, if this were so.", rule)
    else:
        yield Hop(name, False, f"Lambda attaches no function to a subnet that has IPv6 alone, as {_few(only)}.", rule)


def _single_stack(network: Network, rulebook: Rulebook) -> Iterable[Hop]:
    """Lambda does not save settings that allow IPv6 in a subnet without it."""
    name, rule = "IPv6 setting", "ipv6_needs_every_subnet"
    single = [subnet for subnet in network.function.subnets if not (subnet.dual_stack or subnet.ipv6_only)]
    if not (network.function.ipv6 and single):
        return
    if rulebook.ipv6_needs_every_subnet:
        yield Hop(name, False, f"Lambda refuses to allow IPv6: {_few(single)} has no IPv6 range.", rule)
    else:
        yield Hop(
            name, True, f"IPv6 would be allowed although {_few(single)} has no IPv6 range, if this were so.", rule
        )


def _few(subnets: list[Subnet]) -> str:
    return listed([f"subnet {subnet.name}" for subnet in subnets], 1)


def _state(network: Network, rulebook: Rulebook) -> Iterable[Hop]:
    now = state(network, rulebook)
    if now is State.PENDING:
        yield _pending(rulebook)
    elif now is State.INACTIVE:
        yield _inactive(rulebook)


def _pending(rulebook: Rulebook) -> Hop:
    name, rule = "Function state", "pending_functions_can_be_invoked"
    if rulebook.pending_functions_can_be_invoked:
        return Hop(name, True, "It would run while Lambda makes its network interface, if this were so.", rule)
    return Hop(
        name, False, "Pending: Lambda is making the network interface, and nobody can invoke the function yet.", rule
    )


def _inactive(rulebook: Rulebook) -> Hop:
    name, rule, days = "Function state", "inactive_functions_wake_in_time", rulebook.vpc_idle_reclaim // DAY
    if rulebook.inactive_functions_wake_in_time:
        return Hop(name, True, "It would wake up and answer, only slower, if this were so.", rule)
    says = f"Inactive: unused for {days} days, it lost its network interface; this call fails and sets it to Pending."
    return Hop(name, False, says, rule)
