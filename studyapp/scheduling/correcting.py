"""How far a student's recall lies from what FSRS-6 foretells, learnt from counts of the answers.

Recall is corrected on the scale of log-odds by a line, logit R' = shift + slope * logit R; of facts never met a share is
known all the same. An answer is right with the chance R' + (1 - R') / k, so that a guess is not taken for recall. Shift and
slope are those of the highest posterior density, found by Fisher scoring; their spread is that of the normal law there
(Laplace), and the share known has that of a beta law. So three numbers describe a student, and how sure they are is known.

The priors are round numbers for what simulated students are like (`tests/scheduling/mocks.py`). Lucky guesses have moved
their cards as if they had known: that is why the shift begins below 0.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log, sqrt, tanh

from studyapp.scheduling.evidence import Band, Evidence, Firsts

SHIFT, SHIFT_SD = -0.5, 0.5
SLOPE, SLOPE_SD = 1.0, 0.25
MISFIT_SD = 0.15
"""Of the shift, however many answers there are: a line is not how other parameters bend the curve of forgetting."""
KNOWN, KNOWN_WEIGHT = 0.1, 10.0
"""The share known before it was met, as if so many first answers had told it."""

LIMIT = 0.01
"""Recall foretold is taken to lie this far from 0 and 1 at least: log-odds have no end."""
SURE = 1e-12
"""A chance of a right answer is taken to lie this far from 0 and 1 when answers are explained by it."""
NODES = ((0.0, 8 / 15), (sqrt(5 - sqrt(10)), 0.2220759220056126), (sqrt(5 + sqrt(10)), 0.011257411327720691))
"""Five points for the standard normal law: place and weight, either side (Gauss-Hermite, Abramowitz and Stegun 25.4.46)."""
ROUNDS, CLOSE = 50, 1e-10

Slopes = tuple[float, float, float]
"""How fast a chance grows with shift, slope and share known."""
Points = Sequence[tuple[float, Band]]
"""Log-odds of the mean recall foretold, with the band."""


@dataclass(frozen=True)
class Correction:
    """What a student is taken to be like: two numbers for facts met, one for facts never met.

    `known` may be a little below 0: who is misled does worse than who guesses.
    """

    shift: float
    slope: float
    known: float

    def right(self, odds: float | None, guess: float) -> float:
        """The chance of a right answer; `odds` are the log-odds of the recall foretold, None for a fact never met."""
        if odds is None:
            return min(max(guess + (1 - guess) * self.known, 0.0), 1.0)
        return guess + (1 - guess) * expit(self.shift + self.slope * odds)

    def each_right(self, asked: Iterable[tuple[float | None, float]]) -> list[float]:
        """`right` of each pair of odds and guess. A forecast asks for all facts of the course five times, so it calls nothing."""
        shift, slope, known = self.shift, self.slope, self.known
        return [
            min(max(guess + (1 - guess) * known, 0.0), 1.0)
            if odds is None
            else guess + (1 - guess) * ((1 + tanh((shift + slope * odds) / 2)) / 2)
            for odds, guess in asked
        ]

    def slopes(self, odds: float | None, guess: float) -> Slopes:
        if odds is None:
            return 0.0, 0.0, 1 - guess
        recall = expit(self.shift + self.slope * odds)
        rise = (1 - guess) * recall * (1 - recall)
        return rise, rise * odds, 0.0


@dataclass(frozen=True)
class Belief:
    """The likeliest correction, and the variances of its numbers: shift, shift with slope, slope, and known by itself."""

    mean: Correction
    shift: float
    both: float
    slope: float
    known: float

    def along(self, slopes: Slopes) -> tuple[tuple[float, Correction], ...]:
        """Five students with their weights, who stand for all that this one may be like.

        They lie on the line through the mean on which a quantity that grows with `slopes` has all of its variance.
        """
        by_shift, by_slope, by_known = slopes
        to_shift = self.shift * by_shift + self.both * by_slope
        to_slope = self.both * by_shift + self.slope * by_slope
        to_known = self.known * by_known
        variance = to_shift * by_shift + to_slope * by_slope + to_known * by_known
        step = 1 / sqrt(variance) if variance > 0 else 0.0
        places = {sign * place: weight for place, weight in NODES for sign in (1, -1)}
        return tuple(
            (weight, self._moved(to_shift * step * z, to_slope * step * z, to_known * step * z))
            for z, weight in places.items()
        )

    def _moved(self, shift: float, slope: float, known: float) -> Correction:
        return Correction(self.mean.shift + shift, self.mean.slope + slope, self.mean.known + known)


def believe(evidence: Evidence) -> Belief:
    """What the counts say about a student, with the priors where they say little."""
    line, (shift, both, slope) = _line(evidence.bands)
    known, variance = _known(evidence.firsts)
    return Belief(Correction(*line, known), shift + MISFIT_SD**2, both, slope, variance)


def expit(odds: float) -> float:
    """The chance with these log-odds."""
    return (1 + tanh(odds / 2)) / 2


def logit(chance: float) -> float:
    """The log-odds of a chance, which is taken to lie within LIMIT and 1 - LIMIT."""
    inside = min(max(chance, LIMIT), 1 - LIMIT)
    return log(inside / (1 - inside))


def _line(bands: Iterable[Band]) -> tuple[tuple[float, float], tuple[float, float, float]]:
    """Shift and slope, and their variances: shift, both together, slope."""
    points = [(logit(band.recall / band.answers), band) for band in bands if band.answers]
    shift, slope = SHIFT, SLOPE
    for _ in range(ROUNDS):
        (by_shift, by_slope), (a, b, c) = _climb(points, shift, slope)
        whole = a * c - b * b
        to_shift, to_slope = (c * by_shift - b * by_slope) / whole, (a * by_slope - b * by_shift) / whole
        share = _share_of_step(points, (shift, slope), (to_shift, to_slope))
        shift, slope = shift + share * to_shift, slope + share * to_slope
        if share * (abs(to_shift) + abs(to_slope)) < CLOSE:
            break
    return (shift, slope), (c / whole, -b / whole, a / whole)


def _share_of_step(points: Points, place: tuple[float, float], step: tuple[float, float]) -> float:
    """How much of a step to take: all of it, or half as often as it would lead downhill. 0 where nothing is gained."""
    here, share = _height(points, *place), 1.0
    while share > CLOSE:
        if _height(points, place[0] + share * step[0], place[1] + share * step[1]) >= here:
            return share
        share /= 2
    return 0.0


def _height(points: Points, shift: float, slope: float) -> float:
    """The log of the posterior density, up to a constant."""
    height = -(((shift - SHIFT) / SHIFT_SD) ** 2 + ((slope - SLOPE) / SLOPE_SD) ** 2) / 2
    for odds, band in points:
        right = _not_certain(band.guess + (1 - band.guess) * expit(shift + slope * odds))
        height += band.right * log(right) + (band.answers - band.right) * log(1 - right)
    return height


def _climb(points: Points, shift: float, slope: float) -> tuple[tuple[float, float], tuple[float, float, float]]:
    """How steep the log of the posterior density is here, and Fisher's information: shift, both together, slope."""
    a, b, c = SHIFT_SD**-2, 0.0, SLOPE_SD**-2
    by_shift, by_slope = a * (SHIFT - shift), c * (SLOPE - slope)
    for odds, band in points:
        recall = expit(shift + slope * odds)
        right = _not_certain(band.guess + (1 - band.guess) * recall)
        rise = (1 - band.guess) * recall * (1 - recall)
        pull = rise / (right * (1 - right))
        steep, bend = pull * (band.right - band.answers * right), pull * band.answers * rise
        by_shift, by_slope = by_shift + steep, by_slope + steep * odds
        a, b, c = a + bend, b + bend * odds, c + bend * odds * odds
    return (by_shift, by_slope), (a, b, c)


def _not_certain(chance: float) -> float:
    return min(max(chance, SURE), 1 - SURE)


def _known(firsts: Firsts) -> tuple[float, float]:
    """The share known without having been met, and its variance: the beta law of being right, less the guesses."""
    said = KNOWN_WEIGHT * (firsts.guess + (1 - firsts.guess) * KNOWN) + firsts.right
    weight = KNOWN_WEIGHT + firsts.answers
    right, able = said / weight, 1 - firsts.guess
    return (right - firsts.guess) / able, right * (1 - right) / (weight + 1) / able**2
