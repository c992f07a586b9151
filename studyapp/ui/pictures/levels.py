"""What waits, and how often callers ask: step lines below the busy one, for the runs in which that tells something."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from studyapp.simulator.outcome import Span
from studyapp.simulator.series import highest, levels
from studyapp.ui.pictures.axis import Axis
from studyapp.ui.pictures.shapes import Curve, Label, Line, Sheet

HEIGHT, HEAD = 44, 26
ENOUGH = 2
"""A queue in which never more than one waits needs no line."""
SECOND = 1_000_000


@dataclass(frozen=True, slots=True)
class Level:
    """One line: pairs of a time and the level from then on. `below` is a second one, of a part of it, that is filled."""

    title: str
    steps: Sequence[tuple[int, int]]
    below: Sequence[tuple[int, int]]

    @property
    def peak(self) -> int:
        return highest(list(self.steps))


def of(spans: Sequence[Span]) -> tuple[Level, ...]:
    """The lines that a function's spans are worth: messages or records that wait, requests that are made again."""
    return tuple(level for level in (_waiting(spans), _tries(spans)) if level is not None)


def _waiting(spans: Sequence[Span]) -> Level | None:
    """Messages that are visible in their queue, records that are not run yet."""
    own = [span for span in spans if _waits(span)]
    if not own:
        return None
    steps = levels(change for span in own for change in ((span.start_us, 1), (span.end_us, -1)))
    noun = own[0].noun
    return Level(f"{noun.capitalize()}s waiting", steps, steps) if highest(steps) >= ENOUGH else None


def _waits(span: Span) -> bool:
    if span.noun == "message":
        return span.kind == "queued"
    return span.noun == "record" and span.kind in ("queued", "batch_window", "retry_wait")


def _tries(spans: Sequence[Span]) -> Level | None:
    """Requests in each second, and how many of them are made for the first time; where callers try again."""
    tries: dict[int, set[int]] = {}
    for span in spans:
        if span.noun == "request" and span.kind in ("throttled", "refused", "init", "invoke"):
            tries.setdefault(span.event, set()).add(span.start_us)
    if not any(span.kind == "retry_wait" and span.noun == "request" for span in spans):
        return None
    ready = {(span.event, span.end_us) for span in spans if span.kind == "init" and span.end_us > span.start_us}
    every = [at for event, times in tries.items() for at in times if (event, at) not in ready]
    first = [min(times) for times in tries.values()]
    return Level("Requests a second (dashed: first tries)", _each_second(every), _each_second(first))


def _each_second(times: Sequence[int]) -> list[tuple[int, int]]:
    counted = Counter(at // SECOND * SECOND for at in times)
    return levels(change for at, many in counted.items() for change in ((at, many), (at + SECOND, -many)))


def draw(sheet: Sheet, axis: Axis, one: Level, top: float) -> float:
    """Draw `one` from `top` down. Returns the y of its foot."""
    sheet.labels.append(Label("title", axis.left, top + 14, one.title))
    foot, unit = top + HEAD + HEIGHT, HEIGHT / max(one.peak, 1)
    corners = [points(axis, steps, foot, unit) for steps in (one.below, one.steps)]
    area, line = (" ".join(f"{x:g} {y:g}" for x, y in each) for each in corners)
    sheet.curves.append(Curve("busy", f"M{axis.left} {foot:g} L{area} L{corners[0][-1][0]:g} {foot:g} Z"))
    sheet.lines.append(Line("axis", axis.left, foot, axis.right, foot))
    sheet.curves.append(Curve("busy-line", f"M{line}"))
    if one.below != one.steps:
        sheet.curves.append(Curve("first-line", f"M{area}"))
    sheet.labels.append(Label("tick", axis.left - 8, foot + 4.5, "0", "end"))
    sheet.labels.append(Label("tick", axis.left - 8, foot - HEIGHT + 4.5, f"{one.peak:,}", "end"))
    return foot


def points(axis: Axis, steps: Sequence[tuple[int, int]], foot: float, unit: float) -> list[tuple[float, float]]:
    """The corners of a step line. Steps that fall on the same tenth of a pixel are drawn as one, at their highest."""
    level = 0
    for at_us, after in steps:
        if at_us > axis.start_us:
            break
        level = after
    corners = [(float(axis.left), round(foot - level * unit, 1))]
    columns: dict[float, list[int]] = {}
    for at_us, after in steps:
        if axis.start_us < at_us <= axis.end_us:
            columns.setdefault(axis.x(at_us), []).append(after)
    for x, heights in columns.items():
        for height in dict.fromkeys((max(heights), heights[-1])):
            if height != level:
                corners += [(x, corners[-1][1]), (x, round(foot - height * unit, 1))]
                level = height
    corners.append((float(axis.right), corners[-1][1]))
    return corners
