"""A naive twin of the network model, written from the AWS documentation: packets walk a graph of gates.

A gate is (kind, is it open). From an interface a request passes gate after gate to its target, and the answer passes
gates on its way back. A target is reached from a subnet if every gate of one of its ways is open, and reached by the
function if it is reached from all its subnets. Nothing is shared with the model but the mapping it reads.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

Data = Mapping[str, Any]
PORTS = {"internet": 443, "aws-api": 443, "efs": 2049}
PRIVATE = ("private", "efs", "rds-proxy")
ONE_WORD_KINDS = {
    "NAT gateway": "nat", "Internet gateway": "igw", "Egress-only gateway": "egress-only", "IPv6 setting": "ipv6",
    "Gateway endpoint": "gateway endpoint", "Function state": "state", "Execution role": "role", "Tenancy": "tenancy",
    "Subnet addresses": "addresses", "Mount targets": "mount",
}  # fmt: skip


class Gate(NamedTuple):
    kind: str
    is_open: bool


def reached(data: Data, name: str) -> tuple[bool, set[str]]:
    """Whether the function reaches target `name`; if not, the kinds of gate that may be said to refuse it."""
    function = data.get("function", {})
    if not is_attached(function):
        return unattached(data["targets"][name])
    settings = [gate.kind for gate in gates_of_the_settings(data, function) if not gate.is_open]
    if settings:
        return False, {settings[0]}
    for subnet in function["subnets"]:
        ways = [list(way) for way in ways_from(data, subnet, name)]
        if not any(all(gate.is_open for gate in way) for way in ways):
            return False, {next(gate.kind for gate in way if not gate.is_open) for way in ways}
    return True, set()


def kind_of(hop: str) -> str:
    """The kind of gate that a hop of the model stands for."""
    if hop in ONE_WORD_KINDS:
        return ONE_WORD_KINDS[hop]
    for beginning, kind in (("Route table", "route"), ("Peering connection", "peering")):
        if hop.startswith(beginning):
            return kind
    for direction in ("Inbound", "Outbound"):
        if hop.startswith(f"{direction} rules of ACL "):
            return f"acl {direction.lower()}"
        if hop.startswith(f"{direction} rules of "):
            return f"group {direction.lower()}"
    return "address"


def interfaces(data: Data) -> int:
    """Count the pairs of a subnet and a set of groups, one by one."""
    kept = set()
    function = data.get("function", {})
    users = list(data.get("others", {}).values())
    is_saved = is_attached(function) and all(
        gate.is_open for gate in gates_of_the_settings(data, function) if gate.kind != "state"
    )
    if is_saved and function.get("state") != "inactive" and function.get("unused_for", 0) != "14 d":
        users.append(function)
    for user in users:
        for subnet in user["subnets"]:
            kept.add((subnet, ",".join(sorted(user["security_groups"]))))
    return len(kept)


def is_attached(function: Data) -> bool:
    return function.get("attached", bool(function.get("subnets")))


def unattached(target: Data) -> tuple[bool, set[str]]:
    is_public = target["kind"] not in PRIVATE and not target.get("endpoint_name")
    is_reached = is_public and "ipv4" in target.get("addresses", ["ipv4"])
    return is_reached, set() if is_reached else {"address"}


def gates_of_the_settings(data: Data, function: Data) -> Iterator[Gate]:
    subnets = [data["subnets"][name] for name in function["subnets"]]
    yield Gate("role", function.get("interface_permissions", True))
    yield Gate("tenancy", data.get("vpc", {}).get("tenancy") != "dedicated")
    yield Gate("addresses", not any(subnet.get("ipv6_only") for subnet in subnets))
    yield Gate("ipv6", not function.get("ipv6") or all(subnet.get("dual_stack") for subnet in subnets))
    yield Gate("state", function.get("state", "active") == "active" and function.get("unused_for", 0) != "14 d")


def ways_from(data: Data, subnet: str, name: str) -> Iterator[Iterator[Gate]]:
    """Every way that a call from `subnet` may take. Which one is taken is decided by addresses and routes."""
    target = data["targets"][name]
    if target.get("vpc"):
        yield peered(data, subnet, target)
    elif target["kind"] in PRIVATE:
        yield within(data, subnet, target)
    elif is_caught_by_an_endpoint(data, subnet, target):
        yield through_endpoint(data, subnet, target)
    else:
        for family in target.get("addresses", ["ipv4"]):
            yield out(data, subnet, target, family)


def is_caught_by_an_endpoint(data: Data, subnet: str, target: Data) -> bool:
    endpoint = endpoint_of(data, target)
    if endpoint is None:
        return False
    if endpoint["kind"] == "gateway":
        table = data["subnets"][subnet]["route_table"]
        return table in endpoint.get("route_tables", data["routes"])
    has_name = endpoint.get("private_dns", True) and data.get("vpc", {}).get("dns_hostnames", True)
    return has_name or target.get("endpoint_name", False)


def endpoint_of(data: Data, target: Data) -> Data | None:
    written = data.get("endpoints", {}).get(target.get("service"))
    return {"kind": written} if isinstance(written, str) else written


def within(data: Data, subnet: str, target: Data) -> Iterator[Gate]:
    groups, port = data["function"]["security_groups"], port_of(target)
    if "mount_zones" in target:
        zones = {data["subnets"][each]["zone"] for each in data["function"]["subnets"]}
        yield Gate("mount", zones <= set(target["mount_zones"]))
    there = target.get("subnet")
    leaves_the_subnet = there != subnet
    guard = target["security_group"]
    yield Gate("group outbound", group_allows(data, groups, "egress", {"vpc", guard}, port))
    if leaves_the_subnet:
        yield acl(data, subnet, "outbound", {"vpc"}, port)
        yield acl(data, there, "inbound", {"vpc"}, port)
    yield Gate("group inbound", group_allows(data, [guard], "ingress", {"vpc", *groups}, port))
    if target.get("database"):
        behind = data["targets"][target["database"]]
        yield Gate(
            "group outbound",
            group_allows(data, [guard], "egress", {"vpc", behind["security_group"]}, port_of(behind)),
        )
        yield Gate(
            "group inbound",
            group_allows(data, [behind["security_group"]], "ingress", {"vpc", guard}, port_of(behind)),
        )
    if leaves_the_subnet:
        yield acl(data, there, "outbound", {"vpc"}, "answer")
        yield acl(data, subnet, "inbound", {"vpc"}, "answer")


def peered(data: Data, subnet: str, target: Data) -> Iterator[Gate]:
    groups, port, vpc = data["function"]["security_groups"], port_of(target), target["vpc"]
    peering, guard = data["peerings"][vpc] or {}, target["security_group"]
    is_near = not peering.get("another_region")
    yield Gate("group outbound", group_allows(data, groups, "egress", {vpc, *([guard] if is_near else [])}, port))
    yield acl(data, subnet, "outbound", {vpc}, port)
    yield Gate("route", peering.get("through", vpc) in ways_of(data, subnet))
    yield Gate("peering", "through" not in peering)
    yield Gate("route", peering.get("routes_back", True))
    yield Gate("group inbound", group_allows(data, [guard], "ingress", {"vpc", *(groups if is_near else [])}, port))
    yield acl(data, subnet, "inbound", {vpc}, "answer")


def through_endpoint(data: Data, subnet: str, target: Data) -> Iterator[Gate]:
    endpoint, groups, port = endpoint_of(data, target) or {}, data["function"]["security_groups"], port_of(target)
    guard = endpoint.get("security_group")
    if endpoint["kind"] == "gateway":
        yield Gate("group outbound", group_allows(data, groups, "egress", {target["service"]}, port))
        yield acl(data, subnet, "outbound", set(), port)
        yield Gate("gateway endpoint", target["service"] in ("s3", "dynamodb"))
        yield acl(data, subnet, "inbound", set(), "answer")
        return
    yield Gate("group outbound", group_allows(data, groups, "egress", {"vpc", *([guard] if guard else [])}, port))
    yield acl(data, subnet, "outbound", {"vpc"}, port)
    yield Gate("group inbound", not guard or group_allows(data, [guard], "ingress", {"vpc", *groups}, port))
    yield acl(data, subnet, "inbound", {"vpc"}, "answer")


def out(data: Data, subnet: str, target: Data, family: str) -> Iterator[Gate]:
    groups, port, ways = data["function"]["security_groups"], port_of(target), ways_of(data, subnet)
    prefix_list = {target.get("service")} & {"s3", "dynamodb"}
    yield Gate("group outbound", group_allows(data, groups, "egress", prefix_list, port))
    yield acl(data, subnet, "outbound", set(), port)
    if family == "ipv6":
        yield Gate("ipv6", data["function"].get("ipv6", False))
        yield Gate("route", "egress-only" in ways)
    elif "nat" in ways:
        yield from nat(data, port)
    else:
        yield Gate("route", bool({"igw", "egress-only"} & ways))
        yield Gate("igw" if "igw" in ways else "egress-only", is_open=False)
    yield acl(data, subnet, "inbound", set(), "answer")


def nat(data: Data, port: int | str) -> Iterator[Gate]:
    home = data.get("nat_in", "none")
    yield Gate("nat", home != "none")
    if home == "none":
        return
    yield acl(data, home, "inbound", {"vpc"}, port)
    yield Gate("nat", "igw" in ways_of(data, home))
    yield acl(data, home, "outbound", set(), port)
    yield acl(data, home, "inbound", set(), "answer")
    yield acl(data, home, "outbound", {"vpc"}, "answer")


def ways_of(data: Data, subnet: str) -> set[str]:
    written = data["routes"][data["subnets"][subnet]["route_table"]]
    return {written} if isinstance(written, str) else set(written)


def port_of(target: Data) -> int | str:
    return target.get("port", PORTS.get(target["kind"], "all"))


def acl(data: Data, subnet: str | None, direction: str, peers: set[str], port: int | str) -> Gate:
    name = data["subnets"][subnet].get("acl") if subnet else None
    lines = data["acls"][name].get(direction, []) if name else ["anywhere"]
    return Gate(f"acl {direction}", allows(lines, peers, port))


def group_allows(data: Data, groups: list[str], direction: str, peers: set[str], port: int | str) -> bool:
    default = ["anywhere"] if direction == "egress" else []
    lines = [line for group in groups for line in data["security_groups"][group].get(direction, default)]
    return allows(lines, peers, port)


def allows(lines: list[str], peers: set[str], port: int | str) -> bool:
    """Mark every port that a line for one of `peers` opens, and look whether all that are wanted are marked."""
    marked = bytearray(65_536)
    for line in lines:
        peer, _, ports = line.partition(":")
        if peer == "anywhere" or peer in peers:
            first, _, last = (ports or "1-65535").partition("-")
            opened = range(int(first), int(last or first) + 1)
            marked[opened.start : opened.stop] = bytes([1]) * len(opened)
    wanted = {"all": (1, 65_535), "answer": (1_024, 65_535)}.get(str(port)) or (int(port), int(port))
    return 0 not in marked[wanted[0] : wanted[1] + 1]
