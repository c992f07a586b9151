"""One scenario over a range of values of one field: `function.memory=128 MB:1769 MB:8`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, cast

from studyapp.content.one_scenario import Body, Found, NotFound
from studyapp.content.progress import Bar
from studyapp.content.readouts import Row, metrics
from studyapp.simulator import scenario, simulate, units
from studyapp.simulator.errors import RunTooLong, ScenarioError, shown
from studyapp.simulator.outcome import Outcome
from studyapp.simulator.parts import Scenario
from studyapp.simulator.rulebook import Rulebook

MOST_VALUES: Final = 500
FIGURES: Final = 4
"""To so many figures of the step between them, values that are not written out are exact."""


@dataclass(frozen=True)
class Sweep:
    """A path into a scenario, and values for it from one end to the other, evenly spaced. `is_whole`: both ends are."""

    path: str
    values: tuple[Decimal, ...]
    unit: str
    is_whole: bool

    def texts(self) -> Iterator[tuple[str, str]]:
        """Each value as written, and as the nearest whole one where the ends are whole."""
        for value in self.values:
            yield self._text(value), self._text(value.quantize(Decimal(1)) if self.is_whole else value)

    def _text(self, value: Decimal) -> str:
        return f"{value.normalize():f} {self.unit}".strip()


def read(said: str) -> Sweep:
    """Raises NotFound for what is no sweep."""
    path, _, ends = said.partition("=")
    parts = ends.rsplit(":", 2)
    if not path.strip() or len(parts) != 3:
        raise NotFound(f"--sweep {shown(said)}: write PATH=A:B:N, such as function.memory='128 MB:1769 MB:8'")
    if not parts[2].strip().isdecimal() or not 2 <= int(parts[2][:9]) <= MOST_VALUES:
        raise NotFound(
            f"--sweep {shown(said)}: {shown(parts[2])} is not a whole number of values from 2 to {MOST_VALUES}"
        )
    try:
        first, last, unit = _ends(parts[0], parts[1])
    except units.UnitError as error:
        raise NotFound(f"--sweep {shown(said)}: an end {error}") from None
    is_whole = first == first.to_integral_value() and last == last.to_integral_value()
    return Sweep(path.strip(), tuple(_between(first, last, int(parts[2]))), unit, is_whole)


def rows(
    sweep: Sweep, found: Found, body: Body, rulebook: Rulebook, seed: int, asked: tuple[str, ...], bar: Bar
) -> Iterator[Row]:
    """A row for each value in `body`, with the metrics that are asked for, or with all that apply.

    A value that the field only takes as a whole number is made whole; what is then the same is run once.
    Raises ScenarioError for a path that leads nowhere, and NotFound for a metric that there is not.
    """
    done: set[str] = set()
    for exact, whole in sweep.texts():
        value, read = _read(sweep.path, (exact, whole), found, body, rulebook)
        if value not in done:
            done.add(value)
            yield (
                Row(value, {}, refused=read) if isinstance(read, str) else _ran(value, read, rulebook, seed, asked, bar)
            )


def _read(
    path: str, texts: tuple[str, str], found: Found, body: Body, rulebook: Rulebook
) -> tuple[str, Scenario | str]:
    """The first text that the field takes, and the scenario with it; or the last, and why it is refused."""
    refused = ""
    for text in dict.fromkeys(texts):
        patched = scenario.patch(body, {path: text})
        try:
            return text, scenario.read(patched, rulebook)
        except ScenarioError as error:
            refused = found.says(error, patched)
    return texts[-1], refused


def _ran(value: str, world: Scenario, rulebook: Rulebook, seed: int, asked: tuple[str, ...], bar: Bar) -> Row:
    outcome, stopped = run(world, rulebook, seed, bar)
    return Row(value, metrics(outcome, asked or outcome.metrics.that_apply), stopped=stopped)


def run(world: Scenario, rulebook: Rulebook, seed: int, bar: Bar) -> tuple[Outcome, str]:
    """What came of it, and why it was stopped if it was."""
    try:
        return simulate(world, rulebook, seed, bar.watch(world)), ""
    except RunTooLong as error:
        return cast("Outcome", error.outcome), str(error)


def _ends(first: str, last: str) -> tuple[Decimal, Decimal, str]:
    """Both ends in the unit of the first; a unit that is written once is that of both. Raises UnitError."""
    (low, unit), (high, other) = units.split(first), units.split(last)
    if unit == other or not unit or not other:
        return low, high, unit or other
    return low, units.converted(high, other, unit), unit


def _between(first: Decimal, last: Decimal, number: int) -> Iterator[Decimal]:
    step = (last - first) / (number - 1)
    smallest = Decimal(1).scaleb(min(step.adjusted() - FIGURES + 1, 0)) if step else Decimal(1)
    yield first
    for place in range(1, number - 1):
        yield (first + step * place).quantize(smallest)
    yield last
