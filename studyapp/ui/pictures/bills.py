"""A bill line by line, on a ruler of USD, its total at the foot; and what each memory size would cost and take."""

from __future__ import annotations

from collections.abc import Sequence

from studyapp.simulator.models.bill.words import number, usd
from studyapp.simulator.outcome import Outcome
from studyapp.ui.pictures import amounts, memories
from studyapp.ui.pictures.amounts import Ruler
from studyapp.ui.pictures.bill_lines import Account, Entry, accounts
from studyapp.ui.pictures.charts import Setting
from studyapp.ui.pictures.drawn import Drawn
from studyapp.ui.pictures.shapes import Bar, Grid, Label, Line, Sheet
from studyapp.ui.pictures.words import NBSP, fits, shortened, wide

TOP, BETWEEN, MARGIN = 6, 28, 14
GUTTER, EDGE, EDGE_OF_TWO = 186, 118, 204
"""Room at the left for the names of lines, and at the right for amounts, and for what two differ by."""
ROW, BAR = 28, 16
FREE = "free tier"


def picture_of(outcomes: Sequence[Outcome], headings: Sequence[str], setting: Setting) -> Drawn | None:
    """The bill of a month, or what a run costs; of two runs both on one ruler. None where there is nothing to pay for."""
    bills = accounts(outcomes, headings)
    if not bills:
        return None
    most = max(max((each.usd + each.free for each in bill.entries), default=0.0) for bill in bills)
    edge = _edge(bills)
    ruler, sheet, y = amounts.ruler(GUTTER, setting.width - edge, most), Sheet(), float(TOP)
    for bill in bills:
        y = _draw(sheet, bill, bills[0], ruler, y, setting.width) + BETWEEN
    y = memories.draw(sheet, bills, y, setting.width)
    title = "The bill of the month, line by line" if bills[0].is_month else "What the run costs, line by line"
    return Drawn(
        sheet.chart(setting.width, y - BETWEEN + TOP),
        title,
        " ".join((*map(_says, bills), *memories.says(bills))),
        _difference(bills),
        _twin(bills),
    )


def _edge(bills: Sequence[Account]) -> float:
    """Room for the longest amount."""
    longest = max(wide(usd(entry.usd)) for bill in bills for entry in bill.entries)
    return max(EDGE if len(bills) < 2 else EDGE_OF_TWO, longest * len(bills) + 2 * MARGIN)


def _draw(sheet: Sheet, bill: Account, first: Account, ruler: Ruler, y: float, width: int) -> float:
    """Its lines, the ruler under them, the total. Returns the y of the foot."""
    if bill.heading:
        sheet.labels.append(Label("heading", MARGIN, y + 15, shortened(bill.heading, width - 2 * MARGIN, 15)))
        y += 26
    before = None if bill is first else {each.name: each.usd for each in first.entries}
    top = y
    for entry in bill.entries:
        _row(sheet, entry, ruler, y, width, before)
        y += ROW
    y = amounts.draw(sheet, ruler, top, y + 2, _tick) + 6
    right = width - MARGIN
    sheet.lines.append(Line("sum", MARGIN, y, right, y))
    sheet.labels.append(Label("heading", MARGIN, y + 20, "total"))
    total = usd(bill.total) + (_more(bill.total - first.total) if before is not None else "")
    sheet.labels.append(Label("heading", right, y + 20, total, "end"))
    return y + 26


def _row(sheet: Sheet, entry: Entry, ruler: Ruler, y: float, width: int, before: dict[str, float] | None) -> None:
    """A solid stretch for what is paid; behind it an open one for what is free."""
    sheet.labels.append(Label("why", MARGIN, y + 17, entry.name))
    paid, whole = ruler.x(entry.usd), ruler.x(entry.usd + entry.free)
    if entry.usd:
        says = f"{entry.name}: {usd(entry.usd)}"
        sheet.bars.append(
            Bar("amount", ruler.left, y + 4, max(round(paid - ruler.left, 1), 1.5), BAR, says, entry.mark)
        )
    if entry.free:
        says = f"{entry.name}: the free tier takes off {usd(entry.free)}"
        sheet.bars.append(Bar("free", paid, y + 4, max(round(whole - paid, 1), 1.5), BAR, says, entry.mark))
        if fits(FREE, whole - paid):
            sheet.labels.append(Label("on-part", paid + 6, y + 16.5, FREE))
    more = "" if before is None else _more(entry.usd - before.get(entry.name, 0.0))
    sheet.labels.append(Label("strong", width - MARGIN, y + 17, usd(entry.usd) + more, "end"))


def _more(difference: float) -> str:
    """' (3.20 more)', ' (the same)'."""
    amount = usd(abs(difference)).removesuffix(" USD")
    if abs(difference) < 1e-12:
        return " (the same)"
    return f" ({amount} {'more' if difference > 0 else 'less'})"


def _tick(amount: float) -> str:
    return f"{number(amount)}{NBSP}USD" if amount else "0"


def _says(bill: Account) -> str:
    lines = "; ".join(_line(each) for each in bill.entries)
    whole = f"{lines}. Total {usd(bill.total)}."
    return f"{bill.heading}: {whole}" if bill.heading else whole


def _line(entry: Entry) -> str:
    free = f" after {usd(entry.free)} that are free" if entry.free else ""
    return f"{entry.name} {usd(entry.usd)}{free}"


def _difference(bills: Sequence[Account]) -> str:
    if len(bills) < 2:
        return ""
    one, other = bills
    difference = other.total - one.total
    if abs(difference) < 1e-12:
        return f"Both come to {usd(one.total)}."
    how = "more" if difference > 0 else "less"
    return f"{one.heading}: {usd(one.total)}. {other.heading}: {usd(other.total)}, {usd(abs(difference))} {how}."


def _twin(bills: Sequence[Account]) -> Grid:
    lines: list[tuple[str, ...]] = [
        (bill.heading, entry.name, usd(entry.usd + entry.free), usd(entry.free), usd(entry.usd))
        for bill in bills
        for entry in (*bill.entries, Entry("total", bill.total, bill.free))
    ]
    lines += [(heading, line, "", "", costs) for heading, line, costs in memories.twin(bills)]
    head: tuple[str, ...] = ("Run", "Line", "Before the free tier", "Free", "To pay")
    if not any(bill.heading for bill in bills):
        lines, head = [line[1:] for line in lines], head[1:]
    return Grid("The bill, line by line", head, tuple(lines))
