"""Whatever stands in a scenario: an answer or a ScenarioError, never another exception."""

from copy import deepcopy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studyapp.simulator import read, simulate
from studyapp.simulator.errors import ScenarioError
from studyapp.simulator.models import access
from studyapp.simulator.rulebook import TRUTH
from tests.simulator.models.access_plans import plan_of
from tests.simulator.models.largest import LARGEST

WORDS = st.sampled_from(
    ["function", "bucket", "iam", "none", "yes", "everyone", "f1", "r1", "s3", "s3:*", "*", "", " ", "é", "a.b", "\n"]
)
LEAVES = st.none() | st.booleans() | st.integers(-(10**300), 10**300) | st.floats() | st.text(max_size=8) | WORDS
KEYS = st.sampled_from(
    ["kind", "policy", "allow", "deny", "to", "by", "does", "target", "account", "role", "id"]
) | st.text(max_size=4)
ANYTHING = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS | st.integers(), inner, max_size=4),
    max_leaves=12,
)


def answered(part):
    """Whether there is an answer; any exception but ScenarioError is let through."""
    try:
        simulate(read({"access": part}))
    except ScenarioError:
        return False
    return True


def places(value, path=()):
    """The path of everything that stands in a plan."""
    if isinstance(value, dict):
        for key, each in value.items():
            yield (*path, key)
            yield from places(each, (*path, key))
    elif isinstance(value, list):
        for number, each in enumerate(value):
            yield (*path, number)
            yield from places(each, (*path, number))


PLAN = plan_of(7)
PLACES = list(places(PLAN))


class TestAnything:
    @settings(max_examples=150, deadline=None)
    @given(ANYTHING)
    def test_as_the_whole(self, part):
        answered(part)

    @settings(max_examples=600, deadline=None)
    @given(st.sampled_from(PLACES), ANYTHING)
    def test_in_place_of_something(self, path, value):
        plan = deepcopy(PLAN)
        *parents, last = path
        place = plan
        for step in parents:
            place = place[step]
        place[last] = value
        answered(plan)

    @settings(max_examples=300, deadline=None)
    @given(st.sampled_from(PLACES), KEYS | st.integers() | st.none(), ANYTHING)
    def test_added_to_something(self, path, key, value):
        plan = deepcopy(PLAN)
        place = plan
        for step in path[:-1]:
            place = place[step]
        if isinstance(place, dict):
            place[key] = value
        answered(plan)

    @settings(max_examples=150, deadline=None)
    @given(st.sampled_from(PLACES))
    def test_taken_away(self, path):
        plan = deepcopy(PLAN)
        *parents, last = path
        place = plan
        for step in parents:
            place = place[step]
        del place[last]
        answered(plan)


class TestAPlan:
    def test_is_answered_to_begin_with(self):
        assert answered(PLAN)

    def test_that_holds_itself_is_refused(self):
        plan = deepcopy(PLAN)
        plan["users"]["anna"]["policy"] = [plan]

        assert not answered(plan)

    @pytest.mark.parametrize("number", [10**400, -(10**400), float("nan"), float("inf")])
    def test_with_a_number_for_a_name_is_refused(self, number):
        plan = deepcopy(PLAN)
        plan["users"]["anna"]["account"] = number

        assert not answered(plan)

    def test_of_the_largest_size_is_answered(self):
        """How fast, `make bench-models` says."""
        plan = LARGEST["access"]()
        answer = access.plan(plan, TRUTH).answer(TRUTH)

        assert all(path.ok for path in answer.paths)

    @pytest.mark.parametrize(
        ("path", "field", "limit"),
        [
            (("requests",), "access.requests", "13 is above 12"),
            (("roles",), "access.roles", "21 is above 20"),
            (("users",), "access.users", "21 is above 20"),
            (("resources",), "access.resources", "21 is above 20"),
            (("roles", "r0", "policy"), "access.roles.r0.policy", "7 is above 6, the most statements of a policy"),
            (("resources", "k1", "policy"), "access", "51 statements is above 50, the most in all"),
            (("roles", "r0", "policy", 0, "allow"), "access.roles.r0.policy.1.allow", "9 is above 8"),
        ],
    )
    def test_of_the_largest_size_can_have_nothing_more(self, path, field, limit):
        plan = deepcopy(LARGEST["access"]())
        if path == ("roles", "r0", "policy"):
            plan["resources"]["k1"]["policy"] = []  # leaves room for a statement in all
        full = plan
        for step in path:
            full = full[step]
        if isinstance(full, list):
            full.append(full[0])
        else:
            full["one-more"] = next(iter(full.values()))
        with pytest.raises(ScenarioError, match=limit) as caught:
            access.plan(plan, TRUTH)

        assert caught.value.field == field

    def test_asks_for_no_more_actions_than_can_be_held_against_policies(self):
        plan = deepcopy(LARGEST["access"]())
        actions = [f"kinesis:Get{n}" for n in range(8)]
        plan["requests"] = {f"w{n}": {"by": "f0", "does": actions, "target": "s0"} for n in range(6)}
        with pytest.raises(ScenarioError, match="48 actions is above 40, the most in all") as caught:
            access.plan(plan, TRUTH)

        assert caught.value.field == "access.requests"
