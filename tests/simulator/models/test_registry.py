"""The models as the simulator knows them: each has its part of a scenario and its own metrics."""

from math import isfinite

import pytest
from django.conf import settings

from studyapp.content import raw
from studyapp.simulator import TRUTH, read, simulate, spelling
from studyapp.simulator.errors import ScenarioError
from studyapp.simulator.models.registry import FIRST_WORDS, MODELS

RAW = raw.read(settings.CONTENT)
WORLDS = {"": TRUTH} | {entry.data.id: TRUTH.believing(entry.data.patch) for entry in RAW.beliefs if entry.data.patch}
BODIES = {entry.data.id: entry.data.body() for entry in RAW.scenarios}
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
            assert spelling.verdict(path.kind, ok=path.ok)
            assert spelling.ends(path.kind, ok=path.ok)

    @pytest.mark.parametrize(("name", "scenario"), PLANNED)
    def test_says_plain_sentences_and_finite_numbers_whatever_is_believed(self, name, scenario):
        for belief, rulebook in WORLDS.items():
            try:
                answer = MODELS[name].plan(BODIES[scenario][name], rulebook).answer(rulebook)
            except ScenarioError:  # a bound that is believed
                continue
            spoilt = [hop.says for path in answer.paths for hop in path.hops if not _is_plain(hop.says)]
            assert spoilt == [], belief
            assert "" not in answer.metrics.values(), belief
            assert all(isfinite(value) for value in answer.metrics.values() if isinstance(value, float)), belief

    @pytest.mark.parametrize(
        "body",
        [
            {"secrets": {"kept": {"Throttles": {"in": "code"}, "throttles": {"in": "environment"}}}},
            {"network": {"targets": {"Duration": {"kind": "internet"}}}},
        ],
    )
    def test_may_name_its_parts_as_cloudwatch_names_metrics(self, body):
        outcome = simulate(read(body))
        answered = [answer.metrics for answer in outcome.answers]

        assert [{name: outcome.value(name) for name in metrics} for metrics in answered] == answered

    @pytest.mark.parametrize("name", MODELS)
    @pytest.mark.parametrize("part", ["x", 3, [1], {"no-such-field": 1}, {1: 2}])
    def test_refuses_nonsense_by_name(self, name, part):
        with pytest.raises(ScenarioError) as refused:
            simulate(read({name: part}))

        assert refused.value.field.startswith(name)


def _is_plain(sentence: str) -> bool:
    """One sentence, short, with nothing left to be filled in."""
    is_short = len(sentence.split()) <= 24 and "  " not in sentence
    return is_short and sentence.endswith(".") and sentence.isprintable() and not set("{}") & set(sentence)
