"""Whatever stands in a network, it is walked or refused by name; nothing else happens, and nothing takes long."""

import copy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studyapp.simulator.errors import ScenarioError
from studyapp.simulator.models import network
from studyapp.simulator.rulebook import TRUTH
from tests.simulator.models.largest import LARGEST

ATOMS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.just(10**400),
    st.floats(),
    st.text(max_size=8),
    st.sampled_from(("s0", "g0", "t0", "nat", "p0", "anywhere:443", "yes", "14 d", "ipv6", "efs", "٣", "a\x1b[2J")),
)
JSON = st.recursive(
    ATOMS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.one_of(st.text(max_size=6), st.integers()), inner, max_size=3),
    max_leaves=6,
)  # fmt: skip


def walk(data):
    """The error that refuses `data`, or None if it is walked."""
    try:
        network.plan(data, TRUTH).answer(TRUTH)
    except ScenarioError as error:
        return error
    return None


def is_fit_to_show(error):
    return error is None or (error.field.startswith("network") and str(error).isprintable())


def places(data, path=()):
    yield path
    if isinstance(data, dict):
        for key, value in data.items():
            yield from places(value, (*path, key))


def put(data, path, value):
    here = data
    for step in path[:-1]:
        here = here[step]
    if path:
        here[path[-1]] = value
        return data
    return value


class TestHostileInput:
    @settings(max_examples=300, deadline=None)
    @given(draw=st.data(), value=JSON)
    def test_in_any_place_is_refused_by_name_or_walked(self, draw, value):
        path = draw.draw(st.sampled_from(list(places(EVERYTHING))))
        assert is_fit_to_show(walk(put(copy.deepcopy(EVERYTHING), path, value)))

    @settings(max_examples=100, deadline=None)
    @given(draw=st.data(), key=ATOMS, value=JSON)
    def test_as_another_field_anywhere_is_refused_by_name_or_walked(self, draw, key, value):
        data = copy.deepcopy(EVERYTHING)
        path = draw.draw(st.sampled_from([path for path in places(data) if isinstance(_at(data, path), dict)]))
        _at(data, path)[key] = value
        assert is_fit_to_show(walk(data))

    @settings(max_examples=100, deadline=None)
    @given(data=JSON)
    def test_instead_of_a_network_is_refused_by_name(self, data):
        with pytest.raises(ScenarioError):
            network.plan(data, TRUTH)

    def test_that_python_cannot_write_is_refused_by_name_or_walked(self):
        for path in [path for path in places(EVERYTHING) if path]:
            assert is_fit_to_show(walk(put(copy.deepcopy(EVERYTHING), path, 10**5000)))
            assert is_fit_to_show(walk(put(copy.deepcopy(EVERYTHING), path, [10**5000])))

    def test_that_holds_itself_is_refused_by_name(self):
        endless: list[object] = []
        endless.append(endless)
        for place in ("routes", "targets", "function"):
            with pytest.raises(ScenarioError):
                network.plan({place: {"x": endless}, "targets": {"t": {"kind": "internet"}}} | {place: endless}, TRUTH)


class TestTheLargestNetwork:
    def test_is_answered(self):
        """How fast, `make bench-models` says."""
        data = LARGEST["network"]()
        answer = network.plan(data, TRUTH).answer(TRUTH)

        assert all(path.ok for path in answer.paths)

    @pytest.mark.parametrize(
        ("path", "field", "limit"),
        [
            (("targets",), "network.targets", "9 is above 8, the most of one kind"),
            (("subnets",), "network.subnets", "21 is above 20, the most of one kind"),
            (("routes",), "network.routes", "21 is above 20"),
            (("acls",), "network.acls", "21 is above 20"),
            (("security_groups",), "network.security_groups", "21 is above 20"),
            (("others",), "network.others", "21 is above 20"),
            (("acls", "a0", "inbound"), "network.acls.a0.inbound", "7 is above 6, the most in one list"),
            (("security_groups", "g0", "egress"), "network.security_groups.g0.egress", "7 is above 6"),
        ],
    )
    def test_can_have_nothing_more(self, path, field, limit):
        data = LARGEST["network"]()
        full = _at(data, path)
        if isinstance(full, list):
            full.append(full[0])
        else:
            full["one-more"] = next(iter(full.values()))
        with pytest.raises(ScenarioError, match=limit) as caught:
            network.plan(data, TRUTH)

        assert caught.value.field == field


EVERYTHING = {
    "vpc": {"tenancy": "default", "dns_hostnames": "yes"},
    "function": {
        "attached": "yes", "subnets": ["s"], "security_groups": ["g"], "ipv6": "no", "unused_for": "1 d",
        "interface_permissions": "yes",
    },
    "others": {"o": {"subnets": ["s"], "security_groups": ["g"]}},
    "subnets": {"s": {"route_table": "t", "dual_stack": "yes", "ipv6_only": "no", "zone": "a", "acl": "a"}},
    "routes": {"t": ["nat", "p"]},
    "nat_in": "s",
    "acls": {"a": {"inbound": ["anywhere"], "outbound": ["anywhere:443"]}},
    "peerings": {"p": {"another_region": "no", "routes_back": "yes"}, "q": {"through": "p"}},
    "endpoints": {
        "s3": {"kind": "gateway", "route_tables": ["t"]},
        "sqs": {"kind": "interface", "security_group": "g", "private_dns": "no"},
    },
    "security_groups": {"g": {"egress": ["anywhere"], "ingress": ["g:443"]}},
    "targets": {
        "api": {"kind": "aws-api", "service": "sqs", "endpoint_name": "yes", "addresses": ["ipv4"], "port": 443},
        "database": {"kind": "private", "security_group": "g", "subnet": "s"},
        "far": {"kind": "private", "security_group": "g", "vpc": "p"},
        "files": {"kind": "efs", "security_group": "g", "mount_zones": ["a"]},
        "proxy": {"kind": "rds-proxy", "security_group": "g", "database": "database"},
    },
}  # fmt: skip


def _at(data, path):
    for step in path:
        data = data[step]
    return data
