"""The smallest change: what would have to be different, and by how little, for a wrong option to be right.

One parameter moves at a time. How far it moved is |ln(new / old)|, so twice is as far as half; from 0 it is the share of
its range, and 0 itself is farther than all else. Rings of equal size are tried outwards for all parameters together, then
the place between the last value that failed and the first that holds is found by halving, to the field's own step: whole
numbers, or three figures (see FINEST). Between two rings a claim is taken to change once; what is reported has been run and holds.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from math import exp, inf, log
from typing import Final

from studyapp.lab.background.searching import Candidate, Change, Found, Search, Told
from studyapp.questions.filling import NoSuchParameter, value_at
from studyapp.simulator import scenario, units
from studyapp.simulator.claims import Claim
from studyapp.simulator.errors import RunTooLong, ScenarioError
from studyapp.simulator.rulebook import TRUTH
from studyapp.simulator.run import simulate

Body = Mapping[str, object]

MOST_RUNS: Final = 2_000
MOST_S: Final = 60.0
MOST_EVENTS: Final = 200_000
RUNNERS_UP: Final = 3
FIGURES: Final = 3
FINEST: Final = 4
"""No step is smaller than so many decimal places below the first of the range's end: of 10 s, 1 ms."""
FACTORS: Final = (
    1.02, 1.05, 1.1, 1.2, 1.35, 1.5, 1.75, 2, 2.5, 3, 4, 5, 7, 10, 15, 20, 35, 50, 100, 200, 500, 1e3, 1e4, 1e5, 1e6,
)  # fmt: skip
RINGS: Final = (*map(log, FACTORS), inf)
"""How far to move, from near to far; the last is the end of the range."""


class _Spent(Exception):
    """No more runs may be made."""


def smallest(search: Search, told: Told = lambda _: None, clock: Callable[[], float] = time.monotonic) -> Found:
    """What makes the claim hold, the smallest change first; at most one for each path, and RUNNERS_UP after the first.

    Raises ScenarioError if `changes` lead nowhere, RulebookError for what `patch` says, and ClaimError for a claim that cannot
    be read or that asks for what the scenario does not have.
    """
    body = scenario.patch(search.body, search.changes)
    trials = _Trials(body, Claim.parse(search.claim), search, clock)
    if trials.holds({}):
        return Found((), trials.runs, is_right_already=True)
    tracks, skipped = _tracks(search.candidates, body)
    is_complete = True
    try:
        _rings(tracks, trials, told)
    except _Spent:
        is_complete = False
    changes = sorted((track.change() for track in tracks if track.good is not None), key=lambda each: each.size)
    first = {change.path: change for change in reversed(changes)}  # of each path, the smallest
    kept = sorted(first.values(), key=lambda each: each.size)[: RUNNERS_UP + 1]
    return Found(tuple(kept), trials.runs, is_complete=is_complete, skipped=skipped)


@dataclass
class _Trials:
    """Runs that are made, and how many more may be."""

    body: Body
    claim: Claim
    search: Search
    clock: Callable[[], float]
    runs: int = 0

    def __post_init__(self) -> None:
        self._until = self.clock() + MOST_S
        self._rulebook = TRUTH.believing(self.search.patch)

    def holds(self, change: Body) -> bool:
        """Whether the claim holds with `change`. What is refused or too long does not. Raises _Spent, ClaimError."""
        if self.runs >= MOST_RUNS or self.clock() > self._until:
            raise _Spent
        self.runs += 1
        try:
            patched = scenario.patch(self.body, change)
            world = scenario.read({**patched, "max_events": MOST_EVENTS}, self._rulebook)
            return self.claim.holds(simulate(world, self._rulebook, self.search.seed))
        except (ScenarioError, RunTooLong):
            return False


