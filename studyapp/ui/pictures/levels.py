"""What waits, and how often callers ask: step lines below the busy one, for the runs in which that tells something."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter

from studyapp.simulator.outcome import Span
from studyapp.simulator.sums import Stretches
from studyapp.ui.pictures.axis import Axis
from studyapp.ui.pictures.shapes import Curve, Label, Line, Sheet

HEIGHT, HEAD = 44, 26
ENOUGH = 2
"""A queue in which never more than one waits needs no line."""
MANY = 2_000
"""Steps of a line, from which on it is drawn pixel by pixel."""
FAR_MORE = 3 * MANY
"""Starts and ends that are so many steps for sure, though some happen at once."""
SECOND = 1_000_000
Column = tuple[str, int, int]
"""(x as it is written, highest level, last level)"""
WAITS = ("queued", "batch_window", "retry_wait")
"""Of records; of messages the first."""


@dataclass(frozen=True, slots=True)
class Level:
    """One line: how many hold at each moment. `part` is a second one, of a part of it, that is filled; None: all of it."""

    title: str
    all: Stretches
    part: Stretches | None = None

    @property
    def steps(self) -> Sequence[tuple[int, int]]:
        """Pairs of a time and the level from then on."""
        return self.all.steps(0, max(self.all.ends, default=0))

    @property
    def below(self) -> Sequence[tuple[int, int]]:
        part = self.part or self.all
        return part.steps(0, max(part.ends, default=0))

    @property
    def peak(self) -> int:
        return self.all.peak


def of(spans: Sequence[Span]) -> tuple[Level, ...]:
    """The lines that a function's spans are worth: messages or records that wait, requests that are made again."""
    return tuple(level for level in (_waiting(spans), _tries(spans)) if level is not None)


def _waiting(spans: Sequence[Span]) -> Level | None:
    own = [span for span in spans if span.kind in WAITS and _waits(span)]
    if not own:
        return None
    return waiting(own[0].noun, Stretches((span.start_us for span in own), (span.end_us for span in own)))


def waiting(noun: str, held: Stretches) -> Level | None:
    """Messages that are visible in their queue, records that are not run yet."""
    return Level(f"{noun.capitalize()}s waiting", held) if held.peak >= ENOUGH else None


def _waits(span: Span) -> bool:
    return span.noun == "record" or (span.noun == "message" and span.kind == "queued")


def _tries(spans: Sequence[Span]) -> Level | None:
    if not any(span.kind == "retry_wait" and span.noun == "request" for span in spans):
        return None
    tries: dict[int, set[int]] = {}
    for span in spans:
        if span.noun == "request" and span.kind in ("throttled", "refused", "init", "invoke"):
            tries.setdefault(span.event, set()).add(span.start_us)
    ready = {(span.event, span.end_us) for span in spans if span.kind == "init" and span.end_us > span.start_us}
    every = [at for event, times in tries.items() for at in times if (event, at) not in ready]
    return asked(every, [min(times) for times in tries.values()])


def asked(every: Sequence[int], first: Sequence[int]) -> Level:
    """Requests in each second, and how many of them are made for the first time; where callers try again."""
    is_all = len(every) == len(first)
    title = "Requests a second (dashed: first tries)"
    return Level(title, _each_second(every), None if is_all else _each_second(first))


def _each_second(times: Sequence[int]) -> Stretches:
    moments, seconds, place = sorted(times), list[int](), 0
    while place < len(moments):
        second = moments[place] // SECOND * SECOND
        first, place = place, bisect_left(moments, second + SECOND, place)
        seconds += [second] * (place - first)
    return Stretches(seconds, map(SECOND.__add__, seconds))


def draw(sheet: Sheet, axis: Axis, one: Level, top: float) -> float:
    """Draw `one` from `top` down. Returns the y of its foot."""
    sheet.labels.append(Label("title", axis.left, top + 14, one.title))
    foot, unit = top + HEAD + HEIGHT, HEIGHT / max(one.peak, 1)
    every = line(axis, one.all, foot, unit)
    area = every if one.part is None else line(axis, one.part, foot, unit)
    sheet.curves.append(filled(axis, area, foot))
    sheet.lines.append(Line("axis", axis.left, foot, axis.right, foot))
    sheet.curves.append(Curve("busy-line", f"M{every}"))
    if one.part is not None:
        sheet.curves.append(Curve("first-line", f"M{area}"))
    sheet.labels.append(Label("tick", axis.left - 8, foot + 4.5, "0", "end"))
    sheet.labels.append(Label("tick", axis.left - 8, foot - HEIGHT + 4.5, f"{one.peak:,}", "end"))
    return foot


