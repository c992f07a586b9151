import json
import os
import pty
import signal
import subprocess
import sys
import termios
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from studyapp.content import progress
from studyapp.simulator import scenario
from tests.content.conftest import FILES
from tests.content.simulating import refused, run

ROOT = Path(__file__).parents[2]
PREDICT = "lambda.errors.last-attempt.predict"
FILE = """functions:
  thumbnails: {memory: 1024 MB, duration: 2 s, reserved_concurrency: 1}
sources:
  uploads: {kind: sync, calls: thumbnails, arrivals: {at: [0 s, 1 s]}}
"""
LOAD = """functions:
  thumbnails: {memory: 1024 MB, cpu_time: 300 ms, reserved_concurrency: 5}
sources:
  uploads: {kind: sync, arrivals: {even: 10 per 1 s, for: 20 s}}
"""


def stopped(*args, **options):
    """What is printed, what is said and the exit code."""
    out = StringIO()
    with pytest.raises(CommandError) as caught:
        call_command("simulate", *args, stdout=out, **options)
    return out.getvalue(), str(caught.value), caught.value.returncode


def cells(text):
    return [line.split() for line in text.splitlines()]


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "two.yaml"
    path.write_text(FILE)
    return str(path)


@pytest.fixture
def load(tmp_path):
    path = tmp_path / "load.yaml"
    path.write_text(LOAD)
    return str(path)


class TestSimulate:
    def value(self, name, *args, **options):
        (line,) = (line for line in run(*args, **options).splitlines() if line.split()[0] == name)
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
            self.value("second_attempt_start", "lambda.errors.always-fails", beliefs=["retries-at-once"], folder=folder)
            == "3"
        )

    def test_prints_the_trace(self, file):
        text = run(file, form="trace")

        assert "throttled thumbnails" in text
        assert text.count(" invoke ") == 1

    def test_prints_json(self, file):
        outcome = json.loads(run(file, form="json"))

        assert outcome["metrics"]["throttles"] == 1
        assert {span["kind"] for span in outcome["spans"]} >= {"invoke", "throttled"}

    def test_writes_a_trace_for_each_scenario(self, folder, tmp_path):
        run(golden=tmp_path / "golden", folder=folder)

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
        assert refused(file, changes=changes).startswith(says)

    def test_names_a_scenario_that_is_not_there(self, folder):
        says = refused("lambda.errors.always-fail", folder=folder)
        assert says.startswith(
            "there is no file and no scenario lambda.errors.always-fail; did you mean lambda.errors.always-fails"
        )
        assert refused("nowhere.yaml") == "there is no file nowhere.yaml"
        assert refused() == "name a scenario: a file, or an id of the course"

    def test_names_a_belief_that_is_not_there_or_cannot_be_run(self, file, folder):
        assert refused(file, beliefs=["none"], folder=folder).startswith("there is no belief none; the beliefs are")
        assert "does not change the rulebook" in refused(file, beliefs=["attempts-are-retries"], folder=folder)

    def test_takes_the_only_scenario_of_a_course_file(self):
        assert self.value("attempts", str(FILES / "good/scenarios/lambda/errors.yaml")) == "3"

    @pytest.mark.parametrize(
        ("text", "says"),
        [
            ("- a", "does not hold a scenario"),
            ("scenarios: []", "bad.yaml holds no scenario: scenarios is an empty list"),
            ("functions: [", "is not valid YAML"),
            ("functions: {f: {colour: red}}", "functions.f.colour"),
            ("", "is empty"),
            ("--- 1\n--- 2\n", "is not valid YAML"),
            ("functions: {f: {}}\nhorizon: 1:30\n", "bad.yaml:2: horizon: 1:30 is read by YAML as 90"),
            ("functions:\n  f:\n    memory: 64 MB\n", "bad.yaml:3: functions.f.memory: 64 MB is below"),
            ("scenarios:\n- id: a\n  functions: {f: {}}\n  horizon: -1 s\n", "bad.yaml:4: horizon: -1 s is below 0 s"),
            (
                "functions: {f: {}}\nsources: {s: {arrivals: [\n  {at: [0 s]},\n  {even: 1}]}}\n",
                "bad.yaml:4: sources.s.",
            ),
            (
                "scenarios:\n- {id: a, functions: {f: {}}}\n- {id: b, functions: {f: {}}}\n",
                "holds 2 scenarios; name one",
            ),
            (
                "a: 1:30\nb: 1:30\nc: 1:30\n",
                "bad.yaml:1: a: 1:30 is read by YAML as 90; quote it or write it plainly (and 2",
            ),
        ],
    )
    def test_names_what_is_wrong_with_a_file(self, tmp_path, text, says):
        (tmp_path / "bad.yaml").write_text(text)

        said = refused(str(tmp_path / "bad.yaml"))

        assert says in said
        assert "\n" not in said

    def test_names_the_item_in_whose_scenario_a_value_cannot_be(self, folder):
        says = refused("lambda.errors.always-fails", changes=["horizon=1 s", "source.kind=pigeon"], folder=folder)

        assert says.startswith("sources.")

    def test_names_a_file_that_cannot_be_read(self, tmp_path):
        (tmp_path / "latin.yaml").write_bytes(b"functions: {\xe9: {}}")

        assert "latin.yaml:1: is not UTF-8 text" in refused(str(tmp_path / "latin.yaml"))
        assert refused("a" * 400).startswith("aaa")

    def test_runs_in_the_world_of_several_beliefs(self, folder):
        both = ["retries-at-once", "attempts-are-retries-2"]
        assert "there is no belief" in refused("lambda.errors.always-fails", beliefs=both, folder=folder)
        twice = ["retries-at-once", "retries-at-once"]
        assert self.value("second_attempt_start", "lambda.errors.always-fails", beliefs=twice, folder=folder) == "3"

    def test_names_beliefs_that_contradict_each_other(self, folder):
        assert refused("lambda.errors.always-fails", beliefs=["waits-double", "retries-at-once"], folder=folder) == (
            "retries-at-once and a belief before it want different things of the rule async_first_wait"
        )

    def test_prints_the_metrics_that_are_asked_for(self, file):
        assert cells(run(file, metrics=["throttles", "Errors"])) == [["throttles", "1"], ["Errors", "0"]]
        assert json.loads(run(file, form="json", metrics=["throttles"]))["metrics"] == {"throttles": 1}
        assert refused(file, metrics=["throtles"]).startswith(
            "there is no metric throtles here; did you mean throttles"
        )
        assert refused(file, metrics=["zzz"]) == "there is no metric zzz here; --table lists what there is"

    def test_prints_what_there_was_when_it_was_stopped(self, file):
        out, says, code = stopped(file, changes=["max_events=1"])

        assert ["requests", "1"] in cells(out)
        assert says.startswith("The run was stopped after 1 tries, at 1.0 s")
        assert says.endswith("What is printed is what there was until then.")
        assert code == 3

    def test_says_in_json_that_it_was_stopped(self, file):
        out, _, _ = stopped(file, changes=["max_events=1"], form="json")

        assert json.loads(out)["stopped"].startswith("The run was stopped after 1 tries")
        assert json.loads(out)["metrics"]["requests"] == 1


