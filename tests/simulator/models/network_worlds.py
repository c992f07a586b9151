"""Random networks that are valid, with all their parts, for hypothesis."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

TABLES = ("t0", "t1", "t2")
SUBNETS = ("s0", "s1", "s2")
GROUPS = ("g0", "g1", "g2")
ZONES = ("z0", "z1")
OWN = ("nat", "igw", "egress-only")
PORTS = ("", ":443", ":5432", ":1-5000", ":1024-65535", ":1024-40000", ":40001-65535")

Draw = Any


@st.composite
def networks(draw: Draw) -> dict[str, Any]:
    """Settings that Lambda would refuse are rare, so that most networks are walked."""
    data: dict[str, Any] = {
        "routes": {table: draw(ways()) for table in TABLES},
        "peerings": {"p0": {"another_region": draw(rarely())}, "p1": draw(seconds())},
        "acls": {"a0": {way: draw(lines(("anywhere", "vpc", "p0"))) for way in ("inbound", "outbound")}},
        "security_groups": {name: draw(groups()) for name in GROUPS},
        "vpc": {"tenancy": "dedicated" if draw(very_rarely()) else "default", "dns_hostnames": not draw(rarely())},
    }
    data["subnets"] = {name: draw(subnets()) for name in SUBNETS}
    data["nat_in"] = draw(st.sampled_from((*SUBNETS, "none")))
    data["endpoints"] = draw(endpoints())
    data["function"] = draw(functions())
    data["others"] = draw(st.dictionaries(st.sampled_from(("o0", "o1")), st.fixed_dictionaries(USERS)))
    data["targets"] = draw(targets(data["endpoints"]))
    return data


USERS = {
    "subnets": st.lists(st.sampled_from(SUBNETS), min_size=1, unique=True),
    "security_groups": st.lists(st.sampled_from(GROUPS), min_size=1, unique=True),
}


def rarely() -> st.SearchStrategy[bool]:
    return st.sampled_from((False, False, False, True))


def very_rarely() -> st.SearchStrategy[bool]:
    return st.sampled_from((False,) * 14 + (True,))


def ways() -> st.SearchStrategy[list[str]]:
    chosen = st.lists(st.sampled_from((*OWN, "p0")), unique=True, max_size=3)
    return chosen.map(lambda found: [way for way in found if way != "igw" or "nat" not in found])


def seconds() -> st.SearchStrategy[dict[str, Any]]:
    return st.sampled_from(({"routes_back": False}, {"through": "p0"}, {}))


def lines(peers: tuple[str, ...]) -> st.SearchStrategy[list[str]]:
    one = st.builds(str.__add__, st.sampled_from((*peers, "anywhere")), st.sampled_from(PORTS))
    return st.lists(one, max_size=4)


@st.composite
def groups(draw: Draw) -> dict[str, Any]:
    peers = (*GROUPS, "vpc", "s3", "p0")
    found = {way: draw(lines(peers)) for way in ("egress", "ingress")}
    return {way: each for way, each in found.items() if not draw(rarely())}


@st.composite
def subnets(draw: Draw) -> dict[str, Any]:
    subnet = {"route_table": draw(st.sampled_from(TABLES)), "zone": draw(st.sampled_from(ZONES))}
    subnet |= {"ipv6_only": True} if draw(very_rarely()) else {"dual_stack": not draw(very_rarely())}
    return subnet | ({"acl": "a0"} if draw(rarely()) else {})


@st.composite
def endpoints(draw: Draw) -> dict[str, Any]:
    gateway = st.fixed_dictionaries(
        {"kind": st.just("gateway"), "route_tables": st.lists(st.sampled_from(TABLES), unique=True)}
    )
    interface = st.fixed_dictionaries(
        {"kind": st.just("interface"), "private_dns": st.booleans()},
        optional={"security_group": st.sampled_from(GROUPS)},
    )
    kinds = st.one_of(st.just("gateway"), st.just("interface"), gateway, interface)
    return {service: draw(kinds) for service in ("s3", "sqs") if draw(st.booleans())}


@st.composite
def functions(draw: Draw) -> dict[str, Any]:
    function = draw(st.fixed_dictionaries(USERS)) | {"attached": not draw(very_rarely()), "ipv6": draw(st.booleans())}
    if draw(very_rarely()):
        return function | {"state": draw(st.sampled_from(("pending", "inactive")))}
    if draw(very_rarely()):
        return function | {"unused_for": draw(st.sampled_from(("14 d", "13 d")))}
    return function | {"interface_permissions": not draw(very_rarely())}


@st.composite
def targets(draw: Draw, there: dict[str, Any]) -> dict[str, Any]:
    group, port = st.sampled_from(GROUPS), st.sampled_from((443, 5432))
    addresses = {"addresses": st.sampled_from((["ipv4"], ["ipv6"], ["ipv4", "ipv6"]))}
    api = {"kind": st.just("aws-api"), "service": st.sampled_from(("s3", "sqs"))}
    inside = {"security_group": group}
    found = {
        "internet": draw(st.fixed_dictionaries({"kind": st.just("internet")}, optional=addresses)),
        "api": draw(st.fixed_dictionaries(api, optional=addresses)),
        "database": draw(
            st.fixed_dictionaries(
                {"kind": st.just("private"), **inside}, optional={"port": port, "subnet": st.sampled_from(SUBNETS)}
            )
        ),
        "far": draw(
            st.fixed_dictionaries(
                {"kind": st.just("private"), "vpc": st.sampled_from(("p0", "p1")), **inside}, optional={"port": port}
            )
        ),
        "files": draw(
            st.fixed_dictionaries(
                {"kind": st.just("efs"), **inside},
                optional={"mount_zones": st.lists(st.sampled_from(ZONES), unique=True)},
            )
        ),
        "proxy": draw(
            st.fixed_dictionaries(
                {"kind": st.just("rds-proxy"), **inside}, optional={"port": port, "database": st.just("database")}
            )
        ),
    }
    named = there.get(found["api"]["service"])
    is_interface = (named if isinstance(named, str) else (named or {}).get("kind")) == "interface"
    if is_interface and draw(rarely()):
        found["api"]["endpoint_name"] = True
    return found
