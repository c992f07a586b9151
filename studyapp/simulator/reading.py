"""Reading a mapping field by field, so that every mistake names its field, its value and the limit."""

import difflib
from collections.abc import Callable, Mapping
from typing import TypeVar

from studyapp.simulator import units
from studyapp.simulator.errors import ScenarioError

T = TypeVar("T")


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

    def whole(self, key: str, low: int, high: int | None = None, default: int | None = None) -> int | None:
        """A whole number of at least `low` and at most `high`, or the default."""
        value = self.take(key, units.count, default)
        if value is not None and value is not default and (value < low or (high is not None and value > high)):
            raise ScenarioError(self.at(key), value, f"is not {_between(low, high)}")
        return value

    def done(self) -> None:
        """Raise ScenarioError for the first key that is not known here."""
        for key, value in self._data.items():
            if key not in self._taken:
                near = difflib.get_close_matches(str(key), self._taken, 1)
                hint = f"; did you mean {near[0]}?" if near else ""
                raise ScenarioError(self.at(str(key)), value, f"is not a field of this part{hint}")


def bounded(where: str, value: int, low: int, high: int, show: Callable[[int], str], source: str) -> int:
    """`value`, or a ScenarioError that names the quota it breaks."""
    if value < low:
        raise ScenarioError(where, show(value), f"is below the minimum of {show(low)} ({source})")
    if value > high:
        raise ScenarioError(where, show(value), f"is above the maximum of {show(high)} ({source})")
    return value


def named(value: object) -> str:
    """A value for a person; of a mapping the fields that it names."""
    return ", ".join(str(each) for each in value) if isinstance(value, Mapping) else str(value)


def _between(low: int, high: int | None) -> str:
    return f"a whole number of at least {low:,}" if high is None else f"a whole number from {low:,} to {high:,}"
