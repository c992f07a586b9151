"""How many environments are busy: a step line over a tinted area, under the limit that it may not pass."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, Protocol

from studyapp.simulator.outcome import Span
from studyapp.simulator.sums import Stretches
from studyapp.simulator.view import View
from studyapp.ui.pictures import levels
from studyapp.ui.pictures.axis import Axis
from studyapp.ui.pictures.batches import IN_BATCHES
from studyapp.ui.pictures.marks import of_span
from studyapp.ui.pictures.shapes import Cross, Curve, Label, Line, Sheet
from studyapp.ui.pictures.words import count, fits, seconds, wide

HEIGHT, LOWEST = 84, 10
ROOM_FOR_CROSSES = 20
"""Above the limit line, where the ✕ of what is throttled stand."""
FAR_ABOVE = 2.5
"""A limit this many times the peak would flatten the line: its flag alone is shown."""
APART = 12
TURNED_AWAY = ("throttled", "refused")
"""By Lambda's limits; by a limit in front of it, an API's or that of a payload."""


class Group(NamedTuple):
    """What was turned away close together: when and what came first, how many they are, by whom and why, each once."""

    start_us: int
    event: int
    noun: str
    many: int
    kinds: tuple[str, ...]
    reasons: tuple[str, ...]

    @property
    def mark(self) -> str:
        return of_span(Span(self.kinds[0], self.start_us, self.start_us, self.event, ""))


class Refusals(Protocol):
    """What was turned away from a function, in order of time, then of event."""

    @property
    def moments(self) -> Sequence[int]:
        """When."""

    def group(self, first: int, upto: int) -> Group:
        """Those from one place to before another."""


@dataclass(frozen=True)
class ToldRefusals:
    """Those of a run whose spans are at hand."""

    spans: Sequence[Span]

    @cached_property
    def moments(self) -> Sequence[int]:
        return [span.start_us for span in self.spans]

    def group(self, first: int, upto: int) -> Group:
        own, lead = self.spans[first:upto], self.spans[first]
        kinds, reasons = (
            tuple(dict.fromkeys(each)) for each in zip(*((span.kind, span.reason) for span in own), strict=True)
        )
        return Group(lead.start_us, lead.event, lead.noun, len(own), kinds, reasons)


@dataclass(frozen=True, slots=True)
class Busy:
    """One function's busy environments: when they are busy, and what was throttled, or refused by others."""

    held: Stretches
    refused: Refusals
    limit: int | None
    is_shared: bool = False

    @property
    def peak(self) -> int:
        return self.held.peak

    @property
    def first_refusal_us(self) -> int | None:
        return self.refused.moments[0] if self.refused.moments else None

    @property
    def shows_limit(self) -> bool:
        return self.limit is not None and self.limit <= max(self.peak, 1) * FAR_ABOVE

    @property
    def ceiling(self) -> int:
        """The highest level that is drawn."""
        return max(self.peak, 1, (self.limit or 0) if self.shows_limit else 0)


def busy(spans: Sequence[Span], limit: int | None, *, is_shared: bool = False) -> Busy:
    """The spans of one function, counted. An environment is busy while it starts and while it runs."""
    stretches = list(_stretches(spans))
    held = Stretches((start_us for start_us, _ in stretches), (end_us for _, end_us in stretches))
    return Busy(held, ToldRefusals(tuple(span for span in spans if span.kind in TURNED_AWAY)), limit, is_shared)


def of_view(view: View, refused: Refusals, limit: int | None, *, is_shared: bool) -> Busy:
    """The same of a function by the columns of a trace, in a world where an environment serves one request at a time."""
    return Busy(view.used, refused, limit, is_shared)


def _stretches(spans: Sequence[Span]) -> Iterator[tuple[int, int]]:
    """When each environment is busy; in a world where one serves several requests at once, their union."""
    until: dict[int | None, tuple[int, int]] = {}
    for span in sorted((span for span in spans if span.kind in ("init", "invoke")), key=lambda span: span.start_us):
        open_us, close_us = until.get(span.environment, (span.start_us, span.start_us))
        if span.start_us > close_us:
            yield open_us, close_us
            open_us = span.start_us
        until[span.environment] = open_us, max(close_us, span.end_us)
    yield from until.values()