class TestSweep:
    def test_prints_a_line_for_each_value_with_what_varies(self, load):
        table = cells(run(load, sweeps=["function.reserved_concurrency=1:5:3"]))

        assert table[0][:2] == ["function.reserved_concurrency", "delivered"]
        assert [line[0] for line in table[1:]] == ["1", "3", "5"]
        assert "requests" not in table[0]
        assert len(table[0]) <= 8

    def test_aligns_numbers_under_their_names(self, load):
        lines = run(load, sweeps=["function.memory=128 MB:1769 MB:4"]).splitlines()

        assert len({len(line) for line in lines}) == 1

    def test_keeps_memory_whole_and_rates_exact(self, load):
        memory = cells(run(load, sweeps=["function.memory=128 MB:1769 MB:8"]))
        rates = cells(run(load, sweeps=["source.arrivals.even=1 per 1 s:50 per 1 s:6"], metrics=["requests"]))

        assert [line[0] for line in memory[1:]] == ["128", "362", "597", "831", "1066", "1300", "1535", "1769"]
        assert [line[0] for line in rates[1:]] == ["1", "10.8", "20.6", "30.4", "40.2", "50"]
        assert rates[-1] == ["50", "per", "1", "s", "1000"]

    def test_runs_once_what_is_the_same_when_whole(self, load):
        table = cells(run(load, sweeps=["function.reserved_concurrency=1:3:9"], metrics=["throttles"]))

        assert [line[0] for line in table[1:]] == ["1", "2", "3"]

    @pytest.mark.parametrize(
        ("said", "values"),
        [
            ("function.timeout=1:9 s:3", ["1 s", "5 s", "9 s"]),
            ("function.cpu_time=500 ms:1 s:3", ["500 ms", "750 ms", "1000 ms"]),
            ("function.memory=1 GB:2048 MB:2", ["1 GB", "2 GB"]),
            ("function.fails=0 %:20 %:3", ["0 %", "10 %", "20 %"]),
            ("function.timeout=9 s:1 s:3", ["9 s", "5 s", "1 s"]),
            ("function.timeout=3 s:3 s:3", ["3 s"]),
            ("function.cpu_time=1 ms:2 ms:4", ["1 ms", "1.3333 ms", "1.6667 ms", "2 ms"]),
        ],
    )
    def test_writes_values_in_the_unit_of_the_first(self, load, said, values):
        found = json.loads(run(load, sweeps=[said], form="json", metrics=["requests"]))

        assert [each["value"] for each in found["values"]] == values

    def test_shows_a_value_that_cannot_be_and_goes_on(self, load):
        lines = run(load, sweeps=["function.memory=64 MB:256 MB:3"], metrics=["requests"]).splitlines()

        assert lines[1] == (
            "64 MB  refused: functions.thumbnails.memory: 64 MB is below the minimum of 128 MB (Lambda quotas)"
        )
        assert [line.split()[-1] for line in lines[2:]] == ["200", "200"]

    def test_shows_a_value_whose_run_was_stopped(self, load):
        out, says, code = stopped(load, sweeps=["max_events=100:300:2"], metrics=["requests"])

        assert cells(out)[1][:3] == ["100", "100", "The"]
        assert cells(out)[2] == ["300", "200"]
        assert (says, code) == ("Stopped at max_events: 1 of 2 runs.", 3)

    def test_prints_json_with_all_metrics_that_apply(self, load):
        found = json.loads(run(load, sweeps=["function.memory=64 MB:1024 MB:2"], form="json"))

        assert found["sweep"] == "function.memory"
        assert set(found["values"][0]) == {"value", "refused"}
        assert found["values"][1]["value"] == "1024 MB"
        assert found["values"][1]["metrics"]["cost.total"] > 0

    def test_combines_with_beliefs_and_changes(self, folder):
        table = run(
            "lambda.errors.always-fails", sweeps=["function.async_retries=1:2:2"], beliefs=["retries-at-once"],
            changes=["function.duration=2 s"], metrics=["second_attempt_start", "attempts"], folder=folder,
        )  # fmt: skip

        assert cells(table)[1:] == [["1", "2", "2"], ["2", "2", "3"]]

    def test_shows_something_where_nothing_varies(self, load):
        assert len(cells(run(load, sweeps=["function.timeout=5 s:9 s:2"]))[0]) == 5

    @pytest.mark.parametrize(
        ("said", "says"),
        [
            ("function.memory", "--sweep function.memory: write PATH=A:B:N, such as function.memory="),
            ("function.memory=1 MB:2 MB", "--sweep function.memory=1 MB:2 MB: write PATH=A:B:N"),
            ("=1:2:3", "--sweep =1:2:3: write PATH=A:B:N"),
            (
                "function.memory=1 MB:2 MB:1",
                "--sweep function.memory=1 MB:2 MB:1: 1 is not a whole number of values from 2",
            ),
            (
                "function.memory=1 MB:2 MB:501",
                "--sweep function.memory=1 MB:2 MB:501: 501 is not a whole number of values",
            ),
            ("function.memory=1 MB:2 MB:x", "--sweep function.memory=1 MB:2 MB:x: x is not a whole number of values"),
            (
                "function.memory=small:2 MB:3",
                "--sweep function.memory=small:2 MB:3: an end does not begin with a number",
            ),
            ("function.memory=1 MB:2 s:3", "--sweep function.memory=1 MB:2 s:3: an end is in MB, the other in s"),
            ("functions.g.memory=1 MB:2 MB:3", "functions.g.memory: g leads nowhere in this scenario"),
            ("function.memory=1 MB:2 MB:2", "No value of function.memory can be run."),
            (
                "function.memory=1e999999 MB:2 MB:2",
                "--sweep function.memory=1e999999 MB:2 MB:2: an end is not a number",
            ),
        ],
    )
    def test_names_what_is_no_sweep(self, load, said, says):
        assert refused(load, sweeps=[said]).startswith(says)

    def test_is_one_at_a_time_and_has_no_trace(self, load):
        assert refused(load, sweeps=["a=1:2:2", "b=1:2:2"]) == "--sweep: one at a time"
        assert (
            refused(load, sweeps=["a=1:2:2"], form="trace") == "--trace is of one run; a sweep has --table and --json"
        )

    def test_names_a_metric_that_is_not_there(self, load):
        assert "no metric zzz here" in refused(load, sweeps=["function.timeout=5 s:9 s:2"], metrics=["zzz"])


