"""A shard drawn: its records in a line, and below it each batch that was tried, one row for each try."""

from __future__ import annotations

from dataclasses import dataclass

from studyapp.ui.pictures.anatomy import mark_of
from studyapp.ui.pictures.axis import Axis
from studyapp.ui.pictures.blocked import Batch, Blocked, Fate
from studyapp.ui.pictures.lettering import wrapped, write
from studyapp.ui.pictures.line_words import at_end, happens, numbered, settings, title
from studyapp.ui.pictures.shapes import Bar, Label, Line, Sheet
from studyapp.ui.pictures.words import count, fits, seconds, shortened, wide

MOST_CELLS, NARROWEST, WIDEST = 24, 25.0, 44.0
TALL, PITCH, THICK = 34, 23, 15
MOST_TRIES, LAST_TRIES = 14, 4
SIZE = 12.5
BOLD = 0.82
"""Large bold words need more room than the letters that `wrapped` counts."""
SIGNS: dict[Fate, str] = {"done": "✓", "destination": "→", "lost": "✗", "waiting": "…"}
LOOKS: dict[Fate, str] = {"done": "done", "destination": "moved", "lost": "back", "waiting": "behind"}
FATES: dict[Fate, str] = {
    "done": "done",
    "destination": "sent to the on-failure destination",
    "lost": "given up, and nothing keeps it",
    "waiting": "not done at the end of the run",
}


@dataclass(frozen=True, slots=True)
class Window:
    """The places of the line that are drawn, and how wide a cell is."""

    first: int
    last: int
    cell: float
    left: float

    def x(self, place: int) -> float:
        """The left edge of a place; that of the window for what lies before it, its right edge for what lies behind."""
        return round(self.left + (min(max(place, self.first), self.last + 1) - self.first) * self.cell, 1)

    @property
    def right(self) -> float:
        return self.x(self.last + 1)


