"""Reading a mapping field by field, so that every mistake names its field, its value and the limit."""

import difflib
from collections.abc import Callable, Mapping
from typing import Final, TypeAlias, TypeVar

from studyapp.simulator import units
from studyapp.simulator.errors import ScenarioError

T = TypeVar("T")
Show: TypeAlias = Callable[[int], str]
OURS: Final = "the simulator's own limit"


class Fields:
    """A mapping at `path` whose keys are taken one by one; `done` refuses those that nobody took."""

    def __init__(self, data: object, path: str) -> None:
        if not isinstance(data, Mapping):
            raise ScenarioError(path or "scenario", data, "is not a mapping of fields to values")
        self._data = data
        self._path = path
        self._taken: set[str] = set()

    def at(self, key: str) -> str:
        return f"{self._path}.{key}" if self._path else key

    def has(self, key: str) -> bool:
        return self._data.get(key) is not None

    def raw(self, key: str, default: object = None) -> object:
        self._taken.add(key)
        value = self._data.get(key)
        return default if value is None else value

    def take(self, key: str, reader: Callable[[object], T], default: T) -> T:
        """The value of `key` as `reader` reads it, or the default. Raises ScenarioError."""
        value = self.raw(key)
        return default if value is None else self.read(key, reader, value)

    def need(self, key: str, reader: Callable[[object], T], limit: str = "is missing") -> T:
        value = self.raw(key)
        if value is None:
            raise ScenarioError(self.at(key), None, limit)
        return self.read(key, reader, value)

    def read(self, key: str, reader: Callable[[object], T], value: object) -> T:
        try:
            return reader(value)
        except ScenarioError:
            raise
        except (units.UnitError, OverflowError) as error:
            raise ScenarioError(self.at(key), value, str(error)) from None

    def choice(self, key: str, choices: tuple[str, ...], default: str) -> str:
        value = self.raw(key, default)
        text = {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)
        if text not in choices:
            raise ScenarioError(self.at(key), value, f"is none of {', '.join(choices)}")
        return text

    def name(self, key: str) -> str:
        """A name, "" without one; a number can be a name."""
        value = self.raw(key, "")
        if isinstance(value, bool) or not isinstance(value, str | int):
            raise ScenarioError(self.at(key), value, "is not a name")
        return str(value)

    def whole(
        self, key: str, low: int, high: int | None = None, default: int | None = None, source: str = OURS
    ) -> int | None:
        """A whole number of at least `low` and at most `high`, or the default. `source` says whose limit `high` is."""
        value = self.take(key, units.count, default)
        if value is not None and value is not default and (value < low or (high is not None and value > high)):
            raise ScenarioError(self.at(key), value, f"is not {_between(low, high, source)}")
        return value

    def within(
        self, key: str, reader: Callable[[object], int], default: int, low: int, high: int, show: Show, source: str
    ) -> int:
        """The value of `key`, which breaks no quota. A default is one that the world allows, whatever is believed of it."""
        if self.raw(key) is None:
            return min(max(default, low), high)
        return bounded(self.at(key), self.need(key, reader), low, high, show, source)

    def done(self, elsewhere: Mapping[str, str] | None = None) -> None:
        """Raise ScenarioError for the first key that is not known here; null is not given. `elsewhere`: what keys known
        to others are for."""
        for key, value in self._data.items():
            if key in self._taken or value is None:
                continue
            if elsewhere and str(key) in elsewhere:
                raise ScenarioError(self.at(str(key)), value, f"is for {elsewhere[str(key)]}")
            near = difflib.get_close_matches(str(key), self._taken, 1)
            hint = f"; did you mean {near[0]}?" if near else ""
            raise ScenarioError(self.at(str(key)), value, f"is not a field of this part{hint}")


def bounded(where: str, value: int, low: int, high: int, show: Show, source: str) -> int:
    """`value`, or a ScenarioError that names the quota it breaks."""
    if value < low:
        raise ScenarioError(where, show(value), f"is below the minimum of {show(low)} ({source})")
    if value > high:
        raise ScenarioError(where, show(value), f"is above the maximum of {show(high)} ({source})")
    return value


def lapse(value: object) -> int:
    """Microseconds, some at least. Raises UnitError."""
    us = units.span(value)
    if us == 0:
        raise units.UnitError("is not longer than no time")
    return us


def named(value: object) -> object:
    """What to show of a value: of a mapping the fields that it names."""
    return ", ".join(str(each) for each in value) if isinstance(value, Mapping) else value


def _between(low: int, high: int | None, source: str) -> str:
    if high is None:
        return f"a whole number of at least {low:,}"
    return f"a whole number from {low:,} to {high:,} ({source})"
