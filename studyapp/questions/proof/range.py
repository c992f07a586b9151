"""One range: what parameters of one kind may be when a stem does not name them, and why."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import cast

from studyapp.questions.filling import NoSuchParameter, value_at
from studyapp.simulator.units import SECOND

Body = Mapping[str, object]
Values = Callable[[str, Body], tuple[object, ...]]
ALWAYS = True


@dataclass(frozen=True, slots=True)
class Range:
    """A pattern is a dotted path in which `*` stands for any name or any place of a list.

    `values` are given, or a function of the path and the scenario; none where the parameter has no meaning there.
    """

    pattern: str
    values: tuple[object, ...] | Values
    reason: str
    is_always: bool = False

    def of(self, path: str, body: Body) -> tuple[object, ...]:
        return self.values(path, body) if callable(self.values) else self.values


def found_at(path: str, body: Body) -> object:
    """What the scenario sets at `path`, None where it sets nothing."""
    try:
        return value_at(path, body)
    except NoSuchParameter:
        return None


def names_at(path: str, body: Body) -> tuple[str, ...]:
    """The names of a mapping in the scenario, none where it has no such mapping."""
    found = found_at(path, body)
    return tuple(str(name) for name in found) if isinstance(found, Mapping) else ()


def beside(path: str, field: str, body: Body) -> object:
    """What the scenario sets for another field of the part that `path` is a field of."""
    return found_at(f"{path.rpartition('.')[0]}.{field}", body)


def sources_of(function: str, body: Body) -> tuple[Body, ...]:
    """The sources that call a function; one that names none calls the only one."""
    sources = cast("Mapping[str, Body]", body.get("sources") or {})
    return tuple(source for source in sources.values() if _calls(source, function))


def seconds(us: int) -> str:
    """Microseconds of the rulebook as a scenario writes them."""
    return f"{us // SECOND} s"


def megabytes(amount: int) -> str:
    return f"{amount} MB"


def kilobytes(amount: int) -> str:
    return f"{amount} KB"


def _calls(source: Body, function: str) -> bool:
    calls = source.get("calls")
    return calls is None or (function in calls if isinstance(calls, Mapping) else calls == function)
