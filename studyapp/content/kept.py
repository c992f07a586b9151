"""What the tables of the course share: where a row came from, that it is retired and never deleted, and who may be asked it."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Q

from studyapp.accounts.models import User
from studyapp.questions.items import EXAM_KINDS


class Origin(models.TextChoices):
    FILES = "files", "the course's files"
    AUTHORED = "authored", "written in the browser"


class KeptQuerySet(models.QuerySet[Any]):
    """What is never deleted, only retired."""

    def current(self) -> Self:
        return self.filter(retired_at=None)

    def from_files(self) -> Self:
        return self.filter(origin=Origin.FILES)


class ItemQuerySet(KeptQuerySet):
    def visible_to(self, student: User | None) -> Self:
        """What `student`, or a newcomer without an account, may be asked: the course."""
        return self.current()

    def asked_on(self, day: date) -> Self:
        """Without the views of exams that nobody can sit any more."""
        return self.filter(Q(asked_until="") | Q(asked_until__gte=f"{day:%Y-%m}"))

    def for_mocks(self) -> Self:
        """What a mock exam may ask: kinds that the real exam has, with one key whoever is asked, AWS or the exam."""
        return self.current().filter(kind__in=EXAM_KINDS, view="")


class Kept(models.Model):
    """Where a row came from, and since when it is no longer used."""

    origin = models.CharField(max_length=10, choices=Origin, default=Origin.FILES)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True
