"""The linter on files: the command on a small course with one flaw, and the real course without any."""

import json
import os
import subprocess
import sys
from contextlib import suppress
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from studyapp.content import files
from studyapp.content.linting import desk, items_named
from studyapp.questions.lint import RULES
from tests.content.test_commands import PREDICT, refused, run

FLAWED = "lambda.clues.fails-again.recall"
SAYS = "the key has 19 letters and no other option more than 11"
AT = f"content/facts/lambda/clues.yaml:8: facts[0].recall: W key-longest {FLAWED}: {SAYS}"
CHECKED = "content/items/lambda/errors.yaml"


def told(folder, *names, **options):
    """The lines that the command prints, whether it fails after that or not."""
    out = StringIO()
    with suppress(CommandError):
        call_command("lint_items", *names, folder=folder, stdout=out, **options)
    return out.getvalue().splitlines()


@pytest.fixture
def mended(folder, edit):
    edit("facts/lambda/clues.yaml", "More memory", "Reserved concurrency")
    return folder


class TestTheCourse:
    """On the day of its last check, so that no commit turns red because time has passed."""

    def test_has_no_flaw_that_is_not_accepted(self):
        course = files.read(settings.CONTENT, needs_proofs=False)
        today = max(fact.source.checked for fact in course.facts.values())
        found = desk(settings.CONTENT, today=today)

        assert [str(found.place(each)) for each in found.findings() if each.level != "I"] == []


class TestTheCommand:
    def test_names_file_line_rule_and_item_and_counts_by_rule(self, folder):
        assert refused("lint_items", folder=folder) == "0 errors and 1 warning: mend them, or say why under accepts"
        assert told(folder) == [
            AT,
            f"   1 W key-longest          {RULES['key-longest'].says}",
            "1 finding in 11 items.",
        ]

    def test_is_content_with_a_course_without_flaws(self, mended):
        assert run("lint_items", folder=mended) == "0 findings in 11 items.\n"

    def test_takes_a_reason_from_the_fact_that_asks(self, folder, edit):
        edit(
            "facts/lambda/clues.yaml",
            "why: It keeps the event.",
            "why: It keeps the event.\n      accepts: {key-longest: It has to be.}",
        )

        assert run("lint_items", folder=folder) == "0 findings in 11 items.\n"

    def test_takes_a_reason_from_the_way_back(self, mended, edit):
        edit("facts/lambda/errors.yaml", "answer: It is run again", "answer: It is run again after a certain while")
        assert "facts[0].recall.back: W key-longest lambda.errors.retries.recall-back: " in told(mended)[0]

        edit(
            "facts/lambda/errors.yaml",
            "why: Two retries follow",
            "accepts: {key-longest: It has to be.}\n        why: Two retries follow",
        )
        assert run("lint_items", folder=mended) == "0 findings in 11 items.\n"

    def test_refuses_a_reason_for_nothing_and_a_rule_that_there_is_not(self, mended, edit):
        edit("items/lambda/errors.yaml", "    choose: 2\n", "    choose: 2\n    accepts: {clang: So., clank: So.}\n")
        said = told(mended)

        assert [line.split(": ", 2)[2] for line in said[:2]] == [
            "E unknown-waiver lambda.errors.which-are-queues: accepts clank, which is no rule of the linter",
            "W idle-waiver lambda.errors.which-are-queues: accepts clang, which is not found in it: take the waiver away",
        ]  # fmt: skip
        assert all(line.startswith(f"{CHECKED}:") for line in said[:2])

    def test_misses_a_proof(self, mended, edit):
        edit("items/lambda/errors.yaml", "What keeps them?", "Which change keeps them?")

        assert "E unproved lambda.errors.keep-the-event.fix: has no fresh proof" in told(mended)[0]

    @pytest.mark.parametrize("name", [FLAWED, "lambda.clues.fails-again", "clues.fails-again", "lambda.clues", "clues"])
    def test_lints_what_is_named(self, folder, name):
        assert told(folder, name)[0] == AT
        assert run("lint_items", "lambda.errors", folder=folder) == "0 findings in 11 items.\n"

    def test_refuses_a_name_that_means_nothing(self, folder):
        says = refused("lint_items", "lambda.clues.fails-agian", folder=folder)

        assert says.startswith("there is no item, fact or topic lambda.clues.fails-agian; did you mean lambda.clues.")

    def test_lists_hints_where_they_are_asked_for(self, mended, edit):
        edit("items/lambda/errors.yaml", "Which two hold events?", "Which two hold her events?")

        assert told(mended)[-1] == "1 finding in 11 items, 1 not listed."
        assert "I excluding-words lambda.errors.which-are-queues: “her”" in told(mended, level="I")[0]

    def test_tells_a_program(self, folder):
        said = json.loads("\n".join(told(folder, json=True)))

        assert said == {
            "items": 11,
            "counts": {"key-longest": 1},
            "findings": [
                {
                    "rule": "key-longest", "level": "W", "item": FLAWED,
                    "file": "content/facts/lambda/clues.yaml", "line": 8, "says": SAYS,
                }
            ],
        }  # fmt: skip

    def test_prints_its_rules(self, folder):
        lines = run("lint_items", rules=True, folder=folder).splitlines()

        assert len(lines) == len(RULES)
        assert lines[0].startswith("E ")
        assert all(rule.source in line for rule, line in zip(RULES.values(), lines, strict=True))

    def test_refuses_a_course_that_cannot_be_read(self, folder, edit):
        edit("rows.yaml", "verdict: correct", "verdict: right")

        assert refused("lint_items", folder=folder).endswith("Nothing was linted.")

    def test_needs_no_database(self, mended, tmp_path):
        bare = {
            "PATH": os.environ["PATH"],
            "DATA_DIR": str(tmp_path / "data"),
            "DATABASE_URL": "sqlite:////nowhere/at/all.sqlite3",
        }
        done = subprocess.run(
            [sys.executable, "manage.py", "lint_items", "--folder", str(mended)],
            env=bare, capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2],
        )  # fmt: skip

        assert (done.returncode, done.stderr, done.stdout) == (0, "", "0 findings in 11 items.\n")


class TestAForm:
    RECALL, REVEAL = "lambda.errors.first-wait.recall", "lambda.errors.first-wait.reveal"

    def test_holds_no_question_that_tells_anothers_answer(self, mended):
        said = told(mended, form=[self.RECALL, self.REVEAL, PREDICT])

        assert [line.split(": ", 2)[2] for line in said[:2]] == [
            f"W gives-away {self.RECALL}: asks the same as {self.REVEAL}",
            f"W gives-away {self.REVEAL}: asks the same as {self.RECALL}",
        ]
        assert run("lint_items", form=[self.RECALL, PREDICT], folder=mended) == "0 findings in 11 items.\n"

    def test_has_two_items_that_there_are(self, mended):
        assert "at least two" in refused("lint_items", form=[self.RECALL, self.RECALL], folder=mended)
        assert "there is no item" in refused("lint_items", form=[self.RECALL, "lambda.a.b"], folder=mended)
        assert "name none before it" in refused("lint_items", "clues", form=[self.RECALL, PREDICT], folder=mended)


class TestNames:
    def test_mean_whole_words_of_ids(self, course):
        ids, unknown = items_named(course, ["errors.retries", "errors.retr"])

        assert ids == {f"lambda.errors.retries.{end}" for end in ("recall", "recall-back", "reveal")}
        assert unknown == ["errors.retr"]
