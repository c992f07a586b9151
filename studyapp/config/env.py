"""What the environment says, with safe defaults: HOST, PORT, DATA_DIR, PUBLIC_URL, DATABASE_URL, DEMO, TIME_ZONE, LOG_LEVEL.

Standard library alone: `manage.py up` reads it before anything is installed.
"""

import os
import secrets
import socket
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

ROOT = Path(__file__).resolve().parents[2]
WILDCARDS = ("0.0.0.0", "::")  # noqa: S104 - compared, not bound


class BadSetting(ValueError):
    """An environment variable that cannot be used; says which, its value, and what it may be."""


def host() -> str:
    return os.environ.get("HOST") or "127.0.0.1"


def port() -> int:
    """Raises BadSetting unless PORT is 1 to 65535."""
    given = os.environ.get("PORT") or "8000"
    if not (given.isascii() and given.isdigit() and 1 <= int(given) <= 65535):
        raise BadSetting(f"PORT is {given!r}; it must be a whole number from 1 to 65535.")
    return int(given)


def data_dir() -> Path:
    return Path(os.environ.get("DATA_DIR") or ROOT / ".data").expanduser().resolve()


def public_url() -> str | None:
    """The address people type, without a slash at its end. Raises BadSetting unless it is http(s)://host[:port]."""
    given = (os.environ.get("PUBLIC_URL") or "").rstrip("/")
    if not given:
        return None
    parts = urlsplit(given)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path or parts.query:
        raise BadSetting(f"PUBLIC_URL is {given!r}; it must look like https://study.example.org.")
    return given


def database_url(folder: Path) -> str:
    """Raises BadSetting unless DATABASE_URL names SQLite or PostgreSQL; it may hold a password, so it is not repeated."""
    given = os.environ.get("DATABASE_URL")
    if not given:
        return f"sqlite:///{folder / 'coldstart.sqlite3'}"
    try:
        parts = urlsplit(given)
        is_known = parts.scheme in ("sqlite", "postgres", "postgresql") and (parts.port is None or bool(parts.hostname))
    except ValueError:
        is_known = False
    if not is_known:
        raise BadSetting("DATABASE_URL must look like postgres://user:password@host/name or sqlite:////path/of/file.")
    return given


def is_loopback(name: str) -> bool:
    if name == "localhost":
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False


def base_url(name: str, number: int) -> str:
    """Where this server is found without a PUBLIC_URL. Who listens on every address is found by the machine's name."""
    if name in WILDCARDS:
        name = socket.gethostname()
    return f"http://[{name}]:{number}" if ":" in name else f"http://{name}:{number}"


def is_demo() -> bool:
    """Demo people are made on a loopback HOST that no PUBLIC_URL opens to others, or when DEMO=1 asks for them."""
    given = os.environ.get("DEMO")
    return given == "1" or (given != "0" and is_loopback(host()) and not public_url())


def allowed_hosts(name: str, url: str | None) -> list[str]:
    """HOST, PUBLIC_URL's host, and loopback. A HOST of 0.0.0.0 or :: listens on every address, so any name may be asked for."""
    if name in WILDCARDS and not url:
        return ["*"]
    names = {name, "localhost", "127.0.0.1", "[::1]"}
    if url:
        names.add(urlsplit(url).hostname or name)
    return sorted(names)


def secret_key(folder: Path) -> str:
    """SECRET_KEY from the environment, or one made on the first run and kept in DATA_DIR, readable by its owner alone."""
    if given := os.environ.get("SECRET_KEY"):
        return given
    path = folder / "secret_key"
    if not path.exists():
        _write_private(path, secrets.token_urlsafe(50))
    return path.read_text()


def _write_private(path: Path, text: str) -> None:
    """Write once, as a whole: two processes that start together end with the same text."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.touch(mode=0o600)
    draft.write_text(text)
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def time_zone() -> str:
    """Raises BadSetting unless TIME_ZONE is a name of the time zone database."""
    given = os.environ.get("TIME_ZONE")
    if not given:
        return "UTC"
    try:
        ZoneInfo(given)
    except (KeyError, ValueError, OSError):
        raise BadSetting(f"TIME_ZONE is {given!r}; it must be a name like Europe/Berlin or UTC.") from None
    return given


def log_level() -> str:
    """Raises BadSetting unless LOG_LEVEL is one of Python's."""
    given = (os.environ.get("LOG_LEVEL") or "INFO").upper()
    if given not in ("DEBUG", "INFO", "WARNING", "ERROR"):
        raise BadSetting(f"LOG_LEVEL is {given!r}; it must be DEBUG, INFO, WARNING or ERROR.")
    return given
