"""How many environments are busy: a step line over a tinted area, under the limit that it may not pass."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from studyapp.simulator.outcome import Span
from studyapp.simulator.sums import Stretches
from studyapp.simulator.view import View
from studyapp.ui.pictures.axis import Axis
from studyapp.ui.pictures.batches import IN_BATCHES
from studyapp.ui.pictures.levels import points, written
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


@dataclass(frozen=True, slots=True)
class Busy:
    """One function's busy environments: when they are busy, and in order of time what was `throttled`, or refused by others,
    with the moments."""

    held: Stretches
    refused_us: Sequence[int]
    throttled: Sequence[Span]
    limit: int | None
    is_shared: bool = False

    @property
    def peak(self) -> int:
        return self.held.peak

    @property
    def first_refusal_us(self) -> int | None:
        return self.refused_us[0] if self.refused_us else None

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
    throttled = tuple(span for span in spans if span.kind in TURNED_AWAY)
    return Busy(held, [span.start_us for span in throttled], throttled, limit, is_shared)


def of_view(view: View, throttled: Sequence[Span], limit: int | None, *, is_shared: bool) -> Busy:
    """The same of a function by the columns of a trace, in a world where an environment serves one request at a time."""
    return Busy(view.used, view.of(view.trace.refused_at, view.refusals), throttled, limit, is_shared)


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
    corners = points(axis, one.held, foot, unit)
    line = written(corners)
    sheet.curves.append(Curve("busy", f"M{axis.left} {foot:g} L{line} L{corners[-1][0]:g} {foot:g} Z"))
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
    crosses = [Cross(axis.x(group[0].start_us), y, len(group), _says(group), of_span(group[0])) for group in groups]
    sheet.crosses.extend(crosses)
    shown = {span.kind for group in groups for span in group}
    text = f"{sum(cross.count for cross in crosses):,} {' or '.join(kind for kind in TURNED_AWAY if kind in shown)}"
    if fits(text, axis.right - crosses[-1].x - APART):
        sheet.labels.append(Label("limit", crosses[-1].x + APART, y + 4.5, text))
    elif fits(text, crosses[0].x - APART - axis.left):
        sheet.labels.append(Label("limit", crosses[0].x - APART, y + 4.5, text, "end"))
    else:
        sheet.labels.append(Label("limit", axis.right, title_y, text, "end"))


def _groups(axis: Axis, one: Busy) -> list[Sequence[Span]]:
    """What is on the axis, those together that would touch the first of them."""
    times = one.refused_us
    place, last = bisect_left(times, axis.start_us), bisect_left(times, axis.end_us)
    groups = []
    while place < last:
        edge = axis.x(times[place]) + APART
        upto = bisect_left(times, edge, place, last, key=axis.x)
        groups.append(one.throttled[place:upto])
        place = upto
    return groups


def _says(group: Sequence[Span]) -> str:
    first = group[0]
    batch = "batch of " if first.noun in IN_BATCHES else ""
    if len(group) == 1:
        return f"{seconds(first.start_us)}, {batch}{first.noun} {first.event}: {first.kind}, {first.reason}"
    reasons = " and ".join(dict.fromkeys(span.reason for span in group))
    one, many = (f"batch of {first.noun}s", f"batches of {first.noun}s") if batch else (first.noun, "")
    return f"from {seconds(first.start_us)}: {count(len(group), one, many)} {first.kind}, {reasons}"
