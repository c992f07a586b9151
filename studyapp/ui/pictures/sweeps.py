"""A sweep: metrics over the whole range of one parameter, a panel for each, with today's value marked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import floor, log10

from studyapp.ui.pictures.drawn import Drawn
from studyapp.ui.pictures.readouts import named, text_and_unit
from studyapp.ui.pictures.shapes import Bar, Curve, Grid, Label, Line, Sheet
from studyapp.ui.pictures.words import NBSP

LEFT, EDGE, TOP, HEAD, HEIGHT, BETWEEN, FOOT = 96, 30, 6, 26, 96, 26, 30
DOT = 6.0
MOST_TICKS = 7


@dataclass(frozen=True, slots=True)
class Point:
    """One value: its number, its text with unit, and the metrics there; none where it was refused, `says` tells why."""

    at: float
    text: str
    metrics: Mapping[str, object]
    says: str = ""


def drawn(points: Sequence[Point], metrics: Sequence[str], label: str, now: str, width: int) -> Drawn | None:
    """`label` names the parameter, `now` is the text of its present value. None without two values that were run."""
    ran = [point for point in points if point.metrics]
    shown = [name for name in metrics if _is_worth_a_panel(name, ran, is_first=name == metrics[0])]
    if len(ran) < 2 or not shown:
        return None
    frame = _Frame(points[0].at, points[-1].at, width)
    sheet, y = Sheet(), float(TOP)
    for name in shown:
        y = _panel(sheet, frame, ran, name, now, y) + BETWEEN
    foot = y - BETWEEN
    _ruler(sheet, frame, foot, points[0].text)
    _mark_now(sheet, frame, points, now, foot)
    refused = len(points) - len(ran)
    return Drawn(
        chart=sheet.chart(width, foot + FOOT),
        title=f"{label}, over its range",
        desc=" ".join(_says(ran, name, label, now) for name in shown),
        note=f"{refused} of {len(points)} values cannot be run; the table says why." if refused else "",
        twin=_twin(points, shown, label),
    )


def _is_worth_a_panel(name: str, ran: Sequence[Point], *, is_first: bool) -> bool:
    """Numbers; of what was not asked for, those that are not the same all along."""
    values = [found for point in ran if isinstance(found := point.metrics.get(name), int | float)]
    return bool(values) and (is_first or len(set(values)) > 1)


@dataclass(frozen=True, slots=True)
class _Frame:
    """Values to x."""

    low: float
    high: float
    width: int

    def x(self, at: float) -> float:
        share = (at - self.low) / ((self.high - self.low) or 1)
        return round(LEFT + (self.width - EDGE - LEFT) * share, 1)


def _panel(sheet: Sheet, frame: _Frame, ran: Sequence[Point], name: str, now: str, top: float) -> float:
    """One metric from `top` down; its highest and lowest value stand at the axis. Returns the y of its foot."""
    sheet.labels.append(Label("title", LEFT, top + 14, named(name)))
    values = [(point, float(found)) for point in ran if isinstance(found := point.metrics.get(name), int | float)]
    most = max(value for _, value in values)
    foot = top + HEAD + HEIGHT
    unit = HEIGHT / (most or 1)
    corners = [(frame.x(point.at), round(foot - value * unit, 1)) for point, value in values]
    sheet.lines.append(Line("axis", LEFT, foot, frame.width - EDGE, foot))
    sheet.curves.append(Curve("busy-line", "M" + " L".join(f"{x:g} {y:g}" for x, y in corners)))
    for (x, y), (point, value) in zip(corners, values, strict=True):
        look = "now-dot" if point.text == now else "dot"
        sheet.bars.append(Bar(look, x - DOT / 2, y - DOT / 2, DOT, DOT, f"{point.text}: {_text(name, value)}"))
    sheet.labels.append(Label("tick", LEFT - 8, foot + 4.5, "0", "end"))
    if most:
        sheet.labels.append(
            Label("tick", LEFT - 8, foot - HEIGHT + 4.5, _text(name, _as_it_was(name, most, values)), "end")
        )
    return foot


def _as_it_was(name: str, most: float, values: Sequence[tuple[Point, float]]) -> object:
    """The value itself: a count stays a count."""
    return next(point.metrics[name] for point, value in values if value == most)


def _text(name: str, value: object) -> str:
    return NBSP.join(filter(None, text_and_unit(name, value)))


def _ruler(sheet: Sheet, frame: _Frame, foot: float, first: str) -> None:
    """Ticks at 1, 2 or 5 times a power of ten, in the unit of the values."""
    unit = first.partition(" ")[2] if " " in first else ""
    for tick in _ticks(frame.low, frame.high):
        x = frame.x(tick)
        sheet.grid.append(Line("grid", x, TOP + HEAD, x, foot))
        sheet.labels.append(Label("tick", x, foot + 18, f"{tick:,g}{NBSP if unit else ''}{unit}", "middle"))


def _ticks(low: float, high: float) -> list[float]:
    span = (high - low) or 1
    raw = span / MOST_TICKS
    power = 10.0 ** floor(log10(raw))
    step = next(factor * power for factor in (1, 2, 5, 10) if factor * power >= raw)
    first = -(-low // step) * step
    return [
        round(first + step * number, 10)
        for number in range(MOST_TICKS + 1)
        if first + step * number <= high + step / 1e6
    ]


def _mark_now(sheet: Sheet, frame: _Frame, points: Sequence[Point], now: str, foot: float) -> None:
    """A line through all panels where the run stands now."""
    here = next((point for point in points if point.text == now), None)
    if here is None:
        return
    x = frame.x(here.at)
    sheet.lines.append(Line("parting", x, TOP + 4, x, foot))
    is_late = x > (frame.width + LEFT) / 2
    sheet.labels.append(
        Label("limit-free", x - 6 if is_late else x + 6, TOP + 14, f"now {now}", "end" if is_late else "start")
    )


def _says(ran: Sequence[Point], name: str, label: str, now: str) -> str:
    """'Throttled: 200 at 10, from 390 at 1 to 0 at 40.'"""
    here = next((point for point in ran if point.text == now), None)
    at = f" {_text(name, here.metrics.get(name))} at {here.text}," if here else ""
    first, last = ran[0], ran[-1]
    ends = f" from {_text(name, first.metrics.get(name))} at {first.text} to {_text(name, last.metrics.get(name))} at {last.text}."
    return f"{named(name)}:{at}{ends}"


def _twin(points: Sequence[Point], metrics: Sequence[str], label: str) -> Grid:
    rows = tuple((point.text, *_cells(point, metrics)) for point in points)
    return Grid(f"{label}, value by value", (label, *map(named, metrics)), rows)


def _cells(point: Point, metrics: Sequence[str]) -> list[str]:
    """The metrics there, or why there are none."""
    if not point.metrics:
        return [point.says, *[""] * (len(metrics) - 1)]
    return [_text(name, point.metrics.get(name)) for name in metrics]
