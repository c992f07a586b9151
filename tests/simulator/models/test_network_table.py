"""The table of VPC reachability, each of its rows by each of its columns, and the rules below it."""

import pytest

from studyapp.simulator.models import network
from studyapp.simulator.rulebook import TRUTH
from tests.simulator.models.factories import data, reach, reached

NAT = {"routes__private": "nat", "nat_in": "public-a"}
DUAL_STACK = {
    "function__ipv6": True,
    "routes__private": "egress-only",
    "subnets__private-a__dual_stack": True,
}
ROWS = {
    "no VPC config": {"function__attached": False},
    "private subnet, no NAT, no endpoint": {},
    "private subnet, route to NAT in a public subnet with an internet gateway": NAT,
    "public subnet with an internet gateway alone": {"function__subnets": ["public-a"]},
    "private subnet and S3 gateway endpoint": {"endpoints": {"s3": "gateway"}},
    "private subnet and DynamoDB gateway endpoint": {"endpoints": {"dynamodb": "gateway"}},
    "private subnet and interface endpoint": {"endpoints": {"secretsmanager": "interface"}},
    "dual-stack subnets, IPv6 allowed, egress-only gateway": DUAL_STACK,
    "security group without matching egress": {**NAT, "security_groups__code__egress": []},
}
INTERNET = {"internet": {"kind": "internet"}, "internet6": {"kind": "internet", "addresses": ["ipv6"]}}
APIS = {
    "s3": {"kind": "aws-api", "service": "s3"},
    "table": {"kind": "aws-api", "service": "dynamodb"},
    "secrets": {"kind": "aws-api", "service": "secretsmanager"},
    "queue6": {"kind": "aws-api", "service": "sqs", "addresses": ["ipv4", "ipv6"]},
}
PRIVATE = {
    "database": {"kind": "private", "security_group": "db", "port": 5432},
    "files": {"kind": "efs", "security_group": "db"},
    "proxy": {"kind": "rds-proxy", "security_group": "db", "port": 5432},
}
ALL = set(APIS)
ANSWERS = [
    ("no VPC config", {"internet"}, ALL, set()),
    ("private subnet, no NAT, no endpoint", set(), set(), set(PRIVATE)),
    (
        "private subnet, route to NAT in a public subnet with an internet gateway",
        {"internet"},
        ALL,
        set(PRIVATE),
    ),
    ("public subnet with an internet gateway alone", set(), set(), set(PRIVATE)),
    ("private subnet and S3 gateway endpoint", set(), {"s3"}, set(PRIVATE)),
    ("private subnet and DynamoDB gateway endpoint", set(), {"table"}, set(PRIVATE)),
    ("private subnet and interface endpoint", set(), {"secrets"}, set(PRIVATE)),
    ("dual-stack subnets, IPv6 allowed, egress-only gateway", {"internet6"}, {"queue6"}, set(PRIVATE)),
    ("security group without matching egress", set(), set(), set()),
]


class TestTheTable:
    @pytest.mark.parametrize(("row", "internet", "apis", "private"), ANSWERS, ids=[row for row, *_ in ANSWERS])
    def test_says_what_is_reached_on_the_internet(self, row, internet, apis, private):
        assert reached(**ROWS[row], targets=INTERNET) == internet

    @pytest.mark.parametrize(("row", "internet", "apis", "private"), ANSWERS, ids=[row for row, *_ in ANSWERS])
    def test_says_which_aws_apis_are_reached(self, row, internet, apis, private):
        assert reached(**ROWS[row], targets=APIS) == apis

    @pytest.mark.parametrize(("row", "internet", "apis", "private"), ANSWERS, ids=[row for row, *_ in ANSWERS])
    def test_says_which_private_resources_are_reached(self, row, internet, apis, private):
        assert reached(**ROWS[row], targets=PRIVATE) == private

    def test_has_eight_rows_of_which_one_is_of_two_services(self):
        assert list(ROWS) == [row for row, *_ in ANSWERS]
        assert len(ROWS) == 9


class TestPrivateResources:
    """`if security groups allow`."""

    @pytest.mark.parametrize("row", [row for row, *_, private in ANSWERS if private])
    def test_are_out_of_reach_when_their_group_admits_nobody(self, row):
        assert reached(**ROWS[row], targets=PRIVATE, security_groups__db__ingress=[]) == set()


class TestTheSettings:
    """What Lambda refuses before any packet moves; every target is then out of reach, and for the same reason."""

    @pytest.mark.parametrize(
        ("changes", "hop", "says"),
        [
            ({"function__state": "pending"}, "Function state", "Pending"),
            ({"function__state": "inactive"}, "Function state", "14 days"),
            ({"function__unused_for": "14 d"}, "Function state", "Inactive"),
            ({"function__interface_permissions": "no"}, "Execution role", "may not create network interfaces"),
            ({"vpc": {"tenancy": "dedicated"}}, "Tenancy", "dedicated tenancy"),
            ({"subnets__private-a__ipv6_only": "yes"}, "Subnet addresses", "as subnet private-a"),
            ({"function__ipv6": "yes"}, "IPv6 setting", "subnet private-a has no IPv6 range"),
        ],
    )
    def test_refuse_every_target_by_name(self, changes, hop, says):
        for path in reach(**{**NAT, **changes}).values():
            assert not path.ok
            assert path.hops[-1].name == hop
            assert says in path.hops[-1].says

    def test_need_every_subnet_to_be_dual_stack(self):
        changes = {**DUAL_STACK, "function__subnets": ["private-a", "public-a"]}
        assert reach(**changes)["database"].hops[-1].name == "IPv6 setting"
        assert "database" in reached(**changes, **{"subnets__public-a__dual_stack": True})

    @pytest.mark.parametrize(
        ("unused", "is_active"), [("0 s", True), ("13 d", True), ("14 d", False), ("1000 d", False)]
    )
    def test_make_an_idle_function_inactive_after_14_days(self, unused, is_active):
        assert ("database" in reached(function__unused_for=unused)) is is_active

    def test_are_no_matter_for_a_function_that_is_not_attached(self):
        changes = {"function__attached": False, "function__state": "pending", "vpc": {"tenancy": "dedicated"}}
        assert "internet" in reached(**changes)


class TestInterfaces:
    @pytest.mark.parametrize(
        ("changes", "count"),
        [
            ({}, 1),
            ({"function__attached": False}, 0),
            ({"function__subnets": ["private-a", "public-a"]}, 2),
            ({"others": {"twin": {"subnets": ["private-a"], "security_groups": ["code"]}}}, 1),
            ({"others": {"twin": {"subnets": ["public-a"], "security_groups": ["code"]}}}, 2),
            ({"others": {"twin": {"subnets": ["private-a"], "security_groups": ["db", "code"]}}}, 2),
            ({"function__state": "pending"}, 1),
            ({"function__state": "inactive"}, 0),
            ({"vpc": {"tenancy": "dedicated"}}, 0),
            ({"function__interface_permissions": False}, 0),
        ],
    )
    def test_are_one_for_each_subnet_and_set_of_groups(self, changes, count):
        answer = network.plan(data(**changes), TRUTH).answer(TRUTH)
        assert answer.metrics["interfaces.all"] == count

    def test_are_not_doubled_by_the_order_of_groups(self):
        others = {
            "one": {"subnets": ["private-a"], "security_groups": ["code", "db"]},
            "two": {"subnets": ["private-a"], "security_groups": ["db", "code"]},
        }
        answer = network.plan(data(function__attached=False, others=others), TRUTH).answer(TRUTH)
        assert answer.metrics["interfaces.all"] == 1
