"""Packages against their quotas: what a function consists of, end to end along a ruler, and the line that it may not pass."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from studyapp.simulator.outcome import Outcome
from studyapp.ui.pictures import size_bars, walks
from studyapp.ui.pictures.charts import Setting
from studyapp.ui.pictures.drawn import Drawn
from studyapp.ui.pictures.shapes import Grid, Label, Sheet
from studyapp.ui.pictures.size_bars import against, amount, consists
from studyapp.ui.pictures.size_parts import Block, blocks
from studyapp.ui.pictures.words import NBSP, listing, shortened, wide

TOP, BETWEEN, MARGIN = 6, 26, 14
MOST = 12
"""Functions and layers that are drawn; the others are in the table alone."""


def picture_of(outcomes: Sequence[Outcome], headings: Sequence[str], setting: Setting) -> Drawn | None:
    """Each function and layer; of two runs, those that differ. None where nothing is deployed."""
    found = blocks(outcomes, headings)
    if not found:
        return None
    sheet, y = Sheet(), float(TOP)
    for block in found[:MOST]:
        alike = [gauge for each in found if each.name == block.name for gauge in each.rulers]
        y = _draw(sheet, block, size_bars.most_of(alike), y, setting.width) + BETWEEN
    return Drawn(
        sheet.chart(setting.width, y - BETWEEN + TOP),
        "Packages against their quotas",
        " ".join(_says(block) for block in found),
        " ".join(filter(None, (_difference(found), _alike(outcomes, found), walks.rest(found, MOST)))),
        _twin(found),
    )


def _draw(sheet: Sheet, block: Block, most: float, y: float, width: int) -> float:
    """What it is and whether it is accepted; its rulers and its gauges. Two runs have one ruler. Returns the y of the foot."""
    look, mark = ("says-reached", "✓") if block.walk.path.ok else ("says-refuses", "✗")
    verdict = shortened(f"{mark} {_verdict(block)}", width * 0.6, 14)
    name = shortened(_called(block), width - 40 - wide(verdict, 14), 15)
    sheet.labels.append(Label("heading", MARGIN, y + 15, name))
    sheet.labels.append(Label(f"verdict {look}", width - MARGIN, y + 15, verdict, "end"))
    foot = size_bars.draw(sheet, block.rulers, most, y + 24, width)
    return size_bars.draw_small(sheet, block.gauges, foot + 4, width)


def _called(block: Block) -> str:
    return f"{block.walk.heading}: {block.name}" if block.walk.heading else block.name


def _verdict(block: Block) -> str:
    path = block.walk.path
    return block.walk.verdict if path.ok else f"{block.walk.verdict}: {path.hops[-1].name}"


def _says(block: Block) -> str:
    parts = [f"{each.name} {amount(each.size, each.unit)}, {against(each)}" for each in (*block.rulers, *block.gauges)]
    return f"{_called(block)}: {_verdict(block)}; {'; '.join(parts)}."


def _difference(found: Sequence[Block]) -> str:
    """What the second run of a pair has otherwise, in words."""
    told: list[str] = []
    for one, other in pairwise(found):
        if one.walk.heading != other.walk.heading and one.walk.path.target == other.walk.path.target:
            told.append(f"{one.name}: {_changes(one, other)}.")
    return " ".join(told)


def _alike(outcomes: Sequence[Outcome], found: Sequence[Block]) -> str:
    """What is not drawn as it is the same in both runs. "" for one run."""
    drawn = {block.walk.path.target for block in found}
    rest = [path.target for path in outcomes[0].paths if path.kind == "package" and path.target not in drawn]
    return f"The same either way: {listing(rest)}." if rest and len(outcomes) > 1 else ""


def _changes(one: Block, other: Block) -> str:
    twins = {each.name: each for each in (*other.rulers, *other.gauges)}
    changed = [
        f"{each.name} {amount(each.size, each.unit)} becomes {amount(twins[each.name].size, each.unit)}"
        for each in (*one.rulers, *one.gauges)
        if each.name in twins and twins[each.name].size != each.size
    ]
    if _verdict(one) != _verdict(other):
        changed.append(f"{_verdict(one)} becomes {_verdict(other)}")
    return ", ".join(changed) or f"{_verdict(one)} in both"


def _twin(found: Sequence[Block]) -> Grid:
    rows = [
        (
            _called(block),
            each.name,
            consists(each),
            amount(each.size, each.unit),
            "none" if each.limit is None else amount(each.limit, each.unit),
            against(each),
        )
        for block in found
        for each in (*block.rulers, *block.gauges)
    ]
    return Grid("Each size and its quota", ("What", "Quota", f"Consists{NBSP}of", "Size", "Limit", "So"), tuple(rows))
