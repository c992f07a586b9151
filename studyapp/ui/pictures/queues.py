"""A queue over time: what waits, what is in flight, how old its oldest message is; and one of its batches taken apart."""

from __future__ import annotations

from collections.abc import Sequence

from studyapp.simulator.outcome import Outcome
from studyapp.ui.pictures import axis as axes
from studyapp.ui.pictures import batch_box, gauges
from studyapp.ui.pictures.anatomy import Anatomy
from studyapp.ui.pictures.axis import Axis
from studyapp.ui.pictures.charts import BETWEEN, FOOT, TOP, Setting
from studyapp.ui.pictures.drawn import Drawn
from studyapp.ui.pictures.gauges import Scale
from studyapp.ui.pictures.queue_sides import Queue, Side, side_of
from studyapp.ui.pictures.queue_words import headed, notes, says, twin
from studyapp.ui.pictures.shapes import Chart, Label, Line, Sheet
from studyapp.ui.pictures.words import fits, seconds, shortened, wide

DEEP, OLD, APART = 64, 44, 26
"""How high the two gauges are, and how far apart two queues."""


def picture_of(outcomes: Sequence[Outcome], headings: Sequence[str], setting: Setting) -> Drawn | None:
    """The queues of one run or of two, one above the other on one axis. None if none of the runs polls a queue."""
    sides = [side_of(outcome, heading) for outcome, heading in zip(outcomes, headings, strict=True)]
    if not any(side.queues for side in sides):
        return None
    axis = _axis(sides, setting)
    several = len(sides) > 1
    return Drawn(
        _chart(sides, axis),
        "Queues of two runs, and one batch of each" if several else "A queue over time, and one of its batches",
        " ".join(headed(side.heading, says(side)) for side in sides),
        " ".join(notes(sides)),
        twin(sides, axis),
    )


def _axis(sides: Sequence[Side], setting: Setting) -> Axis:
    """To the end of what was watched; exactly so if a horizon ends a run, since something may be left there."""
    queues = [queue for side in sides for queue in side.queues]
    end_us = max(queue.until_us for queue in queues)
    end_us = end_us if setting.horizon_us is None else min(end_us, setting.horizon_us)
    is_cut = any(queue.is_cut for queue in queues)
    return Axis(0, max(end_us, 1_000) if is_cut else axes.round_up(end_us), setting.width)


def _chart(sides: Sequence[Side], axis: Axis) -> Chart:
    """Gauges of all runs over one ruler, and below it their batches."""
    sheet, y = Sheet(), float(TOP)
    deep, old = _scales(sides)
    for side in sides:
        y = _draw_heading(sheet, axis, side.heading, y)
        for queue in side.queues:
            y = _draw_queue(sheet, axis, queue, (deep, old), y, is_named=len(side.queues) > 1) + APART
            if side.batch is not None and side.batch.queue == queue.name:
                _draw_place(sheet, axis, side.batch, y - APART)
        if not side.queues:
            sheet.labels.append(Label("aside", axis.left, y + 20, "This run polls no queue."))
            y += 40
        y += 10 if len(sides) > 1 else 0
    foot = y - APART + 14
    axes.draw(sheet, axis, TOP + 22, foot)
    y = foot + FOOT + BETWEEN / 2
    for side in sides:
        if side.batch is not None:
            y = batch_box.draw(sheet, axis, side.batch, _draw_heading(sheet, axis, side.heading, y)) + BETWEEN
    return sheet.chart(axis.width, y - BETWEEN + 12)


def _scales(sides: Sequence[Side]) -> tuple[Scale, Scale]:
    """One for counts and one for ages, the same for all queues that are drawn."""
    queues = [queue for side in sides for queue in side.queues]
    deepest, oldest = max(queue.deepest for queue in queues), max(queue.oldest for queue in queues)
    return Scale(deepest, f"{deepest:,}", DEEP), Scale(oldest, seconds(round(oldest * 1e6)), OLD)


def _draw_heading(sheet: Sheet, axis: Axis, heading: str, y: float) -> float:
    if not heading:
        return y
    sheet.labels.append(Label("heading", 16, y + 16, shortened(heading, axis.right - 16, 15)))
    return y + 24


def _draw_queue(
    sheet: Sheet, axis: Axis, queue: Queue, scales: tuple[Scale, Scale], y: float, *, is_named: bool
) -> float:
    deep, old = scales
    title = f"Messages waiting{f' in {queue.name}' if is_named else ''} (dashed: in flight)"
    foot = gauges.draw(sheet, axis, title, deep, y)
    last_us = min(_last_us(queue), axis.end_us)
    gauges.fill(sheet, axis, gauges.stairs(axis, queue.waiting, last_us, foot, deep.unit), foot)
    gauges.dash(sheet, gauges.stairs(axis, queue.in_flight, last_us, foot, deep.unit))
    _draw_moved(sheet, axis, queue, foot)
    text = f"→ {queue.all_moved:,} to the dead-letter queue"
    if queue.moved and fits(text, axis.right - axis.left - wide(title, 14) - 20):
        sheet.labels.append(Label("aside", axis.right, y + 14, text, "end"))
    foot = gauges.draw(sheet, axis, "Age of the oldest message", old, foot + 18)
    gauges.fill(sheet, axis, gauges.slopes(axis, _rising(queue), foot, old.unit), foot)
    return foot


def _draw_moved(sheet: Sheet, axis: Axis, queue: Queue, foot: float) -> None:
    """A tick on the foot for each moment at which messages go to the dead-letter queue; those that would touch are one."""
    places = [axis.x(at_us) for at_us, _ in queue.moved if at_us <= axis.end_us]
    for x in {round(x / 4): x for x in places}.values():
        sheet.lines.append(Line("moved", x, foot - 8, x, foot + 4))


def _last_us(queue: Queue) -> int:
    """Without the fall at the end of a run that was cut off: what is left then has not gone."""
    return queue.until_us - 1 if queue.is_cut else queue.until_us


def _rising(queue: Queue) -> gauges.Ages:
    """The same of ages."""
    ages = queue.history.oldest
    return ages[:-1] if queue.is_cut and len(ages) > 1 and ages[-2][0] == queue.until_us else ages


def _draw_place(sheet: Sheet, axis: Axis, batch: Anatomy, foot: float) -> None:
    """Where on the ruler the batch is that is taken apart below."""
    x = axis.x(batch.start_us)
    sheet.lines.append(Line("place", x, foot, x, foot + 14))
    is_late = x > axis.right - 120
    sheet.labels.append(
        Label("aside", x - 6 if is_late else x + 6, foot + 13, "the batch below", "end" if is_late else "start")
    )
