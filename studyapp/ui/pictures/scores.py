"""A share forecast from day to day, with its interval, and the mocks that came of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from studyapp.ui.pictures.drawn import Drawn
from studyapp.ui.pictures.shapes import Bar, Curve, Grid, Label, Line, Sheet
from studyapp.ui.pictures.words import NBSP, count, wide

WIDTH, LEFT, EDGE, TOP, HEIGHT = 720, 56, 30, 16, 200
DOT, MOCK = 7.0, 11.0
SHORTEST = 14
"""Days that the axis has at least."""
MOST_TICKS = 8
MOST_DOTS = 60
"""With more forecasts than this the line alone is drawn."""


@dataclass(frozen=True, slots=True)
class Score:
    """A forecast. Shares from 0 to 1."""

    on: date
    share: float
    low: float
    high: float
    answers: int


@dataclass(frozen=True, slots=True)
class Mock:
    """What a mock came to."""

    on: date
    share: float
    questions: int


@dataclass(frozen=True, slots=True)
class _Frame:
    first: date
    days: int

    def x(self, on: date) -> float:
        return round(LEFT + (WIDTH - LEFT - EDGE) * (on - self.first).days / self.days, 1)

    @staticmethod
    def y(share: float) -> float:
        return round(TOP + HEIGHT * (1 - share), 1)


def drawn(scores: Sequence[Score], mocks: Sequence[Mock]) -> Drawn | None:
    """Both in order of time. None without a forecast."""
    if not scores:
        return None
    days = [*(each.on for each in scores), *(mock.on for mock in mocks)]
    frame, sheet = _Frame(min(days), max((max(days) - min(days)).days, SHORTEST)), Sheet()
    _axes(sheet, frame)
    _course(sheet, frame, scores)
    for mock in mocks:
        _mock(sheet, frame, mock, is_above=mock.share >= _expected(scores, mock.on))
    return Drawn(
        chart=sheet.chart(WIDTH, TOP + HEIGHT + 30),
        title="The Lambda score from day to day",
        desc=f"{_says(scores[-1])}, the latest of {count(len(scores), 'forecast')}. {count(len(mocks), 'mock exam')}.",
        note="",
        twin=_twin(scores, mocks),
    )


def _axes(sheet: Sheet, frame: _Frame) -> None:
    right, foot = WIDTH - EDGE, TOP + HEIGHT
    for quarter in range(5):
        y = frame.y(quarter / 4)
        sheet.grid.append(Line("grid", LEFT, y, right, y))
        sheet.labels.append(Label("tick", LEFT - 8, y + 4.5, _percent(quarter / 4), "end"))
    sheet.lines.append(Line("axis", LEFT, foot, right, foot))
    for on in _ticks(frame):
        x = frame.x(on)
        sheet.lines.append(Line("axis", x, foot, x, foot + 4))
        sheet.labels.append(Label("tick", x, foot + 20, f"{on.day}{NBSP}{on:%b}", "middle"))


def _ticks(frame: _Frame) -> Iterator[date]:
    """Days at equal distances, whole weeks where there are many."""
    step = next(days for days in (1, 2, 7, 14, 28, 56, 112) if frame.days / days <= MOST_TICKS)
    for days in range(0, frame.days + 1, step):
        yield frame.first + timedelta(days=days)


def _course(sheet: Sheet, frame: _Frame, scores: Sequence[Score]) -> None:
    """The interval as a tinted band, the shares as a line through dots; one forecast alone as a dot with its interval."""
    tops = [f"{frame.x(each.on):g} {frame.y(each.high):g}" for each in scores]
    feet = [f"{frame.x(each.on):g} {frame.y(each.low):g}" for each in reversed(scores)]
    if len(scores) > 1:
        sheet.curves.append(Curve("band", f"M{' L'.join([*tops, *feet])} Z"))
        sheet.curves.append(Curve("busy-line", "M" + " L".join(_corner(frame, each) for each in scores)))
    else:
        x = frame.x(scores[0].on)
        sheet.lines.append(Line("span", x, frame.y(scores[0].low), x, frame.y(scores[0].high)))
    for each in scores if len(scores) <= MOST_DOTS else scores[-1:]:
        x, y = frame.x(each.on), frame.y(each.share)
        sheet.bars.append(Bar("mean", round(x - DOT / 2, 1), round(y - DOT / 2, 1), DOT, DOT, _says(each)))


def _corner(frame: _Frame, each: Score) -> str:
    return f"{frame.x(each.on):g} {frame.y(each.share):g}"


def _expected(scores: Sequence[Score], on: date) -> float:
    """The share where the line stands at that day."""
    return min(scores, key=lambda each: abs((each.on - on).days)).share


def _mock(sheet: Sheet, frame: _Frame, mock: Mock, *, is_above: bool) -> None:
    """A hollow square, and how many were right, on the side of it that is away from the line."""
    x, y = frame.x(mock.on), frame.y(mock.share)
    text = f"{_right(mock)} of {mock.questions}"
    sheet.bars.append(Bar("mock", x - MOCK / 2, y - MOCK / 2, MOCK, MOCK, f"Mock exam, {_named(mock.on)}: {text}"))
    middle = min(max(x, wide(text) / 2), WIDTH - wide(text) / 2)
    sheet.labels.append(Label("said", round(middle, 1), y - 12 if is_above else y + 21, text, "middle"))


def _right(mock: Mock) -> int:
    return round(mock.share * mock.questions)


def _percent(share: float) -> str:
    return f"{round(100 * share)}{NBSP}%"


def _named(on: date) -> str:
    return f"{on.day}{NBSP}{on:%B %Y}"


def _span(each: Score) -> str:
    return f"{round(100 * each.low)} to {round(100 * each.high)}{NBSP}%"


def _says(each: Score) -> str:
    return f"{_named(each.on)}: {_percent(each.share)}, {_span(each)}, from {count(each.answers, 'answer')}"


def _twin(scores: Sequence[Score], mocks: Sequence[Mock]) -> Grid:
    """The latest first."""
    rows = [(each.on, (_percent(each.share), _span(each), f"{each.answers:,}", "")) for each in scores]
    rows += [(mock.on, (_percent(mock.share), "", "", f"{_right(mock)} of {mock.questions}")) for mock in mocks]
    rows.sort(key=lambda row: row[0], reverse=True)
    head = ("Day", "Share right", "90 % interval", "Answers it rests on", "Mock exam")
    return Grid("Forecasts and mock exams, the latest first", head, tuple((_named(on), *cells) for on, cells in rows))
