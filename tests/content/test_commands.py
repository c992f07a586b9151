import json
import os
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from studyapp.content import proving
from studyapp.content.proving import Refusal
from tests.content.conftest import FILES

PREDICT, FIX = "lambda.errors.last-attempt.predict", "lambda.errors.keep-the-event.fix"


def run(command, *args, **options):
    out = StringIO()
    call_command(command, *args, stdout=out, **options)
    return out.getvalue()


def refused(command, *args, **options):
    with pytest.raises(CommandError) as caught:
        call_command(command, *args, stdout=StringIO(), **options)
    return str(caught.value)


class TestCheck:
    def test_says_that_a_course_is_good(self, folder):
        assert run("load_content", check=True, folder=folder) == "The content is good: 2 rows, 3 facts, 7 items.\n"

    def test_lists_every_problem_and_counts_them(self, folder, edit):
        edit("rows.yaml", "verdict: correct", "verdict: right")
        edit("clues/lambda.yaml", "DVA-C03 D1", "")

        says = refused("load_content", check=True, folder=folder).splitlines()

        assert [line.split(": ")[0] for line in says[:-1]] == ["content/rows.yaml:6"]
        assert says[-1] == "1 problem; nothing was loaded."

    def test_does_without_proofs_where_asked(self, folder):
        (folder / "proofs/lambda/errors.json").unlink()

        assert "good" in run("load_content", check=True, without_proofs=True, folder=folder)
        assert "has no proof" in refused("load_content", check=True, folder=folder)

    def test_and_its_neighbours_need_no_database_and_no_secret(self, folder, tmp_path):
        """In a process of its own, with a data folder in which nothing can be made."""
        bare = {
            "PATH": os.environ["PATH"],
            "DATA_DIR": str(tmp_path / "data"),
            "DATABASE_URL": "sqlite:////nowhere/at/all.sqlite3",
        }
        for command in (["load_content", "--check"], ["prove"], ["simulate", "lambda.errors.always-fails"]):
            done = subprocess.run(
                [sys.executable, "manage.py", *command, "--folder", str(folder)],
                env=bare, capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2],
            )  # fmt: skip
            assert (done.returncode, done.stderr) == (0, ""), command


class TestProve:
    def test_writes_the_same_file_again(self, folder):
        path = folder / "proofs/lambda/errors.json"
        before = path.read_text()
        path.unlink()

        assert run("prove", folder=folder) == "2 proved, 0 refused, 0 left as they were.\n"
        assert path.read_text() == before

    def test_leaves_fresh_proofs_as_they_were(self, folder):
        assert run("prove", folder=folder) == "0 proved, 0 refused, 2 left as they were.\n"

    def test_proves_again_what_is_named_or_everything(self, folder):
        assert run("prove", FIX, folder=folder).startswith("1 proved")
        assert run("prove", all=True, folder=folder).startswith("2 proved")

    def test_proves_what_has_changed(self, folder, edit):
        edit("items/lambda/errors.yaml", "What keeps them?", "Which change keeps them?")

        assert run("prove", folder=folder) == "1 proved, 0 refused, 1 left as they were.\n"
        assert "good" in run("load_content", check=True, folder=folder)

    def test_names_what_it_refuses_with_the_reason_and_drops_its_proof(self, folder, edit):
        edit(
            "items/lambda/errors.yaml",
            "change: {function.memory: 1024 MB}",
            "change: {function.dead_letter_queue: true}",
        )

        says = refused("prove", folder=folder)

        assert says.startswith(f"Refused:\n{FIX}: exactly one option must reach the goal")
        assert set(json.loads((folder / "proofs/lambda/errors.json").read_text())) == {PREDICT}

    def test_refuses_a_key_that_rests_on_what_the_stem_does_not_say(self, folder, edit):
        edit("items/lambda/errors.yaml", "function.init, ", "")

        assert "functions.receipts.init, which the stem does not name" in refused("prove", folder=folder)

    def test_names_an_item_that_does_not_exist(self, folder):
        assert refused("prove", "lambda.errors.keep-the-event", folder=folder) == (
            f"there is no item lambda.errors.keep-the-event with a scenario; did you mean {FIX}?"
        )

    def test_proves_nothing_of_a_course_that_is_not_good(self, folder, edit):
        edit("rows.yaml", "section: 6", "section: 7")

        assert refused("prove", folder=folder).endswith("Nothing was proved.")

    def test_wants_enough_seeds(self, folder):
        assert (
            refused("prove", folder=folder, seeds=2) == "--seeds: 2 is below 3, the fewest variants that an item needs"
        )

    def test_removes_the_file_of_a_topic_without_proofs(self, folder):
        (folder / "items/lambda/errors.yaml").unlink()

        run("prove", folder=folder)

        assert not list((folder / "proofs/lambda").glob("*"))

    def test_gives_the_same_in_one_process_as_in_two(self, course):
        items = [item for item in course.items if item.scenario]

        alone, together = (list(proving.prove_all(items, course.world, 9, processes=number)) for number in (1, 2))

        assert alone == together

    def test_carries_a_refusal_between_processes(self, course):
        items = [item for item in course.items if item.scenario]
        world = course.world.__class__(course.world.scenarios, {}, course.world.facts)

        found = list(proving.prove_all(items, world, 9, processes=2))

        assert isinstance(found[0], Refusal)


