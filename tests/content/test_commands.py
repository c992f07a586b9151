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
        assert run("load_content", check=True, folder=folder) == "The content is good: 2 rows, 3 facts, 11 items.\n"

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
        for command in (
            ["load_content", "--check"],
            ["prove"],
            ["simulate", "lambda.errors.always-fails"],
            ["coverage"],
            ["stale_facts"],
            ["impact", "lambda.errors.first-wait=30 s"],
        ):
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
