"""How far the course reaches: the command on a small course with gaps, and the real course without any."""

import json

import pytest
from django.conf import settings

from studyapp.content import files, proofs
from studyapp.content.coverage import coverage
from tests.content.test_commands import refused, run

COUNTED = {
    "rows_taught", "rows_asked", "rows_simulated", "rows_sourced", "facts", "clues", "beliefs", "items", "generators",
}  # fmt: skip


@pytest.fixture(scope="module")
def real():
    return coverage(files.read(settings.CONTENT, needs_proofs=False), proofs.stored(settings.CONTENT))


class TestTheCourse:
    """Every row of sections 2 to 10 has facts, a scenario that shows it by a claim, and items."""

    def test_has_no_empty_cell(self, real):
        assert len(real.rows) == 62
        assert [(row.row, says) for row, says in real.empty] == []

    def test_shows_rows_by_scenarios_about_their_facts(self, real):
        strangers = [
            (row.row.row, shown.scenario)
            for row in real.rows
            for shown in row.shown
            if not set(real.course.scenarios[shown.scenario].facts) & set(row.facts)
        ]

        assert strangers == []

    def test_counts_what_there_is(self, real):
        assert real.numbers.keys() >= COUNTED
        assert {name: real.numbers[name] for name in ("rows_taught", "rows_sourced", "rows_simulated", "rows_asked")} == {
            "rows_taught": 62, "rows_sourced": 62, "rows_simulated": 62, "rows_asked": 62,
        }  # fmt: skip
        assert real.numbers["facts"] == len(real.course.facts)


class TestTheBank:
    """What the course promises of its questions."""

    def test_asks_for_every_fact_in_two_kinds(self, real):
        assert real.bank.facts_in_one_kind == ()

    def test_puts_every_clue_into_two_settings(self, real):
        assert real.bank.clues_short == ()

    def test_has_items_of_every_kind(self, real):
        assert {kind: count for kind, count in real.bank.kinds.items() if count < 5 and kind != "authored"} == {}
        assert real.numbers["items_choose_two"] >= 5

    def test_has_twenty_generators_and_forty_beliefs(self, real):
        assert len(real.bank.generators) >= 20
        assert real.numbers["beliefs"] >= 40


class TestTheCommand:
    def test_prints_row_facts_scenario_claims_and_items(self, folder, edit):
        edit("scenarios/lambda/errors.yaml", "    facts:", '    rows: ["6.1"]\n    facts:')

        lines = run("coverage", "6.1", folder=folder).splitlines()

        assert lines[0].startswith("6.1   ")
        assert lines[1].startswith("  facts     errors.")
        assert "  scenario  lambda.errors.always-fails" in lines
        assert any(line.startswith("    claim   ") for line in lines)
        assert any(line.startswith("  items ") for line in lines)

    def test_names_empty_cells(self, folder):
        says = run("coverage", folder=folder)

        assert "  EMPTY     no scenario with a claim" in says
        assert "EMPTY: no scenario with a claim in " in says

    def test_does_not_count_a_claim_that_does_not_hold(self, folder, edit):
        edit(
            "scenarios/lambda/errors.yaml",
            "    claims: [attempts is 3,",
            '    rows: ["6.1"]\n    claims: [invocations is 77,',
        )

        assert "a claim that does not hold: invocations is 77" in run("coverage", folder=folder)
        assert json.loads(run("coverage", json=True, folder=folder))["rows_simulated"] == 0

    def test_counts_for_a_program(self, folder):
        said = json.loads(run("coverage", json=True, folder=folder))

        assert said.keys() >= COUNTED
        assert (said["facts"], said["items"], said["rows_taught"]) == (3, 11, 2)
        assert (said["items_recall"], said["items_reveal"], said["generators"]) == (4, 3, 0)
        assert "lambda.errors.retries" not in said["facts_in_one_kind"]

    @pytest.mark.parametrize("section", ["6", "6.1"])
    def test_prints_the_rows_that_are_named(self, folder, section):
        says = run("coverage", section, folder=folder)

        assert next(line[:4] for line in says.splitlines() if line[:1].isdecimal()) == "6.1 "

    def test_refuses_a_row_that_there_is_not(self, folder):
        assert refused("coverage", "77", folder=folder).startswith("there is no row 77; the rows are ")
        assert refused("coverage", "\x1b[31m", folder=folder).startswith('there is no row "\\x1b[31m"; ')
        assert refused("coverage", "6.1", json=True, folder=folder) == "--json counts all rows: name none"

    def test_refuses_a_course_that_cannot_be_read(self, folder, edit, tmp_path):
        assert "there is no such folder" in refused("coverage", folder=tmp_path / "nowhere")
        edit("rows.yaml", "verdict: correct", "verdict: right")
        assert refused("coverage", folder=folder).endswith("Nothing was counted.")
