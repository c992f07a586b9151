"""The models as the simulator knows them: each has its part of a scenario and its own metrics."""

import pytest
from django.conf import settings

from studyapp.content import raw
from studyapp.simulator import TRUTH, read, simulate
from studyapp.simulator.errors import ScenarioError
from studyapp.simulator.models.registry import FIRST_WORDS, MODELS

BODIES = {entry.data.id: entry.data.body() for entry in raw.read(settings.CONTENT).scenarios}
PLANNED = [(name, scenario) for scenario, body in BODIES.items() for name in MODELS if name in body]


class TestAModel:
    def test_has_metrics_of_its_own(self):
        assert len(FIRST_WORDS) == sum(len(model.metrics) for model in MODELS.values())

    @pytest.mark.parametrize("name", MODELS)
    def test_is_shown_by_a_scenario_of_the_course(self, name):
        assert name in {model for model, _ in PLANNED}

    @pytest.mark.parametrize(("name", "scenario"), PLANNED)
    def test_names_its_metrics_as_it_says(self, name, scenario):
        answer = MODELS[name].plan(BODIES[scenario][name], TRUTH).answer(TRUTH)

        assert {metric.partition(".")[0] for metric in answer.metrics} <= set(MODELS[name].metrics)
        assert all("." in metric for metric in answer.metrics)

    @pytest.mark.parametrize(("name", "scenario"), PLANNED)
    def test_ends_a_way_that_is_not_ok_at_the_hop_that_refuses(self, name, scenario):
        for path in MODELS[name].plan(BODIES[scenario][name], TRUTH).answer(TRUTH).paths:
            assert [hop.ok for hop in path.hops] == [*[True] * (len(path.hops) - 1), path.ok]

    @pytest.mark.parametrize("name", MODELS)
    @pytest.mark.parametrize("part", ["x", 3, [1], {"no-such-field": 1}, {1: 2}])
    def test_refuses_nonsense_by_name(self, name, part):
        with pytest.raises(ScenarioError) as refused:
            simulate(read({name: part}))

        assert refused.value.field.startswith(name)
