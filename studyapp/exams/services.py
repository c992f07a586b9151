"""Writes: a sitting begins, drafts are saved, the clock is paused, and what stands is handed in."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from studyapp.accounts.models import User
from studyapp.content.models import Blueprint
from studyapp.exams import queries
from studyapp.exams.drafts import merged
from studyapp.exams.drawing import Paper as Drawn
from studyapp.exams.drawing import draw
from studyapp.exams.handing import count_time, end_pause, hand_in, settle
from studyapp.exams.models import Sitting, SittingItem
from studyapp.exams.queries import Paper
from studyapp.exams.terms import (
    LONGEST_MS,
    MOST_GIVEN,
    BadDraft,
    Draft,
    IsOver,
    IsPaused,
    NeverPauses,
    NothingToAsk,
    StillSitting,
    Terms,
    TimeIsUp,
)
from studyapp.memory import daily, forecasts

__all__ = [
    "BadDraft",
    "Draft",
    "IsOver",
    "IsPaused",
    "NeverPauses",
    "NothingToAsk",
    "StillSitting",
    "Terms",
    "TimeIsUp",
    "begin",
    "go_on",
    "hand_in",
    "pause",
    "save",
    "save_and_pause",
    "settle",
    "turn",
]


@transaction.atomic
def begin(*, student: User, blueprint: Blueprint, terms: Terms, now: datetime) -> Sitting:
    """Lay a paper out and start its clock. Raises StillSitting while another one is open, NothingToAsk."""
    User.objects.select_for_update().get(pk=student.pk)  # two clicks on Begin at once make one sitting
    for sitting in queries.open_sittings(student):
        if not sitting.is_over(now):
            raise StillSitting(sitting)
        hand_in(sitting_id=sitting.pk, now=now)
    sitting = _laid(student, blueprint, terms, now)
    paper = draw(student, sitting, now)
    if not paper.places:
        raise NothingToAsk("the course has no question for a mock exam")
    sitting.repeats = paper.repeats
    sitting.save(force_insert=True)
    paper.places[0].is_seen = True
    _foretell(student, sitting, paper, now)
    SittingItem.objects.bulk_create(paper.places)
    daily.roll_up(student, now)
    return sitting


@transaction.atomic
def save(
    *, student: User, sitting_id: int, position: int, draft: Draft, turn_to: int | None = None, now: datetime
) -> Paper:
    """Keep what a page has changed at a place, and turn to another one (0: the overview). Four queries; the paper as it is now.

    Raises TimeIsUp, IsPaused, IsOver; BadDraft; LookupError if the student has no such place.
    """
    paper = _running(student, sitting_id, now)
    place = paper.at(position)
    if place is None:
        raise LookupError(f"no place {position}")
    _refuse_unknown(place, draft)
    count_time(paper.sitting, place, now)
    _put(place, merged(place, draft), now)
    paper.sitting.here = position
    if draft.hides_clock is not None:
        paper.sitting.hides_clock = draft.hides_clock
    _turn(paper, turn_to, [place])
    return paper


@transaction.atomic
def save_and_pause(*, student: User, sitting_id: int, position: int, draft: Draft, now: datetime) -> Paper:
    """Keep what stands, and stop the clock. Raises as `save` and `pause` do."""
    paper = save(student=student, sitting_id=sitting_id, position=position, draft=draft, now=now)
    pause(student=student, sitting_id=sitting_id, now=now)
    return paper


@transaction.atomic
def turn(*, student: User, sitting_id: int, position: int, now: datetime) -> Paper:
    """From the overview to a place. Raises TimeIsUp, IsPaused, IsOver; LookupError if the student has no such place."""
    paper = _running(student, sitting_id, now)
    if paper.at(position) is None:
        raise LookupError(f"no place {position}")
    left = paper.at(paper.sitting.here or 0)
    if left:
        count_time(paper.sitting, left, now)
    paper.sitting.here_since = now
    _turn(paper, position, [left] if left else [])
    return paper


@transaction.atomic
def pause(*, student: User, sitting_id: int, now: datetime) -> Sitting:
    """Stop the clock. Twice is once. Raises NeverPauses, TimeIsUp, IsOver; LookupError."""
    sitting = _held(student, sitting_id)
    if sitting.is_strict:
        raise NeverPauses("a strict sitting does not pause")
    if sitting.paused_at:
        return sitting
    _refuse_over(sitting, now)
    place = sitting.items.filter(position=sitting.here or 0).first()
    if place:
        count_time(sitting, place, now)
        place.save(update_fields=["seconds"])
    sitting.paused_at, sitting.here_since = now, None
    sitting.save()
    return sitting


@transaction.atomic
def go_on(*, student: User, sitting_id: int, now: datetime) -> Sitting:
    """Let the clock run again. Raises TimeIsUp (an assignment has closed), IsOver; LookupError."""
    sitting = _held(student, sitting_id)
    _refuse_over(sitting, now)
    if sitting.paused_at:
        end_pause(sitting, now)
        sitting.here_since = now
        sitting.save()
    return sitting


def _foretell(student: User, sitting: Sitting, paper: Drawn, now: datetime) -> None:
    """Keep what is expected of this paper, the chance of each question with its place. Seven queries."""
    chances = forecasts.keep_for_mock(student, sitting.occasion, set(paper.facts), now)
    for place, fact in zip(paper.places, paper.facts, strict=True):
        place.predicted = chances.get(fact)


def _laid(student: User, blueprint: Blueprint, terms: Terms, now: datetime) -> Sitting:
    minutes = blueprint.minutes_for(terms.size)
    sitting = Sitting(
        student=student,
        blueprint=blueprint,
        size=terms.size,
        minutes=minutes,
        time_factor=terms.time_factor,
        is_strict=terms.is_strict,
        started_at=now,
        here=1,
        here_since=now,
    )
    sitting.deadline_at = now + sitting.allowed
    return sitting


def _running(student: User, sitting_id: int, now: datetime) -> Paper:
    """The student's sitting with its places, held, its clock running. Two queries."""
    sitting = _held(student, sitting_id)
    _refuse_over(sitting, now)
    if sitting.paused_at:
        raise IsPaused("the sitting is paused")
    return Paper(sitting, tuple(sitting.items.order_by("position")))


