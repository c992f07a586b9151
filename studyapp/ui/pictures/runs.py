"""What is drawn of one outcome. A short run is drawn from its spans; of a long one only what a picture holds is told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from studyapp.simulator.outcome import Outcome, Span
from studyapp.ui.pictures import busy, lanes, levels, story
from studyapp.ui.pictures.busy import Busy
from studyapp.ui.pictures.columns import ColumnLanes, ColumnRefusals
from studyapp.ui.pictures.lanes import Lanes
from studyapp.ui.pictures.levels import Level
from studyapp.ui.pictures.shapes import Table
from studyapp.ui.pictures.story import Story
from studyapp.ui.pictures.tables import table
from studyapp.ui.pictures.tallies import Tally, of_view, tally


@dataclass(frozen=True)
class Panel:
    """One function in one run."""

    function: str
    busy: Busy
    lanes: Lanes
    tally: Tally
    levels: tuple[Level, ...] = ()


@dataclass(frozen=True)
class Run:
    """What is drawn of one outcome. `heading` is empty when there is only one.

    An idle environment is drawn until `idle_us` after its last use; None means to the end. `sharing` are the functions
    that take from one pool.
    """

    heading: str
    spans: Sequence[Span]
    limits: Mapping[str, int | None]
    idle_us: int | None = None
    sharing: frozenset[str] = frozenset()

    @property
    def is_empty(self) -> bool:
        return not self.spans

    @cached_property
    def panels(self) -> tuple[Panel, ...]:
        return tuple(self._panel(function, spans) for function, spans in self._by_function.items())

    def _panel(self, function: str, spans: Sequence[Span]) -> Panel:
        one = busy.busy(spans, self.limits.get(function), is_shared=function in self.sharing)
        return Panel(function, one, lanes.lanes(spans), tally(spans), levels.of(spans))

    @cached_property
    def _by_function(self) -> dict[str, list[Span]]:
        found: dict[str, list[Span]] = {}
        for span in self.spans:
            found.setdefault(span.function, []).append(span)
        return found

    @property
    def end_us(self) -> int:
        return max((panel.tally.end_us for panel in self.panels), default=0)

    @property
    def noun(self) -> str:
        """What comes first: a request, an event, a message, a record."""
        return self.spans[0].noun if self.spans else ""

    @cached_property
    def events(self) -> int:
        """The highest number of an event."""
        return max((span.event for span in self.spans), default=0)

    def is_about_retries(self) -> bool:
        return story.is_about_retries(self.spans, len({span.event for span in self.spans}))

    def story(self, event: int) -> Story:
        return story.story(self.spans, event)

    def table(self) -> Table:
        return table(self.spans, self.heading)


@dataclass(frozen=True)
class ColumnRun(Run):
    """A run of some length: its busy lines and lanes come from the columns of its trace, which `outcome` has."""

    outcome: Outcome | None = None

    @property
    def whole(self) -> Outcome:
        if self.outcome is None:
            raise ValueError("a run by columns needs its outcome")
        return self.outcome

    def _panel(self, function: str, spans: Sequence[Span]) -> Panel:
        view = self.whole.view_of(function)
        line = busy.of_view(view, ColumnRefusals(view), self.limits.get(function), is_shared=function in self.sharing)
        counts = of_view(view, max(span.end_us for span in spans), _noun(spans))
        return Panel(function, line, ColumnLanes(view, self.whole.tell), counts, levels.of(spans))


def _noun(spans: Sequence[Span]) -> str:
    """What comes in a batch, if anything does."""
    return next((span.noun for span in spans if span.batch > 1), "")
