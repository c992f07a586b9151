"""A sweep: one scenario over values of one field. Pure: equal inputs give equal rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from difflib import get_close_matches
from typing import Any, Final

from studyapp.content import sweeping
from studyapp.content.progress import share
from studyapp.content.readouts import Row
from studyapp.lab.controls.texts import value_of
from studyapp.simulator import scenario, units
from studyapp.simulator.errors import RunTooLong, ScenarioError, shown
from studyapp.simulator.outcome import Outcome
from studyapp.simulator.parts import Scenario
from studyapp.simulator.rulebook import TRUTH, Rulebook
from studyapp.simulator.run import simulate

Body = Mapping[str, object]
Told = Callable[[float], None]
"""Whom a long piece of work tells how far it is, from 0 to 1."""

MOST_VALUES: Final = 41
MOST_EVENTS: Final = 200_000
"""Tries of one run."""


class BadSweep(ValueError):
    """A sweep that cannot be made; the text says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Sweep:
    """Everything that its rows depend on. `patch` holds the rules that beliefs and assumptions change; `values` are texts
    for the field at `path`, which is set after `changes`; `metrics` are names. Raises BadSweep where there is nothing or too
    much to do."""

    body: Body
    path: str
    values: tuple[str, ...]
    metrics: tuple[str, ...]
    changes: Body
    patch: Body
    seed: int = 0

    def __post_init__(self) -> None:
        if not 1 <= len(self.values) <= MOST_VALUES:
            raise BadSweep(f"values: {len(self.values)} of them; a sweep has 1 to {MOST_VALUES}")
        if not self.metrics:
            raise BadSweep("metrics: name at least one")

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "values": list(self.values), "metrics": list(self.metrics)}

    @classmethod
    def read(cls, asked: Mapping[str, Any]) -> Sweep:
        """The sweep that `as_json` wrote."""
        return cls(**{**asked, "values": tuple(asked["values"]), "metrics": tuple(asked["metrics"])})


def spaced(low: str, high: str, number: int, current: str = "") -> tuple[str, ...]:
    """So many values from `low` to `high` (texts with units), evenly spaced; `current` is one of them if it lies between.

    Raises content.one_scenario.NotFound for ends that cannot be read.
    """
    values, unit = _even(low, high, number)
    worth = _worth(current, unit)
    if worth is None or not _is_missing(worth, values, unit):
        return values
    values, _ = _even(low, high, max(number - 1, 2))
    place = sum(each < worth for each in _worths(values, unit))
    return (*values[:place], current, *values[place:]) if _is_missing(worth, values, unit) else values


def _even(low: str, high: str, number: int) -> tuple[tuple[str, ...], str]:
    """The values, and their unit."""
    between = sweeping.read(f"value={low}:{high}:{number}")
    return tuple(exact for exact, _ in between.texts()), between.unit


def _is_missing(worth: Decimal, values: Sequence[str], unit: str) -> bool:
    worths = _worths(values, unit)
    return worth not in worths and min(worths) < worth < max(worths)


def _worths(values: Sequence[str], unit: str) -> list[Decimal]:
    return [worth for value in values if (worth := _worth(value, unit)) is not None]


def _worth(text: str, unit: str) -> Decimal | None:
    """A value in another unit of its kind; None for what is no such value."""
    try:
        number, own = units.split(text)
        return number if own == unit else units.converted(number, own, unit)
    except units.UnitError:
        return None


def rows(sweep: Sweep, told: Told = lambda _: None) -> list[Row]:
    """A row for each value, in their order: with the metrics that are asked for, or with why it is `refused` or `stopped`.

    A value that the field takes only as a whole number is made whole; what is then the same is run once.
    Raises ScenarioError if the path leads nowhere or `changes` cannot be made, RulebookError for what `patch` says, and
    BadSweep for a metric that the scenario does not have.
    """
    rulebook = TRUTH.believing(sweep.patch)
    body = scenario.patch(sweep.body, sweep.changes)
    scenario.patch(body, {sweep.path: sweep.values[0]})
    found: dict[str, Row] = {}
    for place, text in enumerate(sweep.values):
        value, world = _read(body, sweep.path, text, rulebook)
        if value not in found:
            found[value] = (
                Row(value, {}, refused=world)
                if isinstance(world, str)
                else _ran(value, world, rulebook, sweep, _part(told, place, sweep.values))
            )
        told((place + 1) / len(sweep.values))
    return list(found.values())


def as_json(rows: Iterable[Row]) -> list[dict[str, Any]]:
    """Only what there is to say of each: `value`, and `metrics`, `refused` or `stopped`."""
    return [{name: value for name, value in asdict(row).items() if value} for row in rows]


def _part(told: Told, place: int, values: Sequence[str]) -> Told:
    """Whom one of several runs tells."""
    return lambda share: told((place + share) / len(values))


def _read(body: Body, path: str, text: str, rulebook: Rulebook) -> tuple[str, Scenario | str]:
    """The value that the field takes, as it is or made whole, and the scenario with it; or why the value is refused."""
    refused = ""
    for value in dict.fromkeys(_texts(text)):
        try:
            patched = scenario.patch(body, {path: value_of(value)})  # some whole numbers may be no texts
            return value, scenario.read({**patched, "max_events": MOST_EVENTS}, rulebook)
        except ScenarioError as error:
            refused = refused or str(error)
    return text, refused


def _texts(text: str) -> Iterator[str]:
    yield text
    try:
        number, unit = units.split(text)
    except units.UnitError:
        return
    yield f"{number.quantize(Decimal(1)):f} {unit}".strip()


def _ran(value: str, world: Scenario, rulebook: Rulebook, sweep: Sweep, told: Told) -> Row:
    try:
        outcome = simulate(world, rulebook, sweep.seed, lambda clock, tries: told(share(world, clock, tries)))
    except RunTooLong:
        return Row(value, {}, stopped=f"More than {MOST_EVENTS:,} tries: too long for a sweep.")
    return Row(value, {name: _metric(outcome, name) for name in sweep.metrics})


def _metric(outcome: Outcome, name: str) -> Any:
    if name not in outcome.metrics:
        close = get_close_matches(name, list(outcome.metrics), n=3)
        hint = f"; did you mean {' or '.join(close)}?" if close else ""
        raise BadSweep(f"metrics: {shown(name)} is not measured in this scenario{hint}")
    return outcome.metrics[name]
