"""What comes due on the days ahead: a column for each, with its number."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from studyapp.ui.pictures.drawn import Drawn
from studyapp.ui.pictures.shapes import Bar, Grid, Label, Line, Sheet
from studyapp.ui.pictures.words import NBSP, count

WIDTH, LEFT, EDGE, TOP, HEIGHT = 720, 16, 10, 26, 90
GAP = 6.0
LEAST = 2.0
"""No column is lower: one fact must be seen beside a hundred."""


def drawn(loads: Sequence[int], today: date) -> Drawn:
    """`loads`: how many facts come due today, with what is overdue, tomorrow, and so on."""
    sheet, most = Sheet(), max([*loads, 1])
    pitch, foot = (WIDTH - LEFT - EDGE) / len(loads), float(TOP + HEIGHT)
    for number, load in enumerate(loads):
        on = today + timedelta(days=number)
        x = round(LEFT + (number + 0.5) * pitch, 1)
        if load:
            high = round(max(HEIGHT * load / most, LEAST), 1)
            says = f"{_named(on, number)}: {count(load, 'fact')}"
            sheet.bars.append(
                Bar("load", round(x - (pitch - GAP) / 2, 1), foot - high, round(pitch - GAP, 1), high, says)
            )
            sheet.labels.append(Label("said", x, foot - high - 5, f"{load:,}", "middle"))
        sheet.labels.append(Label("tick", x, foot + 17, f"{on:%a}"[0], "middle"))
        if on.day == 1 or number == 0 or on.weekday() == 0:
            _date(sheet, on, number, x, foot)
    sheet.lines.append(Line("axis", LEFT, foot, WIDTH - EDGE, foot))
    return Drawn(
        chart=sheet.chart(WIDTH, foot + 46),
        title=f"What comes due in {len(loads)} days",
        desc=f"{count(sum(loads), 'fact')} in {len(loads)} days, {loads[0]:,} of them today; {max(loads):,} at most on a day.",
        note="",
        twin=_twin(loads, today),
    )


def _date(sheet: Sheet, on: date, number: int, x: float, foot: float) -> None:
    """Today by its name, Mondays by their date; no Monday so near to today that the two would meet."""
    if 0 < number < 3:
        return
    text = "today" if number == 0 else f"{on.day}{NBSP}{on:%b}"
    sheet.labels.append(Label("tick", x, foot + 36, text, "middle"))


def _named(on: date, number: int) -> str:
    if number < 2:
        return ("Today", "Tomorrow")[number]
    return f"{on:%A} {on.day}{NBSP}{on:%B}"


def _twin(loads: Sequence[int], today: date) -> Grid:
    days = [(today + timedelta(days=number), number) for number in range(len(loads))]
    rows = tuple((_named(on, number), f"{loads[number]:,}") for on, number in days)
    return Grid("What comes due, day by day", ("Day", "Facts due"), rows)
