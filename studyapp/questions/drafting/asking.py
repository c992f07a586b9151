"""Which metrics may be asked for, the most telling first."""

from __future__ import annotations

from collections.abc import Iterator

from studyapp.questions.drafting.words import QUESTIONS
from studyapp.simulator.models.registry import FIRST_WORDS
from studyapp.simulator.outcome import Outcome

MOST = 80
"""Metrics that are looked at, of a scenario with many functions."""


def candidates(outcome: Outcome) -> tuple[str, ...]:
    """Numbers and words that the scenario gives; those that are nothing come last."""
    names = [name for name in dict.fromkeys(_named(outcome)) if _is_telling(name, outcome)]
    something = [name for name in names if outcome.metrics[name]]
    return (*something, *(name for name in names if name not in something))[:MOST]


def _named(outcome: Outcome) -> Iterator[str]:
    applies = frozenset(outcome.metrics.that_apply)
    yield from (name for name in QUESTIONS if name in applies)
    yield from (name for name in outcome.metrics.that_apply if name.partition(".")[0] in FIRST_WORDS)
    if len(outcome.functions) > 1:
        names = (f"{function.name}.{name}" for name in QUESTIONS for function in outcome.functions)
        yield from (name for name in names if name in applies)


def _is_telling(name: str, outcome: Outcome) -> bool:
    value = outcome.metrics[name]
    if value is None or isinstance(value, bool) or value in ("yes", "no", "none"):
        return False
    is_response = name.rpartition(".")[2].startswith("response_")
    return not (is_response and outcome.metrics["async_received"])  # nobody waits for a response to an event
