"""Every metric by its name, ours or CloudWatch's, each a function of the trace, computed when it is asked for.

The modules metrics_*.py say what each means, cloudwatch.py which of them CloudWatch calls how. Times are seconds, money
USD without the free tier.
"""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Final

from studyapp.simulator import (
    metrics_background,
    metrics_callers,
    metrics_concurrency,
    metrics_costs,
    metrics_events,
    metrics_mappings,
    metrics_runs,
)
from studyapp.simulator.cloudwatch import ours
from studyapp.simulator.metric import Group, Metric, Value
from studyapp.simulator.view import View

__all__ = ["METRICS", "Metrics", "Value"]

GROUPS: Final[tuple[Group, ...]] = (
    *metrics_events.GROUPS,
    *metrics_runs.GROUPS,
    *metrics_background.GROUPS,
    *metrics_callers.GROUPS,
    *metrics_concurrency.GROUPS,
    *metrics_mappings.GROUPS,
    *metrics_costs.GROUPS,
)
METRICS: Final[dict[str, Metric]] = {name: metric for group in GROUPS for name, metric in group.metrics.items()}


class Metrics(Mapping[str, Value]):
    """All metrics of a run by name; with several functions also `<function>.<metric>`. CloudWatch's names are understood,
    but not listed. `answers` are those of the models, which know them already."""

    def __init__(self, views: Mapping[str, View], answers: Mapping[str, Value]) -> None:
        self._views = views
        self._asked: dict[str, tuple[View, Metric]] = {
            prefix + name: (view, metric) for prefix, view in views.items() for name, metric in METRICS.items()
        }
        self._known: dict[str, Value] = dict(answers)

    def __getitem__(self, name: str) -> Value:
        name = name if name in self._known else ours(name)
        if name not in self._known:
            view, metric = self._asked[name]
            self._known[name] = metric(view)
        return self._known[name]

    def __iter__(self) -> Iterator[str]:
        return iter({**self._asked, **self._known})

    def __len__(self) -> int:
        return len({**self._asked, **self._known})

    @cached_property
    def that_apply(self) -> tuple[str, ...]:
        """The names of those that measure something that the scenario has: no IteratorAge where there is no stream."""
        answers = [name for name in self._known if name not in self._asked]
        return (
            *(
                prefix + name
                for prefix, view in self._views.items()
                for group in GROUPS
                if group.applies(view)
                for name in group.metrics
            ),
            *answers,
        )
