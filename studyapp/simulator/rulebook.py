"""Every limit, delay, price and behaviour in force. The defaults are AWS as it is today (us-east-1 prices).

A field's metadata: `unit` (how its value is written), `fact` (the id of the fact that states it, or None), `assumption`
(AWS leaves it open) and `values` (for an assumption: what a proof tries). A field whose default may be None takes
`none` for "no such limit". Fields marked (false) hold an AWS that does not exist, for beliefs to switch on; they are
read while a run is set up, never inside its loop. The fields themselves stand in `rules/`, by subject.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from functools import cache
from typing import Any, Final, NamedTuple

from studyapp.simulator import units
from studyapp.simulator.errors import RulebookError, shown
from studyapp.simulator.rules.access import Access
from studyapp.simulator.rules.bill import Bill
from studyapp.simulator.rules.callers import Callers
from studyapp.simulator.rules.concurrency import Concurrency
from studyapp.simulator.rules.environments import Environments
from studyapp.simulator.rules.events import Events
from studyapp.simulator.rules.functions import Functions
from studyapp.simulator.rules.mappings import Mappings
from studyapp.simulator.rules.networks import Networks
from studyapp.simulator.rules.packages import Packages
from studyapp.simulator.rules.releases import Releases
from studyapp.simulator.rules.schedules import Schedules
from studyapp.simulator.rules.secrets import Secrets
from studyapp.simulator.units import Rate


class Assumption(NamedTuple):
    """A rule that AWS leaves open, and the values that a proof must hold for (at least two, the default first).

    `bears_on` are the kinds of source, the fields and the parts of a scenario to which it matters; empty: to functions that
    run.
    """

    field: str
    values: tuple[object, ...]
    bears_on: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rulebook(
    Functions, Environments, Concurrency, Events, Mappings, Callers, Bill,
    Networks, Access, Packages, Secrets, Releases, Schedules,
):  # fmt: skip
    """The rules of one world. Time in microseconds, memory in MB, sizes in KB, prices in USD for one unit."""

    def believing(self, patch: Mapping[str, object]) -> "Rulebook":
        """This rulebook with some rules changed. Texts with units are read: {"scaling_rate": "500 per 60 s"}.

        Raises RulebookError for a rule that does not exist or a value that it cannot have.
        """
        rules = {name: read_rule(name, value) for name, value in patch.items()}
        return replace(self, **rules) if rules else self


class _Watched(Rulebook):
    """A rulebook that notes which of its rules are read."""

    _seen: set[str]

    def __getattribute__(self, name: str) -> Any:
        if name in _names():
            object.__getattribute__(self, "_seen").add(name)
        return object.__getattribute__(self, name)


def watched(rulebook: Rulebook, seen: set[str]) -> Rulebook:
    """The same rules; the name of each that is read is added to `seen`. For a run, not for `replace`, which reads them all."""
    watching = object.__new__(_Watched)
    watching.__dict__.update(rulebook.__dict__, _seen=seen)
    return watching


def read_rule(name: str, value: object) -> Any:
    """The value of rule `name` from what a person wrote. Raises RulebookError."""
    known = _metadata()
    if name not in known:
        raise RulebookError(f"{shown(name)}: there is no such rule")
    about = known[name]
    if value is None or (isinstance(value, str) and value.strip().lower() == "none"):
        if about.get("may_be_none"):
            return None
        raise RulebookError(f"{name}: it cannot be none")
    try:
        read = _read(value, about["unit"])
    except units.UnitError as error:
        raise RulebookError(f"{name}: {_quoted(value)} {error}") from None
    except (ValueError, OverflowError, RecursionError):  # what Python itself does not write: 10**5000
        raise RulebookError(f"{name}: {_quoted(value)} cannot be read as a {about['unit']}") from None
    if "choices" in about and read not in about["choices"]:
        raise RulebookError(f"{name}: {_quoted(value)} is none of {', '.join(about['choices'])}")
    _check_bounds(name, value, read, about)
    return read


def _read(value: object, unit: str) -> object:
    if not isinstance(value, Rate):
        return units.READERS[unit](value)
    if unit != "rate" or value.per_us <= 0:
        raise units.UnitError("is a rate per no time at all" if unit == "rate" else f"is a rate, not a {unit}")
    return value


def _check_bounds(name: str, value: object, read: object, about: Mapping[str, Any]) -> None:
    number = read.count if isinstance(read, Rate) else read
    if not isinstance(number, int | float):
        return
    least, most = about.get("least", 0), about.get("most", number)
    if number < least:
        limit = f"low for any world: it is at least {_written(least, about['unit'])}"
    elif number > most:
        limit = f"high for any world: it is at most {_written(most, about['unit'])}"
    else:
        return
    raise RulebookError(f"{name}: {_quoted(value)} is too {limit}")


def _quoted(value: object) -> str:
    return shown(value, repr) if isinstance(value, str) else shown(value)


def _written(number: float, unit: str) -> str:
    """A bound as a belief could write it."""
    if unit == "time":
        return units.show_time(int(number))
    name = {"size": " KB", "memory": " MB", "price": " USD"}.get(unit, "")
    return f"{number:,}{name}"


def digest(rulebook: Rulebook) -> str:
    """A short fingerprint of all the rules: equal rulebooks have equal digests."""
    text = "\n".join(f"{f.name}={getattr(rulebook, f.name)!r}" for f in fields(rulebook))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def assumptions() -> tuple[Assumption, ...]:
    """What AWS leaves open, each with the values that a proof tries."""
    known = _metadata()
    return tuple(
        Assumption(
            name,
            tuple(read_rule(name, value) for value in about["values"]),
            tuple(str(about.get("bears_on", "")).split()),
        )
        for name, about in known.items()
        if about["assumption"]
    )


def facts_of(names: Iterable[str]) -> dict[str, str]:
    """The id of the fact behind each of these rules, "" where AWS leaves it open. Raises KeyError for no rule."""
    known = _metadata()
    return {name: known[name].get("fact") or "" for name in names}


@cache
def _names() -> frozenset[str]:
    return frozenset(each.name for each in fields(Rulebook))


@cache
def _metadata() -> dict[str, Mapping[str, Any]]:
    return {f.name: f.metadata for f in fields(Rulebook)}


TRUTH: Final = Rulebook()
