"""What cannot be read is refused with the field, the value and the limit; nothing else is ever raised."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studyapp.simulator.errors import ScenarioError
from studyapp.simulator.models import versions
from studyapp.simulator.models.registry import MODELS
from studyapp.simulator.rulebook import TRUTH
from tests.simulator.models.hostile import said
from tests.simulator.models.largest import LARGEST

ONE_OF = "a step does one of edit, configure, publish"


def step(**fields: object) -> dict[str, object]:
    return {"steps": [fields]}


class TestRead:
    @pytest.mark.parametrize(
        ("given", "field", "says"),
        [
            ("a text", "versions", "is not a mapping"),
            ({"stages": []}, "versions.stages", "did you mean steps?"),
            ({"code": ""}, "versions.code", "is not a word"),
            ({"code": True}, "versions.code", "yes is not a text"),
            ({"code": "red\x1b[31m"}, "versions.code", "holds what cannot be printed"),
            ({"code": "x" * 61}, "versions.code", "is longer than 60 letters (the simulator's own limit)"),
            ({"steps": {"publish": True}}, "versions.steps", "is not a list of steps"),
            ({"steps": [{"publish": True}] * 101}, "versions.steps", "101 is above 100 steps"),
            ({"steps": [3]}, "versions.steps.1", "is not a mapping"),
            ({"steps": [{}]}, "versions.steps.1", f"is missing: {ONE_OF}"),
            (step(edit="a", publish=True), "versions.steps.1", f"edit and publish do not go together: {ONE_OF}"),
            (step(publish=False), "versions.steps.1.publish", "no is not a step: leave it out"),
            (step(publish="maybe"), "versions.steps.1.publish", "is not yes or no"),
            (step(publish=True, to=1), "versions.steps.1.to", "is not a field of this part"),
            (step(name="1", publish=True), "versions.steps.1.name", "with more than digits in it"),
            (step(name="a b", publish=True), "versions.steps.1.name", "letters, digits, - and _"),
            (step(name="total", publish=True), "versions.steps.1.name", "is a word for all steps here"),
            (
                {"steps": [{"name": "a", "publish": True}, {"name": "a", "publish": True}]},
                "versions.steps.2.name",
                "a is the name of two steps",
            ),
            (step(edit="a", of="b c"), "versions.steps.1.of", "is not the name of an alias"),
            (step(edit="a", of=0), "versions.steps.1.of", "0 is not the name of an alias"),
            (step(configure={}), "versions.steps.1.configure", "is missing: it names at least one setting"),
            (step(configure=3), "versions.steps.1.configure", "is not a mapping"),
            (step(configure={"speed": 1}), "versions.steps.1.configure.speed", "is not a field of this part"),
            (step(configure={"memory": "1"}), "versions.steps.1.configure.memory", "is not a size with a unit"),
            (step(configure={"memory": "0 MB"}), "versions.steps.1.configure.memory", "is not more than nothing"),
            (step(configure={"timeout": "0 s"}), "versions.steps.1.configure.timeout", "is not longer than no time"),
            (step(configure={"timeout": "1.5 s"}), "versions.steps.1.configure.timeout", "whole number of seconds"),
            (
                step(configure={"async_retries": 3}),
                "versions.steps.1.configure.async_retries",
                "3 is not a number of retries from 0 to 2 (Lambda API)",
            ),
            (
                step(configure={"async_retries": "few"}),
                "versions.steps.1.configure.async_retries",
                "few does not begin",
            ),
            ({"settings": {"on_failure": "q"}}, "versions.settings.on_failure", "is not versioned: set it in a step"),
            (step(delete_version="1.5"), "versions.steps.1.delete_version", "is not the name of an alias"),
            (step(create_alias="7", to=1), "versions.steps.1.create_alias", "and not digits alone (Lambda API)"),
            (step(create_alias="latest", to=1), "versions.steps.1.create_alias", "is a word for an address here"),
            (step(create_alias="live"), "versions.steps.1.to", "is missing"),
            (step(create_alias="live", to=1, weights=[2]), "versions.steps.1.weights", "is not a mapping of versions"),
            (
                step(create_alias="live", to=1, weights={str(each): 0 for each in range(2, 13)}),
                "versions.steps.1.weights",
                "11 is above 10 versions",
            ),
            (
                step(create_alias="live", to=1, weights={"2": "5 kg"}),
                "versions.steps.1.weights.2",
                "is not a number or a percentage",
            ),
            (
                step(create_alias="live", to=1, weights={"2": 0.00000015}),
                "versions.steps.1.weights.2",
                "is finer than a millionth",
            ),
            (step(create_alias="live", to=1, weights={2: 0, "2": 0}), "versions.steps.1.weights", "2 is there twice"),
            (step(provision="live", environments=-1), "versions.steps.1.environments", "from 0 to 1,000,000"),
            (step(reserve=1.5), "versions.steps.1.reserve", "is not a whole number"),
            ({"addresses": "live"}, "versions.addresses", "is not a list of addresses"),
            ({"addresses": []}, "versions.addresses", "is not a list of addresses"),
            ({"addresses": ["a b"]}, "versions.addresses", "is not the name of an alias"),
            ({"addresses": [1] * 51}, "versions.addresses", "51 is above 50 addresses"),
        ],
    )
    def test_names_what_is_wrong(self, given, field, says):
        with pytest.raises(ScenarioError) as refused:
            versions.plan(given, TRUTH)

        assert refused.value.field == field
        assert says in str(refused.value)

    def test_takes_null_for_what_is_left_out(self):
        given = {
            "settings": {"memory": None},
            "steps": [{"publish": True, "edit": None, "name": None}],
            "addresses": None,
        }
        assert versions.plan(given, TRUTH).answer(TRUTH).metrics["published.1"] == 1

    def test_takes_what_is_left_out(self):
        assert versions.plan({}, TRUTH).answer(TRUTH).metrics["runs.unqualified"] == "the first code"


anything = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(),
        st.text(max_size=8),
        st.sampled_from(["latest", "live", "1", "10 %", "512 MB", "3 s", "yes", 10**400, -1]),
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=5), inner, max_size=3)),
    max_leaves=6,
)
NAMES = (
    "name",
    "edit",
    "configure",
    "publish",
    "delete_version",
    "create_alias",
    "update_alias",
    "delete_alias",
    "provision",
    "environments",
    "reserve",
    "of",
    "to",
    "weights",
)
hostile_steps = st.lists(st.dictionaries(st.sampled_from(NAMES), anything, max_size=4), max_size=4)


class TestHostileInput:
    @given(
        st.one_of(
            anything,
            st.dictionaries(st.sampled_from(["code", "settings", "steps", "addresses"]), anything),
            st.fixed_dictionaries({"steps": hostile_steps}, optional={"settings": anything, "addresses": anything}),
        )
    )
    @settings(max_examples=600, deadline=None)
    def test_is_answered_or_refused_by_name(self, data):
        assert said("versions", data) <= {"versions", *MODELS["versions"].metrics}


class TestTheLargestHistory:
    def test_is_answered(self):
        """How fast, `make bench-models` says."""
        data = LARGEST["versions"]()
        answer = versions.plan(data, TRUTH).answer(TRUTH)

        assert answer.metrics["published.total"] == len(data["steps"]) // 2

    @pytest.mark.parametrize(("key", "limit"), [("steps", "101 is above 100 steps"), ("addresses", "51 is above 50")])
    def test_can_have_nothing_more(self, key, limit):
        data = LARGEST["versions"]()
        data[key].append(data[key][0])
        with pytest.raises(ScenarioError, match=limit) as caught:
            versions.plan(data, TRUTH)

        assert caught.value.field == f"versions.{key}"
