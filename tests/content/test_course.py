"""The real course: complete, consistent with the simulator, and equal to what is written about it."""

import json
from collections import Counter
from dataclasses import fields
from pathlib import Path

import pytest
from django.conf import settings

from studyapp.content import files, handbook, raw, traces
from studyapp.content.checks.rules import difference
from studyapp.facts.book import Association
from studyapp.simulator import scenario, simulate
from studyapp.simulator.claims import Claim
from studyapp.simulator.rulebook import TRUTH, Rulebook
from studyapp.ui.timeline import picture

ROWS = json.loads((Path(__file__).parent / "rows.json").read_text())
GOLDEN = settings.ROOT / "tests" / "golden"
SCENARIOS = [entry.data.id for entry in raw.read(settings.CONTENT).scenarios]
CONTRASTS = [
    (entry.data.id, place)
    for entry in raw.read(settings.CONTENT).scenarios
    for place in range(len(entry.data.contrasts))
]


@pytest.fixture(scope="module")
def course():
    return files.read(settings.CONTENT)


class TestTheRows:
    def test_are_those_of_the_reference_tables(self, course):
        assert {row.row: row.label for row in course.rows} == ROWS
        assert len(ROWS) == 62

    def test_have_the_verdicts_that_the_check_found(self, course):
        verdicts = Counter(row.verdict for row in course.rows)

        assert verdicts == {"correct": 32, "imprecise": 13, "simplified": 7, "outdated": 7, "wrong": 3}

    def test_stand_in_order(self, course):
        assert [row.row for row in course.rows] == list(ROWS)


class TestTheFacts:
    def test_have_a_question_each(self, course):
        asked = {item.facts[0] for item in course.items if item.kind == "recall"}

        assert asked == set(course.facts)

    def test_say_what_the_rulebook_has(self, course):
        governed = {field: fact.id for fact in course.facts.values() for field in fact.rule}
        differing = [
            (fact.id, field, says)
            for fact in course.facts.values()
            for field, part in fact.rule.items()
            if (says := difference(fact.value, field, part))
        ]

        assert differing == []
        assert len(governed) >= 20

    def test_that_the_rulebook_names_exist(self, course):
        named = {field.metadata["fact"] for field in fields(Rulebook)} - {None}

        assert named - set(course.facts) == set()


class TestTheClues:
    def test_are_the_thirteen_of_section_ten_each_with_a_fact_of_its_own(self, course):
        facts = [clue.fact for clue in course.clues]

        assert sorted(clue.row for clue in course.clues) == sorted(row for row in ROWS if row.startswith("10."))
        assert len(set(facts)) == len(facts) == 13
        assert all(isinstance(course.facts[fact].value, Association) for fact in facts)

    def test_say_what_their_facts_say(self, course):
        said = {clue.fact: (clue.phrase, clue.points_to) for clue in course.clues}
        values = {fact: course.facts[fact].value for fact in said}

        assert said == {fact: (value.phrase, value.points_to) for fact, value in values.items()}

    def test_can_be_run_in_eight_of_thirteen_cases_at_least(self, course):
        run = {item.clue for item in course.items if item.kind in ("fix", "predict") and item.clue}

        assert len(run) >= 8


class TestTheItems:
    def test_have_a_reason_for_every_option(self, course):
        assert [item.id for item in course.items if not all(option.why for option in item.options)] == []

    def test_are_all_proved(self, course):
        assert {item.id for item in course.items} == set(course.proofs)

    def test_offer_newcomers_a_choice(self, course):
        first = [item for item in course.items if item.is_first]

        assert len(first) >= 3
        assert all(len(item.stem.split()) <= 35 for item in first)


class TestAScenario:
    @pytest.mark.parametrize("name", SCENARIOS)
    def test_shows_what_it_claims(self, course, name):
        entry = course.scenarios[name]
        outcome = simulate(scenario.read(entry.body()))

        assert [claim for claim in entry.claims if not Claim.parse(claim).holds(outcome)] == []
        assert entry.claims, f"{name} claims nothing"

    @pytest.mark.parametrize(("name", "place"), CONTRASTS)
    def test_differs_as_it_says(self, course, name, place):
        entry = course.scenarios[name]
        contrast = entry.contrasts[place]
        rulebook = TRUTH.believing(course.beliefs[contrast.belief].patch or {}) if contrast.belief else TRUTH
        there = simulate(scenario.read(scenario.patch(entry.body(), contrast.change), rulebook), rulebook)
        here = simulate(scenario.read(entry.body()))

        assert [claim for claim in contrast.claims if not Claim.parse(claim).holds(there)] == []
        assert [claim for claim in contrast.claims if not Claim.parse(claim).holds(here)], "shows no difference"

    @pytest.mark.parametrize("name", SCENARIOS)
    def test_runs_as_it_did(self, course, name):
        """After a change that is meant: manage.py simulate --golden tests/golden, and read what differs."""
        outcome = simulate(scenario.read(course.scenarios[name].body()))

        assert traces.trace(outcome) == (GOLDEN / f"{name}.txt").read_text()

    @pytest.mark.parametrize("name", SCENARIOS)
    def test_can_be_drawn(self, course, name):
        one = picture(simulate(scenario.read(course.scenarios[name].body())))

        assert one.chart or one.routes or one.readouts

    def test_has_a_golden_trace_and_nothing_else_has(self):
        assert {path.stem for path in GOLDEN.glob("*.txt")} == set(SCENARIOS)


class TestTheHandbook:
    """After a change of the models: manage.py handbook."""

    @pytest.mark.parametrize("name", handbook.schemas())
    def test_has_the_schemas_of_the_models(self, name):
        assert (settings.CONTENT / "schema" / name).read_text() == handbook.schemas()[name]

    def test_has_no_other_schemas(self):
        assert {path.name for path in (settings.CONTENT / "schema").iterdir()} == set(handbook.schemas())

    def test_has_the_reference_of_the_models(self):
        text = (settings.CONTENT / "README.md").read_text()

        assert handbook.written(text) == text
