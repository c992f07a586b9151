"""Writes: an answer is given, owned up to as a guess, or taken back. How a drill opens is in `opening`."""

from collections.abc import Collection
from datetime import date, datetime

from django.db import models, transaction

from studyapp.accounts.models import User
from studyapp.attempts import services as attempt_services
from studyapp.attempts.models import Attempt, Source
from studyapp.attempts.services import AlreadyAnswered, Extras, Occasion
from studyapp.attempts.tokens import BadToken, Shown
from studyapp.content.models import Fact, Revision
from studyapp.drills.models import Drill, DrillItem, DrillKind
from studyapp.drills.opening import SIZE, NothingToAsk, Scope, open_newcomer, open_on
from studyapp.drills.planning import choose
from studyapp.drills.queries import Place
from studyapp.memory import by_hand
from studyapp.memory import services as memory_services
from studyapp.memory.by_hand import NotADay
from studyapp.memory.models import Card, Review
from studyapp.memory.services import AlreadyLearnt
from studyapp.memory.terms import Terms
from studyapp.scheduling.days import study_day
from studyapp.scheduling.policy import Pace

__all__ = [
    "SIZE",
    "AlreadyAnswered",
    "AlreadyLearnt",
    "NotADay",
    "NothingToAsk",
    "Said",
    "Scope",
    "answer",
    "guessed",
    "is_of",
    "open_newcomer",
    "open_on",
    "say",
    "take_back",
    "take_hint",
]


class Said(models.TextChoices):
    """What a student can say of a fact by hand."""

    FLAG = "flag", "flag it"
    UNFLAG = "unflag", "take the flag away"
    BURY = "bury", "put it off until tomorrow"
    SUSPEND = "suspend", "ask it no more"
    RESUME = "resume", "ask it again"
    FORGET = "forget", "forget it"
    DUE = "due", "give it a day"


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
    struck: Collection[str] = (),
    device_ms: int | None = None,
    now: datetime,
) -> tuple[Attempt, Review]:
    """Record a response once, with what went before it, and move memory by it. Four queries.

    `device_ms` counts for no more than the server's own clock allows.

    Raises BadToken if `shown` was not shown at `place`; BadResponse; AlreadyAnswered if this place has its response.
    """
    if not is_of(shown, drill, place):
        raise BadToken("That answer belongs to another question. Here is this one.")
    source = Source.FIRST if drill.kind == DrillKind.NEWCOMER and shown.position == 1 else Source.DRILL
    where = Occasion(occasion=drill.occasion, position=shown.position, source=source)
    attempt = attempt_services.record(
        student=student,
        revision=revision,
        shown=shown,
        response=response,
        is_sure=is_sure,
        where=where,
        extras=Extras(place.hints, tuple(struck), _measured(device_ms, shown, now)),
        now=now,
    )
    review = memory_services.learn(
        attempt=attempt, student=student, pace=_pace(drill, attempt), terms=Terms.from_json(drill.terms), now=now
    )
    return attempt, review


@transaction.atomic
def take_hint(*, drill: Drill, place: Place, name: str) -> DrillItem:
    """Keep that a hint was looked at before the answer; a second look changes nothing. Raises AlreadyAnswered."""
    asked = DrillItem.objects.select_for_update().get(drill=drill, position=place.position)
    if Attempt.objects.filter(occasion=drill.occasion, position=place.position).exists():
        raise AlreadyAnswered(f"place {place.position} of {drill.occasion} has its response")
    if name not in asked.hints:
        asked.hints = [*asked.hints, name]
        asked.save(update_fields=["hints"])
    return asked


def say(*, student: User, fact: Fact, do: Said, on: date | None = None, now: datetime) -> Card:
    """Do with a fact's card what the student says. `on` is for `Said.DUE` alone. Raises NotADay."""
    if do == Said.DUE:
        return by_hand.set_due(student=student, fact=fact, on=on or study_day(now, student.zone), now=now)
    return _BY_HAND[do](student=student, fact=fact, now=now)


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


_BY_HAND = {
    Said.FLAG: by_hand.flag,
    Said.UNFLAG: by_hand.unflag,
    Said.BURY: by_hand.bury,
    Said.SUSPEND: by_hand.suspend,
    Said.RESUME: by_hand.resume,
    Said.FORGET: by_hand.reset,
}


def _measured(device_ms: int | None, shown: Shown, now: datetime) -> int | None:
    if device_ms is None:
        return None
    return min(device_ms, max(0, int((now - shown.at).total_seconds() * 1000)))


def _pace(drill: Drill, attempt: Attempt) -> Pace:
    if drill.pace is None:
        return Pace.UNKNOWN
    is_fast = attempt.took.total_seconds() / max(attempt.characters, 1) < drill.pace
    return Pace.FAST if is_fast else Pace.SLOW
