"""The days of a student, counted: past days are kept as rows, today is counted when it is asked for.

The rows are a cache: `rebuild` makes them again from the log. They are made when a drill or a sitting opens (`roll_up`), so
that an answer costs no query for them, and what was not rolled up yet is counted with today.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import transaction

from studyapp.accounts.models import User
from studyapp.memory.counting import Counts, Row, by_day
from studyapp.memory.models import Day, Kind, Review
from studyapp.scheduling.days import begins, study_day

WINDOW = 365
"""Days that are looked back on."""
RECENT = 60
"""Study days that what is recent rests on: a student's pace, what they confuse, how well their memory was foretold."""
FIRST = date(2000, 1, 1)
SETTLES = timedelta(minutes=10)
"""So long after its end a day is not kept yet: an answer given just before four may still be on its way into the log."""

_COLUMNS = (
    "attempt_id",
    "kind",
    "rating",
    "predicted",
    "card__fact",
    "attempt__fact",
    "attempt__fact__section",
    "attempt__fraction",
    "attempt__is_sure",
    "attempt__shown_at",
    "attempt__answered_at",
    "attempt__belief",
    "attempt__resisted",
    "attempt__mistaken",
)


def days(student: User, now: datetime, *, window: int = WINDOW) -> dict[date, Counts]:
    """The last `window` study days on which something was answered, oldest first, today included. Two queries."""
    today = study_day(now, student.zone)
    since = today - timedelta(days=window - 1)
    kept = Day.objects.filter(student=student, on__gte=since).order_by("on").values_list("on", "counts")
    past = {on: Counts.from_json(counts) for on, counts in kept if on < today}
    tail_from = max(past, default=since - timedelta(days=1)) + timedelta(days=1)
    return past | _counted(student, tail_from, today + timedelta(days=1))


def part(student: User, now: datetime, name: str) -> dict[date, Counts]:
    """The same days, of which the database reads one of `counting.PARTS` alone: `beliefs` or `mistaken`. All else is 0 for those
    before today."""
    today = study_day(now, student.zone)
    since = today - timedelta(days=WINDOW - 1)
    kept = Day.objects.filter(student=student, on__gte=since).order_by("on").values_list("on", f"counts__{name}")
    past = {on: Counts(**{name: value}) for on, value in kept if on < today}
    tail_from = max(past, default=since - timedelta(days=1)) + timedelta(days=1)
    return past | _counted(student, tail_from, today + timedelta(days=1))


def recent(student: User, now: datetime, *, most: int = RECENT) -> dict[date, Counts]:
    """The last `most` study days on which something was answered, oldest first, and today. Two queries, and never more rows."""
    today = study_day(now, student.zone)
    kept = Day.objects.filter(student=student, on__lt=today).order_by("-on").values_list("on", "counts")[:most]
    past = {on: Counts.from_json(counts) for on, counts in reversed(list(kept))}
    since = max(past, default=today - timedelta(days=WINDOW)) + timedelta(days=1)
    return past | _counted(student, since, today + timedelta(days=1))


def roll_up(student: User, now: datetime) -> int:
    """Keep the days before today that have no row yet. Says how many. Two queries, and three if there are any."""
    last = Day.objects.filter(student=student).order_by("-on").values_list("on", flat=True).first()
    span = (last or FIRST - timedelta(days=1)) + timedelta(days=1), study_day(now - SETTLES, student.zone)
    return _keep(student, *span) if _counted(student, *span) else 0


@transaction.atomic
def rebuild(student: User, now: datetime) -> int:
    """Make all rows again from the log. Says how many."""
    Day.objects.filter(student=student).delete()
    return _keep(student, FIRST, study_day(now - SETTLES, student.zone))


def amended(student: User, answered_at: datetime, now: datetime) -> None:
    """Something of the day of `answered_at` has changed: count it again if it is past and has been kept. No query for today."""
    zone = student.zone
    day = study_day(answered_at, zone)
    if day >= study_day(now, zone):
        return
    _hold(student)
    row = Day.objects.filter(student=student, on=day).first()
    is_rolled = row is not None or Day.objects.filter(student=student, on__gt=day).exists()
    if not is_rolled:
        return
    counts = _counted(student, day, day + timedelta(days=1)).get(day)
    if counts is None:
        Day.objects.filter(student=student, on=day).delete()
        return
    Day.objects.update_or_create(student=student, on=day, defaults={"counts": counts.as_json()})


@transaction.atomic
def _keep(student: User, since: date, before: date) -> int:
    _hold(student)
    counted = _counted(student, since, before)
    rows = [Day(student=student, on=on, counts=counts.as_json()) for on, counts in counted.items()]
    Day.objects.bulk_create(rows, ignore_conflicts=True, batch_size=200)
    return len(rows)


def _hold(student: User) -> None:
    """Until the transaction ends nobody else counts this student's past days: a mock that is handed in while they are kept would
    be missing from the row of its day. One query."""
    User.objects.select_for_update(no_key=True).filter(pk=student.pk).values_list("pk").first()


def _counted(student: User, since: date, before: date) -> dict[date, Counts]:
    """The study days from `since` up to, and without, `before`. One query."""
    if since >= before:
        return {}
    zone = student.zone
    span = {"attempt__answered_at__gte": begins(since, zone), "attempt__answered_at__lt": begins(before, zone)}
    reviews = Review.objects.filter(attempt__student=student, **span, kind__in=(Kind.ANSWER, Kind.GUESS, Kind.UNDO))
    rows: Sequence[tuple[object, ...]] = list(
        reviews.order_by("attempt__answered_at", "attempt", "pk").values_list(*_COLUMNS)
    )
    return by_day((Row(*row) for row in rows), zone)  # type: ignore[arg-type]  # columns and fields stand in one order
