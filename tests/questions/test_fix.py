"""Fix items, proved by the network model and the engine."""

import pytest

from studyapp.questions.proof import Refused, World, prove
from tests.questions.factories import FACT, a_belief, a_fact, an_item, an_option

ORDERS = "lambda.vpc.orders"
PUBLIC = a_belief("public-subnet-gives-internet", patch={"function_interfaces_have_public_addresses": True})
NETWORK = {
    "function": {"attached": True, "subnets": ["private-a"], "security_groups": ["orders"]},
    "subnets": {"private-a": {"route_table": "private"}, "public-a": {"route_table": "public"}},
    "routes": {"private": "none", "public": "igw"},
    "nat_in": "public-a",
    "security_groups": {"orders": {}, "db": {"ingress": ["orders"]}},
    "targets": {"internet": {"kind": "internet"}, "database": {"kind": "private", "security_group": "db"}},
}
NAT = an_option(0, "Route to NAT", change={"network.routes.private": "nat"})
MOVE = an_option(1, "Move to public", change={"network.function.subnets": ["public-a"]}, belief=PUBLIC.id)
OPEN = an_option(2, "Open the group", change={"network.security_groups.orders.egress": ["anywhere"]})
DETACH = an_option(3, "Detach", change={"network.function.attached": False})


def a_fix(**given):
    plainest = {
        "kind": "fix",
        "scenario": ORDERS,
        "goal": "reach.internet is yes and reach.database is yes",
        "options": (NAT, MOVE, OPEN, DETACH),
        "states": ("network.function", "network.routes", "network.nat_in", "network.security_groups.db"),
    }
    return an_item(**{**plainest, **given})


def a_world(network=NETWORK, beliefs=(PUBLIC,)):
    return World({ORDERS: {"network": network}}, {each.id: each for each in beliefs}, {FACT: a_fact()})


def refusal(item, world):
    with pytest.raises(Refused) as refused:
        prove(item, world)
    return "\n".join(refused.value.problems)


class TestFix:
    def test_has_the_option_that_reaches_the_goal_for_a_key(self):
        proof = prove(a_fix(), a_world())
        assert [seed.key for seed in proof.seeds] == [(NAT.id,)]
        assert proof.assumptions == ()

    def test_may_name_a_belief_that_cannot_be_run(self):
        told = an_option(2, "Open the group", change=OPEN.change, belief="told")
        assert prove(a_fix(options=(NAT, MOVE, told, DETACH)), a_world(beliefs=(PUBLIC, a_belief("told")))).seeds

    def test_is_refused_when_two_options_reach_the_goal(self):
        again = an_option(3, "Route to NAT again", change={"network.routes.private": ["nat"]})
        problems = refusal(a_fix(options=(NAT, MOVE, OPEN, again)), a_world())
        assert "exactly one option must reach the goal, and it is “Route to NAT” and “Route to NAT again”" in problems

    def test_is_refused_when_no_option_reaches_the_goal(self):
        assert "it is none of the options" in refusal(a_fix(options=(MOVE, OPEN, DETACH)), a_world())

    def test_is_refused_when_a_belief_does_not_make_its_option_reach_the_goal(self):
        wrong = an_option(2, "Open the group", change=OPEN.change, belief=PUBLIC.id)
        problems = refusal(a_fix(options=(NAT, MOVE, wrong, DETACH)), a_world())
        assert "“Open the group” does not reach the goal under the belief public-subnet-gives-internet" in problems

    def test_is_refused_when_its_key_rests_on_a_security_group_that_nobody_mentions(self):
        problems = refusal(a_fix(states=("network.function", "network.routes", "network.nat_in")), a_world())
        assert "depends on network.security_groups.db.ingress, which the stem does not name" in problems
        assert (
            "it is “Route to NAT”, but with network.security_groups.db.ingress at none it is none of the options"
            in problems
        )

    def test_is_refused_for_a_change_that_leads_nowhere(self):
        wrong = an_option(2, "Open the gate", change={"network.gates.orders.open": True})
        assert "leads nowhere in this scenario" in refusal(a_fix(options=(NAT, MOVE, wrong, DETACH)), a_world())

    def test_is_refused_for_a_change_out_of_bounds(self):
        wrong = an_option(2, "Stand it elsewhere", change={"network.nat_in": "public-z"})
        assert "network.nat_in: public-z" in refusal(a_fix(options=(NAT, MOVE, wrong, DETACH)), a_world())

    def test_takes_two_options_together_when_it_asks_for_two(self):
        network = {**NETWORK, "nat_in": "private-a"}
        place = an_option(4, "Stand the NAT gateway in the public subnet", change={"network.nat_in": "public-a"})
        proof = prove(a_fix(options=(NAT, MOVE, OPEN, DETACH, place), choose=2), a_world(network))
        assert [seed.key for seed in proof.seeds] == [(NAT.id, place.id)]

    def test_lists_every_problem_at_once(self):
        problems = refusal(a_fix(goal=None, facts=("lambda.no.such",), scenario="lambda.no.such"), a_world())
        assert "needs a goal" in problems
        assert "names the fact lambda.no.such" in problems
        assert "names the scenario lambda.no.such" in problems


class TestOtherKinds:
    def test_draws_three_wrong_answers_of_a_recall_item_at_a_time(self):
        options = (an_option(0, "1,000", is_key=True), *(an_option(n, str(n)) for n in range(1, 6)))
        proof = prove(an_item(kind="recall", options=options), a_world())
        shown = {frozenset(seed.values) for seed in proof.seeds}
        assert len(shown) == len(proof.seeds) == 10
        assert all(len(seed.values) == 4 and seed.key == (options[0].id,) for seed in proof.seeds)

    def test_shows_an_authored_item_as_it_is(self):
        (seed,) = prove(an_item(), a_world()).seeds
        assert list(seed.values.values()) == ["Right", "Wrong", "Worse", "Worst"]

    def test_refuses_two_options_that_say_the_same(self):
        options = (an_option(0, "Right", is_key=True), an_option(1, "NAT"), an_option(2, " nat"), an_option(3, "C"))
        assert "two options say the same: “nat”" in refusal(an_item(options=options), a_world())

    def test_refuses_a_number_of_keys_other_than_declared(self):
        assert "asks for 2 and has 1 option marked as key" in refusal(an_item(choose=2), a_world())
