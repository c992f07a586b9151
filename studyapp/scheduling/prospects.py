"""What may become of each fact until the exam, and the price of a second at which all facts together want the time there is."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log2

from studyapp.scheduling.formulas import DEFAULT
from studyapp.scheduling.horizon import PRICES, STEPS, Lead, at_price, first_lead, leads, mean

SAMPLE = 64
"""The price is found on as many of the facts met, taken evenly from all, and on all that were never met."""


REMEMBERED = 16_384
"""So many futures of memories a process remembers, of all that it has planned: 5 MB. They are functions of numbers alone, about
450 of them for one student on one day."""

Waits = tuple[int, ...]
"""In how many days from now a fact can be asked later."""


Futures = tuple[float, float, float, float]
"""The worth of a fact that is asked now, and how many answers it takes after this one; the worth of the best of its other
futures, and how many answers that takes."""


@dataclass(slots=True)
class Prospect:
    """One fact, `left` days before the exam: asked now, asked later after one of `waits`, or never again.

    `elapsed`: days since its last answer, None if it was never met. `memory`: stability and difficulty.
    """

    stake: float
    seconds: float
    left: int
    waits: Waits
    elapsed: int | None
    memory: tuple[float, float]

    def gain(self, price: float) -> float:
        """Share of the exam that asking now gains, per second, over the best of the other futures. `price` is of a second."""
        if not self.stake:
            return 0.0
        now, _, otherwise, _ = self._futures(price)
        return self.stake * (now - otherwise) / self.seconds

    def wants(self, price: float) -> float:
        """The seconds that the fact is expected to take until the exam at that price."""
        if not self.stake:
            return 0.0
        now, answers, otherwise, later = self._futures(price)
        table_price = PRICES[self._level(price)]
        return self.seconds * (1 + answers if now - table_price > otherwise else later)

    def _futures(self, price: float) -> Futures:
        return _futures(self._level(price), self.left, self.waits, self.elapsed, self.memory)

    def _level(self, price: float) -> int:
        """Of the table whose price is nearest to that of this fact's seconds."""
        level = round(log2(max(price * self.seconds / self.stake, PRICES[0]) / PRICES[0]))
        return min(level, len(PRICES) - 1)


@lru_cache(REMEMBERED)
def _futures(level: int, left: int, waits: Waits, elapsed: int | None, memory: tuple[float, float]) -> Futures:
    table, (now, later) = at_price(level, left), _leads(waits, elapsed, memory)
    best, best_left, to = 0.0 if elapsed is None else DEFAULT.recall(elapsed + left, memory[0]), 0, None
    for wait, there in zip(waits, later, strict=True):
        i, a, b, j, c, d = there
        row = table.worth[left - wait]
        value = a * row[i] + b * row[i + 1] + c * row[j] + d * row[j + 1] - table.price
        if value > best:
            best, best_left, to = value, left - wait, there
    answers = 1 + mean(table.answers[best_left], to) if to else 0.0
    return mean(table.worth[left], now), mean(table.answers[left], now), best, answers


@lru_cache(512)  # the facts of one order, which asks for each at more than one price
def _leads(waits: Waits, elapsed: int | None, memory: tuple[float, float]) -> tuple[Lead, Sequence[Lead]]:
    """Where an answer leads: one now, and one after each of `waits`."""
    if elapsed is None:
        return first_lead(), [first_lead()] * len(waits)
    now, *later = leads(*memory, [elapsed + wait for wait in (0, *waits)])
    return now, later


Future = Callable[[float, float, int | None, tuple[float, float]], Prospect]


def prospects(left: int, is_open: Sequence[bool]) -> Future:
    """How to make a prospect of stake, seconds, days since the last answer (None: never met) and memory (stability, difficulty).

    `is_open` says of today and each day after whether there is time to study. No later turn is on the last day: a
    fact would be known then at the price of one answer, and its few minutes are not there for all facts.
    """
    waits = tuple(step for step in STEPS if step < min(len(is_open), left) and is_open[step])

    def prospect(stake: float, seconds: float, elapsed: int | None, memory: tuple[float, float]) -> Prospect:
        return Prospect(stake, seconds, left, waits, elapsed, memory)

    return prospect


def price_of_a_second(facts: Sequence[Prospect], seconds: float) -> float:
    """Share of the exam for a second: the lowest, each twice the one before, at which all want no more than `seconds`."""
    met = [fact for fact in facts if fact.elapsed is not None and fact.stake]
    new = [fact for fact in facts if fact.elapsed is None and fact.stake]
    stride = -(-len(met) // SAMPLE) or 1
    scale = _typical(met + new)
    low, high = 0, len(PRICES) - 1
    while low < high:
        middle = (low + high) // 2
        price = scale * PRICES[middle]
        wanted = stride * sum(fact.wants(price) for fact in met[::stride]) + _wanted_by_new(new, price)
        if wanted > seconds:
            low = middle + 1
        else:
            high = middle
    return scale * PRICES[low]


def _typical(facts: Sequence[Prospect]) -> float:
    """Stake for a second of the typical fact: what turns a price of an answer into one of a second."""
    seconds = sum(fact.seconds for fact in facts)
    return sum(fact.stake for fact in facts) / seconds if seconds else 0.0


def _wanted_by_new(facts: Sequence[Prospect], price: float) -> float:
    """Facts never met differ in stake and seconds alone, so that alike ones are asked once."""
    seen: dict[tuple[float, float], float] = {}
    for fact in facts:
        alike = fact.stake, fact.seconds
        if alike not in seen:
            seen[alike] = fact.wants(price)
    return sum(seen[fact.stake, fact.seconds] for fact in facts)
