"""A network that contradicts itself is refused with the field, the value and the limit."""

import pytest

from studyapp.simulator.errors import ScenarioError
from studyapp.simulator.models import network
from tests.simulator.models.factories import data


class TestRead:
    def test_takes_yes_and_no_as_words(self):
        assert not network.read(data(function__attached="no")).function.attached

    def test_attaches_a_function_that_names_subnets(self):
        given = data()
        del given["function"]["attached"]
        assert network.read(given).function.attached

    def test_forgets_the_subnets_of_a_detached_function(self):
        assert network.read(data(function__attached=False)).function.subnets == ()

    def test_takes_a_function_without_a_vpc(self):
        given = {"targets": {"internet": {"kind": "internet"}}}
        assert not network.read(given).function.attached

    def test_gives_a_new_group_every_way_out_and_no_way_in(self):
        group = network.read(data(security_groups__spare={})).groups["spare"]
        assert [permit.peer for permit in group.egress] == ["anywhere"]
        assert group.ingress == ()

    @pytest.mark.parametrize(
        ("changes", "field", "says"),
        [
            ({"function__subnets": ["private-b"]}, "network.function.subnets", "private-b"),
            ({"function__subnets": []}, "network.function.subnets", "needs a subnet"),
            ({"function__security_groups": []}, "network.function.security_groups", "needs a security group"),
            ({"function__security_groups": ["web"]}, "network.function.security_groups", "web"),
            ({"function__attached": "maybe"}, "network.function.attached", "yes or no"),
            ({"function__speed": 1}, "network.function.speed", "is not a field of this part"),
            ({"subnets__private-a": {"route_table": "lost"}}, "network.subnets.private-a.route_table", "lost"),
            ({"subnets__private-a": {}}, "network.subnets.private-a.route_table", "table: is missing"),
            ({"subnets": ["private-a"]}, "network.subnets", "mapping"),
            ({"routes__private": "vpn"}, "network.routes.private", "nat, igw, egress-only"),
            ({"routes__private": ["nat", "igw"]}, "network.routes.private", "two IPv4 default routes"),
            ({"nat_in": "nowhere"}, "network.nat_in", "nowhere"),
            ({"endpoints": {"s3": "tunnel"}}, "network.endpoints.s3", "gateway, interface"),
            (
                {"endpoints": {"s3": {"kind": "gateway", "route_tables": ["lost"]}}},
                "network.endpoints.s3.route_tables",
                "lost",
            ),
            (
                {"endpoints": {"sqs": {"kind": "interface", "security_group": "web"}}},
                "network.endpoints.sqs.security_group",
                "web",
            ),
            ({"security_groups__db__ingress": ["web"]}, "network.security_groups.db.ingress", "web"),
            ({"security_groups__db__ingress": ["code:0"]}, "network.security_groups.db.ingress", "1 to 65535"),
            ({"security_groups__db__ingress": 5432}, "network.security_groups.db.ingress", "5432 is not a peer"),
            ({"targets": {}}, "network.targets", "needs a target"),
            ({"targets__x": {"kind": "moon"}}, "network.targets.x.kind", "internet, aws-api, private, efs"),
            ({"targets__x": {"kind": "aws-api"}}, "network.targets.x.service", "service: is missing"),
            (
                {"targets__x": {"kind": "internet", "service": "s3"}},
                "network.targets.x.service",
                "s3 is not for a target of kind internet: it is for aws-api",
            ),
            (
                {"targets__x": {"kind": "internet", "security_group": "db"}},
                "network.targets.x.security_group",
                "db is not for a target of kind internet: it is for private, efs or rds-proxy",
            ),
            ({"targets__x": {"kind": "private"}}, "network.targets.x.security_group", "group: is missing"),
            (
                {"targets__x": {"kind": "private", "security_group": "web"}},
                "network.targets.x.security_group",
                "web",
            ),
            (
                {"targets__x": {"kind": "private", "security_group": "db", "port": 0}},
                "network.targets.x.port",
                "1 to 65535",
            ),
            (
                {"targets__x": {"kind": "internet", "addresses": ["ipv5"]}},
                "network.targets.x.addresses",
                "ipv4, ipv6",
            ),
            ({"targets__x": {"kind": "internet", "addresses": []}}, "network.targets.x.addresses", "ipv4"),
            ({"clouds": {}}, "network.clouds", "is not a field of this part"),
        ],
    )
    def test_names_what_is_wrong(self, changes, field, says):
        with pytest.raises(ScenarioError) as caught:
            network.read(data(**changes))

        assert caught.value.field == field
        assert says in str(caught.value)

    @pytest.mark.parametrize("nonsense", ["a network", ["internet"], 4, None, {1: {}}])
    def test_refuses_what_is_no_network(self, nonsense):
        with pytest.raises(ScenarioError):
            network.read(nonsense)
