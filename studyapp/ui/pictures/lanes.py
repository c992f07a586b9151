"""A lane for each execution environment: hatched while it starts, solid while it runs, dotted while it waits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from studyapp.simulator.outcome import Span
from studyapp.ui.pictures import names
from studyapp.ui.pictures.axis import Axis
from studyapp.ui.pictures.batches import Once, runs
from studyapp.ui.pictures.marks import of_span
from studyapp.ui.pictures.shapes import Bar, Label, Line, Sheet
from studyapp.ui.pictures.verbs import called, look, verb
from studyapp.ui.pictures.words import count, duration, fits, seconds

HEAD, PITCH, THICK = 38.0, 24, 17
THINNEST = 1.5
ENVIRONMENT_LANES = 16


class Lanes(Protocol):
    """Starts and runs by environment, in the order in which the environments were made; a batch is one of them."""

    def __len__(self) -> int:
        """How many environments there are."""

    @property
    def noun(self) -> str:
        """What the first of them runs for: a request, an event, a message, a record."""

    def starts(self, most: int) -> Sequence[int]:
        """When each start and run in the first `most` environments begins."""

    def shown(self, most: int, axis: Axis) -> Mapping[int, Sequence[Once]]:
        """What has to be known of the first `most` to draw them on `axis`: all that is on it, and in each environment what
        comes before that and after."""


@dataclass(frozen=True, slots=True)
class ToldLanes:
    """Lanes of a run whose spans are at hand."""

    by_environment: Mapping[int, Sequence[Once]]

    def __len__(self) -> int:
        return len(self.by_environment)

    @property
    def noun(self) -> str:
        return next(each.span.noun for own in self.by_environment.values() for each in own)

    def starts(self, most: int) -> Sequence[int]:
        first = list(self.by_environment.values())[:most]
        return [each.span.start_us for own in first for each in own]

    def shown(self, most: int, axis: Axis) -> Mapping[int, Sequence[Once]]:
        return dict(list(self.by_environment.items())[:most])


def lanes(spans: Sequence[Span]) -> ToldLanes:
    """Who did what. A warm environment that was never used has no lane."""
    by_environment: dict[int, list[Once]] = {}
    for each in runs(spans):
        if each.span.environment is not None and each.span.end_us > each.span.start_us:
            by_environment.setdefault(each.span.environment, []).append(each)
    return ToldLanes(dict(sorted(by_environment.items())))


def draw(sheet: Sheet, axis: Axis, every: Lanes, most: int, top: float, idle_us: int | None) -> float:
    """Draw up to `most` lanes from `top` down. Returns the y of the foot."""
    shown = every.shown(most, axis)
    place = len(sheet.labels)
    y, first_bar, first_line = top + HEAD, len(sheet.bars), len(sheet.lines)
    first_label = len(sheet.labels)
    for environment, own in shown.items():
        sheet.labels.append(Label("tick", axis.left - 8, y + 13, f"env {environment}", "end"))
        _draw_lane(sheet, axis, own, y, idle_us)
        y += PITCH
    named = [label.look for label in sheet.labels[first_label:]]
    sheet.labels.insert(place, Label("title", axis.left, top + 14, _title(every, sheet.labels[first_label:])))
    sheet.labels += names.of(sheet.bars[first_bar:], sheet.lines[first_line:], axis, top + HEAD, named)
    if len(every) > len(shown):
        more = f"and {count(len(every) - len(shown), 'more environment')}"
        sheet.labels.append(Label("tick", axis.left, y + 12, more))
        y += PITCH
    return y


def _title(every: Lanes, labels: Sequence[Label]) -> str:
    """Numbers that stand alone on their bars are explained."""
    title = "Execution environments" if len(every) != 1 else "Execution environment"
    if not any(label.look.startswith("on ") and label.text[:1].isdigit() and " " not in label.text for label in labels):
        return title
    return f"{title}, {every.noun}s in each batch"


def _draw_lane(sheet: Sheet, axis: Axis, own: Sequence[Once], y: float, idle_us: int | None) -> None:
    middle, free, at_us = y + THICK / 2, axis.x(own[0].span.start_us), 0
    for each in own:
        span = each.span
        start, end, at_us = axis.x(span.start_us), axis.x(span.end_us), span.end_us
        if start - free >= 1:
            sheet.lines.append(Line("rest", free, middle, start, middle))
        free = end
        if axis.shows(span.start_us, at_us):
            bar = _bar(axis, each, start, end, y)
            sheet.bars.append(bar)
            sheet.lines += wall(bar)
            sheet.labels += _size(bar, each)
    gone = axis.x(axis.end_us if idle_us is None else min(axis.end_us, at_us + idle_us))
    if gone - free >= 1:
        sheet.lines.append(Line("rest", free, middle, gone, middle))


def _bar(axis: Axis, each: Once, x: float, end: float, y: float) -> Bar:
    span = each.span
    width = max(round(end - x, 1), THINNEST)
    name = "init" if span.kind == "init" else look(each.status)
    return Bar(name, min(x, axis.right - width), y, width, THICK, _says(each), of_span(span))


def _size(bar: Bar, each: Once) -> list[Label]:
    """How many records a batch holds, and how it ended unless it was well, on its bar if there is room."""
    span = each.span
    if span.kind == "init" or span.batch == 1:
        return []
    size = f"{span.batch:,} {span.noun}s"
    ends = {"invoke": "", "failed": " failed", "timeout": " timed out"}.get(bar.look, f", {each.given_back} given back")
    fitting = [text for text in (size + ends, f"{span.batch:,}{ends}") if fits(text, bar.width, names.SIZE)]
    return [Label(f"on on-{bar.look}", bar.x + 6, bar.y + 13, text) for text in fitting[:1]]


def wall(bar: Bar) -> list[Line]:
    """What a run that timed out ran into."""
    if bar.look != "timeout":
        return []
    x = round(bar.x + bar.width, 1)
    return [Line("wall", x, bar.y - 2, x, bar.y + bar.height + 2)]


def _says(each: Once) -> str:
    """'0.4 s, request 1: invocation, 650 ms'; of a batch which records it holds."""
    kind, start_us, end_us, _, _, _, attempt, _, _, batch, noun = each.span
    retry = f", attempt {attempt}" if attempt > 1 else ""
    again = "" if attempt or kind != "invoke" else ", once more than it should"
    back = f", {each.given_back:,} of {batch:,} given back" if each.given_back else ""
    length = duration(end_us - start_us)
    return f"{seconds(start_us)}, {called(noun, each.events)}{retry}{again}: {_name(each)}{back}, {length}"


def _name(each: Once) -> str:
    if each.span.kind == "init":
        return "start"
    name = "invocation" if each.span.batch == 1 else f"invocation with a batch of {each.span.batch:,}"
    status = each.status
    if status in ("ok", "given back", ""):
        return name
    ended = {"error": "that failed", "timeout": "that timed out"}
    return f"{name} {ended.get(status, f'that {verb(status)}')}"
