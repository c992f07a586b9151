"""One way drawn: boxes on a line from the function to the target, framed by subnet and VPC, and the answer's line below."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from studyapp.ui.pictures.lettering import LINE, wrapped, write
from studyapp.ui.pictures.network_stations import SAYS, Station, Way
from studyapp.ui.pictures.network_zones import Zone
from studyapp.ui.pictures.shapes import Bar, Curve, Label, Line, Sheet
from studyapp.ui.pictures.words import fits, shortened

MARGIN, APART, WIDEST = 14, 9, 132
"""Left and right of all; left and right of a box in its column; the widest column."""
MOST_IN_A_LINE = 7
HEAD, INSET, BELOW = 42, 20, 24
"""From the top of a line to its boxes, from the VPC's frame to the subnet's, and from the boxes out to those of the answer."""
BETWEEN = 22
"""Between two lines of one way."""
MOST_LINES = 4
TEXT = 5
"""From the edge of a box to its words."""


@dataclass(frozen=True, slots=True)
class Place:
    """A station's column in a line: `left` and `right` are the column's, the box stands within. `y` is the box's top."""

    station: Station
    left: float
    right: float
    y: float
    height: float

    @property
    def x1(self) -> float:
        return self.left + APART

    @property
    def x2(self) -> float:
        return self.right - APART

    @property
    def middle(self) -> float:
        return self.y + self.height / 2


def column_of(ways: Sequence[Way], width: int) -> float:
    """How wide a column may be, so that all of the ways stand in the same ones."""
    most = max(len(line) for way in ways for line in _lines(way.out))
    return min((width - 2 * MARGIN) / most, WIDEST)


def draw(sheet: Sheet, way: Way, top: float, column: float) -> float:
    """Draw it from `top` down. Returns the y of its foot."""
    lines = list(_lines(way.out))
    if len(lines) > 1 and way.back:
        lines.append(way.back)
    y = top
    for stations in lines:
        places = _placed(stations, column, y + HEAD)
        back = _placed_back(way.back, places) if way.back and len(lines) == 1 else []
        _connect(sheet, places, starts=stations is lines[0])
        for place in places:
            _box(sheet, place)
        foot = _frames(sheet, places, back, y)
        if back:
            _draw_back(sheet, places, back)
        if stations is way.back:
            sheet.labels.append(Label("aside", places[0].x1, y - 6, "The answer:"))
        y = foot + BETWEEN
    return y - BETWEEN


