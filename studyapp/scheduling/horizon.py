"""What a memory will be worth on the exam day if it is looked after as well as answers are dear.

A student has a number of answers left, and many facts want them. Give an answer a *price*, in recall of a fact on the day, and each
fact can be planned alone: ask it again after the number of days that pays best, or never. The price at which all facts together
want as many answers as there are is the right one. Sources: Whittle, Restless bandits (1988), for the price (a Lagrangian
relaxation) and the order by gain; Ye, Su and Cao, SSP-MMC (KDD 2022), for value iteration over a card's stability and difficulty,
there towards a lasting memory at the least cost, here towards one day; FSRS-6 for how a memory moves.

The plan of one fact is a table by days left, stability and difficulty, filled from the exam backwards:
    worth[0] = 1                     (recall within a day of an answer, in FSRS)
    worth[n](S, D) = max( R(n, S), max over t of R·worth[n-t](S, D after a success) + (1-R)·worth[n-t](after a lapse) - price )
with R = R(t, S). A table hangs on its price and the parameters alone, never on a student: a process makes each once and keeps it,
in 5 to 80 ms of CPU. What it leaves out: days off (the plan knows them for the next answer to a fact, the table not for those
after), and t that are not in STEPS.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from math import log

from studyapp.scheduling.formulas import AGAIN, DEFAULT, GOOD

Row = list[float]
"""A number for each state: all stabilities of the first difficulty, then of the next."""
Lead = tuple[int, float, float, int, float, float]
"""Where an answer leads: a state and the shares of it and of its neighbour if it was known, and the same if it was not."""

LONGEST = 120
"""Days. An exam that is further away is planned as if it came then, and the plan moves with the days."""
STEPS = (1, 2, 3, 4, 6, 8, 11, 15, 20, 27, 36, 48, 64, 85)
PRICES = tuple(0.0025 * float(1 << level) for level in range(9))
"""Recall of a fact on the day, for one answer: 0.0025 to 0.64. Neither these nor the states gain by being finer."""

_LENGTHS = (15, 30, 60, LONGEST)
_SIZE = 20
_LOWEST, _HIGHEST = log(0.03), log(400)
_PER_LOG = (_SIZE - 1) / (_HIGHEST - _LOWEST)
_STABILITIES = tuple(0.03 * (400 / 0.03) ** (i / (_SIZE - 1)) for i in range(_SIZE))
# Growth is in proportion to 11 - D, so these lie closer where it is small.
_DIFFICULTIES = (1.0, 2.1, 4.5, 6.4, 7.7, 8.8, 9.6)


@dataclass(frozen=True)
class Horizon:
    """By days left and state, right after an answer: worth (recall on the day, less what more answers cost), and their number."""

    price: float
    worth: tuple[Row, ...]
    answers: tuple[Row, ...]


def at_price(level: int, days: int) -> Horizon:
    """The table at PRICES[level] for at least `days`."""
    return _filled(level, next(length for length in _LENGTHS if days <= length))


def leads(stability: float, difficulty: float, waits: Iterable[int]) -> list[Lead]:
    """Where an answer leads, after each number of days since the last one.

    Luck moves no memory: a guess that was right leads where a wrong answer does.
    """
    known, missed = (_nearest(DEFAULT.difficulty(difficulty, rating)) * _SIZE for rating in (GOOD, AGAIN))
    found = []
    for recall, longer, shorter in DEFAULT.outcomes(stability, difficulty, waits):
        i, f = _between(longer)
        j, g = _between(shorter)
        forgot = 1 - recall
        found.append((known + i, recall * (1 - f), recall * f, missed + j, forgot * (1 - g), forgot * g))
    return found


def first_lead() -> Lead:
    """Where the first answer leads: a fact never met is not known, whatever a guess has hit."""
    stability, difficulty = DEFAULT.first(AGAIN)
    i, f = _between(stability)
    state = _nearest(difficulty) * _SIZE + i
    return state, 1 - f, f, state, 0.0, 0.0


def mean(row: Row, to: Lead) -> float:
    i, a, b, j, c, d = to
    return a * row[i] + b * row[i + 1] + c * row[j] + d * row[j + 1]


def _between(stability: float) -> tuple[int, float]:
    """The stability at or below, and how far on (0 to 1) the way to the next."""
    x = (log(stability) - _LOWEST) * _PER_LOG
    if x < 0:
        return 0, 0.0
    if x >= _SIZE - 1:
        return _SIZE - 2, 1.0
    i = int(x)
    return i, x - i


def _nearest(difficulty: float) -> int:
    for i, border in enumerate(_BORDERS):
        if difficulty < border:
            return i
    return len(_BORDERS)


_BORDERS = tuple((a + b) / 2 for a, b in pairwise(_DIFFICULTIES))


@cache
def _filled(level: int, days: int) -> Horizon:
    price, size = PRICES[level], len(_STABILITIES) * len(_DIFFICULTIES)
    worth, answers = [[1.0] * size], [[0.0] * size]
    for left in range(1, days + 1):
        best, number = _forgotten(left), [0.0] * size
        for step in STEPS:
            if step < left:
                _improve(best, number, worth[left - step], answers[left - step], step, price)
        worth.append(best)
        answers.append(number)
    return Horizon(price, tuple(worth), tuple(answers))


def _forgotten(left: int) -> Row:
    return [DEFAULT.recall(left, s) for s in _STABILITIES] * len(_DIFFICULTIES)


def _improve(best: Row, number: Row, worth: Row, answers: Row, step: int, price: float) -> None:
    """Take the next answer after `step` days wherever that pays better than what is known so far."""
    for state, (i, a, b, j, c, d) in enumerate(_leads(step)):
        value = a * worth[i] + b * worth[i + 1] + c * worth[j] + d * worth[j + 1] - price
        if value > best[state]:
            best[state] = value
            number[state] = 1 + a * answers[i] + b * answers[i + 1] + c * answers[j] + d * answers[j + 1]


@cache
def _leads(step: int) -> tuple[Lead, ...]:
    return tuple(leads(s, d, (step,))[0] for d in _DIFFICULTIES for s in _STABILITIES)
