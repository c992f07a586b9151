"""FSRS-6: how a memory moves when it is rated.

Source: the FSRS-6 algorithm, its default parameters (21 numbers) and its fuzz ranges, as in py-fsrs 6.3.
Stability is in days: the time after which the chance of recall has fallen to 90 %.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo
from enum import IntEnum
from random import Random

import fsrs

PARAMETERS = "fsrs-6 defaults"
TARGET = 0.9
DAY_BEGINS = time(4)

_scheduler = fsrs.Scheduler(desired_retention=TARGET, learning_steps=(), relearning_steps=(), enable_fuzzing=False)

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


def review(memory: Memory | None, rating: Rating, now: datetime, *, key: str, zone: tzinfo = UTC) -> Scheduled:
    """Move `memory` (None: never met) by `rating`, and say when the fact is next due.

    `key` fixes the fuzz. `now` must know its time zone.
    """
    card = _as_card(memory)
    moved, _ = _scheduler.review_card(card, fsrs.Rating(int(rating)), now.astimezone(UTC))
    if moved.stability is None or moved.difficulty is None:
        raise ValueError("FSRS returned a card without a memory")
    days = fuzzed((moved.due - now.astimezone(UTC)).days, key)
    return Scheduled(Memory(moved.stability, moved.difficulty, now), morning(now, days, zone))


def retrievability(memory: Memory | None, now: datetime) -> float:
    """The chance of recall now, 0 to 1; 0 for a fact never met."""
    return _scheduler.get_card_retrievability(_as_card(memory), now.astimezone(UTC))


def fuzzed(days: int, key: str) -> int:
    """`days` moved by chance within FSRS's range, so that facts learnt together do not come back together."""
    if days < 2.5:
        return days
    spread = 1 + sum(share * max(0.0, min(days, high) - low) for low, high, share in _FUZZ)
    return Random(key).randint(max(2, round(days - spread)), round(days + spread))  # noqa: S311 - no secret hangs on it


def morning(now: datetime, days: int, zone: tzinfo = UTC) -> datetime:
    """When the study day begins that lies `days` after the one that `now` falls in."""
    local = now.astimezone(zone)
    today = (local - timedelta(hours=DAY_BEGINS.hour)).date()
    return datetime.combine(today + timedelta(days=days), DAY_BEGINS, zone)


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
