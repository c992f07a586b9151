"""The time zones that a page offers, by continent."""

from collections.abc import Sequence
from functools import cache
from itertools import groupby
from zoneinfo import available_timezones

NOT_PLACES = ("Etc/", "SystemV/", "US/", "Canada/", "Brazil/", "Chile/", "Mexico/", "posix/", "right/")
Group = tuple[str, list[tuple[str, str]]]


@cache
def names() -> tuple[str, ...]:
    """Names of places, such as Europe/Vienna, in order; what only says an offset or a country is left out."""
    return tuple(sorted(name for name in available_timezones() if "/" in name and not name.startswith(NOT_PLACES)))


@cache
def groups() -> Sequence[Group]:
    """Of each continent its places, each with the words that a person reads."""
    by_continent = groupby(names(), lambda name: name.partition("/")[0])
    return [(continent, [(name, _said(name)) for name in places]) for continent, places in by_continent]


def _said(name: str) -> str:
    return name.partition("/")[2].replace("_", " ").replace("/", ", ")
