"""What a model that needs no engine says, and the form in which it is asked: a plan in, an answer out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from studyapp.simulator.rulebook import Rulebook
from studyapp.simulator.spans import Path, Value


@dataclass(frozen=True)
class Answer:
    """Metrics by name, the ways that decided, step by step, and how things went over time.

    A series is (moment in microseconds, value from then on), the first at 0.
    """

    metrics: Mapping[str, Value]
    paths: tuple[Path, ...] = ()
    series: Mapping[str, Sequence[tuple[int, float]]] = field(default_factory=dict)


class Plan(Protocol):
    """A part of a scenario that one model has read and checked."""

    def answer(self, rulebook: Rulebook) -> Answer:
        """What comes of it under `rulebook`. The same inputs give the same answer."""
