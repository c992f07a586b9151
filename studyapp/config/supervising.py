"""The web server and the one worker: started together and ended together. Standard library alone.

`manage.py serve` becomes this process, which is small and has no threads. SIGTERM, SIGINT and SIGHUP end both; a worker that
dies is started again, after a pause that grows; the end of the server is the end of all. If this process is killed so that it
can do nothing any more, Linux itself asks both to end (PR_SET_PDEATHSIG, man 2 prctl); other systems cannot.
"""

import ctypes
import json
import os
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from studyapp.config import env

ENDS = frozenset({signal.SIGTERM, signal.SIGINT, signal.SIGHUP})
PR_SET_PDEATHSIG = 1
WORKERS, THREADS = 2, 4


@dataclass(frozen=True)
class Program:
    """What to run, how much it gives way to others, and the seconds that it has to end once it is asked to."""

    name: str
    command: tuple[str, ...]
    nice: int = 0
    patience_s: float = 10


@dataclass(frozen=True)
class Pauses:
    """Seconds before a worker that died is started again: each pause is twice the last, up to the longest. Whoever lived
    for longer than the longest pause begins with the first again."""

    first_s: float = 1
    longest_s: float = 60


def main() -> int:
    os.chdir(env.ROOT)
    return supervise(server(env.host(), env.port()), worker())


def server(host: str, port: int) -> Program:
    command = (
        str(Path(sys.executable).with_name("granian")),
        "--interface", "wsgi",
        "--host", host,
        "--port", str(port),
        "--workers", str(WORKERS),
        "--blocking-threads", str(THREADS),
        "--backpressure", "256",
        "--respawn-failed-workers",
        "--workers-kill-timeout", "10",
        "--log-level", "warning",
        "studyapp.config.wsgi:application",
    )  # fmt: skip
    return Program("server", command, patience_s=12)  # it gives its own workers 10 s


def worker() -> Program:
    """Nice, so that no sweep starves the pages."""
    return Program("worker", (sys.executable, str(env.ROOT / "manage.py"), "work"), nice=10)


def supervise(server: Program, worker: Program, pauses: Pauses = Pauses()) -> int:
    """Run both until the server ends or a signal asks for the end; then nothing of either is left.

    The server's exit code, as a shell has it: 128 and the signal for one that was killed.
    """
    with _inbox() as received:
        serving, helper = _Child(server), _Kept(worker, pauses)
        number = signal.SIGTERM
        try:
            while not serving.is_over():
                ends = received(helper.tend()) & ENDS
                if ends:
                    number = signal.SIGINT if ends == {signal.SIGINT} else signal.SIGTERM
                    break
            _end([serving, *helper.running], number, received)
        finally:
            for child in (serving, *helper.running):
                child.kill()
    return serving.code


Received = Callable[[float | None], set[int]]
"""Waits for signals, so many seconds at most (None: for ever), and says which came."""


@contextmanager
def _inbox() -> Iterator[Received]:
    """Signals as something to wait for. Those that this process was started to ignore stay ignored, save that a child ended."""
    ours, theirs = socket.socketpair()
    theirs.setblocking(False)
    heard = [signal.SIGCHLD, *(each for each in ENDS if signal.getsignal(each) is not signal.SIG_IGN)]
    before = {each: signal.signal(each, lambda *_: None) for each in heard}
    wakeup = signal.set_wakeup_fd(theirs.fileno(), warn_on_full_buffer=False)

    def received(wait_s: float | None) -> set[int]:
        ready, _, _ = select.select([ours], [], [], wait_s)
        return set(ours.recv(4096)) if ready else set()

    try:
        yield received
    finally:
        signal.set_wakeup_fd(wakeup)
        for number, handler in before.items():
            signal.signal(number, handler)
        ours.close()
        theirs.close()


class _Child:
    """A program that runs, in a process group of its own: Ctrl-C in a terminal reaches it through us alone, and once."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.began = time.monotonic()
        self._process = subprocess.Popen(  # noqa: S603 - our own programs
            program.command,
            stdin=subprocess.DEVNULL,
            process_group=0,
            preexec_fn=_bound_to_us(program.nice),  # safe: this process has no threads
        )

    def is_over(self) -> bool:
        return self._process.poll() is not None

    @property
    def code(self) -> int:
        code = self._process.wait()
        return 128 - code if code < 0 else code

    def tell(self, number: int) -> None:
        self._process.send_signal(number)

    def kill(self) -> None:
        """It and all that it started and left behind."""
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()


def _bound_to_us(nice: int) -> Callable[[], None]:
    """What a child does before it becomes its program."""
    parent = os.getpid()
    libc = ctypes.CDLL(None) if sys.platform == "linux" else None

    def bind() -> None:
        if libc is not None:
            libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:  # killed in between
            os._exit(1)
        os.nice(nice)

    return bind


class _Kept:
    """A child that is started again when it ends, and the pause until then."""

    def __init__(self, program: Program, pauses: Pauses) -> None:
        self._program, self._pauses = program, pauses
        self._pause_s = pauses.first_s
        self._due = 0.0
        self._child: _Child | None = None

    @property
    def running(self) -> Sequence[_Child]:
        return [self._child] if self._child else []

    def tend(self) -> float | None:
        """Start it if it is due; the seconds until it will be, None while it runs."""
        now = time.monotonic()
        if self._child and self._child.is_over():
            self._plan(self._child, now)
        if self._child is None and now >= self._due:
            self._child = _Child(self._program)
        return None if self._child else max(self._due - now, 0)

    def _plan(self, ended: _Child, now: float) -> None:
        ended.kill()
        if now - ended.began > self._pauses.longest_s:
            self._pause_s = self._pauses.first_s
        _say(f"The {self._program.name} ended with {ended.code}; it starts again in {self._pause_s:g} s.")
        self._child, self._due = None, now + self._pause_s
        self._pause_s = min(self._pause_s * 2, self._pauses.longest_s)


def _end(children: Sequence[_Child], number: int, received: Received) -> None:
    """Ask all to end and wait for each as long as it may take. Whoever asks again is passed on too."""
    asked = time.monotonic()
    for child in children:
        child.tell(number)
    while left := [child for child in children if not child.is_over()]:
        wait_s = min(asked + child.program.patience_s for child in left) - time.monotonic()
        if wait_s <= 0:
            for child in left:
                if asked + child.program.patience_s <= time.monotonic():
                    _say(f"The {child.program.name} did not end in {child.program.patience_s:g} s and was killed.")
                    child.kill()
        elif received(wait_s) & ENDS:
            for child in left:
                child.tell(number)


def _say(text: str) -> None:
    """A line like those of the programs themselves."""
    said = {"at": datetime.now(UTC).isoformat(), "level": "WARNING", "logger": "studyapp.config", "event": text}
    print(json.dumps(said), file=sys.stderr, flush=True)  # noqa: T201 - this is a command


if __name__ == "__main__":
    sys.exit(main())
