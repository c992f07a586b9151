"""A lane for each execution environment: hatched while it starts, solid while it runs, dotted while it waits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from studyapp.simulator.outcome import Span
from studyapp.ui.pictures import names
from studyapp.ui.pictures.axis import Axis
from studyapp.ui.pictures.shapes import Bar, Label, Line, Sheet
from studyapp.ui.pictures.words import count, duration, seconds

HEAD, PITCH, THICK = 38.0, 24, 17
THINNEST = 1.5
ENVIRONMENT_LANES = 16
LOOKS = {"ok": "invoke", "error": "failed", "timeout": "timeout"}


@dataclass(frozen=True, slots=True)
class Lanes:
    """Spans by environment, in the order in which the environments were made."""

    by_environment: Mapping[int, Sequence[Span]]

    def first(self, lanes: int) -> Lanes:
        return Lanes(dict(list(self.by_environment.items())[:lanes]))

    def __len__(self) -> int:
        return len(self.by_environment)


def lanes(spans: Sequence[Span]) -> Lanes:
    """Who did what. A warm environment that was never used has no lane."""
    by_environment: dict[int, list[Span]] = {}
    for span in spans:
        if span.environment is not None and span.kind in ("init", "invoke") and span.end_us > span.start_us:
            by_environment.setdefault(span.environment, []).append(span)
    return Lanes(dict(sorted(by_environment.items())))


def draw(sheet: Sheet, axis: Axis, every: Lanes, most: int, top: float, idle_us: int | None) -> float:
    """Draw up to `most` lanes from `top` down. Returns the y of the foot."""
    shown = every.first(most)
    title = "Execution environments" if len(every) != 1 else "Execution environment"
    sheet.labels.append(Label("title", axis.left, top + 14, title))
    y, first_bar, first_line = top + HEAD, len(sheet.bars), len(sheet.lines)
    for environment, spans in shown.by_environment.items():
        sheet.labels.append(Label("tick", axis.left - 8, y + 13, f"env {environment}", "end"))
        _draw_lane(sheet, axis, spans, y, idle_us)
        y += PITCH
    sheet.labels += names.of(sheet.bars[first_bar:], sheet.lines[first_line:], axis, top + HEAD)
    if len(every) > len(shown):
        more = f"and {count(len(every) - len(shown), 'more environment')}"
        sheet.labels.append(Label("tick", axis.left, y + 12, more))
        y += PITCH
    return y


def _draw_lane(sheet: Sheet, axis: Axis, spans: Sequence[Span], y: float, idle_us: int | None) -> None:
    middle, free = y + THICK / 2, spans[0].start_us
    for span in spans:
        _draw_rest(sheet, axis, free, span.start_us, middle)
        free = span.end_us
        if axis.shows(span.start_us, span.end_us):
            sheet.bars.append(_bar(axis, span, y))
            sheet.lines += wall(sheet.bars[-1])
    gone = axis.end_us if idle_us is None else min(axis.end_us, free + idle_us)
    _draw_rest(sheet, axis, free, gone, middle)


def _draw_rest(sheet: Sheet, axis: Axis, from_us: int, until_us: int, y: float) -> None:
    x1, x2 = axis.x(from_us), axis.x(until_us)
    if x2 - x1 >= 1:
        sheet.lines.append(Line("rest", x1, y, x2, y))


def _bar(axis: Axis, span: Span, y: float) -> Bar:
    x = axis.x(span.start_us)
    width = max(round(axis.x(span.end_us) - x, 1), THINNEST)
    look = "init" if span.kind == "init" else LOOKS.get(span.status, "invoke")
    return Bar(look, min(x, axis.right - width), y, width, THICK, _says(span))


def wall(bar: Bar) -> list[Line]:
    """What a run that timed out ran into."""
    x = round(bar.x + bar.width, 1)
    return [Line("wall", x, bar.y - 2, x, bar.y + bar.height + 2)] if bar.look == "timeout" else []


def _says(span: Span) -> str:
    what = {"init": "start", "error": "invocation that failed", "timeout": "invocation that timed out"}
    name = what.get(span.kind) or what.get(span.status) or "invocation"
    retry = f", attempt {span.attempt}" if span.attempt > 1 else ""
    return f"{seconds(span.start_us)}, request {span.event}{retry}: {name}, {duration(span.end_us - span.start_us)}"
