"""Small closed forms: intervals of shares, Brier scores, counts of what comes right.

Sources: Wilson 1927 (the interval of a share), Brier 1950, Murphy 1973 (the parts of a Brier score). The law of a number of
right answers with a chance of its own each is built up one answer at a time, which is exact.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

LEVEL = 0.9
"""How often an interval is to hold what it is about."""


@dataclass(frozen=True)
class Parts:
    """What a Brier score is made of: reliability - resolution + uncertainty.

    Reliability: how far chances are from what came of them (0 is best). Resolution: how far chances tell answers apart
    (the more the better). Uncertainty: what a single chance for all would score.
    """

    reliability: float
    resolution: float
    uncertainty: float

    @property
    def score(self) -> float:
        return self.reliability - self.resolution + self.uncertainty


def wilson(right: int, answers: int, level: float = LEVEL) -> tuple[float, float]:
    """The interval of a share, 0 to 1, of which `right` of `answers` are known. (0, 1) where there is no answer.

    Raises ValueError unless 0 <= right <= answers and 0 < level < 1.
    """
    if not 0 <= right <= answers:
        raise ValueError(f"right is {right}: from 0 to {answers} answers")
    if not 0 < level < 1:
        raise ValueError(f"level is {level}: between 0 and 1")
    if answers == 0:
        return 0.0, 1.0
    z = NormalDist().inv_cdf((1 + level) / 2)
    share, whole = right / answers, 1 + z * z / answers
    centre = (share + z * z / (2 * answers)) / whole
    half = z * sqrt(share * (1 - share) / answers + z * z / (4 * answers * answers)) / whole
    low = 0.0 if right == 0 else centre - half
    high = 1.0 if right == answers else centre + half
    return low, high


def brier(pairs: Iterable[tuple[float, bool]]) -> float | None:
    """The mean squared distance of chances from what came of them: 0 is best, 0.25 is a coin's. None without pairs."""
    squares = [(chance - came) ** 2 for chance, came in pairs]
    return sum(squares) / len(squares) if squares else None


def parts(pairs: Iterable[tuple[float, bool]]) -> Parts | None:
    """What the Brier score of `pairs` is made of, answers of the same chance together. None without pairs."""
    groups: dict[float, list[bool]] = {}
    for chance, came in pairs:
        groups.setdefault(chance, []).append(came)
    count = sum(map(len, groups.values()))
    if not count:
        return None
    base = sum(map(sum, groups.values())) / count
    shares = {chance: sum(came) / len(came) for chance, came in groups.items()}
    weights = {chance: len(came) / count for chance, came in groups.items()}
    return Parts(
        reliability=sum(weight * (chance - shares[chance]) ** 2 for chance, weight in weights.items()),
        resolution=sum(weight * (shares[chance] - base) ** 2 for chance, weight in weights.items()),
        uncertainty=base * (1 - base),
    )


def law_of_right(trials: Iterable[tuple[int, float]]) -> list[float]:
    """The chance of 0, 1, 2 ... right answers. `trials`: so many answers, each right with this chance, all independent."""
    law = [1.0]
    for count, chance in trials:
        wrong = 1 - chance
        for _ in range(count):
            law = [a * wrong + b * chance for a, b in zip([*law, 0.0], [0.0, *law], strict=True)]
    return law


def likeliest(law: Sequence[float], level: float = LEVEL) -> tuple[int, int]:
    """The first and the last of the counts that are left when the less likely end is cut off while `level` stays.

    `law`: the chance of each count from 0 on. Both ends belong to it.
    """
    low, high, left = 0, len(law) - 1, sum(law)
    while low < high:
        end = low if law[low] < law[high] else high
        if left - law[end] < level:
            break
        left -= law[end]
        low, high = (low + 1, high) if end == low else (low, high - 1)
    return low, high
