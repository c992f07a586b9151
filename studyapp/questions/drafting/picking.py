"""What to draw and which wrong values to offer, so that each variant has a key and three others."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from studyapp.questions.drafting.trial import Body, Trial
from studyapp.questions.drafting.wrong import is_slip
from studyapp.questions.filling import placeholders, value_at
from studyapp.questions.items import Belief
from studyapp.questions.proof.judges import OPTIONS
from studyapp.questions.proof.proving import FEWEST_VARIANTS
from studyapp.questions.proof.ranges import parameters
from studyapp.questions.proof.writing import OF_MODELS, writer
from studyapp.simulator.errors import SimulatorError
from studyapp.simulator.outcome import Value
from studyapp.simulator.scenario import patch

WRONG = OPTIONS - 1
MOST_BELIEFS = 5
MOST_PATHS = 16
"""Parameters that are tried as what a question draws."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A parameter that the stem shows, and the scenario at each of the values that it may have."""

    path: str
    scenes: Mapping[int, Body]
    values: Sequence[object]
    distinct: int


@dataclass(frozen=True, slots=True)
class Picked:
    """The beliefs whose values stand beside the key, and which of the draws have enough of them."""

    beliefs: tuple[Belief, ...]
    places: tuple[int, ...]


def draws(metric: str, body: Body, stem: str, trial: Trial) -> list[Drawn]:
    """What may be drawn, what changes the metric most first. Nothing that has fewer than three values."""
    shown = set(placeholders(stem))
    found: list[Drawn] = []
    paths = [(path, each) for path, each in parameters(body) if path in shown][:MOST_PATHS]
    for path, each in paths:
        values = [value_at(path, body), *each.of(path, body)]
        found += filter(None, [_drawn(metric, path, values, body, trial)])
        if found and found[-1].distinct == len(found[-1].scenes):
            break
    return sorted(found, key=lambda drawn: -drawn.distinct)


def _drawn(metric: str, path: str, values: Iterable[object], body: Body, trial: Trial) -> Drawn | None:
    true = trial.value(metric, body)
    kept: dict[int, Body] = {}
    texts: list[object] = []
    truths: set[Value] = set()
    for value in values:
        there = _patched(body, path, value)
        found = trial.value(metric, there) if there is not None and value not in texts else None
        if there is None or found is None or isinstance(found, str) is not isinstance(true, str):
            continue
        kept[len(texts)] = there
        texts.append(value)
        truths.add(found)
    return Drawn(path, kept, texts, len(truths)) if len(kept) >= FEWEST_VARIANTS else None


def _patched(body: Body, path: str, value: object) -> Body | None:
    if value is None:
        return None
    try:
        return patch(body, {path: value})
    except SimulatorError:
        return None


def picked(metric: str, drawn: Drawn, beliefs: Sequence[Belief], trial: Trial) -> Picked | None:
    """As few of `beliefs` as give three wrong values at each draw, or at three draws at least; None if they cannot."""
    truths = {place: trial.value(metric, body) for place, body in drawn.scenes.items()}
    rows = dict(_rows(metric, drawn, beliefs, trial))
    chosen = _covering(metric, truths, rows)
    columns = [truths, *(rows[each] for each in chosen)]
    write = writer(metric, [value for column in columns for value in column.values()])
    places = tuple(place for place in truths if len({write(column[place]) for column in columns}) > WRONG)
    is_enough = len(places) >= FEWEST_VARIANTS and len(chosen) >= WRONG
    by_id = {each.id: each for each in beliefs}
    return Picked(tuple(by_id[each] for each in chosen), places) if is_enough else None


def _rows(
    metric: str, drawn: Drawn, beliefs: Sequence[Belief], trial: Trial
) -> Iterator[tuple[str, Mapping[int, Value]]]:
    """What each belief says at each draw; not those that can say nothing at one of them, nor a slip beyond all there is."""
    for belief in beliefs:
        found = {place: trial.values(body, belief, only=metric) for place, body in drawn.scenes.items()}
        row = {place: values[metric] for place, values in found.items() if values and metric in values}
        is_too_much = (
            is_slip(belief) and is_share(metric) and any(isinstance(each, float) and each > 1 for each in row.values())
        )
        if len(row) == len(found) and not is_too_much:
            yield belief.id, row


def _covering(metric: str, truths: Mapping[int, Value], rows: Mapping[str, Mapping[int, Value]]) -> list[str]:
    """One by one the belief that adds most wrong values that are new, the first of equals, until there are enough."""
    write = writer(metric, [*truths.values(), *(value for row in rows.values() for value in row.values())])
    have = {place: {write(value)} for place, value in truths.items()}
    chosen: list[str] = []
    while len(chosen) < MOST_BELIEFS and (len(chosen) < WRONG or min(map(len, have.values())) <= WRONG):
        gains = {
            name: sum(write(value) not in have[place] and len(have[place]) <= WRONG for place, value in row.items())
            for name, row in rows.items()
            if name not in chosen
        }
        best = max(gains, key=gains.__getitem__, default="")
        if not best or not gains[best]:
            break
        chosen.append(best)
        for place, value in rows[best].items():
            have[place].add(write(value))
    return chosen


def is_share(metric: str) -> bool:
    """Whether it is a share of something, of which there is no more than all."""
    return bool(re.fullmatch(OF_MODELS["%"], metric)) or metric.endswith("_share")