def filled(axis: Axis, area: str, foot: float) -> Curve:
    """The tinted area under a step line."""
    return Curve("busy", f"M{axis.left} {foot:g} L{area} L{axis.right} {foot:g} Z")


def line(axis: Axis, held: Stretches, foot: float, unit: float) -> str:
    """The corners of a step line, as a path has them: how many hold at each moment."""
    return _joined(axis, held.at(axis.start_us), _columns(axis, held), foot, unit)


def line_of_steps(axis: Axis, steps: Sequence[tuple[int, int]], foot: float, unit: float) -> str:
    """The same of pairs of a time and the level from then on."""
    before = bisect_right(steps, axis.start_us, key=itemgetter(0))
    level = steps[before - 1][1] if before else 0
    upto = bisect_right(steps, axis.end_us, before, key=itemgetter(0))
    return _joined(axis, level, _tenths(axis, steps[before:upto]), foot, unit)


class _Heights(dict[int, str]):
    """The y of each level, as it is written: a line comes back to the same few over and over."""

    def __init__(self, foot: float, unit: float) -> None:
        self.foot, self.unit = foot, unit

    def __missing__(self, level: int) -> str:
        self[level] = written = tenths(self.foot - level * self.unit)
        return written


def _joined(axis: Axis, level: int, columns: Iterable[Column], foot: float, unit: float) -> str:
    """From `level` at the left on. What falls into one column is drawn as one step, at its highest, and one to its last."""
    heights = _Heights(foot, unit)
    y = heights[level]
    corners = [f"{axis.left} {y}"]
    for x, highest, last in columns:
        if highest != level:
            before, y = y, heights[highest]
            corners += (f"{x} {before}", f"{x} {y}")
        if last != highest:
            before, y = y, heights[last]
            corners += (f"{x} {before}", f"{x} {y}")
        level = last
    corners.append(f"{axis.right} {y}")
    return " ".join(corners)


def _columns(axis: Axis, held: Stretches) -> Iterator[Column]:
    """Each column that has steps."""
    times = (held.starts, held.ends)
    changes = sum(bisect_right(each, axis.end_us) - bisect_right(each, axis.start_us) for each in times)
    if changes > FAR_MORE:
        return _pixels(axis, held)
    steps = held.steps(axis.start_us, axis.end_us)[1:]
    return _pixels(axis, held) if len(steps) > MANY else _tenths(axis, steps)


def _pixels(axis: Axis, held: Stretches) -> Iterator[Column]:
    """Of whole pixels, without a look at each step. A level is highest right after a start."""
    starts, ends = held.starts, held.ends
    came, gone = bisect_right(starts, axis.start_us), bisect_right(ends, axis.start_us)
    length, room = axis.end_us - axis.start_us, axis.right - axis.left
    for x in range(axis.left, axis.right + 1):
        until = min(int(axis.start_us + (x + 0.5 - axis.left) / room * length), axis.end_us)
        level, first, freed = came - gone, came, gone
        came, gone = bisect_right(starts, until, came), bisect_right(ends, until, gone)
        if came == first and gone == freed:
            continue
        last = highest = came - gone
        if came > first and gone > freed:
            highest = level
            for start in starts[first:came]:  # each end makes up for one start, if it is not later
                if ends[freed] > start:
                    highest += 1
                else:
                    freed += 1
        yield f"{x}", highest if highest > level else last, last


def _tenths(axis: Axis, steps: Sequence[tuple[int, int]]) -> Iterator[Column]:
    """Of tenths of a pixel. `steps` are on the axis."""
    x, highest, last = "", 0, 0
    start_us, length, left, room = axis.start_us, axis.end_us - axis.start_us, axis.left, axis.right - axis.left
    for at_us, level in steps:
        here = f"{left + room * ((at_us - start_us) / length):.1f}"
        if here != x:
            if x:
                yield x.removesuffix(".0"), highest, last
            x, highest = here, level
        elif level > highest:
            highest = level
        last = level
    if x:
        yield x.removesuffix(".0"), highest, last


def tenths(number: float) -> str:
    """As it is written in a path: to tenths, without a last 0."""
    return f"{number:.1f}".removesuffix(".0")
