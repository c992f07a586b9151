"""What can be changed of a database, of the account and of the run as a whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from studyapp.lab.controls.settings import Control, Setting, flag, number, time
from studyapp.simulator.reading_databases import MOST_CONNECTIONS

Body = Mapping[str, object]

_DATABASE: Final = (
    number("connections", "Connections", least=1, most=MOST_CONNECTIONS, usual="no limit", is_simple=True),
    flag("proxy", "RDS Proxy", says="yes: an environment needs a connection only while it runs.", is_simple=True),
    time("timeout", "Wait for a connection", usual="1 s"),
    Setting("down", "Down", usual="never", says="{from: 10 s, to: 40 s}: it answers nobody then."),
)
ACCOUNT: Final = "Account and run"
_CONCURRENCY: Final = number(
    "concurrency", "The account's concurrency", least=1, most=1_000_000, usual="account_concurrency", is_simple=True
)
_HORIZON: Final = time("horizon", "End of the run", usual="when every event has ended", says="Nothing starts after it.")


def of_database(name: str, body: Body) -> Iterator[Control]:
    yield from (
        each.control(f"databases.{name}.{each.key}", f"Database {name}", body.get(each.key)) for each in _DATABASE
    )


def of_account(account: Body, warm: Body, horizon: object, functions: tuple[str, ...]) -> Iterator[Control]:
    """The account, idle environments of each function at the start, and when the run ends."""
    yield _CONCURRENCY.control("account.concurrency", ACCOUNT, account.get("concurrency"))
    for name in functions:
        setting = number(name, f"Warm environments of {name}", least=0, most=100_000, usual="0")
        yield setting.control(f"warm.{name}", ACCOUNT, warm.get(name))
    yield _HORIZON.control("horizon", ACCOUNT, horizon)