class TestSimulate:
    FILE = """
functions:
  thumbnails: {memory: 1024 MB, duration: 2 s, reserved_concurrency: 1}
sources:
  uploads: {kind: sync, calls: thumbnails, arrivals: {at: [0 s, 1 s]}}
"""

    @pytest.fixture
    def file(self, tmp_path):
        path = tmp_path / "two.yaml"
        path.write_text(self.FILE)
        return str(path)

    def value(self, name, *args, **options):
        (line,) = (line for line in run("simulate", *args, **options).splitlines() if line.split()[0] == name)
        return line.split()[1]

    def test_prints_the_numbers_of_a_file(self, file):
        assert self.value("throttles", file) == "1"

    def test_changes_values(self, file):
        assert self.value("throttles", file, changes=["function.reserved_concurrency=2"]) == "0"
        assert (
            self.value("duration_max", file, changes=["function.duration=1500 ms", "function.memory=512 MB"]) == "1.5"
        )

    def test_runs_a_scenario_or_an_item_of_the_course(self, folder):
        assert self.value("attempts", "lambda.errors.always-fails", folder=folder) == "3"
        assert self.value("attempts", PREDICT, folder=folder) == "3"

    def test_runs_in_the_world_of_a_belief(self, folder):
        assert self.value("second_attempt_start", "lambda.errors.always-fails", folder=folder) == "63"
        assert (
            self.value("second_attempt_start", "lambda.errors.always-fails", belief="retries-at-once", folder=folder)
            == "3"
        )

    def test_prints_the_trace(self, file):
        text = run("simulate", file, form="trace")

        assert "throttled thumbnails" in text
        assert text.count(" invoke ") == 1

    def test_prints_json(self, file):
        outcome = json.loads(run("simulate", file, form="json"))

        assert outcome["metrics"]["throttles"] == 1
        assert {span["kind"] for span in outcome["spans"]} >= {"invoke", "throttled"}

    def test_writes_a_trace_for_each_scenario(self, folder, tmp_path):
        (tmp_path / "golden").mkdir()
        (tmp_path / "golden" / "gone.txt").write_text("old")

        run("simulate", golden=tmp_path / "golden", folder=folder)

        (trace,) = (tmp_path / "golden").iterdir()
        assert trace.name == "lambda.errors.always-fails.txt"
        assert ["events_lost", "1"] in [line.split() for line in trace.read_text().splitlines()]

    @pytest.mark.parametrize(
        ("changes", "says"),
        [
            (
                ["function.memory=64 MB"],
                "functions.thumbnails.memory: 64 MB is below the minimum of 128 MB (Lambda quotas)",
            ),
            (["function.memory"], "--set function.memory: write PATH=VALUE"),
            (["=1"], "--set =1: write PATH=VALUE"),
            (["function.memory={"], "--set function.memory:"),
            (["nowhere.memory=1"], "nowhere.memory"),
        ],
    )
    def test_names_a_change_that_cannot_be(self, file, changes, says):
        assert refused("simulate", file, changes=changes).startswith(says)

    def test_names_a_scenario_that_is_not_there(self, folder):
        says = refused("simulate", "lambda.errors.always-fail", folder=folder)
        assert says.startswith(
            "there is no file and no scenario lambda.errors.always-fail; did you mean lambda.errors.always-fails"
        )
        assert refused("simulate", "nowhere.yaml") == "there is no file nowhere.yaml"
        assert refused("simulate") == "name a scenario: a file, or an id of the course"

    def test_names_a_belief_that_is_not_there_or_cannot_be_run(self, file, folder):
        assert refused("simulate", file, belief="none", folder=folder).startswith(
            "there is no belief none; the beliefs are"
        )
        assert "does not change the rulebook" in refused("simulate", file, belief="attempts-are-retries", folder=folder)

    def test_takes_the_only_scenario_of_a_course_file(self):
        assert self.value("attempts", str(FILES / "good/scenarios/lambda/errors.yaml")) == "3"

    @pytest.mark.parametrize(
        ("text", "says"),
        [
            ("- a", "does not hold a scenario"),
            ("scenarios: []", "holds 0 scenarios; name one by its id"),
            ("functions: [", "is not valid YAML"),
            ("functions: {f: {colour: red}}", "functions.f.colour"),
            ("", "is empty"),
        ],
    )
    def test_names_what_is_wrong_with_a_file(self, tmp_path, text, says):
        (tmp_path / "bad.yaml").write_text(text)

        assert says in refused("simulate", str(tmp_path / "bad.yaml"))
