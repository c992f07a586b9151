"""Writes: a drill opens; an answer is given, owned up to as a guess, or taken back."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from studyapp.accounts.models import User
from studyapp.attempts import queries as attempt_queries
from studyapp.attempts import services as attempt_services
from studyapp.attempts.models import Attempt, Source
from studyapp.attempts.services import AlreadyAnswered, Occasion
from studyapp.attempts.tokens import BadToken, Shown
from studyapp.content.models import Fact, Revision
from studyapp.drills.models import Drill, DrillItem, DrillKind
from studyapp.drills.planning import choose, newcomer_facts
from studyapp.drills.queries import Place
from studyapp.memory import queries as memory_queries
from studyapp.memory import services as memory_services
from studyapp.memory.models import Review
from studyapp.memory.services import AlreadyLearnt
from studyapp.scheduling.policy import Pace

SIZE = 12
NEWCOMER_SIZE = 5

__all__ = [
    "AlreadyAnswered",
    "AlreadyLearnt",
    "NothingToAsk",
    "answer",
    "guessed",
    "is_of",
    "open_newcomer",
    "open_on",
    "take_back",
]


class NothingToAsk(ValueError):
    """No fact of what was asked for has an item."""


@dataclass(frozen=True)
class Scope:
    """What to drill: `sections` by number, or `facts` by slug; nothing named is what is due, then what is new."""

    kind: DrillKind
    title: str
    sections: tuple[int, ...] = ()
    facts: tuple[str, ...] = ()


@transaction.atomic
def open_on(*, student: User, scope: Scope, size: int = SIZE, now: datetime) -> Drill:
    """Plan a drill. Raises NothingToAsk."""
    fact_ids = _worth_asking(student, scope, size, now)
    drill = Drill(
        student=student, kind=scope.kind, title=scope.title, pace=attempt_queries.pace_of(student), opened_at=now
    )
    chosen = choose(student, fact_ids, str(drill.occasion), now=now)
    if not chosen:
        raise NothingToAsk(f"no question is ready for {scope.title}")
    drill.save()
    _lay_out(drill, chosen)
    return drill


@transaction.atomic
def open_newcomer(*, student: User, first: Revision, seed: int, now: datetime) -> Drill:
    """Plan a newcomer's five: `first`, which they have before them, and four facts of other sections."""
    drill = Drill.objects.create(student=student, kind=DrillKind.NEWCOMER, title="Your first five", opened_at=now)
    fact_ids = newcomer_facts(first, NEWCOMER_SIZE - 1, str(drill.occasion))
    _lay_out(drill, [(first, seed), *choose(student, fact_ids, str(drill.occasion), now=now)])
    return drill


@transaction.atomic
def answer(
    *,
    student: User,
    drill: Drill,
    place: Place,
    revision: Revision,
    shown: Shown,
    response: Collection[str],
    is_sure: bool,
    now: datetime,
) -> tuple[Attempt, Review]:
    """Record a response once and move memory by it. Four queries.

    Raises BadToken if `shown` was not shown at `place`; BadResponse; AlreadyAnswered if this place has its response.
    """
    if not is_of(shown, drill, place):
        raise BadToken("That answer belongs to another question. Here is this one.")
    source = Source.FIRST if drill.kind == DrillKind.NEWCOMER and shown.position == 1 else Source.DRILL
    where = Occasion(occasion=drill.occasion, position=shown.position, source=source)
    attempt = attempt_services.record(
        student=student, revision=revision, shown=shown, response=response, is_sure=is_sure, where=where, now=now
    )
    review = memory_services.learn(attempt=attempt, student=student, pace=_pace(drill, attempt), now=now)
    return attempt, review


def is_of(shown: Shown, drill: Drill, place: Place) -> bool:
    """Whether this was shown at this place, as it is asked there."""
    asked = (drill.pk, place.position, place.revision_id, place.seed)
    return (shown.drill, shown.position, shown.revision, shown.seed) == asked


@transaction.atomic
def guessed(*, attempt: Attempt, now: datetime) -> Review:
    """A right answer was a guess. Raises AlreadyLearnt when said twice."""
    return memory_services.guessed(attempt=attempt, now=now)


@transaction.atomic
def take_back(*, drill: Drill, attempt: Attempt, now: datetime) -> DrillItem:
    """Undo an answer: memory is as before, and the fact comes again at the drill's end. Raises AlreadyLearnt when undone twice.

    If no item of the course asks the fact any more, the same question comes again.
    """
    held = Drill.objects.select_for_update().get(pk=drill.pk)  # two answers taken back at once get a place each
    memory_services.undo(attempt=attempt, now=now)
    attempt_services.withdraw(attempt=attempt, now=now)
    key = f"{held.occasion}/{attempt.position}"
    chosen = choose(held.student, [attempt.fact_id], key, now=now, avoid=[attempt.asked.pk])
    revision, seed = chosen[0] if chosen else (attempt.asked, attempt.seed)
    return DrillItem.objects.create(drill=held, position=held.items.count() + 1, revision=revision, seed=seed)


def _worth_asking(student: User, scope: Scope, size: int, now: datetime) -> tuple[int, ...]:
    """Who asks for what is due gets no more than that and new facts; who asks for a section gets a full drill of it, and
    who asks for more facts than a drill holds gets those of them that are due, then new ones."""
    if scope.facts:
        named = tuple(Fact.objects.current().filter(slug__in=scope.facts).values_list("pk", flat=True))
        return named if len(named) <= size else _most_owed(student, named, now)[:size]
    owed = memory_queries.owed(student, now, sections=scope.sections)
    return owed.first(size) if scope.kind == DrillKind.DUE else owed.any(size)


def _most_owed(student: User, fact_ids: Collection[int], now: datetime) -> tuple[int, ...]:
    owed = memory_queries.owed(student, now)
    return tuple(fact for fact in (*owed.due, *owed.new, *owed.kept) if fact in fact_ids)


def _lay_out(drill: Drill, chosen: Sequence[tuple[Revision, int]]) -> None:
    DrillItem.objects.bulk_create(
        DrillItem(drill=drill, position=position, revision=revision, seed=seed)
        for position, (revision, seed) in enumerate(chosen, start=1)
    )


def _pace(drill: Drill, attempt: Attempt) -> Pace:
    if drill.pace is None:
        return Pace.UNKNOWN
    is_fast = attempt.took.total_seconds() / max(attempt.characters, 1) < drill.pace
    return Pace.FAST if is_fast else Pace.SLOW
