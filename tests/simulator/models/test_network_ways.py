"""What the table of reachability leaves open: ACLs, peered VPCs, names of endpoints, proxies and mount targets."""

import pytest

from tests.simulator.models.factories import reach, reached

NAT = {"routes__private": "nat", "nat_in": "public-a"}
ANSWERS = "anywhere:1024-65535"


def refused_by(target, **changes):
    path = reach(**changes)[target]
    return None if path.ok else path.hops[-1].name


class TestAnAcl:
    """It guards a subnet in both directions and remembers nothing."""

    @pytest.mark.parametrize(
        ("outbound", "inbound", "refuses"),
        [
            (["anywhere"], ["anywhere"], None),
            (["anywhere:443"], [ANSWERS], None),
            (["anywhere:443"], ["anywhere:1024-30000", "anywhere:30001-65535"], None),
            ([], [ANSWERS], "Outbound rules of ACL strict"),
            (["anywhere:80"], [ANSWERS], "Outbound rules of ACL strict"),
            (["vpc"], [ANSWERS], "Outbound rules of ACL strict"),
            (["anywhere:443"], [], "Inbound rules of ACL strict"),
            (["anywhere:443"], ["anywhere:443"], "Inbound rules of ACL strict"),
            (["anywhere:443"], ["anywhere:32768-61000"], "Inbound rules of ACL strict"),
            (["anywhere:443"], ["anywhere:1025-65535"], "Inbound rules of ACL strict"),
            (["anywhere:443"], ["anywhere:1024-65534"], "Inbound rules of ACL strict"),
            (["anywhere:443"], ["anywhere:1024-30000", "anywhere:30002-65535"], "Inbound rules of ACL strict"),
        ],
    )
    def test_of_the_function_lets_a_call_out_and_its_answer_in(self, outbound, inbound, refuses):
        changes = {"acls": {"strict": {"outbound": outbound, "inbound": inbound}}, "subnets__private-a__acl": "strict"}
        assert refused_by("internet", **NAT, **changes) == refuses

    @pytest.mark.parametrize(
        ("outbound", "inbound", "refuses"),
        [
            (["anywhere:443", "vpc:1024-65535"], ["vpc:443", ANSWERS], None),
            (["anywhere:443", "vpc:1024-65535"], [ANSWERS], "Inbound rules of ACL strict"),
            (["vpc:1024-65535"], ["vpc:443", ANSWERS], "Outbound rules of ACL strict"),
            (["anywhere:443", "vpc:1024-65535"], ["vpc:443"], "Inbound rules of ACL strict"),
            (["anywhere:443"], ["vpc:443", ANSWERS], "Outbound rules of ACL strict"),
        ],
    )
    def test_of_the_nat_gateway_is_passed_four_times(self, outbound, inbound, refuses):
        changes = {"acls": {"strict": {"outbound": outbound, "inbound": inbound}}, "subnets__public-a__acl": "strict"}
        assert refused_by("internet", **NAT, **changes) == refuses

    @pytest.mark.parametrize(
        ("outbound", "inbound", "refuses"),
        [
            (["vpc:1024-65535"], ["vpc:5432"], None),
            (["vpc:1024-65535"], ["vpc:3306"], "Inbound rules of ACL strict"),
            (["vpc:5432"], ["vpc:5432"], "Outbound rules of ACL strict"),
        ],
    )
    def test_of_the_target_lets_a_call_in_and_its_answer_out(self, outbound, inbound, refuses):
        changes = {
            "acls": {"strict": {"outbound": outbound, "inbound": inbound}},
            "subnets__public-a__acl": "strict",
            "targets__database__subnet": "public-a",
        }
        assert refused_by("database", **changes) == refuses

    def test_is_not_asked_within_one_subnet(self):
        changes = {"acls": {"strict": {}}, "subnets__private-a__acl": "strict"}
        assert refused_by("database", **changes) == "Outbound rules of ACL strict"
        assert refused_by("database", **changes, targets__database__subnet="private-a") is None

    def test_sees_an_interface_endpoint_inside_the_vpc_and_a_gateway_endpoint_outside(self):
        changes = {
            "acls": {"strict": {"outbound": ["vpc"], "inbound": ["vpc"]}},
            "subnets__private-a__acl": "strict",
            "endpoints": {"secretsmanager": "interface", "s3": "gateway"},
        }
        assert reached(**changes) == {"secrets", "database", "files"}


