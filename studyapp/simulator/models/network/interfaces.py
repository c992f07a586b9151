"""How many network interfaces Lambda keeps: one for each subnet and set of security groups, whoever uses it."""

from __future__ import annotations

from collections.abc import Iterable

from studyapp.simulator.models.network import attachment
from studyapp.simulator.models.network.topology import Network
from studyapp.simulator.rulebook import Rulebook

User = tuple[frozenset[str], frozenset[str]]
"""The subnets and the security groups of one function, by name."""


def interfaces(network: Network, rulebook: Rulebook) -> int:
    """Of the function and of the `others` together. Few connections are assumed: Lambda adds more for very many."""
    users = [(other.subnets, other.security_groups) for other in network.others]
    if attachment.has_interfaces(network, rulebook):
        subnets = frozenset(subnet.name for subnet in network.function.subnets)
        users.append((subnets, network.function.group_names))
    if rulebook.functions_share_interfaces:
        return len(set(_places(users)))
    return len(list(_places(users)))


def _places(users: Iterable[User]) -> Iterable[tuple[str, frozenset[str]]]:
    return ((subnet, groups) for subnets, groups in users for subnet in subnets)
