"""A real server for journeys: its own data, the production server and its worker, a clock that can be set forward."""

import json
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from studyapp.questions.variants import Variant, variant
from tests.drills import kinds

ROOT = Path(__file__).resolve().parents[2]
STARTS_WITHIN_S = 60
NOT_OURS = {"PUBLIC_URL", "DATABASE_URL", "SECRET_KEY", "LOG_LEVEL", "TIME_ZONE", "DJANGO_ALLOW_ASYNC_UNSAFE"}


@dataclass
class Server:
    """One running Coldstart. `url` has no slash at its end."""

    folder: Path
    port: int
    environment: dict[str, str]
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def clock(self) -> Path:
        return self.folder / "clock"

    @property
    def database(self) -> Path:
        return self.folder / "coldstart.sqlite3"

    def set_forward(self, *, days: float = 0) -> None:
        self.clock.write_text(str(days * 24 * 60 * 60))

    def password_of(self, name: str) -> str:
        """Of a demo person."""
        for line in (self.folder / "demo_people.txt").read_text().splitlines():
            if line.startswith(name):
                return line.split()[-1]
        raise KeyError(name)

    def manage(self, *arguments: str, typed: str = "") -> str:
        """What the command printed. `typed`: what it reads."""
        command = [sys.executable, str(ROOT / "manage.py"), *arguments]
        done = subprocess.run(
            command, env=self.environment, cwd=ROOT, input=typed, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        """What the database holds, read from beside the server."""
        with closing(sqlite3.connect(f"file:{self.database}?mode=ro", uri=True, timeout=20)) as connection:
            return connection.execute(sql, values).fetchall()

    def count(self, table: str) -> int:
        ((count,),) = self.rows(f"SELECT count(*) FROM {table}")
        return int(count)

    def variant(self, drill: int, position: int) -> Variant:
        """What is asked there, key and all."""
        ((body, seed),) = self.rows(
            "SELECT r.body, q.seed FROM drills_drillitem q JOIN content_revision r ON r.id = q.revision_id"
            " WHERE q.drill_id = ? AND q.position = ?",
            drill, position,
        )  # fmt: skip
        return variant(json.loads(body), seed)

    def start(self) -> None:
        """The server and its worker. Raises AssertionError, with what they said, if it does not answer in time."""
        granian = str(Path(sys.executable).with_name("granian"))
        command = [
            granian, "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(self.port),
            "--workers", "2", "--blocking-threads", "4", "--log-level", "warning", "tests.journeys.served:application",
        ]  # fmt: skip
        self._begin(command)
        self._begin([sys.executable, str(ROOT / "manage.py"), "work"])
        self._wait()

    def _begin(self, command: list[str]) -> None:
        with (self.folder / "server.log").open("ab") as log:
            begun = subprocess.Popen(
                command, env=self.environment, cwd=ROOT, stdout=log, stderr=log, start_new_session=True
            )
        self.processes.append(begun)

    def _wait(self) -> None:
        until = time.monotonic() + STARTS_WITHIN_S
        while time.monotonic() < until:
            try:
                with urllib.request.urlopen(f"{self.url}/healthz", timeout=2) as answer:
                    if answer.status == 200:
                        return
            except OSError:
                time.sleep(0.1)
        raise AssertionError(self.complaints())

    def ask(self, item: str, *, drill: int, position: int) -> None:
        """Let a place that waits for its answer ask this item, so that a page can be looked at for what it shows."""
        ((revision, body),) = self.rows(
            "SELECT r.id, r.body FROM content_item i JOIN content_revision r ON r.id = i.revision_id WHERE i.slug = ?",
            item,
        )
        seed = json.loads(body)["seeds"][0]["seed"]
        self.write(
            "UPDATE drills_drillitem SET revision_id = ?, seed = ? WHERE drill_id = ? AND position = ?",
            revision, seed, drill, position,
        )  # fmt: skip

    def ask_trial(self, kind: str, *, drill: int, position: int) -> None:
        """Let a place ask a small question of this kind, which no drill plans: it is retired as soon as it is made."""
        body = self._trial(kind)
        said = body["item"]
        ((fact, section),) = self.rows("SELECT id, section FROM content_fact WHERE slug = ?", said["facts"][0])
        if not self.rows("SELECT 1 FROM content_item WHERE slug = ?", said["id"]):
            item = self.write(
                "INSERT INTO content_item (slug, kind, topic, section, position, fact_id, is_first, view, choose, asked_until,"
                " stem, origin, retired_at) VALUES (?, ?, ?, ?, 0, ?, 0, '', 1, '', ?, 'files', '2026-11-23')",
                said["id"], said["kind"], said["topic"], section, fact, said["stem"],
            )  # fmt: skip
            revision = self.write(
                "INSERT INTO content_revision (item_id, digest, body, made_at) VALUES (?, ?, ?, '2026-11-23')",
                item, f"trial {kind}", json.dumps(body),
            )  # fmt: skip
            self.write("UPDATE content_item SET revision_id = ? WHERE id = ?", revision, item)
        self.ask(said["id"], drill=drill, position=position)

    def _trial(self, kind: str) -> dict[str, Any]:
        if kind == "simulated":
            ((predict,),) = self.rows(
                "SELECT r.body FROM content_item i JOIN content_revision r ON r.id = i.revision_id WHERE i.slug = ?",
                kinds.PREDICTED,
            )
            return kinds.typed_body(json.loads(predict))
        facts = {slug: json.loads(body) for slug, body in self.rows("SELECT slug, body FROM content_fact")}
        if kind == "viewed":
            return kinds.with_view(kinds.body_of(kinds.CHOICE, facts), "exam", kinds.CHOICE_NOW)
        return kinds.body_of(kinds.ITEMS[kind], facts)

    def write(self, sql: str, *values: object) -> int:
        """Change the database from beside the server; the id of a row that was made."""
        with closing(sqlite3.connect(self.database, timeout=20)) as connection, connection:
            return int(connection.execute(sql, values).lastrowid or 0)

    def complaints(self) -> str:
        """The end of what the server said."""
        return (self.folder / "server.log").read_text()[-1500:]

    def kill(self) -> None:
        """At once and without a word, as a power cut to the process would."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        self._end(signal.SIGTERM)

    def _end(self, how: signal.Signals) -> None:
        for process in self.processes:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, how)
        for process in self.processes:
            process.wait(timeout=30)
        self.processes.clear()


@contextmanager
def running(*, demo: bool = True, public_url: str = "") -> Iterator[Server]:
    """A prepared and started server; its files are gone afterwards. `public_url`: as if a proxy stood before it."""
    folder = Path(tempfile.mkdtemp(prefix="coldstart-"))
    port = _free_port()
    environment = {name: value for name, value in os.environ.items() if name not in NOT_OURS} | {
        "DATA_DIR": str(folder),
        "HOST": "127.0.0.1",
        "PORT": str(port),
        "DEMO": "1" if demo else "0",
        "CLOCK": str(folder / "clock"),
        "DJANGO_SETTINGS_MODULE": "studyapp.config.settings",
        "PYTHONPATH": str(ROOT),
    }
    if public_url:
        environment["PUBLIC_URL"] = public_url
    server = Server(folder, port, environment)
    server.set_forward()
    try:
        server.manage("serve", "--prepare")
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
