"""Ways through a network, hop by hop: a line of boxes for each target, framed by subnet and VPC."""

from __future__ import annotations

from collections.abc import Sequence

from studyapp.simulator.outcome import Outcome
from studyapp.ui.pictures import network_lines, walks
from studyapp.ui.pictures.charts import Setting
from studyapp.ui.pictures.drawn import Drawn
from studyapp.ui.pictures.network_stations import SAYS, Station, Way, way
from studyapp.ui.pictures.shapes import Grid, Label, Sheet
from studyapp.ui.pictures.walks import Walk
from studyapp.ui.pictures.words import count, listing, shortened, wide

TOP, BETWEEN = 6, 26
MOST = 8
"""Ways that are drawn; the others are in the table alone."""


def picture_of(outcomes: Sequence[Outcome], headings: Sequence[str], setting: Setting) -> Drawn | None:
    """The way to each target; of two runs, to the targets that tell them apart. None where nothing is called."""
    found = walks.of(outcomes, headings, "network")
    if not found:
        return None
    ways = [way(walk) for walk in found]
    column, sheet, y = network_lines.column_of(ways, setting.width), Sheet(), float(TOP)
    for walk, one in list(zip(found, ways, strict=True))[:MOST]:
        y = network_lines.draw(sheet, one, _head(sheet, walk, y, setting.width), column) + BETWEEN
    differs = walks.difference(found)
    return Drawn(
        sheet.chart(setting.width, y - BETWEEN + TOP),
        "Ways to what the function calls" if len(found) > 1 else f"The way to {found[0].path.target}",
        " ".join(_says(walk) for walk in found),
        " ".join(filter(None, (differs, walks.note(outcomes, "network"), walks.rest(found, MOST)))),
        _twin(found, ways),
    )


def _head(sheet: Sheet, walk: Walk, y: float, width: int) -> float:
    """The name of the target, and how the way to it ended."""
    look, mark = ("says-reached", "✓") if walk.path.ok else ("says-refuses", "✗")
    verdict = f"{mark} {walk.verdict}"
    name = shortened(walk.called, width - 40 - wide(verdict, 14), 15)
    sheet.labels.append(Label("heading", network_lines.MARGIN, y + 15, name))
    sheet.labels.append(Label(f"verdict {look}", width - network_lines.MARGIN, y + 15, verdict, "end"))
    return y + 26


def _says(walk: Walk) -> str:
    """The way in a sentence."""
    *before, last = [hop.name for hop in walk.path.hops]
    if not walk.path.ok:
        return f"{walk.called}: {walk.verdict}. After {listing(before) or 'nothing'}, {last} refuses."
    return f"{walk.called}: {walk.verdict} in {count(len(before), 'step')}, over {listing(before)}."


def _twin(found: Sequence[Walk], ways: Sequence[Way]) -> Grid:
    rows = [
        (walk.called, station.name, str(station.zone), SAYS[station.state], station.says)
        for walk, one in zip(found, ways, strict=True)
        for station in _in_order(one)
    ]
    return Grid("Each way, hop by hop", ("To", "Hop", "Where", "Passes", "Why"), tuple(rows))


def _in_order(one: Way) -> tuple[Station, ...]:
    """As the simulator walks: the target is reached once its answer has come back."""
    *before, target = one.out
    return (*before, target, *one.back) if target.state == "arrives" else (*before, *one.back, target)
