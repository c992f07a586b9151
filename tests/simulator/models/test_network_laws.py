"""What holds of any network: rules that allow only add, and what has nothing to do with a target does not touch it."""

import copy

from hypothesis import given, settings
from hypothesis import strategies as st

from studyapp.simulator.models import network
from studyapp.simulator.rulebook import TRUTH
from tests.simulator.models.network_worlds import GROUPS, TABLES, networks

FEW = settings(max_examples=40, deadline=None)


def reached(data):
    return {path.target for path in network.reach_all(network.read(data), TRUTH) if path.ok}


class TestAPermit:
    @FEW
    @given(data=networks(), group=st.sampled_from(GROUPS), way=st.sampled_from(("egress", "ingress")))
    def test_of_a_group_never_loses_a_target(self, data, group, way):
        before, rules = reached(data), data["security_groups"][group]
        rules[way] = [*rules.get(way, ["anywhere"] if way == "egress" else []), "anywhere"]
        assert before <= reached(data)

    @FEW
    @given(data=networks(), way=st.sampled_from(("inbound", "outbound")))
    def test_of_an_acl_never_loses_a_target(self, data, way):
        before = reached(data)
        data["acls"]["a0"][way] = [*data["acls"]["a0"][way], "vpc:1-65535"]
        assert before <= reached(data)


class TestAnEndpoint:
    @FEW
    @given(data=networks(), kind=st.sampled_from(("gateway", "interface")))
    def test_touches_no_other_target(self, data, kind):
        without = copy.deepcopy(data)
        for each in (data, without):
            each["targets"]["api"].pop("endpoint_name", None)
        service = data["targets"]["api"]["service"]
        without["endpoints"].pop(service, None)
        data["endpoints"][service] = kind
        assert reached(data) - {"api"} == reached(without) - {"api"}


class TestAPublicSubnet:
    @FEW
    @given(data=networks())
    def test_is_as_good_as_a_private_one_without_nat(self, data):
        """NAT gateways aside, which are of use in a public subnet alone."""
        data["nat_in"] = "none"
        public, private = copy.deepcopy(data), copy.deepcopy(data)
        for table in TABLES:
            kept = [way for way in data["routes"][table] if way not in ("igw", "nat")]
            public["routes"][table], private["routes"][table] = [*kept, "igw"], kept
        assert reached(public) == reached(private)


class TestTheOrder:
    @FEW
    @given(data=networks(), draw=st.data())
    def test_of_subnets_groups_and_rules_is_no_matter(self, data, draw):
        before, function = reached(data), data["function"]
        for key in ("subnets", "security_groups"):
            function[key] = draw.draw(st.permutations(function[key]))
        for group in data["security_groups"].values():
            for way, lines in group.items():
                group[way] = draw.draw(st.permutations(lines))
        assert reached(data) == before


class TestAFunctionOutsideTheVpc:
    @FEW
    @given(one=networks(), other=networks())
    def test_takes_no_notice_of_it(self, one, other):
        one["function"]["attached"] = other["function"]["attached"] = False
        one["targets"]["api"].pop("endpoint_name", None)
        other["targets"] = {**other["targets"], "internet": one["targets"]["internet"], "api": one["targets"]["api"]}
        assert reached(one) == reached(other)


class TestMoreSubnets:
    @FEW
    @given(data=networks())
    def test_never_gain_a_target(self, data):
        """An environment may start in any of them."""
        more = reached(data)
        data["function"]["subnets"] = data["function"]["subnets"][:1]
        assert more <= reached(data)
