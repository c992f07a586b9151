"""Networks of which no two things can be so at once, and mistakes in writing: each is named, none is guessed at."""

import pytest

from studyapp.simulator.errors import ScenarioError
from studyapp.simulator.models import network
from studyapp.simulator.rulebook import TRUTH
from tests.simulator.models.factories import data, reached

FAR = {"kind": "private", "security_group": "db", "vpc": "data"}
CONTRADICTIONS = [
    ({"routes__private": ["nat", "igw"]}, "routes.private", "nat and igw are two IPv4 default routes"),
    (
        {"endpoints": {"sqs": {"kind": "interface", "route_tables": ["private"]}}},
        "endpoints.sqs.route_tables",
        "is for a gateway endpoint: the local route leads to an interface endpoint",
    ),
    (
        {"endpoints": {"s3": {"kind": "gateway", "security_group": "db"}}},
        "endpoints.s3.security_group",
        "is for an interface endpoint: a gateway endpoint is a route",
    ),
    (
        {"endpoints": {"s3": {"kind": "gateway", "private_dns": "no"}}},
        "endpoints.s3.private_dns",
        "is for an interface endpoint",
    ),
    ({"security_groups__anywhere": {}}, "security_groups", "anywhere cannot be a group's name"),
    ({"security_groups__vpc": {}}, "security_groups", "in a rule the word vpc means something else"),
    ({"security_groups__s3": {}}, "security_groups", "s3 cannot be a group's name"),
    ({"peerings": {"db": {}}}, "security_groups", "db is also the name of a VPC under network.peerings"),
    ({"peerings": {"nat": {}}}, "peerings", "nat cannot be the name of a VPC"),
    ({"peerings": {"vpc": {}}}, "peerings", "in a route or a rule the word vpc means something else"),
    (
        {"peerings": {"a": {"through": "b"}, "b": {"through": "a"}}},
        "peerings.a.through",
        "b has no peering connection with this VPC itself",
    ),
    ({"peerings": {"a": {"through": "a"}}}, "peerings.a.through", "has no peering connection with this VPC itself"),
    (
        {"peerings": {"a": {"through": "b"}, "b": {}}, "routes__private": "a"},
        "routes.private",
        "a has no peering connection with this VPC, so a route leads to b at best",
    ),
    (
        {"subnets__private-a": {"route_table": "private", "dual_stack": "yes", "ipv6_only": "yes"}},
        "subnets.private-a.ipv6_only",
        "yes contradicts dual_stack",
    ),
    (
        {"function__state": "pending", "function__unused_for": "20 d"},
        "function.state",
        "pending contradicts unused_for",
    ),
    ({"function__subnets": ["private-a", "private-a"]}, "function.subnets", "private-a is named twice"),
    ({"function__security_groups": ["code", "code"]}, "function.security_groups", "code is named twice"),
    (
        {"targets__x": {**FAR, "subnet": "private-a"}, "peerings": {"data": {}}},
        "targets.x.subnet",
        "private-a is in this VPC, and the target is in data",
    ),
    (
        {"targets__x": {"kind": "rds-proxy", "security_group": "db", "database": "s3"}},
        "targets.x.database",
        "s3 is not a private target of this VPC; defined are database",
    ),
    (
        {
            "targets__x": {"kind": "rds-proxy", "security_group": "db", "database": "far"},
            "targets__far": FAR,
            "peerings": {"data": {}},
        },
        "targets.x.database",
        "far is in data, and a proxy stands in the VPC of its database",
    ),
    (
        {"targets__secrets__endpoint_name": "yes"},
        "targets.secrets.endpoint_name",
        "needs an interface endpoint of secretsmanager",
    ),
    (
        {"targets__s3__endpoint_name": "yes", "endpoints": {"s3": "gateway"}},
        "targets.s3.endpoint_name",
        "needs an interface endpoint of s3",
    ),
    ({"targets__files__mount_zones": ["a"]}, "subnets.private-a.zone", "is missing: files says in which zones"),
    (
        {"others": {"twin": {"subnets": [], "security_groups": ["code"]}}},
        "others.twin.subnets",
        "another attached function needs at least one",
    ),
]
MISTAKES = [
    ({"function__subnets": ["privat-a"]}, "function.subnets", "did you mean private-a?"),
    ({"function__securitygroups": ["code"]}, "function.securitygroups", "did you mean security_groups?"),
    (
        {"routes__private": "natt"},
        "routes.private",
        "natt is not one of nat, igw, egress-only, none; did you mean nat?",
    ),
    ({"subnets__private-a__acl": "strict"}, "subnets.private-a.acl", "is not a network ACL under network.acls"),
    ({"subnets__private-a__zone": ""}, "subnets.private-a.zone", "is not the name of an Availability Zone"),
    ({"acls": {"strict": {"inbound": ["code"]}}}, "acls.strict.inbound", "is not a peer of an ACL: anywhere, vpc"),
    ({"acls": {"strict": {"egress": []}}}, "acls.strict.egress", "is not a field of this part"),
    ({"security_groups__db__ingress": ["code:70000"]}, "security_groups.db.ingress", "a port from 1 to 65535"),
    ({"security_groups__db__ingress": ["code:9-1"]}, "security_groups.db.ingress", "or a range, as in anywhere:443"),
    ({"security_groups__db__ingress": ["code:"]}, "security_groups.db.ingress", "code: does not end in a port"),
    ({"security_groups__db__ingress": ["code:٤٤٣"]}, "security_groups.db.ingress", "does not end in a port"),
    ({"peerings": {"data": {"through": "lost"}}}, "peerings.data.through", "is not a VPC under network.peerings"),
    ({"vpc": {"tenancy": "shared"}}, "vpc.tenancy", "shared is not one of default, dedicated"),
    ({"vpc": {"dns_hostnames": 1}}, "vpc.dns_hostnames", "is not yes or no"),
    ({"function__state": "asleep"}, "function.state", "asleep is not one of active, pending, inactive"),
    ({"function__unused_for": 20}, "function.unused_for", "is not a time with a unit"),
    ({"function__unused_for": "-1 d"}, "function.unused_for", "is below 0 s"),
    (
        {"targets__x": {"kind": "private", "security_group": "db", "service": "s3"}},
        "targets.x.service",
        "is for aws-api",
    ),
    ({"targets__x": {"kind": "efs", "security_group": "db", "vpc": "data"}}, "targets.x.vpc", "it is for private"),
    (
        {"targets__x": {"kind": "private", "security_group": "db", "addresses": ["ipv6"]}},
        "targets.x.addresses",
        "it is for internet or aws-api",
    ),
    ({"targets__x": None}, "targets.x.kind", "is missing: it is one of internet, aws-api, private, efs, rds-proxy"),
    ({"targets": {" ": {"kind": "internet"}}}, "targets", "is no name"),
    ({"targets": {"": {"kind": "internet"}}}, "targets", "is no name"),
    ({"targets": {None: {"kind": "internet"}}}, "targets", "nothing is no name"),
    ({"targets": {"a b": {"kind": "internet"}}}, "targets", "it holds a space"),
    ({"targets": {"x" * 61: {"kind": "internet"}}}, "targets", "is longer than 60 characters"),
    ({"security_groups": {"a:b": {}}}, "security_groups", "is no name: it holds a space, a colon"),
    ({"targets": {1: {"kind": "internet"}, "1": {"kind": "internet"}}}, "targets", "is the name of two"),
    ({"targets": {f"t{n}": {"kind": "internet"} for n in range(9)}}, "targets", "9 is above 8"),
    ({"security_groups__db__ingress": ["code"] * 7}, "security_groups.db.ingress", "7 is above 6"),
]


