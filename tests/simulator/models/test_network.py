"""The table of VPC reachability of the AWS documentation, row by row, and what the rows leave open."""

import pytest

from tests.simulator.models.factories import PLAIN, data, reach, reached

INSIDE = {"database", "files"}
EVERYTHING_OVER_IPV4 = {"internet", "s3", "secrets"}
NAT = {"routes__private": "nat", "nat_in": "public-a"}
DUAL_STACK = {
    "function__ipv6": True,
    "routes__private": "egress-only",
    "subnets__private-a__dual_stack": True,
}


class TestReach:
    @pytest.mark.parametrize(
        ("changes", "targets"),
        [
            pytest.param({"function__attached": False}, EVERYTHING_OVER_IPV4, id="no VPC"),
            pytest.param({}, INSIDE, id="private subnet without NAT or endpoint"),
            pytest.param(NAT, EVERYTHING_OVER_IPV4 | INSIDE, id="private subnet with NAT"),
            pytest.param({"function__subnets": ["public-a"]}, INSIDE, id="public subnet"),
            pytest.param({"endpoints": {"s3": "gateway"}}, {"s3"} | INSIDE, id="gateway endpoint"),
            pytest.param({"endpoints": {"secretsmanager": "interface"}}, {"secrets"} | INSIDE, id="interface endpoint"),
            pytest.param(DUAL_STACK, {"internet6", "secrets"} | INSIDE, id="egress-only gateway"),
            pytest.param({**NAT, "security_groups__code__egress": []}, set(), id="no egress rule"),
            pytest.param({**NAT, "security_groups__code__egress": ["db"]}, INSIDE, id="egress to the database alone"),
            pytest.param(
                {**NAT, "security_groups__db__ingress": []}, EVERYTHING_OVER_IPV4, id="database admits nobody"
            ),
        ],
    )
    def test_follows_the_table(self, changes, targets):
        assert reached(**changes) == targets

    def test_needs_every_subnet_of_the_function(self):
        path = reach(**NAT, function__subnets=["private-a", "public-a"])["internet"]

        assert not path.ok
        assert "private-a get through" in path.hops[0].says
        assert path.hops[-1].name == "Internet gateway"

    def test_ends_at_the_first_hop_that_refuses(self):
        for path in reach().values():
            assert [hop.ok for hop in path.hops[:-1]] == [True] * (len(path.hops) - 1)
            assert path.hops[-1].ok == path.ok

    def test_keeps_the_order_of_the_targets(self):
        assert list(reach()) == list(PLAIN["targets"])

    def test_goes_the_same_way_over_ipv4_and_ipv6_when_both_lead_out(self):
        changes = {**DUAL_STACK, "routes__private": ["nat", "egress-only"], "nat_in": "public-a"}
        assert reached(**changes) == EVERYTHING_OVER_IPV4 | INSIDE | {"internet6"}


class TestRefusal:
    """A refusing hop names the thing that the student has to look at."""

    @pytest.mark.parametrize(
        ("changes", "target", "hop", "says"),
        [
            ({}, "internet", "Route table private", "no default route"),
            ({}, "s3", "Route table private", "no endpoint of Amazon S3"),
            ({"endpoints": {"s3": "gateway"}}, "internet", "Route table private", "calls to Amazon S3 alone"),
            ({"function__subnets": ["public-a"]}, "internet", "Internet gateway", "never gets one"),
            ({"routes__private": "nat"}, "internet", "NAT gateway", "no subnet has one"),
            (
                {"routes__private": "nat", "nat_in": "private-a"},
                "internet",
                "NAT gateway",
                "leads to the NAT gateway itself: a loop",
            ),
            (
                {"routes__private": "nat", "nat_in": "public-a", "routes__public": "none"},
                "internet",
                "NAT gateway",
                "public has no route to an internet gateway",
            ),
            ({"routes__private": "egress-only"}, "internet", "Egress-only gateway", "IPv6 alone"),
            ({"routes__private": "egress-only"}, "internet6", "IPv6 setting", "off"),
            ({"function__ipv6": True}, "internet6", "IPv6 setting", "private-a has no IPv6 range"),
            ({**DUAL_STACK, "routes__private": "none"}, "internet6", "Route table private", "no IPv6 route"),
            ({"function__attached": False}, "database", "database", "inside its VPC"),
            ({"function__attached": False}, "files", "files", "mounted through its VPC"),
            ({"function__attached": False}, "internet6", "internet6", "IPv6 only"),
            ({"security_groups__code__egress": []}, "database", "Outbound rules of code", "nothing leaves"),
            (
                {"security_groups__code__egress": ["anywhere:443"]},
                "database",
                "Outbound rules of code",
                "on port 5432 to group db",
            ),
            ({"security_groups__db__ingress": []}, "database", "Inbound rules of db", "admit nobody, not code"),
            ({"security_groups__db__ingress": ["code:2049"]}, "database", "Inbound rules of db", "on port 5432"),
            ({"endpoints": {"secretsmanager": "gateway"}}, "secrets", "Gateway endpoint", "Secrets Manager has none"),
        ],
    )
    def test_says_why(self, changes, target, hop, says):
        path = reach(**changes)[target]

        assert not path.ok
        assert path.hops[-1].name == hop
        assert says in path.hops[-1].says

    def test_is_short_and_plain(self):
        for changes in ({}, NAT, DUAL_STACK, {"function__subnets": ["public-a"]}, {"function__attached": False}):
            for path in reach(**changes).values():
                assert all(len(hop.says.split()) <= 24 and hop.says.endswith(".") for hop in path.hops)


