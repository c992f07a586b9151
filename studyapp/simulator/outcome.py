"""What happened in a run: the trace, and everything derived from it when it is asked for."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from studyapp.simulator import story
from studyapp.simulator.answers import Answer
from studyapp.simulator.engine import set_up
from studyapp.simulator.errors import ClaimError
from studyapp.simulator.metrics import Metrics, Value
from studyapp.simulator.parts import Function, Scenario
from studyapp.simulator.rulebook import Rulebook
from studyapp.simulator.series import SERIES, series
from studyapp.simulator.spans import Hop, Path, Span
from studyapp.simulator.split import Split
from studyapp.simulator.trace import Trace
from studyapp.simulator.view import View

__all__ = ["Hop", "Outcome", "Path", "Span", "Value"]


@dataclass(frozen=True, eq=False)
class Outcome:
    """One run of `scenario` under `rulebook`. No counters are kept: metrics and spans come from `trace`.

    `answers` are what the models say that need no engine.
    """

    scenario: Scenario
    rulebook: Rulebook
    trace: Trace
    answers: tuple[Answer, ...] = ()

    @property
    def paths(self) -> tuple[Path, ...]:
        """Those of all models, in the order in which the scenario names them."""
        return tuple(path for answer in self.answers for path in answer.paths)

    @property
    def functions(self) -> tuple[Function, ...]:
        """The functions that it is about."""
        return self.scenario.functions

    @cached_property
    def metrics(self) -> Metrics:
        """Every metric by name, computed at the first look (metrics.py lists them)."""
        views = {"": self.view_of()}
        if len(self.scenario.functions) > 1:
            views |= {f"{function.name}.": self.view_of(function.name) for function in self.scenario.functions}
        return Metrics(
            views if self.scenario.functions else {},
            {name: value for answer in self.answers for name, value in answer.metrics.items()},
        )

    @cached_property
    def _all_spans(self) -> tuple[Span, ...]:
        return story.spans(self._split.plain, self._split.troubled)

    @property
    def spans(self) -> tuple[Span, ...]:
        """What happened to each event, in order of start."""
        return self._all_spans

    def tell(self, events: Collection[int]) -> dict[int, list[Span]]:
        """What happened to some events alone, by their numbers from 0; each in order. No function is left out."""
        return self._split.tell(events)

    @cached_property
    def limits(self) -> Mapping[str, int | None]:
        """How many environments of each function may be busy at once; None is no limit."""
        return {
            function.name: set_up.on_demand_limit(function, self.scenario, self.rulebook)
            for function in self.scenario.functions
        }

    @cached_property
    def end_us(self) -> int:
        """How long was watched, in microseconds: to the horizon, or to the end of the last thing that happened."""
        return self.view_of().window_us

    def value(self, name: str) -> Value:
        """One metric. Raises ClaimError, which names the metrics that there are."""
        try:
            return self.metrics[name]
        except KeyError:
            raise ClaimError(f"{name}: there is no such metric here; there are {', '.join(self.metrics)}") from None

    def series(self, name: str) -> Sequence[tuple[int, float]]:
        """How one thing went over time: (moment in microseconds, value from then on). series.py lists what there is.

        Raises ClaimError for another name.
        """
        answered = {each: steps for answer in self.answers for each, steps in answer.series.items()}
        if name in answered:
            return answered[name]
        if name not in SERIES:
            raise ClaimError(f"{name}: there is no such series; there are {', '.join([*answered, *SERIES])}")
        return series(self._view, name)

    def only(self, function: str) -> "Outcome":
        """The same run as far as one function goes: its spans, and its metrics under their plain names."""
        if len(self.scenario.functions) == 1:
            return self
        return OneFunction(self.scenario, self.rulebook, self.trace, self.answers, function)

    @property
    def _view(self) -> View:
        return self.view_of()

    def view_of(self, function: str = "") -> View:
        """The same view each time, so that what one reader has counted is there for the next. The whole is one function's
        view where there is no other."""
        name = "" if len(self.scenario.functions) == 1 else function
        if name not in self._views:
            self._views[name] = self.view(name or None)
        return self._views[name]

    @cached_property
    def _views(self) -> dict[str, View]:
        return {}

    def view(self, function: str | None = None) -> View:
        """The trace through one function, or through all."""
        names = [each.name for each in self.scenario.functions]
        number = None if function is None else names.index(function)
        return View(self._split, self.rulebook, number, lambda: self._all_spans)

    @cached_property
    def _split(self) -> Split:
        return Split(self.scenario, self.trace)


@dataclass(frozen=True, eq=False)
class OneFunction(Outcome):
    """An outcome as far as one of its functions goes."""

    function: str = ""

    @property
    def functions(self) -> tuple[Function, ...]:
        return tuple(each for each in self.scenario.functions if each.name == self.function)

    @cached_property
    def spans(self) -> tuple[Span, ...]:
        return tuple(span for span in self._all_spans if span.function == self.function)

    @property
    def _view(self) -> View:
        return self.view_of(self.function)

    def value(self, name: str) -> Value:
        return super().value(f"{self.function}.{name}")
