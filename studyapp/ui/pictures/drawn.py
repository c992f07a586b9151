"""A picture of one part of a run, as its module gives it: `timeline.views` names it and makes it a `Picture`."""

from __future__ import annotations

from dataclasses import dataclass

from studyapp.ui.pictures.shapes import Chart, Grid


@dataclass(frozen=True, slots=True)
class Drawn:
    """`desc` says what the chart shows in words, `note` what it leaves out ("" if nothing); `twin` is the same as a table."""

    chart: Chart
    title: str
    desc: str
    note: str
    twin: Grid