class TestEndpoint:
    def test_serves_the_route_tables_it_names_alone(self):
        gateway = {"s3": {"kind": "gateway", "route_tables": ["public"]}}
        assert "s3" not in reached(endpoints=gateway)
        assert "s3" in reached(endpoints=gateway, function__subnets=["public-a"])

    def test_is_guarded_by_its_own_group(self):
        interface = {"secretsmanager": {"kind": "interface", "security_group": "db"}}
        assert "secrets" in reached(endpoints=interface)
        assert "secrets" not in reached(endpoints=interface, security_groups__db__ingress=[])

    def test_takes_a_rule_for_the_addresses_of_its_service(self):
        gateway = {"endpoints": {"s3": "gateway"}, "security_groups__code__egress": ["s3"]}
        assert reached(**gateway) == {"s3"}

    def test_takes_precedence_over_the_way_out(self):
        hops = reach(**NAT, endpoints={"s3": "gateway"})["s3"].hops
        assert "Gateway endpoint" in {hop.name for hop in hops}


class TestBelief:
    """Each wrong belief reaches exactly what it tempts with."""

    @pytest.mark.parametrize(
        ("field", "changes", "gained"),
        [
            (
                "function_interfaces_have_public_addresses",
                {"function__subnets": ["public-a"]},
                EVERYTHING_OVER_IPV4,
            ),
            (
                "nat_works_from_a_private_subnet",
                {"routes__private": "nat", "nat_in": "private-a"},
                EVERYTHING_OVER_IPV4,
            ),
            ("unattached_functions_reach_the_vpc", {"function__attached": False}, INSIDE),
            ("vpc_attachment_keeps_internet", {}, EVERYTHING_OVER_IPV4 | {"internet6"}),
            ("vpc_functions_reach_aws_apis", {}, {"s3", "secrets"}),
            ("iam_permissions_open_the_network", {}, {"s3", "secrets"}),
            ("same_vpc_is_enough", {"security_groups__db__ingress": []}, INSIDE),
            (
                "gateway_endpoints_reach_internet",
                {"endpoints": {"s3": "gateway"}},
                {"internet", "internet6", "secrets"},
            ),
            ("egress_only_gateway_carries_ipv4", {"routes__private": "egress-only"}, EVERYTHING_OVER_IPV4),
        ],
    )
    def test_reaches_more_when_believed(self, field, changes, gained):
        assert reached(believing={field: True}, **changes) - reached(**changes) == gained

    @pytest.mark.parametrize(
        ("patch", "changes", "lost_or_gained"),
        [
            ({"security_groups_are_checked": False}, {**NAT, "security_groups__code__egress": []}, True),
            ({"security_groups_need_return_rules": True}, NAT, False),
            ({"gateway_endpoint_services": "s3 dynamodb secretsmanager"}, {}, False),
        ],
    )
    def test_can_change_what_security_groups_do(self, patch, changes, lost_or_gained):
        assert (reached(believing=patch, **changes) > reached(**changes)) is lost_or_gained

    def test_that_answers_need_rules_is_met_by_an_inbound_rule(self):
        patch = {"security_groups_need_return_rules": True}
        assert reached(believing=patch, **NAT) == set()
        assert "internet" in reached(believing=patch, **NAT, security_groups__code__ingress=["anywhere"])

    def test_offers_gateway_endpoints_of_other_services(self):
        changes = {"endpoints": {"secretsmanager": "gateway"}}
        patch = {"gateway_endpoint_services": "s3 dynamodb secretsmanager"}
        assert reached(believing=patch, **changes) - reached(**changes) == {"secrets"}

    def test_names_its_rule_at_the_hop(self):
        hops = reach(function__subnets=["public-a"])["internet"].hops
        assert hops[-1].rule == "function_interfaces_have_public_addresses"


class TestData:
    def test_is_left_as_it_was(self):
        given = data()
        assert given == PLAIN
