"""One SVG for one run or two: panels one above the other, on one axis of time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from studyapp.ui.pictures import axis as axes
from studyapp.ui.pictures import busy, lanes, levels, story, window
from studyapp.ui.pictures.axis import Axis
from studyapp.ui.pictures.runs import Panel, Run
from studyapp.ui.pictures.shapes import Chart, Label, Line, Sheet
from studyapp.ui.pictures.story import Story
from studyapp.ui.pictures.words import fits, shortened

TOP, BETWEEN, FOOT = 6, 34, 26
PARTING = "the runs part here"

__all__ = ["BETWEEN", "FOOT", "TOP", "Run", "Setting", "lanes_chart", "story_chart"]


@dataclass(frozen=True)
class Setting:
    """How a chart is drawn. `around_us` is where a window opens, when one is needed; two runs part there."""

    width: int
    horizon_us: int | None = None
    around_us: int | None = None

    def end_of(self, runs: Sequence[Run]) -> int:
        end_us = max(run.end_us for run in runs)
        return end_us if self.horizon_us is None else min(end_us, self.horizon_us)


def lanes_chart(runs: Sequence[Run], setting: Setting) -> tuple[Chart, str]:
    """Busy lines and lanes of each run and function; and what they leave out, in words."""
    panels = [panel for run in runs for panel in run.panels]
    most = max(lanes.ENVIRONMENT_LANES // max(len(panels), 1), 4)
    starts = sorted(chain.from_iterable(panel.lanes.starts(most) for panel in panels))
    shown = sum(min(len(panel.lanes), most) for panel in panels)
    budget = max(min(window.MARKS - (window.CROSSES + most) * len(panels), window.PER_LANE * shown), 1)
    end_us = setting.end_of(runs)
    axis = window.window(starts, end_us, budget, _around(panels, setting), setting.width)
    ceiling = max((panel.busy.ceiling for panel in panels), default=1)
    sheet, y, second = Sheet(), float(TOP), 0.0
    for run in runs:
        second = y if run is not runs[0] else 0.0
        y = _draw_heading(sheet, axis, run.heading, y)
        for panel in run.panels:
            y = _draw_panel(sheet, axis, panel, (ceiling, most, run.idle_us), y, is_named=len(run.panels) > 1)
        if not run.panels:
            y = _draw_nothing(sheet, axis, y)
        y += BETWEEN
    return _finish(sheet, axis, y - BETWEEN, second, setting), window.note(axis, end_us)


def _around(panels: Sequence[Panel], setting: Setting) -> int | None:
    """Where to look: where two runs part, else the first throttled invocation."""
    if setting.around_us is not None:
        return setting.around_us
    refusals = (panel.busy.first_refusal_us for panel in panels)
    return min((at_us for at_us in refusals if at_us is not None), default=None)


def _draw_heading(sheet: Sheet, axis: Axis, heading: str, y: float) -> float:
    if not heading:
        return y
    sheet.labels.append(Label("heading", 16, y + 16, shortened(heading, axis.right - 16, 15)))
    return y + 24


def _draw_panel(
    sheet: Sheet, axis: Axis, panel: Panel, scale: tuple[int, int, int | None], y: float, *, is_named: bool
) -> float:
    ceiling, most, idle_us = scale
    title = f"Environments busy: {panel.function}" if is_named else "Environments busy"
    foot = busy.draw(sheet, axis, panel.busy, ceiling, y, title)
    for level in panel.levels:
        foot = levels.draw(sheet, axis, level, foot + 18)
    return lanes.draw(sheet, axis, panel.lanes, most, foot + 18, idle_us) + 4


def _draw_nothing(sheet: Sheet, axis: Axis, y: float) -> float:
    sheet.labels.append(Label("aside", axis.left, y + 20, "Nothing was invoked in this run."))
    return y + 40


def story_chart(runs: Sequence[Run], event: int, setting: Setting) -> tuple[Chart, str]:
    """The life of one event in each run."""
    stories = [run.story(event) for run in runs]
    end_us = max(max(one.end_us for one in stories), 1_000_000)  # what ends at once is still drawn on a second
    axis = Axis(0, axes.round_up(round(end_us * story.ROOM_AT_THE_END)), setting.width)
    sheet, y, second = Sheet(), float(TOP), 0.0
    for run, one in zip(runs, stories, strict=True):
        second = y if run is not runs[0] else 0.0
        y = _draw_heading(sheet, axis, run.heading, y)
        y = story.draw(sheet, axis, one, y) + BETWEEN
    return _finish(sheet, axis, y - BETWEEN, second, setting), _which(runs, stories)


def _which(runs: Sequence[Run], stories: Sequence[Story]) -> str:
    events = max(1, *(run.events for run in runs))
    noun = next((one.noun for one in stories if one.spans), "event")
    return f"The picture follows {noun} {stories[0].event:,} of {events:,}." if events > 1 else ""


def _finish(sheet: Sheet, axis: Axis, foot: float, second: float, setting: Setting) -> Chart:
    """Add the ruler, and the moment at which two runs part."""
    axes.draw(sheet, axis, TOP + 22, foot)
    at_us = setting.around_us
    if at_us is not None and second and axis.start_us < at_us < axis.end_us:
        sheet.lines.insert(0, Line("parting", axis.x(at_us), TOP + 22, axis.x(at_us), foot))
        sheet.labels.append(_name_parting(axis, at_us, second - BETWEEN + 8))
    return sheet.chart(setting.width, foot + FOOT)


def _name_parting(axis: Axis, at_us: int, y: float) -> Label:
    x = axis.x(at_us)
    is_late = not fits(PARTING, axis.right - x - 6)
    return Label("aside", x - 6 if is_late else x + 6, y, PARTING, "end" if is_late else "start")
