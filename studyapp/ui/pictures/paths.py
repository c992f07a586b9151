"""Paths as numbered steps: the way of packets, the way to a decision, the making of a bill."""

from __future__ import annotations

from collections.abc import Sequence

from studyapp.simulator import spelling
from studyapp.simulator.outcome import Path
from studyapp.ui.pictures.marks import of_hop
from studyapp.ui.pictures.shapes import Route, Step
from studyapp.ui.pictures.words import listing


def routes(one: Sequence[Path], other: Sequence[Path] | None, heading: str, other_heading: str) -> tuple[Route, ...]:
    """Each target of one run; of two runs, side by side, the targets that one reaches and the other does not."""
    if other is None:
        return tuple(_route(path, heading, place) for place, path in enumerate(one, 1))
    pairs = telling(one, other)
    return tuple(
        route
        for path, twin in pairs
        for route in (_route(path, heading), *([_route(twin, other_heading)] if twin else []))
    )


def note(one: Sequence[Path], other: Sequence[Path] | None) -> str:
    """What is not drawn because both runs agree on it."""
    if other is None:
        return ""
    drawn = {path.target for path, _ in telling(one, other)}
    rest: dict[str, list[str]] = {}
    for path in one:
        if path.target not in drawn:
            rest.setdefault(f"{spelling.verdict(path.kind, ok=path.ok)} either way", []).append(path.target)
    parts = [f"{listing(names)}: {words}" for words, names in rest.items()]
    return f"{'; '.join(parts)}." if parts else ""


def telling(one: Sequence[Path], other: Sequence[Path]) -> list[tuple[Path, Path | None]]:
    """Targets that end differently; failing that, those that go another way; failing that, all."""
    twins = {path.target: path for path in other}
    pairs = [(path, twins.get(path.target)) for path in one]
    parted = [pair for pair in pairs if pair[1] is not None and pair[0].ok != pair[1].ok]
    elsewhere = [pair for pair in pairs if pair[1] is not None and pair[0].hops != pair[1].hops]
    return parted or elsewhere or pairs


def _route(path: Path, heading: str, place: int = 0) -> Route:
    """`place` is that of the path among those of its outcome, from 1: its hops can be asked about."""
    steps = tuple(
        Step(number, hop.name, hop.ok, hop.says, of_hop(place, number) if place else "")
        for number, hop in enumerate(path.hops, 1)
    )
    verdict = spelling.verdict(path.kind, ok=path.ok)
    return Route(heading, path.target, path.ok, steps, verdict, spelling.stops(path.kind))