def window(one: Blocked, axis: Axis) -> Window:
    """Up to 24 places around what blocks; from the beginning of the first batch that failed, if both have room."""
    room = axis.right - axis.left
    digits = len(str(max(one.records)))
    narrowest = max(NARROWEST, digits * 8 + 10)
    most = min(MOST_CELLS, int(room / narrowest), len(one.records))
    block = one.blocking[0]
    first = max(one.tries[0].first - 1, block - most * 2 // 3, 0)
    first = min(first, len(one.records) - most)
    return Window(first, first + most - 1, min(WIDEST, room / most), axis.left)


def draw(sheet: Sheet, axis: Axis, one: Blocked, top: float) -> float:
    """Draw `one` from `top` down; of `axis` only the width counts. Returns the y of its foot."""
    room = axis.right - axis.left
    sheet.labels.append(Label("title", axis.left, top + 14, shortened(title(one), room, 14)))
    y = write(sheet, "aside", axis.left, top + 32, wrapped(settings(one.stream), room, 2)) + 18
    seen = window(one, axis)
    _draw_line(sheet, one, seen, y)
    _draw_behind(sheet, axis, one, seen, y - 6)
    foot = _draw_tries(sheet, axis, one, seen, y + TALL + 12)
    for x in (seen.x(one.blocking[0]), seen.x(one.blocking[-1] + 1)):
        sheet.grid.append(Line("blocks", x, y, x, foot))
    words = wrapped(at_end(one), room * BOLD, 2)
    look = {"done": "succeeded", "destination": "kept"}.get(one.fate, "lost")
    return write(sheet, f"end end-{look}", axis.left, foot + 18, words) - 12


def _draw_line(sheet: Sheet, one: Blocked, seen: Window, y: float) -> None:
    """A cell for each record: its number, and what became of it."""
    for place in range(seen.first, seen.last + 1):
        fate, x = one.fates[place], seen.x(place)
        blocks = place in one.blocking
        look, sign = ("back", "✗") if blocks and fate == "waiting" else (LOOKS[fate], SIGNS[fate])
        name = f"cell {look}" + (" bad" if blocks and one.is_known else "")
        says = f"record {one.records[place]:,}{', which blocks' if blocks else ''}: {FATES[fate]}"
        sheet.bars.append(Bar(name, x + 1, y, round(seen.cell - 2, 1), TALL, says, _mark(one, place)))
        middle = round(x + seen.cell / 2, 1)
        sheet.labels.append(Label("cell-name", middle, y + 15, f"{one.records[place]}", "middle"))
        sheet.labels.append(Label(f"sign sign-{look}", middle, y + 30, sign, "middle"))


def _mark(one: Blocked, place: int) -> str:
    """The record's own run in the first try that took it."""
    for each in one.tries:
        if each.first <= place <= each.last:
            return mark_of(one.records[place], each.ready_us)
    return ""


def _draw_behind(sheet: Sheet, axis: Axis, one: Blocked, seen: Window, y: float) -> None:
    """The bracket over what waits behind."""
    if not one.behind:
        return
    first = one.blocking[-1] + 1
    x1, x2 = seen.x(first), seen.x(first + one.behind)
    if x2 > x1:
        sheet.lines += [Line("bracket", x1 + 2, y, x2 - 2, y), Line("bracket", x1 + 2, y, x1 + 2, y + 4)]
        if first + one.behind <= seen.last + 1:
            sheet.lines.append(Line("bracket", x2 - 2, y, x2 - 2, y + 4))
    text = f"{count(one.behind, 'record')} {'waits' if one.behind == 1 else 'wait'} behind"
    if fits(text, axis.right - x1):
        sheet.labels.append(Label("aside", x1 + 2, y - 5, text))
    else:
        sheet.labels.append(Label("aside", axis.right, y - 5, text, "end"))


def _draw_tries(sheet: Sheet, axis: Axis, one: Blocked, seen: Window, y: float) -> float:
    """One row for each try; of many those at the beginning and at the end."""
    tries = list(enumerate(one.tries))
    cut = len(tries) - MOST_TRIES + 1 if len(tries) > MOST_TRIES else 0
    rows = tries[: MOST_TRIES - LAST_TRIES - 1] if cut else tries
    for number, each in rows:
        _draw_try(sheet, axis, one, number, each, seen, y)
        y += PITCH
    if cut:
        sheet.labels.append(Label("aside", axis.left, y + 12, f"… and {count(cut, 'more try', 'more tries')}"))
        y += PITCH
        for number, each in tries[-LAST_TRIES:]:
            _draw_try(sheet, axis, one, number, each, seen, y)
            y += PITCH
    return y


def _draw_try(sheet: Sheet, axis: Axis, one: Blocked, number: int, each: Batch, seen: Window, y: float) -> None:
    """Its time in the gutter, its records as a bracket, and what came of it where there is room."""
    sheet.labels.append(Label("tick", axis.left - 8, y + 12, seconds(each.start_us), "end"))
    text = happens(one, number)
    if each.last < seen.first or each.first > seen.last:
        arrow = "←" if each.last < seen.first else "→"
        sheet.labels.append(Label("aside", axis.left, y + 12, f"{arrow} {numbered(one, each)}: {text}"))
        return
    says = f"{seconds(each.start_us)}, {numbered(one, each)}: {text}"
    for look, first, last in _halves(each):
        x, right = seen.x(first), seen.x(last + 1)
        if right > x:
            sheet.bars.append(Bar(look, x + 1, y, round(right - x - 2, 1), THICK, says, each.mark))
    _name_try(sheet, axis, each, seen, text, y + 12)


def _name_try(sheet: Sheet, axis: Axis, each: Batch, seen: Window, text: str, y: float) -> None:
    """What came of it behind its bar, on it, or before it; and on a bar that goes on beyond the picture how long it is."""
    look, first, _ = _halves(each)[-1]
    left, right = seen.x(first), seen.x(each.last + 1)
    size = f"{each.last - each.first + 1:,} records"
    is_cut = each.first < seen.first or each.last > seen.last
    if fits(text, axis.right - right):
        sheet.labels.append(Label("aside", right + 6, y, text))
    elif fits(text, right - left - 8, SIZE):
        size = f"{text}, {size}" if fits(f"{text}, {size}", right - left - 8, SIZE) and is_cut else text
        is_cut = True
    elif seen.x(each.first) - axis.left > wide(text) + 8:
        sheet.labels.append(Label("aside", seen.x(each.first) - 6, y, text, "end"))
    if is_cut and fits(size, right - left - 8, SIZE):
        sheet.labels.append(Label(f"on on-{look}", left + 7, y, size))


def _halves(each: Batch) -> list[tuple[str, int, int]]:
    """(look, first, last) of what a try has done, and of what it gave back."""
    if each.back is None:
        return [("invoke", each.first, each.last)]
    done = [("invoke", each.first, each.back - 1)] if each.back > each.first else []
    return [*done, ("timeout" if each.status == "timeout" else "failed", each.back, each.last)]