class Terminal(StringIO):
    def isatty(self):
        return True


class TestBar:
    def seen(self, monkeypatch, *args, **options):
        """What a person sees who waits no time for the bar."""
        monkeypatch.setattr(progress, "DELAY", 0)
        monkeypatch.setattr(sys, "stderr", Terminal())
        run(*args, **options)
        return sys.stderr.getvalue()

    def test_is_shown_to_a_terminal(self, load, monkeypatch):
        assert "  0 % |" in self.seen(monkeypatch, load)
        assert "  0 % |" in self.seen(monkeypatch, load, sweeps=["function.memory=128 MB:1024 MB:4"])

    def test_is_not_shown_to_a_program_or_where_it_is_not_wanted(self, load, monkeypatch):
        assert self.seen(monkeypatch, load, form="json") == ""
        assert self.seen(monkeypatch, load, verbosity=0) == ""

    def test_is_not_shown_without_a_terminal(self, load, capsys):
        run(load)

        assert capsys.readouterr().err == ""

    @pytest.mark.parametrize(
        ("changes", "share"),
        [
            ({"horizon": "40 s"}, 0.25),
            ({}, 0.5),
            ({"source.arrivals": {"even": "1 per 1 s", "count": 50}}, 0.6),
            ({"source.arrivals": [{"burst": 20}, {"at": ["1 s"]}, {"even": "1 per 1 s", "count": 39}]}, 0.5),
            ({"source.arrivals": [{"burst": 20}, {"even": "1 per 1 s", "for": "1 s"}], "max_events": 300}, 0.1),
            ({"horizon": "1 s"}, 1),
        ],
    )
    def test_knows_how_much_is_over_after_ten_seconds_and_thirty_tries(self, changes, share):
        body = {"functions": {"f": {}}, "sources": {"s": {"arrivals": {"even": "1 per 1 s", "for": "20 s"}}}}

        assert progress.share(scenario.read(scenario.patch(body, changes)), 10_000_000, 30) == share


