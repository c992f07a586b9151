"""FSRS-6 in floats, for whoever must look ahead thousands of times a page. The package `fsrs` stays the one that moves cards.

Sources: the FSRS-6 algorithm as py-fsrs 6.3.2 has it, to which a test holds every number here equal; w[0] to w[20] are its 21
parameters. Time is in whole days of 24 hours: less than a day since the last answer is the same day, and nothing is forgotten
within it. S is stability (days until recall has fallen to 90 %), D difficulty (1 to 10), R the chance of recall (0 to 1).
"""

from collections.abc import Iterable, Iterator, Sequence
from math import exp
from math import pow as power

import fsrs

AGAIN, HARD, GOOD, EASY = 1, 2, 3, 4
LOWEST_S, LOWEST_D, HIGHEST_D = 0.001, 1.0, 10.0
LONGEST_DAYS = 36500


class Formulas:
    """How one set of parameters remembers and forgets. A memory is a pair (S, D)."""

    def __init__(self, w: Sequence[float] = fsrs.scheduler.DEFAULT_PARAMETERS) -> None:
        """Raises ValueError unless `w` is 21 numbers within the bounds of FSRS-6."""
        fsrs.Scheduler(parameters=w)
        self.w = tuple(w)
        self._decay = -w[20]
        self._factor = power(0.9, 1 / self._decay) - 1
        self._gain = exp(w[8])
        self._at_most = exp(w[17] * w[18])
        self._easiest = w[4] - exp(w[5] * 3) + 1

    def recall(self, days: int, stability: float) -> float:
        """R after `days` without an answer."""
        return power(1 + self._factor * days / stability, self._decay)

    def first(self, rating: int) -> tuple[float, float]:
        """The memory that the first answer to a fact leaves."""
        w = self.w
        return max(w[rating - 1], LOWEST_S), _difficulty(w[4] - exp(w[5] * (rating - 1)) + 1)

    def after(self, stability: float, difficulty: float, days: int, rating: int) -> tuple[float, float]:
        """The memory that an answer leaves, `days` after the last one."""
        if days < 1:
            moved = self.same_day(stability, rating)
        elif rating == AGAIN:
            moved = self.lapse(stability, difficulty, self.recall(days, stability))
        else:
            moved = self.success(stability, difficulty, self.recall(days, stability), rating)
        return moved, self.difficulty(difficulty, rating)

    def outcomes(
        self, stability: float, difficulty: float, waits: Iterable[int]
    ) -> Iterator[tuple[float, float, float]]:
        """Of an answer after each number of days: the chance of recall, S after Good and S after Again.

        The same numbers as `recall` and `after` have, but what hangs on the memory alone is reckoned once: most of a plan's time
        is spent here.
        """
        w, scale = self.w, self._factor / stability
        grows = stability * self._gain * (11 - difficulty) * power(stability, -w[9])
        keeps = w[11] * power(difficulty, -w[12]) * (power(stability + 1, w[13]) - 1)
        most = stability / self._at_most
        for days in waits:
            if days < 1:
                yield 1.0, self.same_day(stability, GOOD), self.same_day(stability, AGAIN)
                continue
            recall = power(1 + scale * days, self._decay)
            forgot = 1 - recall
            known = stability + grows * (exp(forgot * w[10]) - 1)
            missed = keeps * exp(forgot * w[14])
            if missed > most:
                missed = most
            yield recall, known if known > LOWEST_S else LOWEST_S, missed if missed > LOWEST_S else LOWEST_S

    def same_day(self, stability: float, rating: int) -> float:
        """S after another answer on the same day; it does not fall unless the rating is Again."""
        w = self.w
        factor = exp(w[17] * (rating - 3 + w[18])) * power(stability, -w[19])
        return max(stability * (factor if rating == AGAIN else max(factor, 1.0)), LOWEST_S)

    def success(self, stability: float, difficulty: float, recall: float, rating: int = GOOD) -> float:
        """S after a right answer that was given when the chance of recall was `recall`."""
        w = self.w
        grows = self._gain * (11 - difficulty) * power(stability, -w[9]) * (exp((1 - recall) * w[10]) - 1)
        if rating == HARD:
            grows *= w[15]
        elif rating == EASY:
            grows *= w[16]
        return max(stability * (1 + grows), LOWEST_S)

    def lapse(self, stability: float, difficulty: float, recall: float) -> float:
        """S after a wrong answer that was given when the chance of recall was `recall`."""
        w = self.w
        long = w[11] * power(difficulty, -w[12]) * (power(stability + 1, w[13]) - 1) * exp((1 - recall) * w[14])
        return max(min(long, stability / self._at_most), LOWEST_S)

    def difficulty(self, difficulty: float, rating: int) -> float:
        """D after any answer but the first."""
        w = self.w
        moved = difficulty - w[6] * (rating - 3) * (10 - difficulty) / 9
        return _difficulty(w[7] * self._easiest + (1 - w[7]) * moved)

    def interval(self, stability: float, retention: float = 0.9) -> int:
        """Whole days, at least one, until recall has fallen to `retention`."""
        days = round(stability / self._factor * (power(retention, 1 / self._decay) - 1))
        return min(max(1, days), LONGEST_DAYS)


def _difficulty(d: float) -> float:
    return min(max(d, LOWEST_D), HIGHEST_D)


DEFAULT = Formulas()