class TestAPeering:
    FAR = {"targets__far": {"kind": "private", "security_group": "db", "port": 5432, "vpc": "data"}}

    @pytest.mark.parametrize(
        ("peerings", "routes", "refuses"),
        [
            ({"data": {}}, "data", None),
            ({"data": {}}, ["nat", "data"], None),
            ({"data": {}}, "none", "Route table private"),
            ({"data": {}, "hub": {}}, "hub", "Route table private"),
            ({"data": {"routes_back": "no"}}, "data", "Route tables of data"),
            ({"data": {"through": "hub"}, "hub": {}}, "hub", "Peering connection hub"),
            ({"data": {"through": "hub"}, "hub": {}}, "none", "Route table private"),
        ],
    )
    def test_needs_routes_both_ways_and_no_third_vpc(self, peerings, routes, refuses):
        assert refused_by("far", **self.FAR, peerings=peerings, routes__private=routes) == refuses

    @pytest.mark.parametrize(
        ("another_region", "ingress", "refuses"),
        [
            ("no", ["code:5432"], None),
            ("no", ["vpc:5432"], None),
            ("yes", ["vpc:5432"], None),
            ("yes", ["code:5432"], "Inbound rules of db"),
            ("yes", ["data:5432"], "Inbound rules of db"),
        ],
    )
    def test_lets_rules_name_groups_within_one_region(self, another_region, ingress, refuses):
        peerings = {"data": {"another_region": another_region}}
        changes = {**self.FAR, "peerings": peerings, "routes__private": "data", "security_groups__db__ingress": ingress}
        assert refused_by("far", **changes) == refuses

    @pytest.mark.parametrize(
        ("egress", "refuses"), [(["data:5432"], None), (["db"], None), (["vpc"], "Outbound rules of code")]
    )
    def test_is_named_in_outbound_rules_by_its_vpc_or_a_group(self, egress, refuses):
        changes = {"peerings": {"data": {}}, "routes__private": "data", "security_groups__code__egress": egress}
        assert refused_by("far", **self.FAR, **changes) == refuses

    def test_lets_outbound_rules_name_no_group_of_another_region(self):
        changes = {"peerings": {"data": {"another_region": "yes"}}, "routes__private": "data"}
        by_group = {"security_groups__code__egress": ["db"], "security_groups__db__ingress": ["vpc"]}
        assert refused_by("far", **self.FAR, **changes, **by_group) == "Outbound rules of code"
        assert (
            refused_by("far", **self.FAR, **changes, **{**by_group, "security_groups__code__egress": ["data"]}) is None
        )

    def test_says_that_a_group_of_another_region_is_not_known_there(self):
        changes = {"peerings": {"data": {"another_region": "yes"}}, "routes__private": "data"}
        last = reach(**self.FAR, **changes)["far"].hops[-1]
        assert last.says == "The inbound rules admit code, not the addresses of this VPC on port 5432."

    def test_gives_no_way_to_the_internet(self):
        assert refused_by("internet", peerings={"data": {}}, routes__private="data") == "Route table private"

    def test_is_out_of_reach_for_a_function_without_a_vpc(self):
        assert refused_by("far", **self.FAR, peerings={"data": {}}, function__attached=False) == "far"


