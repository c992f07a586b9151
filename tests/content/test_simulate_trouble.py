"""The command simulate where something is wrong: one clear line, nothing half-written, nothing of others touched."""

import json
import os
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from studyapp.content import documents, golden, readouts, sweeping
from studyapp.simulator import read, simulate
from tests.content.conftest import FILES
from tests.content.simulating import refused, run

ROOT = Path(__file__).parents[2]
FILE = """functions:
  f: {memory: 1024 MB, cpu_time: 300 ms, reserved_concurrency: 1}
sources:
  s: {kind: sync, arrivals: {burst: 3}}
"""


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "three.yaml"
    path.write_text(FILE)
    return str(path)


@pytest.fixture
def shell(tmp_path):
    """The command in a process of its own, from a line for the shell."""
    (tmp_path / "data").mkdir()
    plain = {"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path / "data"), "DATABASE_URL": "sqlite:////nowhere.db"}

    def done(line, **environment):
        command = f"{sys.executable} manage.py simulate {line}"
        return subprocess.run(
            ["sh", "-c", command], env=plain | environment, capture_output=True, text=True, check=False, cwd=ROOT
        )

    return done


class TestAFile:
    def test_is_refused_where_it_is_nested_so_deep_that_its_reader_would_crash(self, shell, tmp_path):
        text = "functions:\n  {a: 1,\n  b: " + "{a: " * 30_000 + "1" + "}" * 30_000 + "}"
        (tmp_path / "deep.yaml").write_text(text)

        done = shell(tmp_path / "deep.yaml")

        assert done.returncode == 1
        says = "deep.yaml:3: is nested more than 100 levels deep, the most that is read\n"
        assert done.stderr == f"CommandError: {tmp_path}/{says}"

    @pytest.mark.parametrize(("text", "tag"), [("!foo {f: {}}", "!foo"), ("!!set {f}", "set"), ("!foo [f]", "!foo")])
    def test_has_no_tags(self, text, tag):
        (problem,) = documents.parse(f"a: 1\nfunctions: {text}", "x.yaml").problems

        assert str(problem).startswith("x.yaml:2: functions: has the tag ")
        assert str(problem).endswith(f"{tag}; write it without one")

    def test_names_its_keys_on_one_line(self):
        (problem,) = documents.parse('"a\\nb\\e[31m": 1:30', "x.yaml").problems

        assert str(problem) == r"x.yaml:1: a\nb\x1b[31m: 1:30 is read by YAML as 90; quote it or write it plainly"

    def test_can_come_through_a_pipe_but_is_no_folder(self, shell, file, tmp_path):
        assert shell(f"/dev/stdin --metric throttles < {file}").stdout == "throttles  2\n"
        assert refused(str(tmp_path)) == f"{tmp_path} is a folder, not a file with a scenario"

    def test_ends(self):
        assert "dev/zero:1: is longer than 16,000,000 letters" in refused("/dev/zero")

    @pytest.mark.parametrize("name", ["x" * 5_000, f"{'x' * 5_000}.yaml", f"x/{'x' * 5_000}"])
    def test_of_a_name_without_end_is_named_shortly(self, name, folder):
        assert len(refused(name, folder=folder)) < 500


class TestAChange:
    def test_is_unicode(self, file):
        assert refused(file, changes=["function.memory=\udcff"]) == (
            "--set function.memory:1: holds what is not Unicode text"
        )

    def test_begins_the_account_where_the_file_has_none(self, file):
        assert run(file, changes=["account.concurrency=500"], metrics=["throttles"]) == "throttles  2\n"

    def test_says_what_to_write_where_a_part_is_missing(self, file):
        assert refused(file, changes=["source.retries.tries=3"]) == (
            "source.retries.tries: retries leads nowhere in this scenario; "
            "give all of sources.s.retries instead, as {tries: ...}"
        )


class TestTheCourse:
    def test_is_a_folder_with_something_in_it(self, file, tmp_path):
        (tmp_path / "empty").mkdir()

        assert refused(file, beliefs=["x"], folder=Path("/nowhere")) == "--folder /nowhere: there is no such folder"
        assert refused(file, beliefs=["x"], folder=tmp_path / "empty") == (
            f"--belief x: {tmp_path / 'empty'} holds no beliefs"
        )


class TestTheSeed:
    @pytest.mark.parametrize(
        ("seed", "says"),
        [
            (-1, "--seed: -1 is not a whole number of at least 0"),
            (10**16, "--seed: 10000000000000000 is not a number of at most 16 digits"),
        ],
    )
    def test_is_one_that_a_file_could_hold(self, file, seed, says):
        assert refused(file, seed=seed) == says

    def test_is_not_said_again_at_full_length(self, shell, file):
        done = shell(f"{file} --seed {'9' * 5_000}")

        assert done.returncode == 2
        assert len(done.stderr.splitlines()[-1]) < 500


class TestAMetric:
    def test_is_printed_alone_in_every_form(self, file):
        assert run(file, form="trace", metrics=["throttles"]) == "throttles  2\n"
        assert json.loads(run(file, form="json", metrics=["throttles"])) == {"metrics": {"throttles": 2}}


class TestJson:
    @pytest.mark.parametrize("burst", [0, 1, 5])
    def test_is_written_in_pieces(self, monkeypatch, burst):
        monkeypatch.setattr(readouts, "SPANS_AT_ONCE", 2)
        sources = {"s": {"arrivals": {"burst": burst}}} if burst else {}
        outcome = simulate(read({"functions": {"f": {}}, "sources": sources}))

        pieces = list(readouts.one(outcome, "json", []))

        said = json.loads("".join(pieces))
        assert "".join(pieces) == json.dumps(said, indent=1) + "\n"
        assert said["spans"] == [span._asdict() for span in outcome.spans]
        assert max(piece.count('"kind"') for piece in pieces) == min(len(said["spans"]), 2)


class TestGoldenTraces:
    def test_leave_the_files_of_others_alone(self, tmp_path):
        for name, text in {"mine": "mine\n", "empty": "", "list": "throttles\nerrors\n"}.items():
            (tmp_path / f"{name}.txt").write_text(text)
        (tmp_path / "odd.txt").write_bytes(b"\xff")
        (tmp_path / "gone.txt").write_text("attempts      1\nf.throttles  12\n\n     start s\n")

        run(golden=tmp_path, folder=FILES / "good")

        assert {path.stem for path in tmp_path.iterdir()} == {
            "mine", "empty", "list", "odd", "lambda.errors.always-fails",
        }  # fmt: skip

    @pytest.mark.parametrize("name", ["nowhere", "empty"])
    def test_stay_where_there_is_no_course(self, tmp_path, name):
        (tmp_path / "empty").mkdir()
        (tmp_path / "old.txt").write_text("throttles  1\n")

        says = refused(golden=tmp_path, folder=tmp_path / name)

        assert says.startswith(("--folder ", "the course holds no scenario"))
        assert (tmp_path / "old.txt").exists()

    def test_stay_where_one_cannot_be_made(self, tmp_path, monkeypatch):
        (tmp_path / "old.txt").write_text("throttles  1\n")

        def interrupt(*_):
            raise KeyboardInterrupt

        monkeypatch.setattr(golden, "simulate", interrupt)

        assert refused(golden=tmp_path, folder=FILES / "good") == "Stopped by Ctrl-C."
        assert [path.name for path in tmp_path.iterdir()] == ["old.txt"]

    def test_are_of_all_scenarios(self, file, tmp_path):
        assert refused(file, golden=tmp_path) == "--golden is of every scenario of the course: name none"


class TestASweepThatIsInterrupted:
    @pytest.fixture
    def interrupted(self, monkeypatch):
        """Ctrl-C in the third run."""
        plain, runs = sweeping.run, []

        def third(*args):
            runs.append(args)
            if len(runs) == 3:
                raise KeyboardInterrupt
            return plain(*args)

        monkeypatch.setattr(sweeping, "run", third)

    def printed(self, file, form):
        out = StringIO()
        with pytest.raises(CommandError) as caught:
            call_command(
                "simulate", file, sweeps=["function.timeout=1:9 s:5"], metrics=["throttles"], form=form, stdout=out
            )
        assert (str(caught.value), caught.value.returncode) == ("Stopped by Ctrl-C after 2 of 5 values.", 130)
        return out.getvalue()

    @pytest.mark.usefixtures("interrupted")
    def test_prints_what_it_has(self, file):
        assert [line.split() for line in self.printed(file, "table").splitlines()[1:]] == [
            ["1", "s", "2"],
            ["3", "s", "2"],
        ]

    @pytest.mark.usefixtures("interrupted")
    def test_says_so_in_json(self, file):
        said = json.loads(self.printed(file, "json"))

        assert (said["stopped"], len(said["values"])) == ("Stopped by Ctrl-C after 2 of 5 values.", 2)


class TestProcess:
    def test_says_that_there_is_nowhere_to_print_to(self, shell, file):
        done = shell(f"{file} >&-")

        assert done.returncode == 1
        assert done.stderr == "CommandError: the standard output is closed: there is nowhere to print to\n"

    def test_prints_what_the_encoding_of_the_output_lacks(self, shell, tmp_path):
        (tmp_path / "ü.yaml").write_text("functions: {fü: {}}\nsources: {s: {arrivals: {burst: 1}}}", encoding="utf-8")

        done = shell(tmp_path / "*.yaml --trace", PYTHONIOENCODING="ascii")

        assert (done.returncode, done.stderr) == (0, "")
        assert r"invoke f\xfc#1 ok" in done.stdout

    def test_names_no_file_of_ours_where_the_output_is_full(self, shell, file):
        if Path("/dev/full").exists():
            assert shell(f"{file} > /dev/full").stderr == "CommandError: the output: No space left on device\n"

    def test_ends_with_one_line_at_ctrl_c_while_it_still_imports(self, shell, file, tmp_path):
        (tmp_path / "django").mkdir()
        (tmp_path / "django" / "__init__.py").write_text("raise KeyboardInterrupt\n")

        done = shell(file, PYTHONPATH=str(tmp_path))

        assert (done.returncode, done.stderr) == (130, "Stopped by Ctrl-C.\n")
