"""How much work falls on which day, which day a card should come back on, and how to get out of a backlog.

Days are study days, and number 0 is today. Expected repeats: see `repeats`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from statistics import median

from studyapp.scheduling.days import study_day
from studyapp.scheduling.fsrs6 import RETENTION, place_of
from studyapp.scheduling.planning import Candidate, Exam, Key, order
from studyapp.scheduling.repeats import after_first, expected

BACKLOG_DAYS = 2
"""More due work than so many normal days is a backlog."""
REPEAT_SECONDS = 45.0
"""What a repeat of a fact takes that was never met so far."""


@dataclass(frozen=True)
class Day:
    """What a day has room for and what is expected to fall on it, in minutes."""

    minutes: float
    due: float
    new: float


def forecast(
    candidates: Sequence[Candidate],
    now: datetime,
    minutes: Sequence[float],
    *,
    zone: tzinfo = UTC,
    retention: float = RETENTION,
) -> list[Day]:
    """The work of each day of `minutes` (today first, 0 for a day off) if what is due is answered on its day.

    What falls on a day off is done on the next open one; facts never met fill the time that is left, in the order given.
    """
    due = [0.0] * len(minutes)
    for each in candidates:
        if each.memory:
            _add(due, _of_card(each, now, len(minutes), zone, retention), 0, each.seconds / 60)
    new = [0.0] * len(minutes)
    waiting = [each for each in candidates if each.memory is None][::-1]
    for day, room in enumerate(minutes):
        if not room and day + 1 < len(due):
            due[day], due[day + 1] = 0.0, due[day + 1] + due[day]
        while waiting and due[day] + new[day] + waiting[-1].seconds / 60 <= room:
            new[day] += waiting.pop().seconds / 60
            _add(due, after_first(len(minutes), retention), day, REPEAT_SECONDS / 60)
    return [Day(*each) for each in zip(minutes, due, new, strict=True)]


@dataclass(frozen=True)
class Rescue:
    """Out of a backlog: the facts to do on each day, those that gain most first, and those for which no day has time."""

    days: tuple[tuple[Key, ...], ...]
    left_out: tuple[Key, ...]
    due_minutes: float
    normal_minutes: float


def rescue(
    candidates: Sequence[Candidate],
    now: datetime,
    minutes: Sequence[float],
    *,
    exam_at: datetime | None = None,
    zone: tzinfo = UTC,
) -> Rescue | None:
    """How to spread what is due over the days of `minutes` so that no day is over them; None unless it is a backlog.

    The order is by gain per minute for the exam, or for the end of these days if there is none. Each day keeps time for what else
    is expected on it: cards that come due, and repeats of what is caught up with. Raises ValueError if the exam has passed.
    """
    owed = [each for each in candidates if each.memory and each.due_at and each.due_at <= now]
    seconds = sum(each.seconds for each in owed)
    if not is_backlog(seconds, minutes):
        return None
    exam = Exam(exam_at or now + timedelta(days=len(minutes)), tuple(minutes))
    facts = {each.key: each for each in owed}
    turns = [facts[ask.key] for ask in order(candidates, now, exam) if ask.key in facts]
    others = [each for each in candidates if each.memory and each.key not in facts]
    free = [60 * (day.minutes - day.due) for day in forecast(others, now, minutes, zone=zone)]
    days, left_out = _spread(turns, free, now, _lands(minutes))
    return Rescue(days, left_out, seconds / 60, _normal(minutes))


def is_backlog(seconds: float, minutes: Sequence[float]) -> bool:
    """Whether due work of so many seconds is one, where days have so many minutes."""
    return seconds > BACKLOG_DAYS * 60 * _normal(minutes)


def place(key: str, loads: Sequence[float], is_open: Sequence[bool]) -> float:
    """Where in its range of days a card should come back, 0 to 1: a place for `fsrs6.placed`, the same for the same arguments.

    `loads` has the number of cards due on each day of `fsrs6.spread`, `is_open` whether there is time to study. A day is drawn
    with a chance in proportion to 1 / (1 + load)², so that cards seek the empty days without all taking the emptiest; a day off
    has none unless all are. Raises ValueError unless there is a day, and as many loads as days.
    """
    if not loads or len(loads) != len(is_open):
        raise ValueError(f"{len(loads)} loads and {len(is_open)} days: as many are needed, and at least one")
    chances = [
        (1 + load) ** -2 if there or not any(is_open) else 0.0 for load, there in zip(loads, is_open, strict=True)
    ]
    left = place_of(key) * sum(chances)
    last = max(day for day, chance in enumerate(chances) if chance)
    for day, chance in enumerate(chances[:last]):
        left -= chance
        if left < 0:
            return (day + 0.5) / len(chances)
    return (last + 0.5) / len(chances)


def _add(loads: list[float], repeats: Sequence[float], day: int, time: float) -> None:
    """`repeats` from `day` on, each of which takes so much time."""
    for at in range(day, len(loads)):
        loads[at] += repeats[at - day] * time


def _of_card(fact: Candidate, now: datetime, days: int, zone: tzinfo, retention: float) -> Sequence[float]:
    """How often a fact is expected on each day, from the one on which it is due (or from today, if that has passed)."""
    if not fact.memory or not fact.due_at:
        return [0.0] * days
    today = study_day(now, zone)
    due = max(0, (study_day(fact.due_at, zone) - today).days)
    wait = due + (today - study_day(fact.memory.reviewed_at, zone)).days
    return expected(fact.memory.stability, fact.memory.difficulty, days, due=due, wait=wait, retention=retention)


def _normal(minutes: Sequence[float]) -> float:
    """The minutes of the median day that is open."""
    there = [each for each in minutes if each]
    return median(there) if there else 0.0


def _lands(minutes: Sequence[float]) -> list[int]:
    """The day itself or, for a day off, the next open one; the last if there is none."""
    days = range(len(minutes))
    return [next((at for at in days[day:] if minutes[at]), days[-1]) for day in days]


def _spread(
    turns: Sequence[Candidate], free: list[float], now: datetime, lands: Sequence[int]
) -> tuple[tuple[tuple[Key, ...], ...], tuple[Key, ...]]:
    """Each fact in turn on the first day that has so many seconds free; its repeats take theirs from the days after."""
    days: list[list[Key]] = [[] for _ in free]
    left_out = []
    for fact in turns:
        day = next((day for day, seconds in enumerate(free) if fact.seconds <= seconds), None)
        if day is None or fact.memory is None:
            left_out.append(fact.key)
            continue
        days[day].append(fact.key)
        memory, wait = fact.memory, max(0, (now - fact.memory.reviewed_at).days) + day
        times = expected(memory.stability, memory.difficulty, len(free), due=day, wait=wait, retention=RETENTION)
        for at, often in zip(lands, times, strict=True):
            free[at] -= often * fact.seconds
    return tuple(map(tuple, days)), tuple(left_out)
