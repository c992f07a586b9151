"""What to ask next when there is an exam date: the fact that gains most in expected exam score per minute.

The obvious rule asks what one answer now makes of recall on the day, as if the fact were never asked again. In simulations it gains
little over a plain final pass before the exam (`tests/benchmarks/plan.md`): it counts as lost what a later answer will repair, and
spends answers early whose effect later ones would have had anyway. This one compares two futures of a fact instead (product's own):
    gain = weight · (1 - 1/k) · ( worth if asked now - worth if asked later or never ) / seconds
* worth is recall on the day after all the answers that the fact will still get, less their price (FSRS-6 looked ahead by value
  iteration as in SSP-MMC, with a last day: see `horizon`);
* the price of a second is the one at which all facts together want as many seconds as the student has until the exam;
* weight is the share of the exam that hangs on the fact, and k its number of options: a guess hits one in k whatever is known,
  so that recall R is worth P(right) = R + (1 - R)/k, of which 1 - 1/k can be gained;
* an answer moves memory by whether the fact was known, which is R, not by whether it was right.
So a fact never met is asked early enough to be repeated at growing distances, what will be asked again soon can wait, and when the
days run short the price rises and each second goes where it is worth most. `tests/scheduling/test_exam_date.py` holds this against
plain FSRS with and without a final pass, for students whose true memory is not the one that the plan believes in.

Without an exam date the order is: what is due, the most forgotten first, then what was never met, in the order given.

Pure: `now` comes in, ties keep the order given. Days are whole days of 24 hours, as in FSRS. Ordering 400 facts takes 10 to 20 ms
of CPU the first time on a day; a fact's futures change only when it is asked or a day passes, so that what a process has reckoned
of the others it remembers (`prospects`), and the next order takes 2 to 3 ms.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from studyapp.scheduling.formulas import AGAIN, DEFAULT, GOOD
from studyapp.scheduling.fsrs6 import Memory
from studyapp.scheduling.horizon import LONGEST
from studyapp.scheduling.prospects import REMEMBERED, Prospect, price_of_a_second, prospects

Key = int | str


@dataclass(frozen=True)
class Candidate:
    """A fact that could be asked. `memory` None: never met, or only guessed; `due_at` None: never met.

    `weight` is the share of the exam that hangs on the fact (those of all facts add up to 1), `seconds` what an answer takes.
    """

    key: Key
    memory: Memory | None = None
    due_at: datetime | None = None
    weight: float = 1.0
    seconds: float = 60.0
    options: int = 4

    def __post_init__(self) -> None:
        """Raises ValueError for a weight below 0, no time at all, or fewer than two options."""
        if self.weight < 0:
            raise ValueError(f"fact {self.key}: weight is {self.weight}, at least 0 is needed")
        if self.seconds <= 0:
            raise ValueError(f"fact {self.key}: seconds is {self.seconds}, more than 0 is needed")
        if self.options < 2:
            raise ValueError(f"fact {self.key}: options is {self.options}, at least 2 are needed")

    @property
    def stake(self) -> float:
        """The share of the exam between a guess and knowing."""
        return self.weight * (1 - 1 / self.options)

    def waits(self, now: datetime) -> bool:
        """Whether all that is known of the fact is a guess, which is not asked again before it is due."""
        return self.memory is None and self.due_at is not None and self.due_at > now


@dataclass(frozen=True)
class Exam:
    """When it is, and the minutes of each study day until then: what is left of today first, 0 for a day off."""

    at: datetime
    minutes: tuple[float, ...]

    def __post_init__(self) -> None:
        """Raises ValueError for minutes below 0."""
        for day, minutes in enumerate(self.minutes):
            if minutes < 0:
                raise ValueError(f"minutes of day {day} is {minutes}, at least 0 is needed")

    def days_left(self, now: datetime) -> int:
        """Raises ValueError if the exam has passed."""
        if self.at < now:
            raise ValueError(f"exam at {self.at:%Y-%m-%d %H:%M} is before now, {now:%Y-%m-%d %H:%M}")
        return min((self.at - now).days, LONGEST)


@dataclass(frozen=True)
class Ask:
    """A fact in its turn. `adds` and `per_minute` are shares of the exam, 0 without an exam date.

    `adds` is what this answer alone adds to the expected share, later ones not counted; `per_minute` is what decides: what is
    gained by asking now rather than later or never.
    """

    key: Key
    adds: float = 0.0
    per_minute: float = 0.0
    seconds: float = 60.0


def order(candidates: Sequence[Candidate], now: datetime, exam: Exam | None = None) -> list[Ask]:
    """All facts, the one to ask next first; without an exam those that are due or new. Raises ValueError if the exam has passed."""
    if exam is None:
        return [Ask(each.key, seconds=each.seconds) for each in _owed(candidates, now)]
    left = exam.days_left(now)
    facts = [each for each in candidates if not each.waits(now)]
    futures = _futures(facts, now, left, exam)
    price = price_of_a_second(futures, 60 * sum(exam.minutes[: left + 1]))
    asks = [
        Ask(fact.key, _adds(fact, now, left), 60 * future.gain(price), fact.seconds)
        for fact, future in zip(facts, futures, strict=True)
    ]
    return sorted(asks, key=lambda ask: -ask.per_minute)


def choose(candidates: Sequence[Candidate], now: datetime, exam: Exam | None = None, *, size: int) -> list[Ask]:
    """The next `size` facts. Raises ValueError if the exam has passed."""
    return order(candidates, now, exam)[:size]


def within(asks: Sequence[Ask], minutes: float) -> list[Ask]:
    """As many of the first as there is time for."""
    left, chosen = 60 * minutes, []
    for ask in asks:
        left -= ask.seconds
        if left < 0:
            break
        chosen.append(ask)
    return chosen


def adds(asks: Sequence[Ask]) -> float:
    """What answering all of them now adds to the expected share of the exam, 0 to 1, if nothing else is asked until then."""
    return sum(ask.adds for ask in asks)


def _owed(candidates: Sequence[Candidate], now: datetime) -> list[Candidate]:
    due = [each for each in candidates if each.due_at and each.due_at <= now]
    due.sort(key=lambda each: _kept(each, now, 0))
    return due + [each for each in candidates if each.due_at is None]


def _kept(fact: Candidate, now: datetime, days: int) -> float:
    """Recall in `days` days if nothing is asked until then."""
    return DEFAULT.recall(_elapsed(fact.memory, now) + days, fact.memory.stability) if fact.memory else 0.0


def _elapsed(memory: Memory, now: datetime) -> int:
    return max(0, (now - memory.reviewed_at).days)


def _futures(candidates: Sequence[Candidate], now: datetime, left: int, exam: Exam) -> list[Prospect]:
    future = prospects(left, [minutes > 0 for minutes in exam.minutes])
    return [future(each.stake, each.seconds, *_numbers(each.memory, now)) for each in candidates]


def _numbers(memory: Memory | None, now: datetime) -> tuple[int | None, tuple[float, float]]:
    """Days since the last answer, None without one; stability and difficulty."""
    return (_elapsed(memory, now), (memory.stability, memory.difficulty)) if memory else (None, (0.0, 0.0))


def _adds(fact: Candidate, now: datetime, left: int) -> float:
    elapsed, memory = _numbers(fact.memory, now)
    return fact.stake * _rise(left, elapsed, memory)


@lru_cache(REMEMBERED)
def _rise(left: int, elapsed: int | None, memory: tuple[float, float]) -> float:
    """Of recall in `left` days, by an answer now."""
    if elapsed is None:
        return DEFAULT.recall(left, DEFAULT.first(AGAIN)[0])
    stability, difficulty = memory
    recall = DEFAULT.recall(elapsed, stability)
    known, _ = DEFAULT.after(stability, difficulty, elapsed, GOOD)
    missed = DEFAULT.lapse(stability, difficulty, recall) if elapsed else stability
    after = recall * DEFAULT.recall(left, known) + (1 - recall) * DEFAULT.recall(left, missed)
    return after - DEFAULT.recall(elapsed + left, stability)
