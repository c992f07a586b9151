"""What each look of a bar means, written on the picture itself, so that there is no legend."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from studyapp.ui.pictures.axis import Axis
from studyapp.ui.pictures.shapes import Bar, Label, Line
from studyapp.ui.pictures.words import fits, wide

NAMES = {
    "init": "start",
    "invoke": "invocation",
    "partial": "given back in part",
    "failed": "failed",
    "timeout": "timed out",
}
WAITING = "warm, waiting"
SIZE = 12.5


def of(
    bars: Sequence[Bar], lines: Sequence[Line], axis: Axis, first_lane: float, named: Sequence[str] = ()
) -> list[Label]:
    """A name for each look: on the first bar with room, else above the first lane, else on the free line behind a bar.

    `named` are looks of labels that stand on bars already: a batch says itself what it is.
    """
    rests = [line for line in lines if line.look == "rest"]
    labels: list[Label] = []
    for look, name in NAMES.items():
        if f"on on-{look}" in named:
            continue
        alike = [bar for bar in bars if bar.look == look]
        homes = (*_inside(alike, name), *_above(alike, name, axis, first_lane, labels), *_behind(alike, name, rests))
        labels += homes[:1]
    taken = {label.y for label in labels}
    free = (line for line in rests if line.y1 + 4.5 not in taken and fits(WAITING, line.x2 - line.x1 - 20))
    labels += [Label("aside", line.x1 + 14, line.y1 + 4.5, WAITING) for line in free][:1]
    return labels


def _inside(bars: Iterable[Bar], name: str) -> list[Label]:
    return [Label(f"on on-{bar.look}", bar.x + 6, bar.y + 13, name) for bar in bars if fits(name, bar.width, SIZE)][:1]


def _above(bars: Sequence[Bar], name: str, axis: Axis, y: float, labels: Sequence[Label]) -> list[Label]:
    """Over a bar of the first lane: a start ends where its text ends, everything else begins where its text begins."""
    for bar in bars:
        ends = bar.look == "init"
        x = round(bar.x + bar.width - 3, 1) if ends else bar.x + 3
        left = x - wide(name, SIZE) if ends else x
        right = left + wide(name, SIZE)
        if bar.y == y and right <= axis.right and not any(_meets(label, y - 5, left, right) for label in labels):
            return [Label("aside", x, y - 5, name, "end" if ends else "start")]
    return []


def _meets(label: Label, y: float, left: float, right: float) -> bool:
    start = label.x - wide(label.text, SIZE) if label.anchor == "end" else label.x
    return label.y == y and start < right and left < start + wide(label.text, SIZE)


def _behind(bars: Iterable[Bar], name: str, rests: Iterable[Line]) -> list[Label]:
    free = {(line.x1, line.y1): line.x2 - line.x1 for line in rests}
    for bar in bars:
        x, middle = round(bar.x + bar.width, 1), bar.y + bar.height / 2
        if fits(name, free.get((x, middle), 0.0) - 8, SIZE):
            return [Label("aside", x + 6, middle + 4.5, name)]
    return []
