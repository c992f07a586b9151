"""The rows of a picture's tables, as the inside of a `<tbody>`. Written here for the reason for which `svg.py` writes shapes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from django.utils.safestring import SafeString, mark_safe

from studyapp.ui.pictures.shapes import Grid, Row, Table

APART = "\n        "


def of_table(table: Table, *, is_asked: bool = False) -> SafeString:
    """A row for each thing that happened, with a button that asks why where it `is_asked`."""
    return _joined(_row(row, is_asked=is_asked) for row in table.rows)


def of_grid(grid: Grid) -> SafeString:
    """The first cell of a row names it."""
    return _joined(_cells(row) for row in grid.rows)


def _joined(rows: Iterable[str]) -> SafeString:
    return mark_safe("".join([f"<tr>{row}</tr>{APART}" for row in rows]))  # noqa: S308 - every text is escaped below


def _row(row: Row, *, is_asked: bool) -> str:
    start, what, where, end, why, mark = map(escape, row)
    asks = ""
    if is_asked and mark:
        asks = f' <button class="link" name="mark" value="{mark}">Why?<span class="hidden"> {what}</span></button>'
    return f'<td>{start}</td><th scope="row">{what}</th><td>{where}</td><td>{end}</td><td>{why}{asks}</td>'


def _cells(row: Sequence[str]) -> str:
    first, *others = map(escape, row)
    return f'<th scope="row">{first}</th>' + "".join([f"<td>{cell}</td>" for cell in others])