def refusal(changes):
    with pytest.raises(ScenarioError) as caught:
        network.plan(data(**changes), TRUTH)
    return caught.value


class TestAContradiction:
    @pytest.mark.parametrize(
        ("changes", "field", "says"), CONTRADICTIONS, ids=[field for _, field, _ in CONTRADICTIONS]
    )
    def test_is_named(self, changes, field, says):
        error = refusal(changes)

        assert error.field == f"network.{field}"
        assert says in str(error)


class TestAMistake:
    @pytest.mark.parametrize(("changes", "field", "says"), MISTAKES, ids=[field for _, field, _ in MISTAKES])
    def test_is_named_with_what_could_be_meant(self, changes, field, says):
        error = refusal(changes)

        assert error.field == f"network.{field}"
        assert says in str(error)


class TestAQuota:
    @pytest.mark.parametrize(
        ("key", "kind", "most"), [("subnets", "subnets", 16), ("security_groups", "security_groups", 5)]
    )
    def test_of_one_function_is_named_with_its_source(self, key, kind, most):
        body = {"route_table": "private"} if kind == "subnets" else {}
        many = {f"{kind}__n{number}": body for number in range(most + 1)}
        names = [f"n{number}" for number in range(most + 1)]
        error = refusal({**many, f"function__{key}": names})

        assert error.field == f"network.function.{key}"
        assert f"{most + 1} is above the maximum of {most} for one function (VpcConfig" in str(error)
        assert "database" in reached(**many, **{f"function__{key}": names[:-1]}, security_groups__db__ingress=["vpc"])


class TestWhatIsNoContradiction:
    @pytest.mark.parametrize(
        "changes",
        [
            pytest.param({"nat_in": "public-a"}, id="a NAT gateway that no route leads to"),
            pytest.param({"security_groups__spare": {}}, id="a group that nobody wears"),
            pytest.param({"security_groups__db__ingress": ["db", "code"]}, id="a group that names itself"),
            pytest.param({"security_groups__private": {}}, id="a group called as a route table"),
            pytest.param({"endpoints": {"sqs": "gateway"}}, id="an endpoint that AWS does not have"),
            pytest.param({"acls": {"spare": {}}}, id="an ACL that guards no subnet"),
            pytest.param({"peerings": {"data": {}}}, id="a peering connection without a route"),
            pytest.param({"routes__private": "nat", "nat_in": "private-a"}, id="a NAT gateway that leads to itself"),
        ],
    )
    def test_is_read_and_harms_nothing_inside(self, changes):
        assert "database" in reached(**changes)

    def test_is_kept_for_a_function_that_is_not_attached(self):
        """The course's scenarios detach functions and keep their subnets for the way back."""
        assert "internet" in reached(function__attached="no", function__ipv6="yes")
