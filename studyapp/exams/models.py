"""Sittings and their questions."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import ClassVar
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from studyapp.accounts.models import User
from studyapp.content.models import Blueprint, Revision


class Reveals(models.TextChoices):
    """What the report may show."""

    ALL = "all", "everything"
    MARKS = "marks", "marks without the questions"


class SittingQuerySet(models.QuerySet["Sitting"]):
    def of(self, student: User) -> SittingQuerySet:
        return self.filter(student=student)

    def open(self) -> SittingQuerySet:
        """Not handed in."""
        return self.filter(submitted_at=None)

    def handed_in(self) -> SittingQuerySet:
        return self.filter(submitted_at__isnull=False)

    def overdue(self, now: datetime) -> SittingQuerySet:
        """Those whose time is up: they only wait to be handed in."""
        is_up = Q(paused_at=None, deadline_at__lt=now) | Q(closes_at__lt=now)
        return self.open().filter(is_up)


class Sitting(models.Model):
    """One timed go at a blueprint. The clock is the server's alone, and all of it stands here."""

    student = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="sittings")
    blueprint = models.ForeignKey(Blueprint, models.PROTECT, related_name="sittings")
    occasion = models.UUIDField(default=uuid4, unique=True, help_text="What its attempts carry.")
    size = models.PositiveSmallIntegerField()
    minutes = models.PositiveSmallIntegerField(help_text="Without extra time.")
    time_factor = models.FloatField(default=1, help_text="1.25 with 25 % extra time.")
    is_strict = models.BooleanField(help_text="Never pauses.")
    repeats = models.PositiveSmallIntegerField(default=0, help_text="Variants that an earlier sitting had asked.")
    started_at = models.DateTimeField()
    deadline_at = models.DateTimeField(help_text="Until when a save counts; each pause moves it.")
    paused_at = models.DateTimeField(null=True, help_text="Since when the clock stands; null while it runs.")
    pauses = models.JSONField(default=list, help_text="[from, to] of each pause that is over, as ISO text.")
    submitted_at = models.DateTimeField(null=True, help_text="When it was handed in: the deadline, if that came first.")
    here = models.PositiveSmallIntegerField(null=True, help_text="The place being read; null at the overview.")
    here_since = models.DateTimeField(null=True, help_text="From when its time is still to be counted.")
    hides_clock = models.BooleanField(default=False)
    opens_at = models.DateTimeField(null=True, help_text="Set by an assignment.")
    closes_at = models.DateTimeField(null=True, help_text="Set by an assignment: no clock runs beyond it.")
    return_to = models.CharField(max_length=200, blank=True, default="", help_text="Where an assignment leads back to.")
    reveals = models.CharField(max_length=10, choices=Reveals, default=Reveals.ALL)

    objects: ClassVar[SittingQuerySet] = SittingQuerySet.as_manager()  # type: ignore[assignment]  # a manager with the queryset's words

    class Meta:
        indexes = [
            models.Index(fields=["student", "-started_at"]),
            models.Index(fields=["deadline_at"], name="sittings_still_open", condition=Q(submitted_at=None)),
        ]
        constraints = [
            models.CheckConstraint(
                name="deadline_comes_after_the_start", condition=Q(deadline_at__gte=F("started_at"))
            ),
            models.CheckConstraint(name="time_is_only_added", condition=Q(time_factor__gte=1)),
            models.CheckConstraint(name="strict_sittings_run", condition=Q(is_strict=False) | Q(paused_at=None)),
            models.CheckConstraint(
                name="what_is_handed_in_stands", condition=Q(submitted_at=None) | Q(paused_at=None, here=None)
            ),
        ]

    @property
    def allowed(self) -> timedelta:
        """All the time there is, extra time included, pauses not."""
        return timedelta(minutes=self.minutes) * self.time_factor

    def ends_at(self, now: datetime) -> datetime:
        """When time is up, as far as is known now: a pause puts it off as long as it lasts."""
        moved = self.deadline_at + self.stood(now)
        return min(moved, self.closes_at) if self.closes_at else moved

    def stood(self, now: datetime) -> timedelta:
        """How long the clock has stood in the pause that goes on; nothing where the server's clock was set back since."""
        return max(timedelta(), now - self.paused_at) if self.paused_at else timedelta()

    def left(self, now: datetime) -> timedelta:
        return max(timedelta(), self.ends_at(now) - now)

    def spent(self, now: datetime) -> timedelta:
        """How much of the allowed time was used; what an assignment cuts off at the end was not."""
        unused = self.deadline_at + self.stood(now) - min(now, self.ends_at(now))
        return min(max(timedelta(), self.allowed - unused), self.allowed)

    def is_over(self, now: datetime) -> bool:
        """Time is up. A save on the very moment still counts."""
        return now > self.ends_at(now)


class SittingItem(models.Model):
    """One place of a sitting: what is asked there, and the draft of a response that stands so far."""

    sitting = models.ForeignKey(Sitting, models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField(help_text="From 1.")
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="+")
    seed = models.PositiveIntegerField()
    order = models.JSONField(help_text="Option ids in the order shown.")
    choose = models.PositiveSmallIntegerField(help_text="How many options a whole response has.")
    predicted = models.FloatField(null=True, help_text="The forecast's chance that it comes right; null without one.")
    response = models.JSONField(default=list, help_text="Option ids chosen, saved in time.")
    given = models.JSONField(default=list, help_text="Each whole response in turn, the first one first.")
    struck = models.JSONField(default=list, help_text="Option ids struck out.")
    is_marked = models.BooleanField(default=False)
    is_sure = models.BooleanField(default=False)
    is_seen = models.BooleanField(default=False)
    seconds = models.FloatField(default=0, help_text="How long it was read, by the server, from save to save.")
    device_ms = models.PositiveIntegerField(null=True, help_text="The same by the browser, where it says so.")
    answered_at = models.DateTimeField(null=True, help_text="When the response that stands was saved.")
    is_first_right = models.BooleanField(
        null=True, help_text="Whether the first whole response was right; known once it is handed in."
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sitting", "position"], name="one_question_to_each_place")]
        ordering = ["position"]

    @property
    def is_answered(self) -> bool:
        return len(self.response) == self.choose

    @property
    def is_changed(self) -> bool:
        """Another whole response stood there before, or stands no more."""
        return bool(self.given) and self.given[0] != sorted(self.response)

    @property
    def state(self) -> str:
        """answered, begun (some of several options), skipped or unseen."""
        if self.is_answered:
            return "answered"
        if self.response:
            return "begun"
        return "skipped" if self.is_seen else "unseen"