@dataclass
class _Track:
    """One parameter on its way up (`sign` 1) or down (-1). `bad` is the last value that failed, `good` the nearest known to
    hold."""

    candidate: Candidate
    was: Decimal
    sign: int
    bad: Decimal = field(init=False)
    good: Decimal | None = None
    is_over: bool = False

    def __post_init__(self) -> None:
        self.bad = self.was

    @property
    def end(self) -> Decimal:
        return self.candidate.high if self.sign > 0 else self.candidate.low

    def at(self, size: float) -> Decimal | None:
        """The value so far away, on the field's own steps and within its range; None for one that has been tried."""
        if size == inf:
            value = self.end
        elif self.was:
            value = self._stepped(self.was * Decimal(f"{exp(self.sign * size):.6g}"))
        else:
            value = self._stepped(self.candidate.reach * Decimal(self.sign * size))
        value = min(value, self.end) if self.sign > 0 else max(value, self.end)
        return value if (value - self.bad) * self.sign > 0 else None

    def _stepped(self, value: Decimal) -> Decimal:
        """Away from where it was."""
        step = self.step(value, value)
        return (value / step).to_integral_value(ROUND_CEILING if self.sign > 0 else ROUND_FLOOR) * step

    def step(self, one: Decimal, other: Decimal) -> Decimal:
        largest = max(abs(one), abs(other))
        if self.candidate.is_whole or not largest:
            return Decimal(1)
        finest = self.candidate.high.adjusted() - FINEST
        return Decimal(1).scaleb(max(largest.adjusted() - FIGURES + 1, finest))

    def change(self) -> Change:
        good = self.good if self.good is not None else self.end
        write = self.candidate.text
        return Change(
            self.candidate.path, write(self.was), write(good), write(self.candidate.low), write(self.candidate.high),
            self._size(good),
        )  # fmt: skip

    def _size(self, value: Decimal) -> float:
        if not self.was:
            return float(abs(value) / self.candidate.reach)
        ratio = value / self.was
        return abs(log(ratio)) if ratio > 0 else inf


def _tracks(candidates: Iterable[Candidate], body: Body) -> tuple[list[_Track], dict[str, str]]:
    """Two for each candidate, and the reasons why some have none."""
    tracks: list[_Track] = []
    skipped: dict[str, str] = {}
    for candidate in candidates:
        try:
            was = _current(candidate, body)
        except (NoSuchParameter, units.UnitError) as error:
            skipped[candidate.path] = str(error)
            continue
        made = (_Track(candidate, was, 1), _Track(candidate, was, -1))
        tracks += [track for track in made if (track.end - was) * track.sign > 0]
    return tracks, skipped


def _current(candidate: Candidate, body: Body) -> Decimal:
    """What the field is now, in the candidate's unit. Raises NoSuchParameter or UnitError."""
    try:
        value = value_at(candidate.path, body)
    except NoSuchParameter:
        if candidate.now is None:
            raise
        value = candidate.now
    number, unit = units.split(candidate.now if value is None else value)
    return number if unit == candidate.unit or not unit else units.converted(number, unit, candidate.unit)


def _rings(tracks: list[_Track], trials: _Trials, told: Told) -> None:
    """Move outwards until enough paths are found. Raises _Spent."""
    for number, size in enumerate(RINGS):
        here: list[_Track] = []
        for place, track in enumerate(tracks):
            told((number + place / len(tracks)) / len(RINGS))
            if not track.is_over and _reaches(track, size, trials):
                here.append(track)
        for track in here:
            _halve(track, trials)
        found = {track.candidate.path for track in tracks if track.good is not None}
        for track in tracks:
            track.is_over = track.is_over or track.candidate.path in found
        if len(found) > RUNNERS_UP or all(track.is_over for track in tracks):
            return


def _reaches(track: _Track, size: float, trials: _Trials) -> bool:
    value = track.at(size)
    if value is None:
        return False
    if trials.holds({track.candidate.path: track.candidate.text(value)}):
        track.good = value
    else:
        track.bad = value
    track.is_over = value == track.end or track.good is not None
    return track.good is not None


def _halve(track: _Track, trials: _Trials) -> None:
    """Bring `good` as near to `bad` as the field's step allows. Raises _Spent, and what was found until then stays."""
    if track.good is None:
        return
    step, sign = track.step(track.bad, track.good), track.sign
    failing = int((sign * track.bad / step).to_integral_value(ROUND_FLOOR))
    holding = int((sign * track.good / step).to_integral_value(ROUND_CEILING))
    while holding - failing > 1:
        middle = (failing + holding) // 2
        value = sign * middle * step
        if trials.holds({track.candidate.path: track.candidate.text(value)}):
            holding, track.good = middle, value
        else:
            failing, track.bad = middle, value
