"""FSRS-6: how a memory moves when it is rated.

Source: the FSRS-6 algorithm, its default parameters (21 numbers) and its fuzz ranges, as in py-fsrs 6.3.
Stability is in days: the time after which the chance of recall has fallen to 90 %.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from enum import IntEnum
from functools import cache
from importlib.metadata import version
from random import Random

import fsrs

from studyapp.scheduling.days import morning

PARAMETERS = "fsrs-6 defaults"
MOVED_BY = f"{PARAMETERS}, py-fsrs {version('fsrs')}"
"""What a review keeps of how it was reckoned. The release counts: 6.3.2 moves a second Hard of one day otherwise than 6.3.1."""
RETENTION = 0.9
LOWEST_RETENTION, HIGHEST_RETENTION = 0.7, 0.97
LONGEST_DAYS = 36500

# (from days, to days, share): the spread of an interval is 1 day plus these shares of its parts.
_FUZZ = ((2.5, 7.0, 0.15), (7.0, 20.0, 0.1), (20.0, float("inf"), 0.05))


class Rating(IntEnum):
    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


@dataclass(frozen=True)
class Memory:
    """One fact in one mind. `stability` in days, `difficulty` 1 to 10."""

    stability: float
    difficulty: float
    reviewed_at: datetime


@dataclass(frozen=True)
class Scheduled:
    memory: Memory
    due_at: datetime


def review(
    memory: Memory | None,
    rating: Rating,
    now: datetime,
    *,
    place: float,
    zone: tzinfo = UTC,
    retention: float = RETENTION,
) -> Scheduled:
    """Move `memory` (None: never met) by `rating`, and say when the fact is next due, so that `retention` of it is left.

    `place` (0 to 1) says where in FSRS's range of days the fact comes back: see `spread`. `now` must know its time zone;
    `zone` is the student's, and decides which day it is, never how much time has passed.
    """
    moved, _ = _scheduler(retention).review_card(_as_card(memory), fsrs.Rating(int(rating)), now.astimezone(UTC))
    if moved.stability is None or moved.difficulty is None:
        raise ValueError("FSRS returned a card without a memory")
    days = placed((moved.due - now.astimezone(UTC)).days, place)
    return Scheduled(Memory(moved.stability, moved.difficulty, now), morning(now, days, zone))


def interval(memory: Memory | None, rating: Rating, now: datetime, *, retention: float = RETENTION) -> int:
    """After how many days a fact is to come back, before it is moved within the range of `spread`."""
    moved, _ = _scheduler(retention).review_card(_as_card(memory), fsrs.Rating(int(rating)), now.astimezone(UTC))
    return (moved.due - now.astimezone(UTC)).days


def retrievability(memory: Memory | None, now: datetime) -> float:
    """The chance of recall now, 0 to 1; 0 for a fact never met."""
    return _scheduler(RETENTION).get_card_retrievability(_as_card(memory), now.astimezone(UTC))


def spread(days: int) -> range:
    """The days that FSRS lets an interval of `days` be moved to, so that facts learnt together do not come back together."""
    if days < 2.5:
        return range(days, days + 1)
    wide = 1 + sum(share * max(0.0, min(days, high) - low) for low, high, share in _FUZZ)
    return range(max(2, round(days - wide)), min(round(days + wide), LONGEST_DAYS) + 1)


def placed(days: int, place: float) -> int:
    """The day of the range that `place` (0 to 1) names."""
    there = spread(days)
    return there[min(int(place * len(there)), len(there) - 1)]


def place_of(key: str) -> float:
    """A place by lot, the same for the same key."""
    return Random(key).random()  # noqa: S311 - no secret hangs on it


@cache
def _scheduler(retention: float) -> fsrs.Scheduler:
    return fsrs.Scheduler(
        desired_retention=retention,
        learning_steps=(),
        relearning_steps=(),
        maximum_interval=LONGEST_DAYS,
        enable_fuzzing=False,
    )


def _as_card(memory: Memory | None) -> fsrs.Card:
    """Every field is given: left out, the package would take ids and times from the clock."""
    if memory is None:
        return fsrs.Card(card_id=0, state=fsrs.State.Learning, step=0, due=datetime.fromtimestamp(0, UTC))
    return fsrs.Card(
        card_id=0,
        state=fsrs.State.Review,
        stability=memory.stability,
        difficulty=memory.difficulty,
        due=memory.reviewed_at.astimezone(UTC),
        last_review=memory.reviewed_at.astimezone(UTC),
    )
