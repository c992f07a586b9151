"""What may become of each fact until the exam, and the price of a second at which all facts together want the time there is."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import log2

from studyapp.scheduling.formulas import DEFAULT
from studyapp.scheduling.horizon import PRICES, STEPS, Horizon, Lead, at_price, first_lead, leads, mean

SAMPLE = 64
"""The price is found on as many of the facts met, taken evenly from all, and on all that were never met."""


@dataclass(frozen=True)
class Prospect:
    """One fact, `left` days before the exam. Its futures: never asked again, asked now, or asked later with so many days left."""

    stake: float
    seconds: float
    left: int
    never: float
    now: Lead
    later: Sequence[tuple[int, Lead]]

    def gain(self, price: float) -> float:
        """Share of the exam that asking now gains, per second, over the best of the other futures. `price` is of a second."""
        if not self.stake:
            return 0.0
        table = self._table(price)
        return self.stake * (mean(table.worth[self.left], self.now) - self._otherwise(table)[0]) / self.seconds

    def wants(self, price: float) -> float:
        """The seconds that the fact is expected to take until the exam at that price."""
        if not self.stake:
            return 0.0
        table = self._table(price)
        worth, answers = self._otherwise(table)
        if mean(table.worth[self.left], self.now) - table.price > worth:
            answers = 1 + mean(table.answers[self.left], self.now)
        return self.seconds * answers

    def _otherwise(self, table: Horizon) -> tuple[float, float]:
        """The worth of the best future without an answer now, and how many answers it takes."""
        best, left, to = self.never, 0, None
        for days, there in self.later:
            i, a, b, j, c, d = there
            row = table.worth[days]
            value = a * row[i] + b * row[i + 1] + c * row[j] + d * row[j + 1] - table.price
            if value > best:
                best, left, to = value, days, there
        return best, 1 + mean(table.answers[left], to) if to else 0.0

    def _table(self, price: float) -> Horizon:
        """The table whose price is nearest to that of this fact's seconds."""
        level = round(log2(max(price * self.seconds / self.stake, PRICES[0]) / PRICES[0]))
        return at_price(min(level, len(PRICES) - 1), self.left)


Future = Callable[[float, float, int | None, tuple[float, float]], Prospect]


def prospects(left: int, is_open: Sequence[bool]) -> Future:
    """How to make a prospect of stake, seconds, days since the last answer (None: never met) and memory (stability, difficulty).

    `is_open` says of today and each day after whether there is time to study. No later turn is on the last day: a
    fact would be known then at the price of one answer, and its few minutes are not there for all facts.
    """
    steps = tuple(step for step in STEPS if step < min(len(is_open), left) and is_open[step])
    first = first_lead()
    lefts = tuple(left - step for step in steps)
    unmet = tuple((days, first) for days in lefts)

    def prospect(stake: float, seconds: float, elapsed: int | None, memory: tuple[float, float]) -> Prospect:
        if elapsed is None:
            return Prospect(stake, seconds, left, 0.0, first, unmet)
        now, *later = leads(*memory, [elapsed + step for step in (0, *steps)])
        never = DEFAULT.recall(elapsed + left, memory[0])
        return Prospect(stake, seconds, left, never, now, tuple(zip(lefts, later, strict=True)))

    return prospect


def price_of_a_second(facts: Sequence[Prospect], seconds: float) -> float:
    """Share of the exam for a second: the lowest, each twice the one before, at which all want no more than `seconds`."""
    met = [fact for fact in facts if fact.never and fact.stake]
    new = [fact for fact in facts if not fact.never and fact.stake]
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
