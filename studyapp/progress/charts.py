"""What is read of a student as pictures and as dots: `ui.pictures` draws them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from studyapp.memory.counting import Counts
from studyapp.progress.reading.diary import EXAM_S, Pace
from studyapp.progress.reading.forecasts import Course
from studyapp.progress.reading.judging import Band, Retention, Share
from studyapp.progress.reading.recalls import Recall
from studyapp.ui.pictures import calendars, coming, plots, scores
from studyapp.ui.pictures.dots import Dot, dot
from studyapp.ui.pictures.drawn import Drawn
from studyapp.ui.pictures.plots import Point
from studyapp.ui.pictures.scores import Mock, Score
from studyapp.ui.pictures.shapes import Picture

RULER_S = 2 * EXAM_S
"""The ruler of times ends at twice the exam's."""


def calendar(days: Mapping[date, Counts], today: date) -> Picture:
    return _picture("calendar", calendars.drawn({on: counts.answers for on, counts in days.items()}, today))


def ahead(loads: Sequence[int], today: date) -> Picture:
    return _picture("ahead", coming.drawn(loads, today))


def plot(bands: Sequence[Band]) -> Picture | None:
    """None where no band has answers enough."""
    points = [_point(band) for band in bands]
    drawn = plots.drawn([point for point, band in zip(points, bands, strict=True) if band.recalled.is_told], points)
    return _picture("plot", drawn) if drawn else None


def _point(band: Band) -> Point:
    low, high = band.recalled.interval
    return Point(band.name, band.predicted, band.recalled.value, low, high, band.recalled.whole)


def course(found: Course) -> Picture | None:
    """None before there is a forecast."""
    daily = [Score(each.on, each.now_share, each.now_low, each.now_high, each.answers) for each in found.daily]
    drawn = scores.drawn(daily, [Mock(mock.on, mock.share, mock.questions) for mock in found.mocks])
    return _picture("course", drawn) if drawn else None


def of_recall(recall: Recall, retention: float) -> Dot:
    """Where the mean chance of recall stands, beside the retention."""
    return dot(recall.share, f"{recall.percent} recalled", mark=retention)


def of_share(share: Share) -> Dot | None:
    """None without a figure."""
    if not share.is_told:
        return None
    return dot(share.value, f"{share.percent}, {share.span}", interval=share.interval)


def of_retention(retention: Retention) -> Dot | None:
    """What was recalled, beside what was predicted. None without a figure."""
    found = retention.recalled
    if not found.is_told:
        return None
    says = f"{found.percent} recalled, {found.span}; {retention.predicted_percent} predicted"
    return dot(found.value, says, interval=found.interval, mark=retention.predicted)


def of_pace(pace: Pace) -> Dot | None:
    """The mean time, beside the exam's. None without a figure."""
    if not pace.is_told:
        return None
    return dot(pace.mean_s, f"{pace.lasting} minutes", mark=EXAM_S, end=RULER_S, ticks=4)


def _picture(name: str, drawn: Drawn) -> Picture:
    return Picture("progress", name, drawn.title, drawn.desc, note=drawn.note, chart=drawn.chart, grids=(drawn.twin,))
