"""Simulated students, who study as the product schedules and then sit a mock: what forecasts are tried on.

What a student truly remembers follows FSRS-6 with parameters of its own: each of the 21 default numbers times exp(N(0, 0.2)),
within FSRS's bounds. A question is answered right if the fact is recalled, and else by a guess among four options. Only what
is recalled moves the true memory as a success; the product sees right or wrong, so that a lucky guess moves its card as if
the fact had been known.

Habits differ: 5 to 60 days, of which half to all are studied; 5 to 50 answers a day; 15 to 100 % of the course as far as it
goes; sections in almost any mixture or one after another; half of the students knew something before (up to half of the
facts, unlike in each section); the mock is 0 to 30 days after the last day.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from math import exp
from random import Random

from fsrs.scheduler import DEFAULT_PARAMETERS, LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS

from studyapp.scheduling import fsrs6
from studyapp.scheduling.evidence import EDGES, Band, Evidence, Firsts, band_of
from studyapp.scheduling.forecasting import ANSWERS, SECTIONS, Fact, Forecast, forecast
from studyapp.scheduling.formulas import AGAIN, DEFAULT, GOOD, Formulas
from studyapp.scheduling.fsrs6 import Memory

SIZES = {"a": 45, "b": 33, "c": 37, "d": 88, "e": 21, "f": 44, "g": 36, "h": 33, "i": 14, "j": 42}
"""Facts of each section: those of the course."""
OPTIONS = 4
BEGAN_AT = datetime(2026, 9, 1, 20, tzinfo=UTC)
GAPS = (0, 1, 3, 7, 14, 30)
STEADY = (0, 1, 2, 3, 8)
"""The parameters that make memories last, all in the same direction."""


@dataclass(frozen=True)
class World:
    """How the truth differs from what the product believes.

    `off`: by how much parameters differ. `bias`: memories last by so much longer (or shorter), too. `guess`: chance of a
    right guess, which forecasts take to be 1/4. `luck_teaches`: a lucky guess is remembered like a recall. `all_new`: nobody
    knew anything before.
    """

    name: str = "off by 20 %"
    off: float = 0.2
    uniform: bool = False
    bias: float = 0.0
    guess: float = 1 / OPTIONS
    luck_teaches: bool = False
    all_new: bool = False

    def parameters(self, lot: Random) -> list[float]:
        times = [
            1 + lot.uniform(-self.off, self.off) if self.uniform else exp(lot.gauss(0, self.off)) for _ in range(21)
        ]
        for place in STEADY:
            times[place] *= 1 + self.bias
        times[20] *= 1 - self.bias
        bounds = zip(LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS, strict=True)
        return [
            min(max(number * by, low), high)
            for number, by, (low, high) in zip(DEFAULT_PARAMETERS, times, bounds, strict=True)
        ]


@dataclass
class Mind:
    """One fact: its section, whether it was known before, and what product and truth make of it: (S, D), None if never met."""

    key: str
    section: str
    is_known: bool
    seen: tuple[float, float] | None = None
    true: tuple[float, float] | None = None
    day: int = 0


@dataclass
class Student:
    lot: Random
    world: World = field(default_factory=World)

    def __post_init__(self) -> None:
        lot = self.lot
        self.truth = Formulas(self.world.parameters(lot))
        known = 0.0 if self.world.all_new else lot.choice((0.0, lot.uniform(0, 0.5)))
        shares = {section: known * lot.uniform(0, 2) for section in SIZES}
        self.minds = [
            Mind(f"{section}{number}", section, lot.random() < shares[section])
            for section, size in SIZES.items()
            for number in range(size)
        ]
        self.bands = [[0, 0, 0.0] for _ in range(len(EDGES) + 1)]
        self.by_section = {section: [0, 0] for section in SIZES}
        self.firsts = [0, 0]
        days = lot.randint(5, 60)
        self._study(days)
        self.sits_on = days - 1 + lot.choice(GAPS)

    def _study(self, days: int) -> None:
        """Day by day: first what is due, the longest due first, then new facts."""
        lot, often, pace = self.lot, self.lot.uniform(0.5, 1), self.lot.randint(5, 50)
        new, due, later = self._in_order(), list[Mind](), defaultdict[int, list[Mind]](list)
        for day in range(days):
            due += later.pop(day, [])
            if lot.random() > often:
                continue
            for _ in range(round(pace * lot.uniform(0.5, 1.5))):
                if not (due or new):
                    break
                mind = due.pop(0) if due else new.pop()
                later[day + self._answer(mind, day)].append(mind)

    def _in_order(self) -> list[Mind]:
        """The facts that this student means to meet, the first one last: by lot, with sections more or less preferred."""
        lot, strong = self.lot, self.lot.choice((0.5, 3.0))
        taste = {section: exp(lot.gauss(0, strong)) for section in SIZES}
        order = sorted(self.minds, key=lambda mind: lot.random() ** (1 / taste[mind.section]))
        return order[len(order) - round(len(order) * lot.uniform(0.15, 1)) :]

    def _answer(self, mind: Mind, day: int) -> int:
        """Ask about a fact, and move its memories. Days until it is due again."""
        is_recalled = self.lot.random() < self.recall(mind, day)
        is_right = is_recalled or self.lot.random() < self.world.guess
        truly = GOOD if is_recalled or (is_right and self.world.luck_teaches) else AGAIN
        seen, days = GOOD if is_right else AGAIN, day - mind.day
        if mind.seen is None or mind.true is None:
            counts = self.firsts
            mind.seen, mind.true = DEFAULT.first(seen), self.truth.first(truly)
        else:
            foretold = DEFAULT.recall(days, mind.seen[0])
            counts = self.bands[band_of(foretold)]
            counts[2] += foretold
            mind.seen, mind.true = DEFAULT.after(*mind.seen, days, seen), self.truth.after(*mind.true, days, truly)
        for each in (counts, self.by_section[mind.section]):
            each[0] += 1
            each[1] += is_right
        mind.day = day
        return fsrs6.placed(DEFAULT.interval(mind.seen[0]), self.lot.random())

    def recall(self, mind: Mind, day: int) -> float:
        """The true chance of recall."""
        return self.truth.recall(day - mind.day, mind.true[0]) if mind.true else float(mind.is_known)

    def right(self, mind: Mind) -> float:
        """The true chance of a right answer in the mock."""
        recall = self.recall(mind, self.sits_on)
        return recall + (1 - recall) * self.world.guess

    @property
    def evidence(self) -> Evidence:
        bands = tuple(Band(answers, right, recall, 1 / OPTIONS) for answers, right, recall in self.bands)
        return Evidence(bands, Firsts(*self.firsts, 1 / OPTIONS))

    @property
    def facts(self) -> list[Fact]:
        """As the product knows them."""
        return [Fact(mind.key, mind.section, self._memory(mind), OPTIONS) for mind in self.minds]

    def _memory(self, mind: Mind) -> Memory | None:
        return Memory(*mind.seen, BEGAN_AT + timedelta(days=mind.day)) if mind.seen else None

    def foretold(self, blueprint: dict[str, int]) -> Forecast:
        told = forecast(self.facts, blueprint, self.evidence, BEGAN_AT + timedelta(days=self.sits_on))
        assert isinstance(told, Forecast), told
        return told

    def sit(self, blueprint: dict[str, int]) -> list[tuple[Mind, bool]]:
        """The questions of a mock, and whether they were answered right."""
        pools = {section: [mind for mind in self.minds if mind.section == section] for section in blueprint}
        drawn = [mind for section, count in blueprint.items() for mind in self.lot.sample(pools[section], count)]
        return [(mind, self.lot.random() < self.right(mind)) for mind in drawn]


def students(count: int, world: World, seed: str) -> Iterator[Student]:
    """So many students of whom there is a forecast."""
    number = 0
    while count:
        student = Student(Random(f"{seed} {world.name} {number}"), world)
        number += 1
        if (
            student.evidence.answers >= ANSWERS
            and len({mind.section for mind in student.minds if mind.seen}) >= SECTIONS
        ):
            count -= 1
            yield student


def blueprint(questions: int) -> dict[str, int]:
    """Questions in proportion to the facts of each section, by largest remainders."""
    exact = {section: questions * size / sum(SIZES.values()) for section, size in SIZES.items()}
    counts = {section: int(share) for section, share in exact.items()}
    nearest = sorted(exact, key=lambda section: counts[section] - exact[section])
    for section in nearest[: questions - sum(counts.values())]:
        counts[section] += 1
    return counts
