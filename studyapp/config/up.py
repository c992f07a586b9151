"""`manage.py up` and `install`: from a clean clone to a running server. Standard library alone.

`install` makes `.venv` from the hash-locked requirements (`install dev` with the tools for tests); a second run sees that the
lock has not changed and does nothing. `up` does that and then becomes `manage.py serve` inside the environment.
"""

import hashlib
import json
import os
import socket
import subprocess
import sys
import venv
from collections.abc import Sequence
from pathlib import Path

from studyapp.config.env import (
    ROOT,
    BadSetting,
    data_dir,
    database_url,
    host,
    is_demo,
    log_level,
    port,
    public_url,
    time_zone,
)

VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
NEEDS = (3, 11)
INCLUDES = {"base": ("base",), "postgres": ("base", "postgres"), "dev": ("base", "dev")}


class CannotInstall(RuntimeError):
    """What is missing on this machine, and the one line that mends it."""


def main(arguments: Sequence[str]) -> int:
    """The exit code. `up` does not return when all is well: it becomes the server."""
    try:
        if arguments[0] == "install":
            install(arguments[1] if len(arguments) > 1 else "base")
            return 0
        return up(arguments[1:])
    except (BadSetting, CannotInstall) as error:
        print(error, file=sys.stderr)  # noqa: T201 - this is a command
        return 2


def up(rest: Sequence[str]) -> int:
    public_url(), is_demo(), time_zone(), log_level()  # a bad setting is said before anything is installed
    refuse_taken_port(host(), port())
    install("postgres" if database_url(data_dir()).startswith("postgres") else "base")
    os.execv(PYTHON, [str(PYTHON), str(ROOT / "manage.py"), "serve", *rest])  # noqa: S606 - our own Python, our own file


def refuse_taken_port(name: str, number: int) -> None:
    """Raises BadSetting if somebody listens there already: the server shares ports, and would take every other request."""
    family = socket.AF_INET6 if ":" in name else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((name, number))
        except OSError as error:
            raise BadSetting(
                f"HOST {name} and PORT {number} cannot be listened on: {error.strerror}. Choose another, as in PORT={number + 1}."
            ) from None


def install(lock: str) -> None:
    """Make `.venv` hold what requirements/`lock`.txt names. Raises CannotInstall."""
    if sys.version_info < NEEDS:
        raise CannotInstall(
            f"Coldstart needs Python 3.11 or newer; this is {sys.version.split()[0]} ({sys.executable})."
        )
    if lock not in INCLUDES:
        raise CannotInstall(f"there is no lock {lock!r}; choose from {', '.join(INCLUDES)}.")
    digest = _digest(lock)
    if PYTHON.exists() and _installed().get(lock) == digest:
        return
    if not PYTHON.exists():
        _make_venv()
    _say(f"installing requirements/{lock}.txt ...")
    _pip("install", "--require-hashes", "-r", str(ROOT / "requirements" / f"{lock}.txt"))
    done = _installed() | {name: _digest(name) for name in INCLUDES[lock]}
    (VENV / "installed.json").write_text(json.dumps(done))


def _make_venv() -> None:
    _say("making .venv ...")
    try:
        venv.create(VENV, with_pip=True, clear=VENV.exists())
    except (subprocess.CalledProcessError, ImportError):
        raise CannotInstall(
            "Python cannot make a virtual environment here. On Debian and Ubuntu: apt-get install python3-venv"
        ) from None


def _pip(*arguments: str) -> None:
    command = [str(PYTHON), "-m", "pip", "--quiet", "--disable-pip-version-check", *arguments]
    if subprocess.run(command, check=False).returncode:  # noqa: S603 - our own Python
        raise CannotInstall("the requirements could not be installed; pip's reason stands above.")


def _installed() -> dict[str, str]:
    """Lock name -> digest of the lock that is installed. A file that cannot be read means: install again."""
    try:
        found = json.loads((VENV / "installed.json").read_text())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _digest(lock: str) -> str:
    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    return hashlib.sha256(python.encode() + Path(ROOT / "requirements" / f"{lock}.txt").read_bytes()).hexdigest()


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)  # noqa: T201 - this is a command
