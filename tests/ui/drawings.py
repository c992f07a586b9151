"""Drawings of outcomes, for tests of pictures that stand beside the timeline."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from studyapp.simulator.outcome import Outcome
from studyapp.ui.pictures.charts import Setting
from studyapp.ui.pictures.drawn import Drawn
from studyapp.ui.pictures.shapes import Kind, Picture
from studyapp.ui.pictures.words import wide

PictureOf = Callable[[Sequence[Outcome], Sequence[str], Setting], Drawn | None]


def drawing(picture_of: PictureOf, *outcomes: Outcome, width: int = 720) -> Drawn:
    """What is drawn of one outcome, or of two, headed Here and There."""
    found = picture_of(outcomes, ("Here", "There") if len(outcomes) > 1 else ("",), Setting(width))
    assert found is not None
    return found


def as_picture(kind: Kind, drawn: Drawn) -> Picture:
    return Picture(kind, "golden", drawn.title, drawn.desc, note=drawn.note, chart=drawn.chart, grids=(drawn.twin,))


def texts(drawn: Drawn, look: str = "") -> list[str]:
    return [label.text for label in drawn.chart.labels if look in label.look]


def bars(drawn: Drawn, look: str) -> list[str]:
    """What the bars of a look say."""
    return [bar.says for bar in drawn.chart.bars if look in bar.look.split()]


def is_within(drawn: Drawn | Picture, slack: float = 8) -> bool:
    """Whether all bars and, about, all words lie on the sheet."""
    chart = drawn.chart
    assert chart is not None
    inside = all(bar.x >= 0 and bar.x + bar.width <= chart.width for bar in chart.bars)
    foot = max((bar.y + bar.height for bar in chart.bars), default=0)
    starts = {"start": 0.0, "middle": 0.5, "end": 1.0}
    lefts = [(label.x - starts[label.anchor] * wide(label.text, 12), label) for label in chart.labels]
    return (
        inside
        and foot <= chart.height
        and all(left >= -slack and left + wide(label.text, 12) <= chart.width + slack for left, label in lefts)
        and all(label.y <= chart.height for label in chart.labels)
    )
