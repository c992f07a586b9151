"""Real small processes: each writes what becomes of it to files, and a test waits until it is there."""

import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from studyapp.config.env import ROOT
from studyapp.config.supervising import Pauses, Program, server, supervise, worker

PATIENCE_S = 30
RUNS = """
import signal, sys, time
from pathlib import Path
name, folder = sys.argv[1], Path(sys.argv[2])
def said(text):
    with (folder / name).open("a") as file:
        file.write(text + "\\n")
"""
LASTS = """
def end(number, _):
    said(signal.Signals(number).name)
    sys.exit(0)
signal.signal(signal.SIGTERM, end)
signal.signal(signal.SIGINT, end)
import os
said(f"{os.getpid()}")
while True:
    time.sleep(60)
"""
IS_DEAF = """
signal.signal(signal.SIGTERM, lambda *_: said("heard"))
import os
said(f"{os.getpid()}")
while True:
    time.sleep(60)
"""
HAS_A_CHILD = """
import os
if os.fork() == 0:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    said(f"{os.getpid()}")
    time.sleep(600)
while not (folder / name).exists():
    time.sleep(0.01)
sys.exit(7)
"""
ENDS_AT_ONCE = 'said("began"); sys.exit(3)'
ENDS_WITH_5 = "sys.exit(5)"
ENDS_WHEN_THE_OTHER_BEGAN = """
while not (folder / "worker").exists() or (folder / "worker").read_text().count("began") < 3:
    time.sleep(0.01)
"""


@pytest.fixture
def program(tmp_path: Path) -> Callable[..., Program]:
    def made(name: str, does: str, **about: float) -> Program:
        return Program(name, (sys.executable, "-c", RUNS + does, name, str(tmp_path)), **about)

    return made


@pytest.fixture
def supervisor(tmp_path: Path):
    """A supervisor of programs that do this, in a process of its own; whatever is left of it ends with the test."""
    begun: list[subprocess.Popen[str]] = []

    def start(serves: str, works: str, *, patience_s: float = PATIENCE_S) -> subprocess.Popen[str]:
        code = f"""
            import sys
            from studyapp.config.supervising import Program, supervise
            def program(name, does):
                return Program(name, (sys.executable, "-c", does, name, {str(tmp_path)!r}), 0, {patience_s})
            sys.exit(supervise(program("server", {RUNS + serves!r}), program("worker", {RUNS + works!r})))
        """
        process = subprocess.Popen(
            [sys.executable, "-c", textwrap.dedent(code)], cwd=ROOT, stderr=subprocess.PIPE, text=True
        )
        begun.append(process)
        return process

    yield start
    for process in begun:
        process.kill()
    for pid in pids(tmp_path):
        if is_alive(pid):
            os.kill(pid, signal.SIGKILL)
    for process in begun:
        process.communicate()  # last: what is left of its children would hold its stderr open


def wait_for(true: Callable[[], object]) -> None:
    until = time.monotonic() + PATIENCE_S
    while not true():
        assert time.monotonic() < until
        time.sleep(0.01)


def lines(folder: Path, name: str) -> list[str]:
    path = folder / name
    return path.read_text().splitlines() if path.exists() else []


def pids(folder: Path) -> list[int]:
    return [int(line) for path in folder.iterdir() for line in path.read_text().splitlines() if line.isdigit()]


def is_alive(pid: int) -> bool:
    """A process that has ended and that nobody has asked about yet is not alive."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def both_run(folder: Path) -> bool:
    return bool(lines(folder, "server") and lines(folder, "worker"))


class TestSupervise:
    @pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
    def test_passes_a_signal_on_to_both(self, supervisor, tmp_path, number):
        process = supervisor(LASTS, LASTS)
        wait_for(lambda: both_run(tmp_path))

        process.send_signal(number)

        assert process.wait(PATIENCE_S) == 0
        assert lines(tmp_path, "server")[1:] == [number.name]
        assert lines(tmp_path, "worker")[1:] == [number.name]

    def test_ends_both_by_sigterm_when_the_terminal_is_closed(self, supervisor, tmp_path):
        process = supervisor(LASTS, LASTS)
        wait_for(lambda: both_run(tmp_path))

        process.send_signal(signal.SIGHUP)

        process.wait(PATIENCE_S)
        assert lines(tmp_path, "server")[1:] == lines(tmp_path, "worker")[1:] == ["SIGTERM"]

    def test_ends_when_the_server_ends_and_with_its_code(self, program, tmp_path):
        assert supervise(program("server", ENDS_WITH_5), program("worker", LASTS)) == 5
        assert not [pid for pid in pids(tmp_path) if is_alive(pid)]

    def test_leaves_nothing_of_what_the_server_started(self, program, tmp_path):
        assert supervise(program("server", HAS_A_CHILD), program("worker", LASTS)) == 7
        wait_for(lambda: not [pid for pid in pids(tmp_path) if is_alive(pid)])

    def test_starts_a_worker_again_that_ends_and_says_after_what_pause(self, program, tmp_path, capfd):
        code = supervise(
            program("server", ENDS_WHEN_THE_OTHER_BEGAN), program("worker", ENDS_AT_ONCE), Pauses(0.01, 60)
        )

        assert code == 0
        said = capfd.readouterr().err
        assert "The worker ended with 3; it starts again in 0.01 s." in said
        assert "The worker ended with 3; it starts again in 0.02 s." in said

    def test_kills_who_does_not_end_in_time(self, supervisor, tmp_path):
        process = supervisor(LASTS, IS_DEAF, patience_s=0.05)
        wait_for(lambda: both_run(tmp_path))

        process.terminate()

        _, said = process.communicate(timeout=PATIENCE_S)
        assert "The worker did not end in 0.05 s and was killed." in said
        assert not [pid for pid in pids(tmp_path) if is_alive(pid)]

    def test_passes_a_second_signal_on(self, supervisor, tmp_path):
        process = supervisor(LASTS, IS_DEAF, patience_s=PATIENCE_S)
        wait_for(lambda: both_run(tmp_path))
        process.terminate()
        wait_for(lambda: lines(tmp_path, "worker")[1:] == ["heard"])

        process.terminate()

        wait_for(lambda: lines(tmp_path, "worker")[1:] == ["heard", "heard"])

    def test_that_is_killed_leaves_neither_behind(self, supervisor, tmp_path):
        process = supervisor(LASTS, LASTS)
        wait_for(lambda: both_run(tmp_path))

        process.kill()

        wait_for(lambda: not [pid for pid in pids(tmp_path) if is_alive(pid)])
        assert lines(tmp_path, "server")[1:] == lines(tmp_path, "worker")[1:] == ["SIGTERM"]


class TestPrograms:
    def test_the_worker_gives_way_to_the_pages(self):
        assert worker().nice == 10
        assert worker().patience_s == 10

    def test_the_server_listens_where_it_is_told_to(self):
        command = server("127.0.0.2", 8123).command

        assert command[command.index("--host") + 1] == "127.0.0.2"
        assert command[command.index("--port") + 1] == "8123"
        assert server("127.0.0.2", 8123).nice == 0

    def test_run_at_the_niceness_that_they_name(self, program, tmp_path):
        nice = 'import os; (folder / "nice").write_text(str(os.nice(0))); sys.exit(0)'

        supervise(program("server", nice, nice=3), program("worker", LASTS))

        assert (tmp_path / "nice").read_text() == str(os.nice(0) + 3)
