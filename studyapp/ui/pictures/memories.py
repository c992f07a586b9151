"""Cost and duration over memory, for a function of which several sizes were measured: two panels on one ruler of MB.

The ruler is logarithmic: sizes that double stand equally far apart.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import log

from studyapp.simulator.models.bill.choices import Size, cheapest, fastest
from studyapp.simulator.models.bill.words import memory, usd
from studyapp.ui.pictures.bill_lines import Account
from studyapp.ui.pictures.lettering import LINE
from studyapp.ui.pictures.shapes import Bar, Curve, Label, Line, Sheet
from studyapp.ui.pictures.words import duration, shortened, wide

MARGIN, LEFT, EDGE = 14, 56, 56
HEIGHT, HEAD, FOOT, BETWEEN = 66, 46, 26, 28
MOST = 3
DOT = 7


@dataclass(frozen=True, slots=True)
class Memory:
    """The measured sizes of one function. `now` are those that it has, each with the heading of its run."""

    heading: str
    function: str
    sizes: tuple[Size, ...]
    now: tuple[tuple[int, str], ...]

    @property
    def called(self) -> str:
        return f"{self.heading}: {self.function}" if self.heading else self.function


def of(bills: Sequence[Account]) -> tuple[Memory, ...]:
    """Once for each function; twice where the sizes of a second run cost or take something else."""
    found: dict[tuple[str, tuple[Size, ...]], list[tuple[int, str]]] = {}
    for bill in bills:
        for function, (choices, now) in bill.choices.items():
            if len(choices.sizes) > 1:
                found.setdefault((function, choices.sizes), []).append((now, bill.heading))
    twice = {function for function, _ in found if sum(one == function for one, _ in found) > 1}
    return tuple(
        Memory(now[0][1] if function in twice else "", function, sizes, _once(now))
        for (function, sizes), now in found.items()
    )[:MOST]


def _once(now: Sequence[tuple[int, str]]) -> tuple[tuple[int, str], ...]:
    """Where both runs have the same size, it needs no heading."""
    return ((now[0][0], ""),) if len({size for size, _ in now}) == 1 else tuple(now)


def draw(sheet: Sheet, bills: Sequence[Account], top: float, width: int) -> float:
    """From `top` down. Returns the y below, with the room before what comes next."""
    y = top
    for one in of(bills):
        first = y + HEAD - 12
        y = _panel(sheet, one, _COST, y, width)
        y = _panel(sheet, one, _RUN, y + 20, width)
        y = _ruler(sheet, one, first, y, width) + BETWEEN
    return y


def says(bills: Sequence[Account]) -> Iterator[str]:
    for one in of(bills):
        sizes = "; ".join(f"{memory(each.memory)}: {usd(each.usd)}, {duration(each.run_us)}" for each in one.sizes)
        yield f"Memory of {one.called}: {sizes}. The lowest bill has {memory(cheapest(one.sizes).memory)}."


def twin(bills: Sequence[Account]) -> Iterator[tuple[str, str, str]]:
    """For each size its heading, what it is and what a run takes with it, and what the month costs."""
    for one in of(bills):
        for each in one.sizes:
            line = f"{one.function} with {memory(each.memory)}, a run of {duration(each.run_us)}"
            yield one.heading, f"{line} (now)" if each.memory in dict(one.now) else line, usd(each.usd)


@dataclass(frozen=True, slots=True)
class _Panel:
    """`value` is how high a size stands, `written` what is said there, `best` which one is told apart."""

    title: str
    value: Callable[[Size], float]
    written: Callable[[Size], str]
    best: Callable[[Sequence[Size]], Size]
    praise: str


_COST = _Panel("Cost of a month", lambda size: size.usd, lambda size: usd(size.usd), cheapest, "lowest")
_RUN = _Panel("Duration of a run", lambda size: size.run_us, lambda size: duration(size.run_us), fastest, "shortest")


def _x(one: Memory, megabytes: int, width: int) -> float:
    first, last = one.sizes[0].memory, one.sizes[-1].memory
    return round(LEFT + (width - LEFT - EDGE) * log(megabytes / first) / log(last / first), 1)


def _panel(sheet: Sheet, one: Memory, panel: _Panel, top: float, width: int) -> float:
    """A line through what was measured, 0 at its foot. Returns the y of the foot."""
    foot, most = top + HEAD + HEIGHT, max(map(panel.value, one.sizes)) or 1
    sheet.labels.append(Label("title", MARGIN, top + 14, shortened(f"{panel.title}, {one.called}", width - 40, 14)))
    sheet.lines.append(Line("axis", LEFT, foot, width - EDGE, foot))
    sheet.labels.append(Label("tick", LEFT - 10, foot + 4.5, "0", "end"))
    dots = [(_x(one, each.memory, width), round(foot - HEIGHT * panel.value(each) / most, 1)) for each in one.sizes]
    sheet.curves.append(Curve("cost-line", "M" + " L".join(f"{x:g} {y:g}" for x, y in dots)))
    for each, (x, y) in zip(one.sizes, dots, strict=True):
        said = f"{memory(each.memory)}: {usd(each.usd)} a month, {duration(each.run_us)} a run"
        sheet.bars.append(Bar("dot", x - DOT / 2, y - DOT / 2, DOT, DOT, said))
    best = panel.best(one.sizes)
    _values(
        sheet,
        [(panel.written(each), x, y) for each, (x, y) in zip(one.sizes, dots, strict=True)],
        one.sizes.index(best),
        panel.praise,
        width,
    )
    return foot


def _values(sheet: Sheet, values: Sequence[tuple[str, float, float]], best: int, praise: str, width: int) -> None:
    """What stands at each point, where there is room; the best first."""
    taken: list[tuple[float, float]] = []
    for place, (text, x, y) in sorted(enumerate(values), key=lambda each: each[0] != best):
        look, told = ("says-reached", f"✓ {praise}, {text}") if place == best else ("tick", text)
        half = wide(told) / 2
        middle = min(x, width - MARGIN - half)
        if all(middle + half < left or middle - half > right for left, right in taken):
            sheet.labels.append(Label(look, round(middle, 1), y - 9, told, "middle"))
            taken.append((middle - half, middle + half))


def _ruler(sheet: Sheet, one: Memory, top: float, foot: float, width: int) -> float:
    """A hairline at each size, its name where it has room, and which one the function has."""
    now, free = dict(one.now), 0.0
    for each in one.sizes:
        x, text = _x(one, each.memory, width), memory(each.memory)
        sheet.grid.append(Line("grid", x, top, x, foot))
        if x - wide(text) / 2 > free or each.memory in now:
            sheet.labels.append(Label("strong" if each.memory in now else "tick", x, foot + 18, text, "middle"))
            free = x + wide(text) / 2
    for size, heading in one.now:
        if one.sizes[0].memory <= size <= one.sizes[-1].memory:
            _now(sheet, _x(one, size, width), (top, foot), f"{heading or 'now'}", width)
    return foot + FOOT + LINE


def _now(sheet: Sheet, x: float, ends: tuple[float, float], text: str, width: int) -> None:
    """A dashed line at the size that a run has, also where it is none of the measured ones."""
    top, foot = ends
    sheet.lines.append(Line("parting", x, top, x, foot))
    half = wide(text) / 2
    middle = min(max(x, MARGIN + half), width - MARGIN - half)
    sheet.labels.append(Label("aside", round(middle, 1), foot + 18 + LINE, text, "middle"))
