"""What a network is made of, as plain values. Names are the author's own, and each is known to be defined."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

ANYWHERE = "anywhere"
"""The peer of a security group rule that every address matches."""


class Family(StrEnum):
    """The two kinds of internet address."""

    IPV4 = "ipv4"
    IPV6 = "ipv6"

    @property
    def label(self) -> str:
        return "IPv4" if self is Family.IPV4 else "IPv6"


class Way(StrEnum):
    """Where a default route leads. NAT and the internet gateway carry IPv4 here, the egress-only gateway IPv6."""

    NAT = "nat"
    IGW = "igw"
    EGRESS_ONLY = "egress-only"


class TargetKind(StrEnum):
    INTERNET = "internet"
    AWS_API = "aws-api"
    PRIVATE = "private"
    EFS = "efs"


class EndpointKind(StrEnum):
    GATEWAY = "gateway"
    INTERFACE = "interface"


@dataclass(frozen=True, slots=True)
class Permit:
    """One line of a security group: a peer (a group, an AWS service or anywhere) and a port, None meaning all ports."""

    peer: str
    port: int | None = None

    def covers(self, peers: frozenset[str], port: int | None) -> bool:
        return self.peer in peers and self.port in (None, port)


@dataclass(frozen=True, slots=True)
class SecurityGroup:
    """What may leave and what may enter. Answers need no rule: groups remember connections."""

    name: str
    egress: tuple[Permit, ...]
    ingress: tuple[Permit, ...]


@dataclass(frozen=True, slots=True)
class Subnet:
    name: str
    route_table: str
    dual_stack: bool


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A VPC endpoint of one service. None means all `route_tables`, and a `security_group` that admits everyone."""

    service: str
    kind: EndpointKind
    route_tables: frozenset[str] | None = None
    security_group: str | None = None

    def serves(self, subnet: Subnet) -> bool:
        """Whether calls from `subnet` go through it."""
        return self.route_tables is None or subnet.route_table in self.route_tables


@dataclass(frozen=True, slots=True)
class Attachment:
    """The function's VPC setting. Subnets and groups are empty when it is not attached."""

    attached: bool
    subnets: tuple[Subnet, ...]
    security_groups: tuple[SecurityGroup, ...]
    ipv6: bool

    @property
    def group_names(self) -> frozenset[str]:
        return frozenset(group.name for group in self.security_groups)


@dataclass(frozen=True, slots=True)
class Target:
    """What the function's code calls: `service` names an AWS API, `security_group` guards what is inside the VPC."""

    name: str
    kind: TargetKind
    service: str = ""
    security_group: str | None = None
    port: int | None = None
    families: tuple[Family, ...] = (Family.IPV4,)

    @property
    def is_inside(self) -> bool:
        """Whether it stands inside the VPC."""
        return self.kind in (TargetKind.PRIVATE, TargetKind.EFS)


@dataclass(frozen=True, slots=True)
class Network:
    """One function, one VPC and the targets that the function calls. `routes` are the default routes of each table."""

    function: Attachment
    routes: Mapping[str, frozenset[Way]]
    nat_in: Subnet | None
    endpoints: Mapping[str, Endpoint]
    groups: Mapping[str, SecurityGroup]
    targets: tuple[Target, ...]

    def ways(self, subnet: Subnet) -> frozenset[Way]:
        return self.routes[subnet.route_table]
