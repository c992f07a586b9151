"""A path as stations: what a call passes on its way, where it is refused, what lies behind, and the answer's way back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from studyapp.simulator.outcome import Hop
from studyapp.ui.pictures import marks
from studyapp.ui.pictures.network_zones import Zone, network_of, zones
from studyapp.ui.pictures.walks import Walk

State = Literal["passes", "refuses", "reached", "arrives", "behind"]
SAYS: dict[State, str] = {
    "passes": "✓ passes",
    "refuses": "✗ refuses",
    "reached": "✓ reached",
    "arrives": "call arrives",
    "behind": "not reached",
}


@dataclass(frozen=True, slots=True)
class Station:
    name: str
    state: State
    zone: Zone
    says: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Way:
    """`out` ends at the target; `back` are the stations that look at the answer, the one next to the target first."""

    out: tuple[Station, ...]
    back: tuple[Station, ...]

    @property
    def ok(self) -> bool:
        return self.out[-1].state == "reached"


def way(walk: Walk) -> Way:
    hops, places = walk.path.hops, zones(walk.path, network_of(walk.outcome))
    stations = [
        Station(hop.name, _state(hop, walk), zone, hop.says, marks.of_hop(walk.number, step))
        for step, (hop, zone) in enumerate(zip(hops, places, strict=False), 1)
    ]
    is_back = [_is_answer(hop) for hop in hops]
    back = tuple(each for each, yes in zip(stations, is_back, strict=True) if yes)
    out = [each for each, yes in zip(stations, is_back, strict=True) if not yes]
    if out[-1].name != walk.path.target:
        out.append(_target(walk, places[-1], is_called=bool(back)))
    return Way(tuple(out), back)


def _state(hop: Hop, walk: Walk) -> State:
    if not hop.ok:
        return "refuses"
    return "reached" if hop.name == walk.path.target else "passes"


def _is_answer(hop: Hop) -> bool:
    """Whether the hop looks at the answer: the only rules that speak of one."""
    return " rules of " in hop.name and "answer" in hop.says.lower()


def _target(walk: Walk, zone: Zone, *, is_called: bool) -> Station:
    if is_called:
        return Station(walk.path.target, "arrives", zone, "The call arrives, and its answer does not come back.")
    return Station(walk.path.target, "behind", zone, "The call never gets here.")
