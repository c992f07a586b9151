"""Reads: a sitting with its places, and those of a student."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import models
from django.db.models import Count, Q, QuerySet

from studyapp.accounts.models import User
from studyapp.attempts.models import Attempt
from studyapp.content.models import Blueprint, Revision
from studyapp.exams.models import Sitting, SittingItem


@dataclass(frozen=True)
class Paper:
    """A sitting and its places, in order."""

    sitting: Sitting
    places: tuple[SittingItem, ...]

    def at(self, position: int) -> SittingItem | None:
        return self.places[position - 1] if 1 <= position <= len(self.places) else None

    @property
    def answered(self) -> int:
        return sum(place.is_answered for place in self.places)

    @property
    def marked(self) -> int:
        return sum(place.is_marked for place in self.places)

    @property
    def open(self) -> list[SittingItem]:
        return [place for place in self.places if not place.is_answered]


def paper(student: User, sitting_id: int) -> Paper | None:
    """The student's own sitting with its places, or None. Two queries."""
    if sitting_id > models.BigIntegerField.MAX_BIGINT:  # an address can hold what no column can
        return None
    sitting = Sitting.objects.of(student).select_related("blueprint").filter(pk=sitting_id).first()
    return Paper(sitting, tuple(sitting.items.order_by("position"))) if sitting else None


def revision_of(place: SittingItem) -> Revision:
    """What is asked there. One query."""
    return Revision.objects.select_related("item__fact").get(pk=place.revision_id)


def blueprint() -> Blueprint | None:
    """The course's own. One query."""
    found: Blueprint | None = Blueprint.objects.current().first()
    return found


def open_sittings(student: User | None) -> list[Sitting]:
    """Not handed in, the latest first. More than one only where a guest's has become a person's. One query, or none."""
    if student is None:
        return []
    return list(Sitting.objects.of(student).open().select_related("blueprint").order_by("-started_at", "-pk"))


def being_asked(student: User) -> QuerySet[SittingItem, int]:
    """Ids of the items of a sitting that has not been handed in. Asks nothing yet."""
    asked = SittingItem.objects.filter(sitting__student=student, sitting__submitted_at=None)
    return asked.values_list("revision__item", flat=True)


@dataclass(frozen=True)
class Former:
    """A sitting that was handed in, and how many of its questions came right."""

    sitting: Sitting
    right: int


def former(student: User | None, most: int = 50) -> list[Former]:
    """The latest sittings that were handed in. Two queries, or none."""
    if student is None:
        return []
    over = Sitting.objects.of(student).handed_in().select_related("blueprint").order_by("-started_at", "-pk")
    sittings = list(over[:most])
    asked = Attempt.objects.filter(occasion__in=[sitting.occasion for sitting in sittings])
    right = dict(asked.values_list("occasion").annotate(right=Count("pk", filter=Q(fraction=1))))
    return [Former(sitting, right.get(sitting.occasion, 0)) for sitting in sittings]


def attempts(sitting: Sitting) -> dict[int, Attempt]:
    """What was answered, by position. One query."""
    return {attempt.position: attempt for attempt in Attempt.objects.filter(occasion=sitting.occasion)}


def attempt_at(sitting: Sitting, position: int) -> Attempt | None:
    """The response that stood there in the end, if there was one. One query."""
    return Attempt.objects.filter(occasion=sitting.occasion, position=position).first()


@dataclass(frozen=True)
class Named:
    """What a place was about: the section, and the fact whose memory it moves, by name and slug."""

    section: int
    name: str
    fact: str


def names(places: Sequence[SittingItem]) -> dict[int, Named]:
    """By revision. One query."""
    asked = Revision.objects.filter(pk__in=[place.revision_id for place in places])
    rows = asked.values_list("pk", "item__section", "item__fact__name", "item__fact__slug")
    return {pk: Named(section, name, fact) for pk, section, name, fact in rows}


def overdue(now: datetime) -> list[int]:
    """Ids of the sittings that only wait to be handed in, the longest first. One query."""
    return list(Sitting.objects.overdue(now).order_by("deadline_at", "pk").values_list("pk", flat=True))
