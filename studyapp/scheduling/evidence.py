"""What is known of how well a student's memory was foretold: counts from the review log, in at most ten bands.

A memory foretells recall, and a question can be right by a guess, too: P(right) = R + (1 - R) / k for k options.
"""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field

from studyapp.scheduling.statistics import wilson

EDGES = (0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.94, 0.97, 0.99)
"""Where one band of foretold recall ends and the next begins. Most answers are asked for near 0.9."""
GUESS = 0.25
"""The chance of a right guess among four options."""


@dataclass(frozen=True)
class Band:
    """Answers about facts met before, whose recall was foretold to be about the same.

    `recall`: the sum of the chances of recall, foretold before each answer. `guess`: the mean of 1/k over these answers; 0 where
    what was foretold is the chance of being right.
    """

    answers: int
    right: int
    recall: float
    guess: float = GUESS

    def __post_init__(self) -> None:
        _refuse_nonsense(self)
        if not 0 <= self.recall <= self.answers * (1 + 1e-9):
            raise ValueError(f"recall is {self.recall}: a sum of {self.answers} chances lies from 0 to {self.answers}")

    @property
    def expected(self) -> float:
        """How many of the answers were expected to be right, guesses included."""
        return self.recall + (self.answers - self.recall) * self.guess


@dataclass(frozen=True)
class Firsts:
    """Answers about facts that the student met for the first time. `guess`: the mean of 1/k over them."""

    answers: int = 0
    right: int = 0
    guess: float = GUESS

    def __post_init__(self) -> None:
        _refuse_nonsense(self)


@dataclass(frozen=True)
class Evidence:
    """All that a forecast is told about a student's answers, however long the log is."""

    bands: tuple[Band, ...] = ()
    firsts: Firsts = field(default_factory=Firsts)

    @property
    def answers(self) -> int:
        return self.firsts.answers + sum(band.answers for band in self.bands)


@dataclass(frozen=True)
class Point:
    """One point of a calibration plot, all of them shares from 0 to 1: what was expected, what came, and its 90 % interval."""

    expected: float
    share: float
    low: float
    high: float
    answers: int


def band_of(recall: float) -> int:
    """The band that an answer belongs to whose recall was foretold: 0 to 9."""
    return bisect_right(EDGES, recall)


def calibration(bands: Iterable[Band]) -> tuple[Point, ...]:
    """The points of a calibration plot, in the order of `bands`; those without answers are left out."""
    return tuple(
        Point(band.expected / band.answers, band.right / band.answers, *wilson(band.right, band.answers), band.answers)
        for band in bands
        if band.answers
    )


def _refuse_nonsense(counts: Band | Firsts) -> None:
    if not 0 <= counts.right <= counts.answers:
        raise ValueError(f"right is {counts.right}: from 0 to {counts.answers} answers")
    if not 0 <= counts.guess < 1:
        raise ValueError(f"guess is {counts.guess}: at least 0 and under 1")
