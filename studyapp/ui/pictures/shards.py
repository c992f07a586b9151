"""A shard that a failing record holds up: iterator age over time, the records in line, and the batches that were tried."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from studyapp.simulator.outcome import Outcome
from studyapp.ui.pictures import axis as axes
from studyapp.ui.pictures import gauges, line_box, line_words
from studyapp.ui.pictures.axis import Axis
from studyapp.ui.pictures.blocked import Blocked, blocked
from studyapp.ui.pictures.charts import BETWEEN, FOOT, TOP, Setting
from studyapp.ui.pictures.drawn import Drawn
from studyapp.ui.pictures.gauges import Scale
from studyapp.ui.pictures.shapes import Chart, Grid, Label, Line, Sheet
from studyapp.ui.pictures.words import duration, fits, seconds, shortened

OLD = 54
"""How high the gauge of the age is."""
MOST_ROWS = 40
HEAD = ("At", "Records", "What happens", "Iterator age")
NOTHING = "No batch of a stream fails in this run."


@dataclass(frozen=True)
class Side:
    """What is drawn of one run."""

    heading: str
    one: Blocked | None


def picture_of(outcomes: Sequence[Outcome], headings: Sequence[str], setting: Setting) -> Drawn | None:
    """The shard of each run that a failure holds up for longest. None if no batch of a stream fails in any of them."""
    sides = [Side(heading, blocked(outcome)) for outcome, heading in zip(outcomes, headings, strict=True)]
    if not any(side.one for side in sides):
        return None
    axis = _axis(sides, setting)
    several = len(sides) > 1
    return Drawn(
        _chart(sides, axis),
        "A shard that is held up, in two runs" if several else "A shard that is held up",
        " ".join(_headed(side.heading, _says(side)) for side in sides),
        " ".join(_notes(sides, axis)),
        _twin(sides),
    )


def _axis(sides: Sequence[Side], setting: Setting) -> Axis:
    """To the end of what was watched; exactly so if a horizon ends a run."""
    shards = [side.one for side in sides if side.one is not None]
    end_us = max(one.until_us for one in shards)
    end_us = end_us if setting.horizon_us is None else min(end_us, setting.horizon_us)
    is_cut = any(one.is_cut for one in shards)
    return Axis(0, max(end_us, 1_000) if is_cut else axes.round_up(end_us), setting.width)


def _chart(sides: Sequence[Side], axis: Axis) -> Chart:
    """The ages of all runs over one ruler, and below it their shards."""
    sheet, y = Sheet(), float(TOP)
    oldest = max(age for side in sides if side.one is not None for _, age in side.one.ages)
    scale = Scale(oldest, seconds(round(oldest * 1e6)), OLD)
    for side in sides:
        y = _draw_heading(sheet, axis, side.heading, y)
        if side.one is None:
            sheet.labels.append(Label("aside", axis.left, y + 20, NOTHING))
            y += 40
        else:
            y = _draw_age(sheet, axis, side.one, scale, y) + 18
    foot = y - 10
    axes.draw(sheet, axis, TOP + 22, foot)
    y = foot + FOOT + BETWEEN / 2
    for side in sides:
        if side.one is not None:
            y = line_box.draw(sheet, axis, side.one, _draw_heading(sheet, axis, side.heading, y)) + BETWEEN
    return sheet.chart(axis.width, y - BETWEEN + 12)


def _draw_heading(sheet: Sheet, axis: Axis, heading: str, y: float) -> float:
    if not heading:
        return y
    sheet.labels.append(Label("heading", 16, y + 16, shortened(heading, axis.right - 16, 15)))
    return y + 24


def _draw_age(sheet: Sheet, axis: Axis, one: Blocked, scale: Scale, y: float) -> float:
    """The age of the last record of each batch as it is sent, and below it how long the shard is held up."""
    foot = gauges.draw(sheet, axis, f"Iterator age of the shard, function {one.function}", scale, y)
    ages = [(0, 0.0), *one.ages]
    steps = [corner for before, after in pairwise(ages) for corner in ((after[0], before[1]), after)]
    line = gauges.slopes(axis, [ages[0], *steps, (axis.end_us, ages[-1][1])], foot, scale.unit)
    gauges.fill(sheet, axis, line, foot)
    start_us, end_us = one.tries[0].start_us, one.until_us if one.end_us is None else one.end_us
    x1, x2 = axis.x(start_us), axis.x(end_us)
    sheet.lines += [Line("held", x1, foot + 6, x2, foot + 6), Line("held", x1, foot + 2, x1, foot + 10)]
    if one.end_us is not None:
        sheet.lines.append(Line("held", x2, foot + 2, x2, foot + 10))
    text = f"held up for {duration(end_us - start_us)}"
    if fits(text, axis.right - x2):
        sheet.labels.append(Label("limit", x2 + 6, foot + 11, text))
    else:
        sheet.labels.append(Label("limit", min(x2, axis.right), foot + 22, text, "end"))
        return foot + 12
    return foot + 8


def _headed(heading: str, says: str) -> str:
    return f"{heading}: {says}" if heading else says


def _says(side: Side) -> str:
    return NOTHING if side.one is None else " ".join(line_words.sentences(side.one))


def _notes(sides: Sequence[Side], axis: Axis) -> Iterator[str]:
    """What is not drawn."""
    for side in sides:
        if side.one is None:
            continue
        seen = line_box.window(side.one, axis)
        drawn, of = seen.last - seen.first + 1, len(side.one.records)
        if drawn < of:
            yield _headed(side.heading, f"The picture shows {drawn} of the {of:,} records of the shard.")


def _twin(sides: Sequence[Side]) -> Grid:
    """A row for each try, and one for the end."""
    head = ("Run", *HEAD) if len(sides) > 1 else HEAD
    rows = [
        (*((side.heading,) if len(sides) > 1 else ()), *row)
        for side in sides
        if side.one is not None
        for row in _rows(side.one)
    ]
    return Grid("The shard, batch by batch", head, tuple(rows), sum(_left_out(side.one) for side in sides))


def _left_out(one: Blocked | None) -> int:
    return max(len(one.tries) - MOST_ROWS, 0) if one is not None else 0


def _rows(one: Blocked) -> Iterator[tuple[str, ...]]:
    """The first tries, and the end."""
    moments = [at_us for at_us, _ in one.ages]
    for number, each in enumerate(one.tries[:MOST_ROWS]):
        age = one.ages[bisect_right(moments, each.start_us) - 1][1]
        records = line_words.numbered(one, each)
        yield seconds(each.start_us), records, line_words.happens(one, number), seconds(round(age * 1e6))
    end_us = one.until_us if one.end_us is None else one.end_us
    yield seconds(end_us), line_words.blocks(one).lower(), line_words.at_end(one), ""
