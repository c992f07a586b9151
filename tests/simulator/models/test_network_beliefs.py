"""Every wrong idea about networks, run: what it tempts with, and that it takes nothing away."""

import pytest
from django.conf import settings as django_settings
from hypothesis import given, settings

from studyapp.content import raw
from studyapp.simulator import TRUTH
from studyapp.simulator.models import network
from studyapp.simulator.rulebook import Rulebook
from tests.simulator.models.factories import data
from tests.simulator.models.network_worlds import networks

BELIEFS = {entry.data.id: entry.data.patch for entry in raw.read(django_settings.CONTENT).beliefs}
NAT = {"routes__private": "nat", "nat_in": "public-a"}
ACL = {"subnets__private-a__acl": "strict", **NAT}
FAR = {"targets__far": {"kind": "private", "security_group": "db", "vpc": "data"}, "peerings": {"data": {}}}
CASES = [
    ("public-subnet-gives-internet", {"function__subnets": ["public-a"]}, "internet"),
    ("security-group-opens-internet", {}, "internet"),
    ("endpoint-gives-internet", {"endpoints": {"s3": "gateway"}}, "internet"),
    ("gateway-endpoint-for-every-service", {"endpoints": {"secretsmanager": "gateway"}}, "secrets"),
    ("aws-apis-stay-reachable", {}, "s3"),
    ("permissions-open-the-network", {}, "s3"),
    ("functions-reach-every-vpc", {"function__attached": False}, "database"),
    ("same-vpc-is-enough", {"security_groups__db__ingress": []}, "database"),
    ("outbound-rules-are-enough", {"security_groups__db__ingress": []}, "database"),
    ("security-groups-do-not-apply", {"security_groups__code__egress": []}, "database"),
    ("nat-works-anywhere", {"routes__private": "nat", "nat_in": "private-a"}, "internet"),
    ("egress-only-for-all-traffic", {"routes__private": "egress-only"}, "internet"),
    ("acls-remember-connections", {"acls": {"strict": {"outbound": ["anywhere"]}}, **ACL}, "internet"),
    (
        "answers-come-to-the-same-port",
        {"acls": {"strict": {"outbound": ["anywhere"], "inbound": ["anywhere:443"]}}, **ACL},
        "internet",
    ),
    (
        "answers-come-to-linux-ports",
        {"acls": {"strict": {"outbound": ["anywhere"], "inbound": ["anywhere:32768-61000"]}}, **ACL},
        "internet",
    ),
    (
        "same-group-is-enough",
        {"function__security_groups": ["db"], "security_groups__db__ingress": []},
        "database",
    ),
    (
        "endpoints-need-no-names",
        {"endpoints": {"secretsmanager": {"kind": "interface", "private_dns": False}}},
        "secrets",
    ),
    (
        "one-mount-target-is-enough",
        {"subnets__private-a__zone": "b", "targets__files__mount_zones": ["a"]},
        "files",
    ),
    ("peering-brings-routes", FAR, "far"),
    (
        "peering-passes-on",
        {**FAR, "peerings": {"hub": {}, "data": {"through": "hub"}}, "routes__private": "hub"},
        "far",
    ),
    (
        "groups-can-be-named-everywhere",
        {**FAR, "peerings": {"data": {"another_region": True}}, "routes__private": "data"},
        "far",
    ),
    ("dedicated-tenancy-is-no-matter", {"vpc": {"tenancy": "dedicated"}}, "database"),
    ("one-dual-stack-subnet-is-enough", {"function__ipv6": True}, "database"),
    ("functions-run-in-ipv6-only-subnets", {"subnets__private-a__ipv6_only": True}, "database"),
    ("attachment-needs-no-permission", {"function__interface_permissions": False}, "database"),
    ("pending-functions-run", {"function__state": "pending"}, "database"),
    ("idle-functions-wake-in-time", {"function__unused_for": "30 d"}, "database"),
]
LOSING = ("answers-need-inbound-rules", "answers-come-to-the-same-port", "answers-come-to-linux-ports")
"""Ideas under which something is refused that AWS lets pass."""

SILENT = (
    "answers-come-to-the-same-port",
    "answers-come-to-linux-ports",
    "security-groups-do-not-apply",
    "gateway-endpoint-for-every-service",
)
"""Ideas that move a number or a list, or leave a hop out, and so have no sentence of their own."""


def answer(given, belief=None):
    rulebook = Rulebook().believing(BELIEFS[belief]) if belief else TRUTH
    return network.plan(given, rulebook).answer(rulebook)


def reached(given, belief=None):
    return {path.target for path in answer(given, belief).paths if path.ok}


class TestABelief:
    @pytest.mark.parametrize(("belief", "changes", "target"), CASES, ids=[belief for belief, *_ in CASES])
    def test_reaches_what_it_tempts_with(self, belief, changes, target):
        assert target not in reached(data(**changes))
        assert target in reached(data(**changes), belief)

    @pytest.mark.parametrize(("belief", "changes", "target"), CASES, ids=[belief for belief, *_ in CASES])
    def test_says_at_a_hop_that_it_is_not_so(self, belief, changes, target):
        path = next(path for path in answer(data(**changes), belief).paths if path.target == target)

        assert belief in SILENT or any("if this were so." in hop.says for hop in path.hops)

    def test_that_answers_need_rules_loses_what_is_reached(self):
        assert "internet" in reached(data(**NAT))
        assert reached(data(**NAT), "answers-need-inbound-rules") == set()

    def test_that_interfaces_are_not_shared_counts_more(self):
        given = data(others={"twin": {"subnets": ["private-a"], "security_groups": ["code"]}})
        assert answer(given).metrics["interfaces.all"] == 1
        assert answer(given, "each-function-has-its-interfaces").metrics["interfaces.all"] == 2

    @settings(max_examples=25, deadline=None)
    @given(given=networks())
    def test_takes_nothing_away_but_where_it_says_so(self, given):
        so = reached(given)
        for belief in {belief for belief, *_ in CASES} - set(LOSING):
            assert so <= reached(given, belief), belief