class TestAnInterfaceEndpoint:
    @pytest.mark.parametrize(
        ("changes", "refuses"),
        [
            ({}, None),
            ({"endpoints__secretsmanager__private_dns": "no"}, "Route table private"),
            ({"vpc": {"dns_hostnames": "no"}}, "Route table private"),
            ({"endpoints__secretsmanager__private_dns": "no", "targets__secrets__endpoint_name": "yes"}, None),
            ({"vpc": {"dns_hostnames": "no"}, "targets__secrets__endpoint_name": "yes"}, None),
            ({"endpoints__secretsmanager__private_dns": "no", **NAT}, None),
            ({"security_groups__code__egress": ["vpc:443"]}, None),
            ({"security_groups__code__egress": ["s3"]}, "Outbound rules of code"),
            ({"function__attached": "no"}, None),
            ({"function__attached": "no", "targets__secrets__endpoint_name": "yes"}, "secrets"),
        ],
    )
    def test_is_used_by_name(self, changes, refuses):
        changes = {"endpoints": {"secretsmanager": {"kind": "interface"}}, **changes}
        assert refused_by("secrets", **changes) == refuses

    def test_says_why_it_is_passed_by(self):
        hops = reach(endpoints={"secretsmanager": {"kind": "interface", "private_dns": "no"}})["secrets"].hops
        assert [hop.says for hop in hops if hop.name == "Private DNS"] == [
            "The endpoint is passed by: its private DNS is off, so the usual name leads to public addresses."
        ]

    def test_serves_lambda_itself(self):
        api = {"kind": "aws-api", "service": "lambda"}
        assert "invoke" not in reached(targets__invoke=api)
        assert "invoke" in reached(targets__invoke=api, endpoints={"lambda": "interface"})


class TestAPrefixList:
    def test_names_the_addresses_of_a_service_whatever_the_way(self):
        assert reached(**NAT, security_groups__code__egress=["s3:443"]) == {"s3"}


class TestAProxy:
    PROXY = {
        "security_groups__proxy": {"ingress": ["code:5432"]},
        "security_groups__db__ingress": ["proxy:5432"],
        "targets__proxy": {"kind": "rds-proxy", "security_group": "proxy", "port": 5432, "database": "database"},
    }

    @pytest.mark.parametrize(
        ("changes", "refuses"),
        [
            ({}, None),
            ({"security_groups__proxy__ingress": []}, "Inbound rules of proxy"),
            ({"security_groups__proxy__egress": []}, "Outbound rules of proxy"),
            ({"security_groups__proxy__egress": ["db:5432"]}, None),
            ({"security_groups__db__ingress": ["code:5432"]}, "Inbound rules of db"),
            ({"security_groups__db__ingress": ["vpc:5432"]}, None),
            ({"function__attached": False}, "proxy"),
        ],
    )
    def test_is_a_second_pair_of_groups(self, changes, refuses):
        assert refused_by("proxy", **{**self.PROXY, **changes}) == refuses

    def test_admits_the_function_where_the_database_does_not(self):
        assert "proxy" in reached(**self.PROXY)
        assert "database" not in reached(**self.PROXY)


class TestAFileSystem:
    def test_is_mounted_over_port_2049(self):
        assert refused_by("files", security_groups__db__ingress=["code:2049"]) is None
        assert refused_by("files", security_groups__db__ingress=["code:443"]) == "Inbound rules of db"

    @pytest.mark.parametrize(
        ("zones", "refuses"), [(["a"], "Mount targets"), (["a", "b"], None), ([], "Mount targets")]
    )
    def test_needs_a_mount_target_in_every_zone_of_the_function(self, zones, refuses):
        changes = {
            "function__subnets": ["private-a", "public-a"],
            "subnets__private-a__zone": "a",
            "subnets__public-a__zone": "b",
            "targets__files__mount_zones": zones,
        }
        assert refused_by("files", **changes) == refuses


class TestOneGroupForBoth:
    def test_admits_its_members_by_a_rule_alone(self):
        shared = {"function__security_groups": ["db"]}
        assert refused_by("database", **shared, security_groups__db__ingress=[]) == "Inbound rules of db"
        assert refused_by("database", **shared, security_groups__db__ingress=["db:5432"]) is None
