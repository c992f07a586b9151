"""What a page may ask the background for: a sweep over one control, or the smallest change that makes an option right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from studyapp.content.models import Revision
from studyapp.lab import leading, telling
from studyapp.lab.asking import Question
from studyapp.lab.background.searching import BadSearch, Candidate, Search, candidate
from studyapp.lab.background.sweeping import Sweep, spaced
from studyapp.lab.controls import Control, controls, full
from studyapp.lab.running import Inputs
from studyapp.questions.numbers import number_in
from studyapp.questions.variants import Shown, Variant
from studyapp.simulator import scenario, units
from studyapp.simulator.outcome import Outcome

VALUES = 21
METRICS = 3
MOST_CANDIDATES = 30


class NothingToFind(ValueError):
    """There is nothing that could be searched; the text says why."""


@dataclass(frozen=True)
class Sweepable:
    """A control with a range of numbers: texts with units, and where it stands now."""

    path: str
    label: str
    low: str
    high: str
    now: str


def sweepable(inputs: Inputs, demo: Mapping[str, Any] | None) -> list[Sweepable]:
    """The controls that can be swept, what leads first, then what the scenario sets. Ranges are the demo's, else our own."""
    known = {each.path: each for each in controls(inputs.patched) if _is_number(each)}
    ranges = {str(each["path"]): each for each in leading.full_paths(inputs.body, demo)}
    paths = [path for path in ranges if path in known]
    paths += [path for path, each in known.items() if path not in paths and each.is_set]
    return [_sweepable(known[path], ranges.get(path)) for path in paths]


def _is_number(each: Control) -> bool:
    """Whether it stands at one number; of what may be other text too (`2 s`, or a spread of times), one that is not 0."""
    value = each.value or each.usual
    if each.kind not in ("number", "text") or not value or number_in(value) is None:
        return False
    return each.kind == "number" or _amount(value) > 0


def _amount(text: str) -> Decimal:
    """0 for what does not begin with a number."""
    try:
        return units.split(text)[0]
    except units.UnitError:
        return Decimal(0)


def _sweepable(each: Control, wanted: Mapping[str, Any] | None) -> Sweepable:
    ends = wanted if wanted and "from" in wanted else leading.range_of(each)
    now = each.value or each.usual
    label = f"{each.label}, {each.group}" if wanted is None else wanted.get("label") or each.label
    return Sweepable(each.path, str(label), str(ends["from"]), str(ends["to"]), now)


def sweep(
    inputs: Inputs, demo: Mapping[str, Any] | None, path: str, outcome: Outcome, asked: Question | None
) -> Sweep | None:
    """The sweep of a control by its path, None where it has none. Raises ScenarioError and one_scenario.NotFound."""
    found = next((each for each in sweepable(inputs, demo) if each.path == path), None)
    if found is None:
        return None
    return Sweep(
        body=inputs.body,
        path=path,
        values=spaced(found.low, found.high, VALUES, found.now),
        metrics=_metrics(outcome, asked),
        changes=inputs.changes,
        patch=inputs.patch,
        seed=inputs.seed,
    )


def _metrics(outcome: Outcome, asked: Question | None) -> tuple[str, ...]:
    """What was asked, if it is a number, and what else tells most."""
    first = [asked.metric] if asked else []
    names = [*first, *telling.candidates(outcome.metrics)]
    numbers = (name for name in names if type(outcome.metrics[name]) in (int, float))
    found = tuple(dict.fromkeys(numbers))[:METRICS]
    return found or tuple(first)


def search(revision: Revision, variant: Variant, option: Shown) -> Search:
    """What would have to be otherwise for a wrong option to be right. Raises NothingToFind."""
    item, base = revision.body["item"], revision.body["scenario"]
    own = {full(base, path): value for path, value in (option.change or {}).items()}
    changes = {full(base, path): value for path, value in variant.draw.items()} | own
    claim = item["goal"] if variant.kind == "fix" else _claimed(item, option)
    found = _candidates(scenario.patch(base, changes), own)
    if not found:
        raise NothingToFind("Nothing in this scenario is a number that could be moved.")
    return Search(base, claim, found, changes=changes, seed=variant.seed, slug=item["scenario"] or "")


def _claimed(item: Mapping[str, Any], option: Shown) -> str:
    """`metric is value` of an option that says what comes of it."""
    worth = number_in(option.text)
    if worth is None or not worth.is_finite():
        raise NothingToFind("This option is no number that a run could come to.")
    return f"{item['asks']} is {worth.normalize():f}"


def _candidates(body: Mapping[str, object], fixed: Iterable[str]) -> tuple[Candidate, ...]:
    own = set(fixed)
    numbers = [each for each in controls(body) if _is_number(each) and each.is_set and each.path not in own]
    made = (_candidate(each) for each in numbers)
    return tuple(each for each in made if each is not None)[:MOST_CANDIDATES]


def _candidate(each: Control) -> Candidate | None:
    """Over all that the quota allows, or from a hundredth to a hundred times the value where there is none."""
    try:
        value, unit = units.split(each.value)
        low = _in(each.least, unit) if each.least else value / 100
        high = _in(each.most, unit) if each.most else value * 100
        is_whole = value == value.to_integral_value() and unit in ("", "MB", "s")
        return candidate(each.path, low, high, unit, is_whole)
    except (units.UnitError, BadSearch):
        return None


def _in(text: str, unit: str) -> Any:
    amount, own = units.split(text)
    return amount if own == unit or not own else units.converted(amount, own, unit)


def marked(values: Sequence[str], now: str) -> str:
    """Which of the values is that of now, however it is written."""
    worth = number_in(now)
    return next((value for value in values if value == now or number_in(value) == worth), now)
