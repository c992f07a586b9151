"""The steps of one decision, as rungs of a ladder: what is asked, what comes of it, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from studyapp.simulator.models.access.deciding import NOBODY
from studyapp.simulator.outcome import Hop
from studyapp.ui.pictures import marks
from studyapp.ui.pictures.lettering import LINE, PLAIN, wrapped, write
from studyapp.ui.pictures.shapes import Bar, Label, Line, Sheet
from studyapp.ui.pictures.walks import Walk
from studyapp.ui.pictures.words import NBSP

__all__ = ["NOBODY", "STATES", "Rung", "draw", "of"]

State = Literal["passes", "allows", "decides", "silent", "refuses", "behind", "verdict"]
STATES: dict[State, str] = {
    "passes": "✓ passes",
    "allows": "✓ allows",
    "decides": "✓ decides",
    "silent": "– says nothing",
    "refuses": "✗ refuses",
    "behind": "not asked",
    "verdict": "",
}
NAME, ANSWER = 236, 106
"""How wide a rung is, and what is written behind it."""
APART, PAD = 8, 7
MOST_LINES = 3


@dataclass(frozen=True, slots=True)
class Rung:
    """`number` is that of the step, 0 for what is no step."""

    number: int
    name: str
    state: State
    says: str
    mark: str = ""


def of(walk: Walk) -> tuple[Rung, ...]:
    """The steps as they were taken; behind a refusal, what was not asked any more."""
    by = str(walk.outcome.metrics.get(f"decided_by.{walk.path.target}", NOBODY)).split(", ")
    steps = [
        Rung(number, hop.name, _state(hop, by), hop.says, marks.of_hop(walk.number, number))
        for number, hop in enumerate(walk.path.hops, 1)
    ]
    if walk.path.hops[-1].ok or not _is_early(walk.path.hops[-1]):
        return tuple(steps)
    return (*steps, Rung(0, "What follows", "behind", "A refusal ends it: nothing after it can allow the request."))


def _state(hop: Hop, by: Sequence[str]) -> State:
    if not hop.ok:
        return "refuses"
    if hop.says.startswith("No statement allows"):
        return "silent"
    if any(_is_by(hop.says, label) for label in by if label != NOBODY):
        return "decides"
    return "allows" if hop.says.startswith("Allowed by") or _is_allowing(hop) else "passes"


def _is_allowing(hop: Hop) -> bool:
    return hop.name.startswith(("Policy of", "Policies of")) and " allows " in hop.says


def _is_by(says: str, label: str) -> bool:
    """Whether the step is about the statement of that name, which a sentence may begin with a capital."""
    return says[1:].startswith(f"{label[1:]} ") and says[:1].lower() == label[:1].lower()


def _is_early(hop: Hop) -> bool:
    """Whether more would have been asked: a deny and a trust that is lacking come before all policies."""
    return hop.name == "Explicit denies" or (hop.name.startswith("Trust policy of") and "take on" in hop.says)


def draw(sheet: Sheet, ladder: Sequence[Rung], top: float, left: float, right: float) -> float:
    """From `top` down. Returns the y of its foot."""
    y = top
    for rung in ladder:
        foot = _rung(sheet, rung, y, left, right)
        look = "way-behind" if rung.state == "behind" else "rail"
        for x in (left + APART, left + APART + NAME):
            sheet.lines.append(Line(look, x, y, x, foot))
        y = foot
    return y


def _rung(sheet: Sheet, rung: Rung, y: float, left: float, right: float) -> float:
    x, room = left + APART, right - left - APART - NAME - ANSWER
    height = _height(rung, room)
    box = height - APART
    if rung.state == "refuses":
        for each in (y - 2, y + 2):
            sheet.lines.append(Line("double", x - 6, each, x + NAME + 6, each))
    sheet.bars.append(Bar(f"hop hop-{rung.state}", x, y + 2, NAME, box, f"{rung.name}: {rung.says}", rung.mark))
    name = f"{rung.number}{NBSP}{NBSP}{rung.name}" if rung.number else rung.name
    first = y + 2 + (box - LINE * len(_name(name))) / 2 + 12.5
    write(sheet, f"in-hop name-{rung.state}", x + PAD, first, _name(name))
    says = wrapped(rung.says, room, MOST_LINES, PLAIN)
    middle = y + 2 + (box - LINE * len(says)) / 2 + 12.5
    sheet.labels.append(Label(f"says-{rung.state}", x + NAME + 12, y + 2 + box / 2 + 4.5, STATES[rung.state]))
    write(sheet, "why", x + NAME + ANSWER, middle, says)
    return y + height


def _name(name: str) -> tuple[str, ...]:
    return wrapped(name, NAME - 2 * PAD, 2)


def _height(rung: Rung, room: float) -> float:
    lines = max(len(_name(f"0{NBSP}{NBSP}{rung.name}")), len(wrapped(rung.says, room, MOST_LINES, PLAIN)))
    return LINE * lines + 12 + APART
