"""Bars of sizes: those in MB one above the other on one ruler, and small ones with a limit of their own."""

from __future__ import annotations

from collections.abc import Sequence

from studyapp.ui.pictures import amounts
from studyapp.ui.pictures.amounts import Ruler
from studyapp.ui.pictures.shapes import Bar, Label, Line, Sheet
from studyapp.ui.pictures.size_parts import Gauge
from studyapp.ui.pictures.words import NBSP, fits, shortened, wide

GUTTER, EDGE = 92, 180
"""Room at the left for the name of a quota, and at the right for what it leaves."""
FLAG, BAR, WORDS = 26, 22, 22
"""From the top of a row to its bar, the bar, and what it consists of below it."""
SMALL_BAR, SMALL_ROW = 10, 46
COLUMNS = 2
MARGIN = 14
IN_GB = 10_240
"""MB from which GB read better."""


def amount(size: float, unit: str) -> str:
    """'250 MB', '301.7 GB' from 10 GB on, '2 KB' below 1 MB, '3' for a count."""
    if unit == "MB" and size >= IN_GB:
        size, unit = round(size / 1024, 1), "GB"
    elif unit == "MB" and 0 < size < 1:
        size, unit = size * 1024, "KB"
    written = f"{size:,.2f}".rstrip("0").rstrip(".")
    return f"{written}{NBSP}{unit}" if unit else written


def against(gauge: Gauge) -> str:
    """'20 MB over', '5 MB left'."""
    if gauge.limit is None:
        return "no limit"
    room = gauge.limit - gauge.size
    return f"{amount(-room, gauge.unit)} over" if room < 0 else f"{amount(room, gauge.unit)} left"


def consists(gauge: Gauge) -> str:
    """'code 150 MB + layer charts 80 MB'."""
    return " + ".join(f"{each.name} {amount(each.size, gauge.unit)}" for each in gauge.stretches) or "nothing"


def most_of(gauges: Sequence[Gauge]) -> float:
    """What a ruler must have room for."""
    return max(max(each.size, each.limit or 0) for each in gauges)


def draw(sheet: Sheet, gauges: Sequence[Gauge], most: float, top: float, width: int) -> float:
    """All on one ruler, which measures MB and has room for `most`. Returns the y of its foot."""
    ruler, y = amounts.ruler(GUTTER, width - EDGE, most * 1.02), top
    for gauge in gauges:
        y = _row(sheet, gauge, ruler, y)
    return amounts.draw(sheet, ruler, top + FLAG, y + 4, lambda size: amount(size, gauges[0].unit))


def _row(sheet: Sheet, gauge: Gauge, ruler: Ruler, top: float) -> float:
    """A bar with its limit; what it leaves at the right, and below it what it consists of. Returns the y of the foot."""
    y = top + FLAG
    sheet.labels.append(Label("strong", GUTTER - 8, y + 15.5, gauge.name, "end"))
    _stretches(sheet, gauge, ruler, y, BAR)
    _limit(sheet, gauge, ruler, y)
    told = f"{'✗ ' if gauge.is_over else ''}{amount(gauge.size, gauge.unit)}, {against(gauge)}"
    sheet.labels.append(Label("says-refuses" if gauge.is_over else "why", ruler.right + 12, y + 15.5, told))
    if len(gauge.stretches) < 2:
        return y + BAR
    sheet.labels.append(Label("aside", GUTTER, y + BAR + 16, shortened(consists(gauge), ruler.right - GUTTER + EDGE)))
    return y + BAR + WORDS


def _stretches(sheet: Sheet, gauge: Gauge, ruler: Ruler, y: float, height: float) -> None:
    """One after the other; what lies beyond the limit is red."""
    start = 0.0
    for each in gauge.stretches:
        x, end = ruler.x(start), ruler.x(start + each.size)
        says = f"{each.name}: {amount(each.size, gauge.unit)}"
        sheet.bars.append(Bar("part", x, y, max(round(end - x, 1), 1), height, says, gauge.mark))
        if height == BAR and fits(each.name, end - x):
            sheet.labels.append(Label("on-part", x + 5, y + 15.5, each.name))
        start += each.size
    if gauge.limit is not None and gauge.is_over:
        x, says = ruler.x(gauge.limit), f"{against(gauge)} of {amount(gauge.limit, gauge.unit)}"
        sheet.bars.append(Bar("over", x, y, max(round(ruler.x(start) - x, 1), 1), height, says, gauge.mark))


def _limit(sheet: Sheet, gauge: Gauge, ruler: Ruler, y: float) -> None:
    if gauge.limit is None:
        return
    x, flag = ruler.x(gauge.limit), f"limit {amount(gauge.limit, gauge.unit)}"
    sheet.bars.append(Bar("limit-bar", x - 1, y - 5, 2, BAR + 10, flag))
    has_room = ruler.left + wide(flag) / 2 < x
    sheet.labels.append(Label("limit", x, y - 8, flag, "middle" if has_room else "start"))


def draw_small(sheet: Sheet, gauges: Sequence[Gauge], top: float, width: int) -> float:
    """Side by side, each up to a limit of its own. Returns the y of their foot; `top` where there are none."""
    column = (width - GUTTER - MARGIN) / COLUMNS
    for place, gauge in enumerate(gauges):
        room = column if len(gauges) > 1 else width - GUTTER - MARGIN
        left, y = GUTTER + place % COLUMNS * column, top + 8 + place // COLUMNS * SMALL_ROW
        _small(sheet, gauge, left, y, (column - 24, room))
    return top + 8 + -(-len(gauges) // COLUMNS) * SMALL_ROW if gauges else top


def _small(sheet: Sheet, gauge: Gauge, left: float, y: float, widths: tuple[float, float]) -> None:
    (width, room), limit = widths, gauge.limit or 0.0
    told = f"{gauge.name}: {amount(gauge.size, gauge.unit)} of {amount(limit, gauge.unit)}"
    look = "says-refuses" if gauge.is_over else "why"
    text = f"✗ {told}, {against(gauge)}" if gauge.is_over else told
    sheet.labels.append(Label(look, left, y + 12, shortened(text, room)))
    ruler = Ruler(left, left + width, max(limit, gauge.size) or 1.0)
    sheet.lines.append(Line("axis", left, y + 18 + SMALL_BAR, left + width, y + 18 + SMALL_BAR))
    _stretches(sheet, gauge, ruler, y + 18, SMALL_BAR)
    sheet.bars.append(
        Bar("limit-bar", ruler.x(limit) - 1, y + 14, 2, SMALL_BAR + 8, f"limit {amount(limit, gauge.unit)}")
    )
