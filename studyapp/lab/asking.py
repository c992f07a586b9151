"""What a run asks to be predicted: one of its metrics, in the words of a demo or in plain ones; and whether it came so."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from studyapp.questions import typed
from studyapp.simulator.claims import Claim
from studyapp.simulator.metrics import Value
from studyapp.simulator.outcome import Outcome
from studyapp.ui.pictures.readouts import named, text_and_unit
from studyapp.ui.pictures.words import NBSP

Body = Mapping[str, Any]
STATUSES = {
    "rollout.status": ("succeeded", "rolled back", "not started"),
    "delivery": ("taken", "dead-lettered", "dropped"),
    "rotation": ("automatic", "by hand", "a new configuration", "a new deployment"),
}
"""The words that some metrics are among, by the metric or its first word."""
MOST_CHOICES = 5


@dataclass(frozen=True)
class Question:
    """One metric to predict. `choices` are pairs of a value and its words; without them a number is typed, in `unit`.

    `within` is how near a number counts as right (`5 %`, `0.1 s`); "" asks for it as it is shown.
    """

    metric: str
    text: str
    unit: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    within: str = ""


class BadPrediction(ValueError):
    """A prediction that cannot be read; the text says what to give instead."""


def question(demo: Body | None, claims: Sequence[str], outcome: Outcome) -> Question | None:
    """What is asked of this run: as its demo has it, else the first metric that the scenario claims something about.

    None where nothing can be predicted: no claim, or a metric that this run does not have.
    """
    if demo is not None:
        asks = demo["asks"]
        if asks["metric"] not in outcome.metrics:
            return None
        choices = tuple((value, words) for value, words in asks.get("choices") or ())
        value = outcome.metrics[asks["metric"]]
        unit = asks.get("unit") or ("" if choices else text_and_unit(asks["metric"], value)[1])
        return Question(asks["metric"], asks["question"], unit, choices, asks.get("within") or "")
    metrics = [clause.metric for claim in claims for clause in Claim.parse(claim).clauses]
    there = [metric for metric in metrics if metric in outcome.metrics]
    plain = [metric for metric in there if isinstance(outcome.metrics[metric], int | float)]
    others = [metric for metric in outcome.metrics.that_apply if isinstance(outcome.metrics[metric], int | float)]
    found = (_plainly(metric, outcome) for metric in (*plain, *there, *others) if there)
    return next((each for each in found if each is not None), None)


def _plainly(metric: str, outcome: Outcome) -> Question | None:
    """The question of a scenario that has no demo."""
    value = outcome.metrics[metric]
    name = named(metric)
    if isinstance(value, bool):
        return Question(metric, f"{name}: yes or no?", choices=(("yes", "Yes"), ("no", "No")))
    if isinstance(value, int | float):
        within = "" if isinstance(value, int) else "5 %"
        return Question(metric, f"{name}: how much?", text_and_unit(metric, value)[1], within=within)
    values = _alike(metric, outcome)
    return (
        Question(metric, f"{name}: which?", choices=tuple((each, _capital(each)) for each in values))
        if values
        else None
    )


def _alike(metric: str, outcome: Outcome) -> tuple[str, ...]:
    """Values that the metric might have: the words it is among, or what metrics of the same first word have here."""
    family = metric.partition(".")[0]
    known = STATUSES.get(metric) or STATUSES.get(family) or ()
    others = sorted({told(each, outcome) for each in outcome.metrics.that_apply if each.partition(".")[0] == family})
    values = known or tuple(dict.fromkeys(others))
    is_choice = 2 <= len(values) <= MOST_CHOICES and told(metric, outcome) in values
    return values if is_choice else ()


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def told(metric: str, outcome: Outcome) -> str:
    """What the metric is in this run, as a choice names it: `yes`, `rolled back`, `none`, `400`."""
    value: Value = outcome.metrics[metric]
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "none" if value is None else NBSP.join(filter(None, text_and_unit(metric, value)))


@dataclass(frozen=True)
class Marked:
    """What somebody said of a run, what it is, and whether that is the same. `predicted` is blank for: I don't know."""

    predicted: str
    actual: str
    is_right: bool


def mark(asked: Question, outcome: Outcome, given: str) -> Marked:
    """Raises BadPrediction for what is no answer to the question."""
    actual = told(asked.metric, outcome)
    if not given.strip():
        return Marked("", actual, is_right=False)
    if asked.choices:
        if given not in dict(asked.choices):
            raise BadPrediction(f"“{given[:40]}” is none of the choices.")
        return Marked(given, actual, is_right=given == actual)
    value = outcome.metrics[asked.metric]
    if not isinstance(value, int | float) or isinstance(value, bool):
        return Marked(_read(given, ""), actual, is_right=False)  # it never happens in this run, or has no number
    own = text_and_unit(asked.metric, value)[1]
    given = given if own else _without(asked.unit, given)
    read, key = _read(given, own), NBSP.join(filter(None, (_plain(value), own)))
    return Marked(read, actual, is_right=is_near(read, key, asked.within))


def _without(noun: str, given: str) -> str:
    """A count alone, where it was typed with the noun that stands beside the field: `200 requests`, `1 request`."""
    return re.sub(rf"\s*\b{re.escape(noun.removesuffix('s'))}s?\s*$", "", given, flags=re.IGNORECASE) if noun else given


def _read(given: str, unit: str) -> str:
    try:
        return typed.typed(given, unit)
    except typed.BadNumber as error:
        raise BadPrediction(str(error)) from None


def _plain(value: float) -> str:
    """Six figures and no exponent: what a run shows is rounded further, and either may be typed."""
    return f"{value:.6f}".rstrip("0").rstrip(".") if abs(value) < 1 else f"{Decimal(f'{value:.10g}'):f}"


def is_near(read: str, key: str, within: str) -> bool:
    """Whether a number that was read is the key, give or take `within`, or half a percent where nothing is said of a fraction."""
    slack = within or ("0.5 %" if "." in key else None)
    return typed.is_within(read, key, slack or None)


def words(asked: Question, value: str) -> str:
    """A value in the words of its choice."""
    return dict(asked.choices).get(value, value)