def _held(student: User, sitting_id: int) -> Sitting:
    held = Sitting.objects.select_for_update(of=("self",)).select_related("blueprint")
    sitting = held.filter(student=student, pk=sitting_id).first()
    if sitting is None:
        raise LookupError(f"no sitting {sitting_id}")
    return sitting


def _refuse_over(sitting: Sitting, now: datetime) -> None:
    if sitting.submitted_at:
        raise IsOver("the sitting has been handed in")
    if sitting.is_over(now):
        raise TimeIsUp(f"time was up at {sitting.ends_at(now)}")


def _refuse_unknown(place: SittingItem, draft: Draft) -> None:
    if not {*draft.response, *draft.struck} <= set(place.order):
        raise BadDraft("That option is not part of this question. Choose from the options shown.")


def _put(place: SittingItem, draft: Draft, now: datetime) -> None:
    place.is_seen = True
    response = sorted(set(draft.response))
    if response != place.response:
        place.response, place.answered_at = response, now if response else None
    if place.is_answered and place.given[-1:] != [response]:
        place.given = [*place.given[: MOST_GIVEN - 1], response]
    place.struck = [option for option in place.order if option in draft.struck]
    place.is_marked, place.is_sure = draft.is_marked, draft.is_sure
    if draft.device_ms is not None:
        place.device_ms = min((place.device_ms or 0) + draft.device_ms, LONGEST_MS)


def _turn(paper: Paper, position: int | None, changed: Iterable[SittingItem]) -> None:
    """Save the sitting and the places that changed, the one turned to among them. Two queries."""
    places = {place.position: place for place in changed}
    to = paper.at(position) if position else None
    if position is not None:
        paper.sitting.here = to.position if to else None
    if to and not to.is_seen:
        to.is_seen = True
        places[to.position] = to
    paper.sitting.save(update_fields=["here", "here_since", "hides_clock"])
    if places:
        SittingItem.objects.bulk_update(places.values(), _DRAFTED)


_DRAFTED = ["response", "given", "struck", "is_marked", "is_sure", "is_seen", "seconds", "device_ms", "answered_at"]
