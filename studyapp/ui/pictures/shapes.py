"""The shapes that a picture is made of.

Lengths are in the units of the chart's view box; `look` is a class of timeline.css. What there are hundreds of is a tuple: a
frozen dataclass takes three times as long to make.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

Kind = Literal[
    "lanes", "story", "path", "readouts", "queue", "shard", "network", "decision", "package", "bill", "progress"
]


class Line(NamedTuple):
    look: str
    x1: float
    y1: float
    x2: float
    y2: float


class Curve(NamedTuple):
    """A `<path>`; `d` is its drawing."""

    look: str
    d: str


class Bar(NamedTuple):
    """A stretch of time. `says` tells in words what it was; `mark` names what is behind it, if it can be asked about."""

    look: str
    x: float
    y: float
    width: float
    height: float
    says: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Cross:
    """A ✕ around (x, y), for one refusal or for `count` that stand too close to be told apart."""

    x: float
    y: float
    count: int
    says: str
    mark: str = ""


class Label(NamedTuple):
    look: str
    x: float
    y: float
    text: str
    anchor: Literal["start", "middle", "end"] = "start"


@dataclass(frozen=True, slots=True)
class Chart:
    """Everything in one SVG, in the order in which it is painted."""

    width: int
    height: int
    grid: tuple[Line, ...]
    curves: tuple[Curve, ...]
    lines: tuple[Line, ...]
    bars: tuple[Bar, ...]
    crosses: tuple[Cross, ...]
    labels: tuple[Label, ...]

    @property
    def marks(self) -> int:
        """How many things stand for something that happened."""
        return len(self.bars) + len(self.crosses)


@dataclass(slots=True)
class Sheet:
    """A chart while it is being drawn."""

    grid: list[Line] = field(default_factory=list)
    curves: list[Curve] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    bars: list[Bar] = field(default_factory=list)
    crosses: list[Cross] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)

    def chart(self, width: int, height: float) -> Chart:
        return Chart(
            width,
            round(height),
            grid=tuple(self.grid),
            curves=tuple(self.curves),
            lines=tuple(self.lines),
            bars=tuple(self.bars),
            crosses=tuple(self.crosses),
            labels=tuple(self.labels),
        )


@dataclass(frozen=True, slots=True)
class Step:
    """A numbered hop of a path. The first step that is not ok is the one that refuses."""

    number: int
    name: str
    ok: bool
    says: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Route:
    """One target as one run reached it, or did not; one request that was allowed, or was not. `verdict` says which, and
    `stops` what a step does that is not ok."""

    heading: str
    target: str
    ok: bool
    steps: tuple[Step, ...]
    verdict: str
    stops: str


@dataclass(frozen=True, slots=True)
class Readout:
    """One number of a run, its unit, and what it is against."""

    label: str
    value: str
    unit: str
    against: str


class Row(NamedTuple):
    """One thing that happened, in words: when, what, where, until when, and why. `mark` as of a bar."""

    start: str
    what: str
    environment: str
    end: str
    why: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A run as rows. `left_out` counts the rows that are not shown; None: many, which nobody has counted."""

    heading: str
    rows: tuple[Row, ...]
    left_out: int | None


@dataclass(frozen=True, slots=True)
class Grid:
    """A picture's twin in words: every row has as many cells as `head`. `left_out` counts the rows that are not shown."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Picture:
    """One run, or two on one axis, ready for `components/picture.html`.

    `name` makes the ids of its parts and must differ between the pictures of one page. `says` is the sentence on where
    two runs part ("" with one run). `note` tells what is not drawn. Which of `chart`, `routes` and `readouts` is filled
    depends on `kind`; `tables` hold the same in words, and `grids` what has a table of its own.
    """

    kind: Kind
    name: str
    title: str
    desc: str
    says: str = ""
    note: str = ""
    chart: Chart | None = None
    routes: tuple[Route, ...] = ()
    readouts: tuple[Readout, ...] = ()
    tables: tuple[Table, ...] = ()
    grids: tuple[Grid, ...] = ()
