"""Handing in: what stands is marked, and memory moves by it, once."""

from datetime import datetime, timedelta
from hashlib import sha256

from django.db import transaction

from studyapp.attempts import queries as attempt_queries
from studyapp.attempts import services as attempt_services
from studyapp.attempts.models import Attempt, Source
from studyapp.attempts.services import Extras, Occasion
from studyapp.attempts.tokens import Shown
from studyapp.exams import queries
from studyapp.exams.models import Sitting, SittingItem
from studyapp.memory import forecasts
from studyapp.memory import queries as memory_queries
from studyapp.memory import services as memory_services
from studyapp.memory.terms import Terms
from studyapp.questions.marking import mark
from studyapp.scheduling.policy import Pace


@transaction.atomic
def hand_in(*, sitting_id: int, now: datetime) -> Sitting:
    """Mark what stands and move memory by it, once: who comes second gets the sitting as it is.

    Of an overdue sitting what was saved in time counts, and it was handed in at its deadline. Memory moves at `now`: it may
    have been moved by drills since.
    """
    sitting = Sitting.objects.select_for_update(of=("self",)).select_related("student", "blueprint").get(pk=sitting_id)
    if sitting.submitted_at:
        return sitting
    places = list(sitting.items.select_related("revision__item__fact"))
    ends = min(now, sitting.ends_at(now))
    if sitting.paused_at:
        end_pause(sitting, now)
    here = next((place for place in places if place.position == sitting.here), None)
    if here:
        count_time(sitting, here, ends)
    _move(sitting, places, ends, now)
    SittingItem.objects.bulk_update(places, ["seconds", "is_first_right"])
    sitting.submitted_at, sitting.here, sitting.here_since = ends, None, None
    sitting.save()
    return sitting


def settle(now: datetime) -> int:
    """Hand in every sitting whose time is up; how many. Each in a transaction of its own."""
    overdue = queries.overdue(now)
    for sitting_id in overdue:
        hand_in(sitting_id=sitting_id, now=now)
    return len(overdue)


def count_time(sitting: Sitting, place: SittingItem, now: datetime) -> None:
    """Add the time since the last save to the place that was read."""
    if sitting.here_since:
        place.seconds += max(timedelta(), now - sitting.here_since).total_seconds()
        sitting.here_since = max(now, sitting.here_since)


def end_pause(sitting: Sitting, now: datetime) -> None:
    """The clock runs again, and its deadline is as much later as it stood. Saves nothing."""
    if sitting.paused_at:
        sitting.pauses = [*sitting.pauses, [sitting.paused_at.isoformat(), now.isoformat()]]
        sitting.deadline_at += sitting.stood(now)
        sitting.paused_at = None


def _move(sitting: Sitting, places: list[SittingItem], ends: datetime, now: datetime) -> None:
    """Memory learns from what was answered, and the forecasts that were made before its end are held against the whole: unless
    most of it was left open, which tells that somebody went away and not what they know."""
    student = sitting.student
    pace, terms = attempt_queries.pace_of(student), memory_queries.terms(student, now)
    results = [(place.predicted, _learn(sitting, place, pace, terms, now)) for place in places]
    if 2 * sum(place.is_answered for place in places) >= len(places):
        forecasts.score(student, sitting.occasion, results, ends)


def _learn(sitting: Sitting, place: SittingItem, pace: float | None, terms: Terms, now: datetime) -> bool:
    """One place, and whether it is right: an attempt, and the memory that it moves. What is unanswered is wrong and moves none."""
    if place.given:
        variant = place.revision.variant(place.seed)
        place.is_first_right = mark(variant, place.given[0]).is_right
    if not place.is_answered:
        return False
    attempt = _record(sitting, place, place.answered_at or now)
    student, own_pace = sitting.student, _pace(pace, attempt)
    memory_services.learn(attempt=attempt, student=student, pace=own_pace, terms=terms, now=now)
    return attempt.is_right


def _record(sitting: Sitting, place: SittingItem, at: datetime) -> Attempt:
    nonce = sha256(f"{sitting.occasion}/{place.position}".encode()).hexdigest()[:32]
    shown_at = at - timedelta(seconds=place.seconds)
    person = str(sitting.student.pk)
    shown = Shown(place.revision.pk, place.seed, tuple(place.order), person, shown_at, nonce, position=place.position)
    return attempt_services.record(
        student=sitting.student,
        revision=place.revision,
        shown=shown,
        response=place.response,
        is_sure=place.is_sure,
        where=Occasion(occasion=sitting.occasion, position=place.position, source=Source.MOCK),
        extras=Extras(struck=tuple(place.struck), device_ms=place.device_ms),
        now=at,
    )


def _pace(usual: float | None, attempt: Attempt) -> Pace:
    if usual is None:
        return Pace.UNKNOWN
    is_fast = attempt.took.total_seconds() / max(attempt.characters, 1) < usual
    return Pace.FAST if is_fast else Pace.SLOW
