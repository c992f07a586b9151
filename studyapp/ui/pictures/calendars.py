"""A year of days: a column for each week, a square for each day on which something was answered, the larger the more."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from studyapp.ui.pictures.drawn import Drawn
from studyapp.ui.pictures.shapes import Bar, Curve, Grid, Label, Line, Sheet
from studyapp.ui.pictures.words import NBSP, count, wide

WEEKS = 53
WIDTH, LEFT, TOP, PITCH = 720, 44, 30, 12.6
SIZES = ((1, 4.0), (6, 6.0), (13, 8.4), (26, 11.0))
"""From so many answers on, a square of this side."""
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
NAMED = (0, 2, 4, 6)
"""Weekdays whose name stands at their row."""
FOOT, KEY = 20, 28
ROOM_DAYS = 21


def drawn(answers: Mapping[date, int], today: date) -> Drawn:
    """The weeks that end with that of `today`. `answers`: of each day on which there were any."""
    first = today - timedelta(days=today.weekday() + 7 * (WEEKS - 1))
    days = [first + timedelta(days=number) for number in range((today - first).days + 1)]
    sheet = Sheet()
    for weekday in NAMED:
        sheet.labels.append(Label("tick", LEFT - 8, _y(weekday) + 4.5, WEEKDAYS[weekday], "end"))
    _squares(sheet, answers, days, first)
    _here(sheet, today, first)
    foot = TOP + 7 * PITCH
    _months(sheet, answers, days, first, foot)
    _key(sheet, foot + FOOT + KEY)
    studied = sum(answers.get(day, 0) > 0 for day in days)
    total = sum(answers.get(day, 0) for day in days)
    return Drawn(
        chart=sheet.chart(WIDTH, foot + FOOT + KEY + 12),
        title="Answers day by day",
        desc=f"{count(total, 'answer')} on {count(studied, 'day')} of the last {len(days)}.",
        note="",
        twin=_twin(answers, first, today),
    )


def _x(day: date, first: date) -> float:
    """The middle of the day's column."""
    return round(LEFT + ((day - first).days // 7 + 0.5) * PITCH, 1)


def _y(weekday: int) -> float:
    return round(TOP + (weekday + 0.5) * PITCH, 1)


def side(answers: int) -> float:
    """Of the square that stands for so many; 0 for none."""
    return max((size for least, size in SIZES if answers >= least), default=0.0)


def _squares(sheet: Sheet, answers: Mapping[date, int], days: list[date], first: date) -> None:
    empty = []
    for day in days:
        x, y = _x(day, first), _y(day.weekday())
        if not (given := answers.get(day, 0)):
            empty.append(f"M{x - 0.75:g} {y:g}h1.5")
            continue
        size = side(given)
        says = f"{WEEKDAYS[day.weekday()]} {_named(day)}: {count(given, 'answer')}"
        sheet.bars.append(Bar("day", round(x - size / 2, 2), round(y - size / 2, 2), size, size, says))
    if empty:
        sheet.curves.append(Curve("no-day", "".join(empty)))


def _here(sheet: Sheet, today: date, first: date) -> None:
    """A frame around today."""
    x, y, half = _x(today, first), _y(today.weekday()), PITCH / 2
    corner = f"M{x - half:g} {y - half:g}h{PITCH:g}v{PITCH:g}h-{PITCH:g}z"
    sheet.curves.append(Curve("today", corner))


def _months(sheet: Sheet, answers: Mapping[date, int], days: list[date], first: date, foot: float) -> None:
    """Above, the name of each month at the column of its first day; below, how many answers it had."""
    free = 0.0
    sheet.labels.append(Label("tick", LEFT - 8, foot + 15, "sum", "end"))
    for start in _starts(days):
        x = _x(start, first) - PITCH / 2
        end = (start.replace(day=1) + timedelta(days=32)).replace(day=1)
        given = sum(number for day, number in answers.items() if start <= day < end)
        if x < free or x + wide("Mmm") > WIDTH:
            continue
        sheet.lines.append(Line("grid", x, TOP - 4, x, foot + FOOT))
        sheet.labels.append(Label("tick", x + 3, TOP - 12, f"{start:%b}"))
        if given:
            sheet.labels.append(Label("said", x + 3, foot + 15, f"{given:,}"))
        free = x + max(wide("Mmm"), wide(f"{given:,}")) + 4


def _starts(days: list[date]) -> list[date]:
    """The first of each month; the first day too, where its month has room for a name."""
    firsts = [day for day in days if day.day == 1]
    has_room = not firsts or (firsts[0] - days[0]).days >= ROOM_DAYS
    return [days[0], *firsts] if has_room and days[0] not in firsts else firsts


def _key(sheet: Sheet, y: float) -> None:
    """What each size stands for, and the frame."""
    x = float(LEFT)
    ends = [f"{least - 1}" for least, _ in SIZES[1:]]
    names = [f"{least} to {end}" for (least, _), end in zip(SIZES, ends, strict=False)] + [f"{SIZES[-1][0]} and more"]
    for (_, size), name in zip(SIZES, names, strict=True):
        sheet.curves.append(Curve("day", f"M{x:g} {y - size / 2:g}h{size:g}v{size:g}h-{size:g}z"))
        sheet.labels.append(Label("tick", x + size + 6, y + 4.5, name))
        x += size + wide(name) + 26
    sheet.labels.append(Label("tick", x, y + 4.5, "answers a day; framed: today"))


def _named(day: date) -> str:
    return f"{day.day}{NBSP}{day:%B %Y}"


def _twin(answers: Mapping[date, int], first: date, today: date) -> Grid:
    """Week by week, the latest first; weeks without an answer are left out."""
    rows = []
    for week in range(WEEKS - 1, -1, -1):
        monday = first + timedelta(days=7 * week)
        given = [answers.get(monday + timedelta(days=day), 0) for day in range(7)]
        if sum(given):
            cells = [f"{number:,}" if number else "" for number in given]
            rows.append((_named(monday), *cells, f"{sum(given):,}"))
    return Grid("Answers week by week, the latest first", ("Week of", *WEEKDAYS, "All"), tuple(rows))