def _lines(stations: Sequence[Station]) -> Iterator[Sequence[Station]]:
    """As few lines as hold them, of about equal length."""
    lines = -(-len(stations) // MOST_IN_A_LINE)
    each = -(-len(stations) // lines)
    for start in range(0, len(stations), each):
        yield stations[start : start + each]


def _placed(stations: Sequence[Station], column: float, y: float) -> list[Place]:
    height = _height(stations, column)
    return [
        Place(each, round(MARGIN + at * column, 1), round(MARGIN + (at + 1) * column, 1), y, height)
        for at, each in enumerate(stations)
    ]


def _height(stations: Sequence[Station], column: float) -> float:
    return 18 + LINE * (1 + max(len(_words(each, column)) for each in stations))


def _words(station: Station, column: float) -> tuple[str, ...]:
    return wrapped(station.name, column - 2 * (APART + TEXT), MOST_LINES)


def _placed_back(stations: Sequence[Station], line: Sequence[Place]) -> list[Place]:
    """Each under the station of the same rules, or else in the next column to the left."""
    column = line[0].right - line[0].left
    y, height, at, found = line[0].y + line[0].height + BELOW, _height(stations, column), len(line) - 1, list[Place]()
    for station in stations:
        alike = [place for place, each in enumerate(line[:at]) if _owner(each.station) == _owner(station)]
        at = max(alike[-1] if alike else at - 1, 0)
        found.append(Place(station, line[at].left, line[at].right, y, height))
    return found


def _owner(station: Station) -> str:
    return station.name.partition(" rules of ")[2]


def _connect(sheet: Sheet, places: Sequence[Place], *, starts: bool) -> None:
    """The line from box to box. It is dashed behind what refuses, and ends in a double line before it."""
    if not starts:
        _arrow(sheet, places[0].station, places[0].left - MARGIN / 2, places[0].x1, places[0].middle)
    for one, other in pairwise(places):
        _arrow(sheet, other.station, one.x2, other.x1, other.middle)
    for place in places:
        if place.station.state == "refuses":
            _wall(sheet, place.x1, place)


def _arrow(sheet: Sheet, to: Station, x1: float, x2: float, y: float) -> None:
    behind = to.state == "behind"
    sheet.lines.append(Line("way-behind" if behind else "way", x1, y, x2 - (0 if behind else 4), y))
    if not behind:
        towards = 1 if x2 > x1 else -1
        sheet.curves.append(Curve("way-head", f"M{x2:g} {y:g} l{-7 * towards} -4 v8 Z"))


def _wall(sheet: Sheet, x: float, place: Place) -> None:
    for each in (x - 1, x + 3):
        sheet.lines.append(Line("double", each, place.y - 5, each, place.y + place.height + 5))


def _box(sheet: Sheet, place: Place) -> None:
    station, words = place.station, _words(place.station, place.right - place.left)
    inset = 3 if station.state == "refuses" else 0
    says = f"{station.name}: {station.says}"
    width = round(place.x2 - place.x1 - inset, 1)
    sheet.bars.append(
        Bar(f"hop hop-{station.state}", place.x1 + inset, place.y, width, place.height, says, station.mark)
    )
    write(sheet, f"in-hop name-{station.state}", place.x1 + inset + TEXT, place.y + 18, words)
    y = place.y + place.height - 10
    sheet.labels.append(Label(f"in-hop says-{station.state}", place.x1 + inset + TEXT, y, SAYS[station.state]))


def _draw_back(sheet: Sheet, line: Sequence[Place], back: Sequence[Place]) -> None:
    """From the target down and to the left; on to the function where the answer passes."""
    target, y = line[-1], back[0].middle
    middle = round((target.x1 + target.x2) / 2, 1)
    sheet.curves.append(Curve("way-bend", f"M{middle:g} {target.y + target.height:g} V{y:g} H{back[0].x2 + 6:g}"))
    sheet.curves.append(Curve("way-head", f"M{back[0].x2:g} {y:g} l7 -4 v8 Z"))
    sheet.labels.append(Label("aside", middle - 8, y - 6, "answer", "end"))
    for one, other in pairwise(back):
        _arrow(sheet, other.station, one.x1, other.x2, y)
    for place in back:
        if place.station.state == "refuses":
            _wall(sheet, place.x2 - 1, place)
        _box(sheet, place)
    _home(sheet, line[0], back[-1])


def _home(sheet: Sheet, first: Place, last: Place) -> None:
    x, foot = round((first.x1 + first.x2) / 2, 1), first.y + first.height
    if last.left <= first.left:
        return
    look = "way-bend" if last.station.state == "passes" else "way-bend-behind"
    sheet.curves.append(Curve(look, f"M{last.x1:g} {last.middle:g} H{x:g} V{foot + 5:g}"))
    if last.station.state == "passes":
        sheet.curves.append(Curve("way-head", f"M{x:g} {foot:g} l-4 7 h8 Z"))


def _frames(sheet: Sheet, line: Sequence[Place], back: Sequence[Place], top: float) -> float:
    """Hairlines around what stands in one VPC, and within it around what stands in one subnet. Returns the foot."""
    foot = max(place.y + place.height for place in (*line, *back))
    for run in _runs(line, lambda zone: zone.vpc):
        _frame(sheet, run, top, foot + 14, 1, run[0].station.zone.vpc)
    for run in _runs(line, lambda zone: zone.subnet and f"{zone.vpc}\n{zone.subnet}"):
        _frame(sheet, run, top + INSET, foot + 8, 4, _subnet(run))
    for run in _runs(line, lambda zone: zone.label):
        _name(sheet, run, top + INSET + 15)
    return foot + 14


def _runs(line: Sequence[Place], key: Callable[[Zone], str]) -> Iterator[list[Place]]:
    """Neighbours that have the same `key`, as far as they have one."""
    for found, group in groupby(line, lambda place: key(place.station.zone)):
        if found:
            yield list(group)


def _frame(sheet: Sheet, run: Sequence[Place], top: float, foot: float, inset: float, name: str) -> None:
    x, width = run[0].left + inset, run[-1].right - run[0].left - 2 * inset
    sheet.curves.append(Curve("bound", f"M{x:g} {top:g} h{width:g} V{foot:g} h{-width:g} Z"))
    sheet.labels.append(Label("in-hop", x + 5, top + 15, shortened(name, width - 4)))


def _subnet(run: Sequence[Place]) -> str:
    name, width = run[0].station.zone.subnet, run[-1].right - run[0].left - 12
    return f"subnet {name}" if fits(f"subnet {name}", width) else name


def _name(sheet: Sheet, run: Sequence[Place], y: float) -> None:
    width = run[-1].right - run[0].left - 2 * APART
    sheet.labels.append(Label("in-hop", run[0].x1, y, shortened(run[0].station.zone.label, width + 6)))
