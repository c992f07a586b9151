"""Reads security groups and network ACLs: lists of permits, such as `anywhere:443` or `vpc:1024-65535`."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

from studyapp.simulator.errors import ScenarioError
from studyapp.simulator.models.network import names
from studyapp.simulator.models.network.topology import ALL_PORTS, ANYWHERE, VPC, Acl, Permit, Ports, SecurityGroup
from studyapp.simulator.reading import Fields

PREFIX_LISTS: Final = ("s3", "dynamodb")
"""The services whose addresses a security group rule may name."""
WORDS: Final = (ANYWHERE, VPC, *PREFIX_LISTS)
GROUP: Final = "group under network.security_groups"
PEER: Final = f"peer: a security group, a VPC under network.peerings, or one of {', '.join(WORDS)}"
ACL_PEER: Final = f"peer of an ACL: {ANYWHERE}, {VPC}, or a VPC under network.peerings"
HIGHEST: Final = ALL_PORTS[1]


def read_groups(network: Fields, peerings: Collection[str]) -> dict[str, SecurityGroup]:
    """Every group by its name. Raises ScenarioError."""
    raw = names.parts(network, "security_groups")
    for name, _ in raw:
        _is_free(network.at("security_groups"), name, peerings)
    peers = dict.fromkeys([*WORDS, *(name for name, _ in raw), *peerings])
    return {name: _group(name, names.part(network, "security_groups", name, value), peers) for name, value in raw}


def read_acls(network: Fields, peerings: Collection[str]) -> dict[str, Acl]:
    """Every network ACL by its name. Raises ScenarioError."""
    peers = dict.fromkeys([ANYWHERE, VPC, *peerings])
    raw = names.parts(network, "acls")
    return {name: _acl(name, names.part(network, "acls", name, value), peers) for name, value in raw}


def group(fields: Fields, key: str, groups: Collection[str]) -> str | None:
    """The name of a group, or None where none is given."""
    value = fields.raw(key)
    return None if value is None else names.defined(fields.at(key), value, groups, GROUP)


def _is_free(where: str, name: str, peerings: Collection[str]) -> None:
    """A rule names its peer by one word, so no two peers may share it."""
    if name in WORDS:
        raise ScenarioError(where, name, f"cannot be a group's name: in a rule the word {name} means something else")
    if name in peerings:
        raise ScenarioError(
            where, name, "is also the name of a VPC under network.peerings, so a rule could mean either"
        )


def _group(name: str, fields: Fields, peers: Collection[str]) -> SecurityGroup:
    """Without `egress` everything may leave and without `ingress` nothing may enter, as in a new group on AWS."""
    egress = _permits(fields, "egress", (ANYWHERE,), peers, PEER)
    ingress = _permits(fields, "ingress", (), peers, PEER)
    fields.done()
    return SecurityGroup(name, egress, ingress)


def _acl(name: str, fields: Fields, peers: Collection[str]) -> Acl:
    """Without a line nothing passes, as in a new ACL on AWS."""
    inbound = _permits(fields, "inbound", (), peers, ACL_PEER)
    outbound = _permits(fields, "outbound", (), peers, ACL_PEER)
    fields.done()
    return Acl(name, inbound, outbound)


def _permits(
    fields: Fields, key: str, default: tuple[str, ...], peers: Collection[str], what: str
) -> tuple[Permit, ...]:
    where, lines = fields.at(key), names.words(fields, key, default, names.MOST_LINES)
    return tuple(_permit(where, word, peers, what) for word in lines)


def _permit(where: str, word: str, peers: Collection[str], what: str) -> Permit:
    peer, colon, ports = word.partition(":")
    if peer not in peers:
        names.defined(where, peer, peers, what)
    return Permit(peer, _ports(where, word, ports) if colon else ALL_PORTS)


def _ports(where: str, word: str, ports: str) -> Ports:
    found = re.fullmatch(r"([0-9]{1,5})(?:-([0-9]{1,5}))?", ports)
    first, last = (int(found[1]), int(found[2] or found[1])) if found else (0, 0)
    if not 1 <= first <= last <= HIGHEST:
        raise ScenarioError(where, word, f"does not end in a port from 1 to {HIGHEST} or a range, as in anywhere:443")
    return first, last
