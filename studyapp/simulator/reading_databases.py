"""Reads a database that functions connect to."""

from collections.abc import Mapping
from typing import Final

from studyapp.simulator import units
from studyapp.simulator.errors import ScenarioError
from studyapp.simulator.parts import Database
from studyapp.simulator.reading import Fields

MOST_CONNECTIONS: Final = 262_143
"""What PostgreSQL takes at the most. Source: Amazon RDS, quotas and constraints, max_connections."""


def read_database(name: str, body: object) -> Database:
    """One database from its mapping. Raises ScenarioError with the field, the value and the limit."""
    fields = Fields({} if body is None else body, f"databases.{name}")
    down_from, down_to = _down(fields)
    database = Database(
        name=name,
        connections=fields.whole(
            "connections", 1, MOST_CONNECTIONS, source="max_connections of Amazon RDS for PostgreSQL"
        ),
        has_proxy=fields.take("proxy", units.flag, default=False),
        timeout_us=fields.take("timeout", units.span, Database.timeout_us),
        down_from_us=down_from,
        down_to_us=down_to,
    )
    fields.done()
    return database


def _down(fields: Fields) -> tuple[int, int]:
    value = fields.raw("down")
    if value is None:
        return 0, 0
    if not isinstance(value, Mapping):
        raise ScenarioError(fields.at("down"), value, "is not {from: time, to: time}")
    inner = Fields(value, fields.at("down"))
    start = inner.take("from", units.span, 0)
    end = inner.need("to", units.span, "is missing: a time of being down is {from: time, to: time}")
    inner.done()
    if end <= start:
        raise ScenarioError(inner.at("to"), units.show_time(end), f"is not after {units.show_time(start)}")
    return start, end
