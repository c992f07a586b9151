"""What a metric is, and how several are offered together."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from studyapp.simulator.spans import Value
from studyapp.simulator.view import View

__all__ = ["Group", "Metric", "Value", "always", "when_kind"]

Metric = Callable[[View], Value]


class Group(NamedTuple):
    """Metrics of one subject. `applies` says whether a scenario has what they measure; they can be asked for anyway."""

    applies: Callable[[View], bool]
    metrics: Mapping[str, Metric]


def always(_: View) -> bool:
    return True


def when_kind(*kinds: str) -> Callable[[View], bool]:
    """Where one of the sources is of one of these kinds."""
    return lambda view: any(source.kind in kinds for source in view.sources)