def draw(sheet: Sheet, axis: Axis, one: Busy, ceiling: int, top: float, title: str) -> float:
    """Draw `one` from `top` down, scaled to `ceiling`. Returns the y of its foot."""
    sheet.labels.append(Label("title", axis.left, top + 14, title))
    unit = HEIGHT / ceiling
    foot = top + 24 + ROOM_FOR_CROSSES + round(max(one.ceiling * unit, LOWEST), 1)
    line = levels.line(axis, one.held, foot, unit)
    sheet.curves.append(levels.filled(axis, line, foot))
    sheet.lines.append(Line("axis", axis.left, foot, axis.right, foot))
    sheet.curves.append(Curve("busy-line", f"M{line}"))
    sheet.labels.append(Label("tick", axis.left - 8, foot + 4.5, "0", "end"))
    level = _draw_limit(sheet, axis, one, foot, unit)
    remark = _remark(one)
    if remark:
        sheet.labels.append(Label("limit", round(axis.left + wide(title, 14) + 20, 1), top + 14, remark))
    _draw_crosses(sheet, axis, one, level - 10, top + 14)
    return foot


def _remark(one: Busy) -> str:
    """What the line of the limit cannot tell: that it is far above, or that other functions use it too."""
    if one.limit is None:
        return ""
    if one.shows_limit:
        return "the limit is shared" if one.is_shared else ""
    return f"↑ limit {one.limit:,}" + (", shared" if one.is_shared else "")


def _draw_limit(sheet: Sheet, axis: Axis, one: Busy, foot: float, unit: float) -> float:
    """The red line with its flag; or the peak, when the limit is far above. Returns the y on which a ✕ stands."""
    if one.limit is None or not one.shows_limit:
        peak = round(foot - one.peak * unit, 1)
        if one.peak:
            sheet.labels.append(Label("tick", axis.left - 8, peak + 4.5, f"{one.peak:,}", "end"))
        return peak
    y = round(foot - one.limit * unit, 1)
    sheet.lines.append(Line("limit-line", axis.left, y, axis.right, y))
    sheet.labels.append(Label("limit", axis.left - 8, y + 4.5, f"limit {one.limit:,}", "end"))
    return y


def _draw_crosses(sheet: Sheet, axis: Axis, one: Busy, y: float, title_y: float) -> None:
    """A ✕ for each throttled invocation; those that would touch are one ✕. Their number stands beside the last."""
    groups = _groups(axis, one)
    if not groups:
        return
    crosses = [Cross(axis.x(group.start_us), y, group.many, _says(group), group.mark) for group in groups]
    sheet.crosses.extend(crosses)
    shown = {kind for group in groups for kind in group.kinds}
    text = f"{sum(cross.count for cross in crosses):,} {' or '.join(kind for kind in TURNED_AWAY if kind in shown)}"
    if fits(text, axis.right - crosses[-1].x - APART):
        sheet.labels.append(Label("limit", crosses[-1].x + APART, y + 4.5, text))
    elif fits(text, crosses[0].x - APART - axis.left):
        sheet.labels.append(Label("limit", crosses[0].x - APART, y + 4.5, text, "end"))
    else:
        sheet.labels.append(Label("limit", axis.right, title_y, text, "end"))


def _groups(axis: Axis, one: Busy) -> list[Group]:
    """What is on the axis, those together that would touch the first of them."""
    times = one.refused.moments
    place, last = bisect_left(times, axis.start_us), bisect_left(times, axis.end_us)
    groups = []
    while place < last:
        edge = axis.x(times[place]) + APART
        upto = bisect_left(times, edge, place, last, key=axis.x)
        groups.append(one.refused.group(place, upto))
        place = upto
    return groups


def _says(group: Group) -> str:
    batch = "batch of " if group.noun in IN_BATCHES else ""
    kind, reasons = group.kinds[0], " and ".join(group.reasons)
    if group.many == 1:
        return f"{seconds(group.start_us)}, {batch}{group.noun} {group.event}: {kind}, {reasons}"
    one, many = (f"batch of {group.noun}s", f"batches of {group.noun}s") if batch else (group.noun, "")
    return f"from {seconds(group.start_us)}: {count(group.many, one, many)} {kind}, {reasons}"
