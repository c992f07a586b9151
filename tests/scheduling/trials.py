"""Forecasts tried on simulated students: how often intervals hold the next mock, and Brier scores against simpler ways to tell.

The baseline gives every question of a section the student's own share right in that section, drawn to the own share right
of all answers as by SMOOTHING answers more. Two others know which facts were never met, as well. One gives those the
student's share right at first meetings, and all others the share right of all later answers (both smoothed alike); the other
gives every question of a section the mean of that over its facts. The true chances are what cannot be beaten.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import sqrt

from studyapp.scheduling.evidence import Band, Point, calibration
from studyapp.scheduling.forecasting import Forecast
from studyapp.scheduling.statistics import brier
from tests.scheduling.mocks import SIZES, Mind, Student, World, blueprint, students

SMOOTHING = 5
Pairs = list[tuple[float, bool]]


@dataclass
class Trial:
    """What came of it. `held` and `widths` by number of questions: one entry for each student."""

    held: defaultdict[int, list[bool]] = field(default_factory=lambda: defaultdict(list))
    widths: defaultdict[int, list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: list[float] = field(default_factory=list)
    """Expected share less the true one, before chance."""
    forecast: Pairs = field(default_factory=list)
    sections: Pairs = field(default_factory=list)
    covered: Pairs = field(default_factory=list)
    never_met: Pairs = field(default_factory=list)
    truth: Pairs = field(default_factory=list)

    def coverage(self, questions: int) -> float:
        return sum(self.held[questions]) / len(self.held[questions])

    def width(self, questions: int) -> float:
        return sum(self.widths[questions]) / len(self.widths[questions])

    @property
    def bias(self) -> float:
        return sum(self.errors) / len(self.errors)

    @property
    def brier(self) -> float:
        return brier(self.forecast) or 0.0

    @property
    def points(self) -> tuple[Point, ...]:
        """Of a calibration plot of the forecast's chances, in tenths."""
        tenths = [[0, 0, 0.0] for _ in range(10)]
        for chance, is_right in self.forecast:
            tenth = tenths[min(int(chance * 10), 9)]
            tenth[0] += 1
            tenth[1] += is_right
            tenth[2] += chance
        return calibration(Band(answers, right, chances, guess=0.0) for answers, right, chances in tenths)

    @property
    def reliability(self) -> float:
        """How far the points are from what came of them, as a root of the mean square."""
        squares = sum(point.answers * (point.expected - point.share) ** 2 for point in self.points)
        return sqrt(squares / len(self.forecast))

    def against(self, pairs: Pairs) -> float:
        """The forecast's Brier score as a multiple of another one's."""
        return self.brier / (brier(pairs) or 0.0)


def tried(world: World, *, count: int, seed: str, sizes: Sequence[int] = (65, 20)) -> Trial:
    """So many students of a world, each with one mock of each size. Brier scores are those of the first size."""
    trial = Trial()
    for student in students(count, world, seed):
        for questions in sizes:
            told, answers = student.foretold(blueprint(questions)), student.sit(blueprint(questions))
            share = sum(is_right for _, is_right in answers) / questions
            trial.held[questions].append(told.low - 1e-9 <= share <= told.high + 1e-9)
            trial.widths[questions].append(told.high - told.low)
            if questions == sizes[0]:
                _score(trial, student, told, answers)
    return trial


def _score(trial: Trial, student: Student, told: Forecast, answers: list[tuple[Mind, bool]]) -> None:
    sections, first, later = _shares(student)
    trial.errors.append(told.share - _expected(student, blueprint(told.questions)))
    covered = {section: later + (first - later) * share for section, share in _never_met(student).items()}
    for mind, is_right in answers:
        trial.forecast.append((told.chances[mind.key], is_right))
        trial.sections.append((sections[mind.section], is_right))
        trial.covered.append((covered[mind.section], is_right))
        trial.never_met.append((later if mind.seen else first, is_right))
        trial.truth.append((student.right(mind), is_right))


def _shares(student: Student) -> tuple[dict[str, float], float, float]:
    """Shares right: of each section, of first answers, of later ones."""
    first, later = student.firsts, [sum(band[place] for band in student.bands) for place in (0, 1)]
    whole = (first[1] + later[1]) / (first[0] + later[0])

    def share(answers: float, right: float) -> float:
        return (right + SMOOTHING * whole) / (answers + SMOOTHING)

    return {section: share(*counts) for section, counts in student.by_section.items()}, share(*first), share(*later)


def _never_met(student: Student) -> dict[str, float]:
    """The share of each section's facts that this student has never met."""
    unmet = Counter(mind.section for mind in student.minds if not mind.seen)
    return {section: unmet[section] / size for section, size in SIZES.items()}


def _expected(student: Student, questions: Mapping[str, int]) -> float:
    """The true expected share right."""
    chances = defaultdict[str, list[float]](list)
    for mind in student.minds:
        chances[mind.section].append(student.right(mind))
    sums = (count * sum(chances[section]) / len(chances[section]) for section, count in questions.items())
    return sum(sums) / sum(questions.values())