class TestProcess:
    """What only a process of its own can show: no database, exit codes, Ctrl-C, a pipe that closes."""

    def environment(self, tmp_path):
        return {
            "PATH": os.environ["PATH"],
            "DATA_DIR": str(tmp_path / "data"),
            "DATABASE_URL": "sqlite:////nowhere/at/all.sqlite3",
        }

    def done(self, tmp_path, *args):
        return subprocess.run(
            [sys.executable, "manage.py", "simulate", *args], env=self.environment(tmp_path), capture_output=True,
            text=True, check=False, cwd=ROOT,
        )  # fmt: skip

    def test_needs_no_database(self, load, tmp_path):
        for more in (["--trace"], ["--json"], ["--sweep", "function.memory=128 MB:256 MB:2", "--seed", "3"]):
            done = self.done(tmp_path, load, *more)

            assert (done.returncode, done.stderr) == (0, "")
            assert done.stdout

    @pytest.mark.parametrize(
        ("more", "code"), [(["--set", "max_events=9"], 3), (["--set", "function.memory=1 MB"], 1), (["--seed", "x"], 2)]
    )
    def test_ends_with_a_code_of_its_own_and_no_traceback(self, load, tmp_path, more, code):
        done = self.done(tmp_path, load, *more)

        assert done.returncode == code
        assert "Traceback" not in done.stderr
        assert len(done.stderr.splitlines()) == (1 if code != 2 else len(done.stderr.splitlines()))

    def test_ends_with_one_line_at_ctrl_c(self, load, tmp_path):
        """Pressed once the bar is there."""
        mine, theirs = pty.openpty()
        termios.tcsetwinsize(theirs, (24, 100))
        process = subprocess.Popen(
            [sys.executable, "manage.py", "simulate", load, "--set", "source.arrivals.for=1000000000 s",
             "--set", "max_events=20000000"],
            env=self.environment(tmp_path), stdout=subprocess.PIPE, stderr=theirs, cwd=ROOT,
        )  # fmt: skip
        os.close(theirs)
        said = b""
        while b"of its clock" not in said:
            said += os.read(mine, 4096)
        process.send_signal(signal.SIGINT)
        while b"CommandError" not in said:
            said += os.read(mine, 4096)
        os.close(mine)

        assert process.wait() == 130
        assert b"CommandError: Stopped by Ctrl-C." in said
        assert b"Traceback" not in said

    def test_minds_no_reader_that_has_had_enough(self, load, tmp_path):
        command = f"{sys.executable} manage.py simulate {load} --json | head -1"
        done = subprocess.run(
            ["sh", "-c", command], env=self.environment(tmp_path), capture_output=True, text=True, check=False, cwd=ROOT
        )

        assert (done.stdout, done.stderr) == ("{\n", "")
