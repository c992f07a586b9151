"""The paths of one kind that a picture draws: of one run all; of two runs, in pairs, those that tell them apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from studyapp.simulator import spelling
from studyapp.simulator.outcome import Outcome, Path
from studyapp.ui.pictures import paths
from studyapp.ui.pictures.words import listing


@dataclass(frozen=True, slots=True)
class Walk:
    """A path as one run walked it. `number` is its place among all paths of that run, from 1; a heading may be ""."""

    heading: str
    number: int
    path: Path
    outcome: Outcome

    @property
    def called(self) -> str:
        return f"{self.heading}: {self.path.target}" if self.heading else self.path.target

    @property
    def verdict(self) -> str:
        return spelling.verdict(self.path.kind, ok=self.path.ok)


def of(outcomes: Sequence[Outcome], headings: Sequence[str], kind: str) -> tuple[Walk, ...]:
    """Empty where the first run has no path of that kind."""
    ways = [
        [Walk(heading, number, path, each) for number, path in enumerate(each.paths, 1) if path.kind == kind]
        for each, heading in zip(outcomes, headings, strict=True)
    ]
    if not ways or not ways[0] or len(ways) == 1:
        return tuple(ways[0]) if ways else ()
    first, second = ({walk.path.target: walk for walk in way} for way in ways[:2])
    pairs = paths.telling([walk.path for walk in ways[0]], [walk.path for walk in ways[1]])
    found = ((first[path.target], second.get(path.target)) for path, _ in pairs)
    return tuple(walk for pair in found for walk in pair if walk is not None)


def note(outcomes: Sequence[Outcome], kind: str) -> str:
    """Where two runs end differently, and what is not drawn as both agree on it. "" for one run."""
    if len(outcomes) < 2:
        return ""
    ways = [[path for path in each.paths if path.kind == kind] for each in outcomes]
    return paths.note(ways[0], ways[1]) if ways[0] else ""


def rest(found: Sequence[object], most: int) -> str:
    """What a picture leaves to its table. "" for nothing."""
    return f"The picture shows the first {most} of {len(found)}; the table has all." if len(found) > most else ""


def difference(walks: Sequence[Walk]) -> str:
    """How the runs of each pair differ, in a sentence. "" for one run."""
    by_target: dict[str, list[Walk]] = {}
    for walk in walks:
        by_target.setdefault(walk.path.target, []).append(walk)
    said = [_part(*pair) for pair in by_target.values() if len(pair) > 1]
    return " ".join(filter(None, said))


def _part(one: Walk, other: Walk) -> str:
    if one.path.ok != other.path.ok:
        return f"{one.path.target}: {_ends(one)}, {_ends(other)}."
    if one.path.hops == other.path.hops:
        return ""
    if not one.path.ok and one.path.hops[-1].name != other.path.hops[-1].name:
        return f"{one.path.target}: {one.verdict} in both. {_refused(one)} {_refused(other)}"
    extra = [listing(_only(*each)) for each in ((one, other), (other, one))]
    told = [f"{each.heading} has {names}" for each, names in zip((one, other), extra, strict=True) if names]
    return f"{one.path.target}: {one.verdict} in both" + (f"; {', '.join(told)}." if told else ".")


def _ends(walk: Walk) -> str:
    told = f"{walk.heading}: {walk.verdict}"
    return told if walk.path.ok else f"{told}, {walk.path.hops[-1].name} refuses"


def _refused(walk: Walk) -> str:
    return f"{walk.heading}: {walk.path.hops[-1].name} refuses."


def _only(one: Walk, other: Walk) -> list[str]:
    """The hops that `one` has and `other` has not."""
    known = {hop.name for hop in other.path.hops}
    return [hop.name for hop in one.path.hops if hop.name not in known]
