"""The demos of the course: each preset shows what it says, each belief makes a difference, and every clue has one."""

import re
from collections import Counter

import pytest
from django.conf import settings

from studyapp.content import raw
from studyapp.lab.asking import told
from studyapp.questions.filling import filled, value_at
from studyapp.simulator import scenario, simulate
from studyapp.simulator.claims import Claim
from studyapp.simulator.rulebook import TRUTH

RAW = raw.read(settings.CONTENT)
DEMOS = {entry.data.scenario: entry.data for entry in RAW.demos}
CARDS = {entry.data.clue: entry.data for entry in RAW.cards}
BELIEFS = {entry.data.id: entry.data for entry in RAW.beliefs}
BODIES = {entry.data.id: entry.data.body() for entry in RAW.scenarios}
BELIEVED = [(name, belief) for name, demo in DEMOS.items() for belief in demo.beliefs]
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
RATHER_A_CHOICE = {
    "serverless-compute", "simple-endpoint", "longer-than-fifteen-minutes", "nightly-job", "sensitive-data",
    "share-code", "retry-failed-async",
}  # fmt: skip


def run(name, change, belief=None):
    rulebook = TRUTH.believing(BELIEFS[belief].patch) if belief else TRUTH
    return simulate(scenario.read(scenario.patch(BODIES[name], change), rulebook), rulebook)


class TestPresets:
    @pytest.mark.parametrize("name", DEMOS)
    def test_show_what_they_claim(self, name):
        for preset in DEMOS[name].presets:
            outcome = run(name, preset.change)

            assert preset.claims, preset.title
            assert [claim for claim in preset.claims if not Claim.parse(claim).holds(outcome)] == [], preset.title

    @pytest.mark.parametrize("name", DEMOS)
    def test_answer_the_question_with_a_number_or_one_of_its_choices(self, name):
        asks = DEMOS[name].asks
        outcomes = [run(name, preset.change) for preset in DEMOS[name].presets]

        if asks.choices is None:
            assert {type(outcome.value(asks.metric)) for outcome in outcomes} <= {int, float}
        else:
            assert {told(asks.metric, outcome) for outcome in outcomes} <= asks.choices.keys()

    @pytest.mark.parametrize("name", DEMOS)
    def test_say_no_number_that_nothing_holds(self, name):
        """Numbers in digits stand in the claims, in the changes or in the scenario."""
        for preset in DEMOS[name].presets:
            held = f"{preset.claims} {scenario.patch(BODIES[name], preset.change)}"

            assert [number for number in numbers(preset.says) if not is_held(number, held)] == [], preset.title

    @pytest.mark.parametrize("name", DEMOS)
    def test_begin_with_the_scenario_as_it_is_and_end_with_a_trap(self, name):
        presets = DEMOS[name].presets

        assert (presets[0].kind, presets[0].change) == ("typical", {})
        assert presets[-1].kind == "trap"

    @pytest.mark.parametrize("name", DEMOS)
    def test_have_different_answers(self, name):
        asks, presets = DEMOS[name].asks, DEMOS[name].presets

        assert len({run(name, preset.change).value(asks.metric) for preset in presets}) > 1


class TestADemo:
    @pytest.mark.parametrize("name", DEMOS)
    def test_tells_a_story_without_gaps(self, name):
        demo = DEMOS[name]
        stories = [story(name, preset.change) for preset in demo.presets]

        assert [text for text in stories if "{" in text] == []
        assert all(len(text.split()) <= 75 for text in stories)

    @pytest.mark.parametrize(("name", "belief"), BELIEVED)
    def test_names_beliefs_that_make_a_difference(self, name, belief):
        assert any(differs(name, preset.change, belief) for preset in DEMOS[name].presets)

    def test_has_no_dash_and_no_exclamation(self):
        texts = [text for demo in DEMOS.values() for text in (demo.says, *(each.says for each in demo.presets))]

        assert [text for text in texts if {"–", "—", "!"} & set(text)] == []


class TestTheCourse:
    def test_has_a_demo_of_each_clue(self):
        assert {demo.clue for demo in DEMOS.values()} >= {entry.data.id for entry in RAW.clues}

    def test_has_three_demos_in_every_section(self):
        counts = Counter(name.rpartition(".")[0] for name in DEMOS)

        assert {topic for topic, count in counts.items() if count >= 3} == {entry.topic for entry in RAW.scenarios}

    def test_has_a_demo_of_every_row(self):
        shown = {row for entry in RAW.scenarios if entry.data.id in DEMOS for row in entry.data.rows}

        assert shown == {entry.data.row for entry in RAW.rows}

    def test_has_a_demo_of_each_scenario_that_stands_for_a_clue_of_the_exam(self):
        exam = {
            entry.data.scenario
            for entry in RAW.items
            if getattr(entry.data, "scenario", None) and entry.data.clue and is_of_the_exam(entry.document.file)
        }

        assert exam - set(DEMOS) == set()
        assert len(exam) > 20

    def test_has_a_card_where_a_clue_is_a_matter_of_choice(self):
        assert CARDS.keys() >= RATHER_A_CHOICE


def is_of_the_exam(file):
    return file.endswith((".clues.yaml", ".exam.yaml"))


def story(name, change):
    body = scenario.patch(BODIES[name], change)
    return filled(DEMOS[name].says, lambda path: value_at(path, body))


def differs(name, change, belief):
    there, here = run(name, change, belief), run(name, change)
    return dict(there.metrics) != dict(here.metrics)


def numbers(text):
    return [found.replace(",", "") for found in NUMBER.findall(text)]


def is_held(number, held):
    return re.search(rf"(?<![\d.]){re.escape(number)}(?![\d])", held.replace(",", "")) is not None
