"""What a student did in a day, counted from attempts and the reviews that they made."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, tzinfo
from operator import attrgetter
from typing import Any, NamedTuple

from studyapp.memory.models import Kind
from studyapp.scheduling.days import study_day
from studyapp.scheduling.evidence import EDGES, band_of

__all__ = ["EDGES", "Counts", "Row", "band_of", "by_day", "total"]

PARTS = ("bands", "sections", "beliefs", "mistaken")
"""What is counted by name."""
LONGEST_S = 600
"""A question in view for longer than this was left lying; it counts as so long."""


class Row(NamedTuple):
    """A review with its attempt, as `daily` reads it. `section` is that of the attempt's own fact."""

    attempt: int
    kind: str
    rating: int | None
    predicted: float | None
    fact: int
    own_fact: int
    section: int
    fraction: float
    is_sure: bool
    shown_at: datetime
    answered_at: datetime
    belief: str
    resisted: list[str]
    mistaken: list[list[str]]


@dataclass
class Counts:
    """Of one study day, or of several added up. Answers that were taken back are not counted.

    `answers`, `right`, `seconds`: of attempts. `sure`, `sure_right`: of those said to be sure; `guesses`: right ones owned up to
    as guesses. `met`, `met_right`: facts asked for the first time. `bands`: of facts that had a memory, by band of predicted
    recall: answers, right, recalled (right and no guess), sum of predictions. `squares`: sum of (predicted - recalled)².
    `sections`: answers, right, seconds. `beliefs`: how often held, how often resisted. `mistaken`: "asked>given" to times.
    """

    answers: int = 0
    right: int = 0
    seconds: float = 0.0
    sure: int = 0
    sure_right: int = 0
    guesses: int = 0
    met: int = 0
    met_right: int = 0
    squares: float = 0.0
    bands: dict[int, list[float]] = field(default_factory=dict)
    sections: dict[int, list[float]] = field(default_factory=dict)
    beliefs: dict[str, list[int]] = field(default_factory=dict)
    mistaken: dict[str, int] = field(default_factory=dict)

    @property
    def known(self) -> int:
        """Answers about facts that had a memory."""
        return int(sum(band[0] for band in self.bands.values()))

    @property
    def recalled(self) -> int:
        return int(sum(band[2] for band in self.bands.values()))

    @property
    def predicted(self) -> float:
        """How many of `known` were predicted to be recalled."""
        return sum(band[3] for band in self.bands.values())

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Counts:
        numbered = {name: {int(key): value for key, value in kept[name].items()} for name in ("bands", "sections")}
        return cls(**{**kept, **numbered})


def total(counts: Iterable[Counts], parts: Collection[str] = PARTS) -> Counts:
    """All of them added up: every number, and of `PARTS` those named."""
    every = list(counts)
    whole = Counts(**{name: sum(map(attrgetter(name), every)) for name in _NUMBERS})
    for name in parts:
        held = getattr(whole, name)
        for each in every:
            _ADD[name](held, getattr(each, name))
    return whole


def by_day(rows: Iterable[Row], zone: tzinfo) -> dict[date, Counts]:
    """Each study day's counts, of the days on which something was answered that still stands."""
    found = list(rows)
    undone = {row.attempt for row in found if row.kind == Kind.UNDO}
    guessed = {row.attempt for row in found if row.kind == Kind.GUESS}
    days: dict[date, Counts] = {}
    seen: set[int] = set()
    for row in found:
        if row.kind != Kind.ANSWER or row.attempt in undone:
            continue
        counts = days.setdefault(study_day(row.answered_at, zone), Counts())
        is_guess = row.attempt in guessed and row.fraction == 1
        _count_review(counts, row, is_guess=is_guess)
        if row.attempt not in seen:
            seen.add(row.attempt)
            _count_attempt(counts, row, is_guess=is_guess)
    return days


def _add_lists(whole: dict[Any, list[Any]], more: Mapping[Any, Sequence[Any]]) -> None:
    for key, values in more.items():
        held = whole.get(key)
        if held is None:
            whole[key] = list(values)
            continue
        for place, value in enumerate(values):
            held[place] += value


def _add_numbers(whole: dict[str, int], more: Mapping[str, int]) -> None:
    for key, number in more.items():
        whole[key] = whole.get(key, 0) + number


_NUMBERS = ("answers", "right", "seconds", "sure", "sure_right", "guesses", "met", "met_right", "squares")
_ADD: dict[str, Callable[[Any, Any], None]] = {
    "bands": _add_lists,
    "sections": _add_lists,
    "beliefs": _add_lists,
    "mistaken": _add_numbers,
}


def _count_review(counts: Counts, row: Row, *, is_guess: bool) -> None:
    """Of each fact that was asked: whether it was right comes from its rating, since an item may ask several."""
    is_right = (row.rating or 1) > 1
    if row.predicted is None:
        counts.met += 1
        counts.met_right += is_right
        return
    is_recalled = is_right and not is_guess
    band = counts.bands.setdefault(band_of(row.predicted), [0, 0, 0, 0.0])
    band[:] = [band[0] + 1, band[1] + is_right, band[2] + is_recalled, band[3] + row.predicted]
    counts.squares += (row.predicted - is_recalled) ** 2


def _count_attempt(counts: Counts, row: Row, *, is_guess: bool) -> None:
    is_right = row.fraction == 1
    seconds = min((row.answered_at - row.shown_at).total_seconds(), LONGEST_S)
    counts.answers += 1
    counts.right += is_right
    counts.seconds += seconds
    counts.sure += row.is_sure
    counts.sure_right += row.is_sure and is_right
    counts.guesses += is_guess
    _add_lists(counts.sections, {row.section: [1, int(is_right), seconds]})
    _add_lists(counts.beliefs, {row.belief: [1, 0]} if row.belief else {slug: [0, 1] for slug in row.resisted})
    for asked, given in row.mistaken:
        _add_numbers(counts.mistaken, {f"{asked}>{given}": 1})
