"""Writes: what a student says of a card by hand. Each is a review of its own kind, so that a rebuild says it again."""

from datetime import date, datetime

from django.db import transaction

from studyapp.accounts.models import User
from studyapp.content.models import Fact
from studyapp.memory.models import Card, Kind, Review
from studyapp.memory.services import rest_on, stamp
from studyapp.scheduling.days import begins, morning, study_day

FURTHEST_DAYS = 365


class NotADay(ValueError):
    """The day that a card was given lies in the past or too far off."""


def suspend(*, student: User, fact: Fact, now: datetime) -> Card:
    """Ask it no more until it is resumed."""
    return _say(student, fact, Kind.SUSPEND, now)


def resume(*, student: User, fact: Fact, now: datetime) -> Card:
    return _say(student, fact, Kind.RESUME, now)


def bury(*, student: User, fact: Fact, now: datetime) -> Card:
    """Put it off until tomorrow; the day on which it is due does not move."""
    return _say(student, fact, Kind.BURY, now, until=morning(now, 1, student.zone))


def flag(*, student: User, fact: Fact, now: datetime) -> Card:
    return _say(student, fact, Kind.FLAG, now)


def unflag(*, student: User, fact: Fact, now: datetime) -> Card:
    return _say(student, fact, Kind.UNFLAG, now)


def reset(*, student: User, fact: Fact, now: datetime) -> Card:
    """Forget it on purpose: as if never met. The answers stay in the log."""
    return _say(student, fact, Kind.RESET, now)


def set_due(*, student: User, fact: Fact, on: date, now: datetime) -> Card:
    """Give it a day; what memory says of it stays. Raises NotADay before today and beyond a year."""
    today = study_day(now, student.zone)
    if not 0 <= (on - today).days <= FURTHEST_DAYS:
        raise NotADay(f"“{on:%Y-%m-%d}” is not between today, {today:%Y-%m-%d}, and {FURTHEST_DAYS} days from now.")
    return _say(student, fact, Kind.SET_DUE, now, until=begins(on, student.zone))


@transaction.atomic
def _say(student: User, fact: Fact, kind: Kind, now: datetime, *, until: datetime | None = None) -> Card:
    """The card holds the sum of its reviews, this one the last. A fact never met gets a card. Four queries."""
    card, _ = Card.objects.select_for_update(of=("self",)).get_or_create(
        student=student, fact=fact, defaults={"due_at": now}
    )
    card.fact = fact
    Review.objects.create(card=card, kind=kind, until=until, **stamp(student, now))
    rest_on(card, list(card.reviews.all()))
    card.save()
    return card
