"""What a network is made of, as plain values. Names are the author's own, and each is known to be defined."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, TypeAlias

ANYWHERE: Final = "anywhere"
"""The peer of a rule that every address matches."""
VPC: Final = "vpc"
"""The peer of a rule that every address of the function's VPC matches."""

Ports: TypeAlias = tuple[int, int]
"""The first and the last port."""
ALL_PORTS: Final[Ports] = (1, 65535)


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
    RDS_PROXY = "rds-proxy"


class EndpointKind(StrEnum):
    GATEWAY = "gateway"
    INTERFACE = "interface"


class State(StrEnum):
    """Of an attached function. Inactive: its network interface was taken back."""

    ACTIVE = "active"
    PENDING = "pending"
    INACTIVE = "inactive"


@dataclass(frozen=True, slots=True)
class Permit:
    """One line of a security group or of a network ACL: a peer, and the ports that it opens.

    A peer is a group, the addresses of an AWS service, of the VPC or of a peered one, or anywhere.
    """

    peer: str
    ports: Ports = ALL_PORTS


@dataclass(frozen=True, slots=True)
class SecurityGroup:
    """What may leave and what may enter. Answers need no rule: groups remember connections."""

    name: str
    egress: tuple[Permit, ...]
    ingress: tuple[Permit, ...]


@dataclass(frozen=True, slots=True)
class Acl:
    """A network ACL: what may enter a subnet and what may leave it, answers included. What no line permits is denied."""

    name: str
    inbound: tuple[Permit, ...]
    outbound: tuple[Permit, ...]


@dataclass(frozen=True, slots=True)
class Subnet:
    """Without an `acl` the default one of the VPC guards it, which lets everything through."""

    name: str
    route_table: str
    dual_stack: bool = False
    ipv6_only: bool = False
    zone: str = ""
    acl: Acl | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A route table beside its local route: `ways` are default routes, `peers` the VPCs that peering connections lead to."""

    ways: frozenset[Way]
    peers: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Peering:
    """Another VPC. `through` names a third one that it is peered with in place of ours; "" for a connection of its own."""

    name: str
    another_region: bool = False
    routes_back: bool = True
    through: str = ""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A VPC endpoint of one service. None means all `route_tables`, and a `security_group` that admits everyone."""

    service: str
    kind: EndpointKind
    route_tables: frozenset[str] | None = None
    security_group: str | None = None
    private_dns: bool = True

    def serves(self, subnet: Subnet) -> bool:
        """Whether the route table of `subnet` leads to it. An interface endpoint is within the local route of all."""
        return self.route_tables is None or subnet.route_table in self.route_tables


@dataclass(frozen=True, slots=True)
class Attachment:
    """The function's VPC setting. Subnets and groups are empty when it is not attached."""

    attached: bool
    subnets: tuple[Subnet, ...] = ()
    security_groups: tuple[SecurityGroup, ...] = ()
    ipv6: bool = False
    state: State = State.ACTIVE
    unused_us: int | None = None
    interface_permissions: bool = True

    @property
    def group_names(self) -> frozenset[str]:
        return frozenset(group.name for group in self.security_groups)


@dataclass(frozen=True, slots=True)
class Target:
    """What the function's code calls: `service` names an AWS API, `security_group` guards what is inside a VPC.

    `vpc` is a peered one, `database` the target behind a proxy, `mount_zones` are those with a mount target (None: all).
    """

    name: str
    kind: TargetKind
    service: str = ""
    security_group: str | None = None
    port: int | None = None
    families: tuple[Family, ...] = (Family.IPV4,)
    vpc: str | None = None
    subnet: Subnet | None = None
    mount_zones: tuple[str, ...] | None = None
    endpoint_name: bool = False
    database: str | None = None

    @property
    def is_inside(self) -> bool:
        """Whether it has a private address, in this VPC or in a peered one."""
        return self.kind in INSIDE

    @property
    def ports(self) -> Ports:
        return ALL_PORTS if self.port is None else (self.port, self.port)


INSIDE: Final = (TargetKind.PRIVATE, TargetKind.EFS, TargetKind.RDS_PROXY)


@dataclass(frozen=True, slots=True)
class Vpc:
    dedicated: bool = False
    dns_hostnames: bool = True


@dataclass(frozen=True, slots=True)
class Other:
    """Another function of the account: its subnets and its security groups, by name."""

    subnets: frozenset[str]
    security_groups: frozenset[str]


@dataclass(frozen=True, slots=True)
class Network:
    """One function, one VPC and the targets that the function calls."""

    function: Attachment
    routes: Mapping[str, Table]
    nat_in: Subnet | None
    endpoints: Mapping[str, Endpoint]
    groups: Mapping[str, SecurityGroup]
    targets: tuple[Target, ...]
    vpc: Vpc = Vpc()
    peerings: Mapping[str, Peering] = field(default_factory=dict)
    others: tuple[Other, ...] = ()

    def ways(self, subnet: Subnet) -> frozenset[Way]:
        return self.routes[subnet.route_table].ways
