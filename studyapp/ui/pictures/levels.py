"""What waits, and how often callers ask: step lines below the busy one, for the runs in which that tells something."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from studyapp.simulator.outcome import Span
from studyapp.simulator.sums import Stretches
from studyapp.ui.pictures.axis import Axis
from studyapp.ui.pictures.shapes import Curve, Label, Line, Sheet

HEIGHT, HEAD = 44, 26
ENOUGH = 2
"""A queue in which never more than one waits needs no line."""
SECOND = 1_000_000
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
    seconds = [at // SECOND * SECOND for at in times]
    return Stretches(seconds, (at + SECOND for at in seconds))


def draw(sheet: Sheet, axis: Axis, one: Level, top: float) -> float:
    """Draw `one` from `top` down. Returns the y of its foot."""
    sheet.labels.append(Label("title", axis.left, top + 14, one.title))
    foot, unit = top + HEAD + HEIGHT, HEIGHT / max(one.peak, 1)
    line, last = _corners(axis, one.all, foot, unit)
    area, last = (line, last) if one.part is None else _corners(axis, one.part, foot, unit)
    sheet.curves.append(Curve("busy", f"M{axis.left} {foot:g} L{area} L{last:g} {foot:g} Z"))
    sheet.lines.append(Line("axis", axis.left, foot, axis.right, foot))
    sheet.curves.append(Curve("busy-line", f"M{line}"))
    if one.part is not None:
        sheet.curves.append(Curve("first-line", f"M{area}"))
    sheet.labels.append(Label("tick", axis.left - 8, foot + 4.5, "0", "end"))
    sheet.labels.append(Label("tick", axis.left - 8, foot - HEIGHT + 4.5, f"{one.peak:,}", "end"))
    return foot


def _corners(axis: Axis, held: Stretches, foot: float, unit: float) -> tuple[str, float]:
    """The line, and the x of its end."""
    corners = points(axis, held.steps(axis.start_us, axis.end_us), foot, unit)
    return " ".join(f"{x:g} {y:g}" for x, y in corners), corners[-1][0]


def points(axis: Axis, steps: Sequence[tuple[int, int]], foot: float, unit: float) -> list[tuple[float, float]]:
    """The corners of a step line. Steps that fall on the same tenth of a pixel are drawn as one, at their highest."""
    level, first = 0, 0
    while first < len(steps) and steps[first][0] <= axis.start_us:
        level = steps[first][1]
        first += 1
    corners = [(float(axis.left), round(foot - level * unit, 1))]
    for x, highest, last in _columns(axis, steps[first:]):
        for height in (highest, last):
            if height != level:
                corners += [(x, corners[-1][1]), (x, round(foot - height * unit, 1))]
                level = height
    corners.append((float(axis.right), corners[-1][1]))
    return corners


def _columns(axis: Axis, steps: Sequence[tuple[int, int]]) -> Iterator[tuple[float, int, int]]:
    """(x, highest level, last level) of each tenth of a pixel that has steps."""
    x, highest, last = -1.0, 0, 0
    start_us, end_us, left = axis.start_us, axis.end_us, axis.left
    length, room = end_us - start_us, axis.right - axis.left
    for at_us, level in steps:
        if at_us > end_us:
            break
        here = round(left + room * ((at_us - start_us) / length), 1)
        if here != x:
            if x >= 0:
                yield x, highest, last
            x, highest = here, level
        elif level > highest:
            highest = level
        last = level
    if x >= 0:
        yield x, highest, last
