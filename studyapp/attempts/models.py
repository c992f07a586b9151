"""Every answer ever given."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from studyapp.accounts.models import User
from studyapp.content.models import Fact, Revision


class Source(models.TextChoices):
    FIRST = "first", "the newcomer's first question"
    DRILL = "drill", "a drill"
    LAB = "lab", "a prediction in the lab"
    MOCK = "mock", "a mock exam"


class Reason(models.TextChoices):
    """Why a student says that they missed a question."""

    KNOWLEDGE = "knowledge", "I did not know it"
    MISREAD = "misread", "I misread it"
    REASONING = "reasoning", "I knew it and drew the wrong conclusion"
    TIME = "time", "I hurried"


class Flaw(models.TextChoices):
    """What a report says is wrong with a question."""

    KEY = "key", "The answer is wrong"
    UNCLEAR = "unclear", "It can be read in two ways"
    OUTDATED = "outdated", "It is out of date"
    TEXT = "text", "A slip in the text"
    OTHER = "other", "Something else"


class NotAQuestion(LookupError):
    """The attempt is a prediction of a run: no item was asked."""


class AttemptQuerySet(models.QuerySet["Attempt"]):
    def of(self, student: User) -> AttemptQuerySet:
        return self.filter(student=student)

    def standing(self) -> AttemptQuerySet:
        """Those not taken back."""
        return self.filter(withdrawal=None)


class Attempt(models.Model):
    """One response to one variant of one revision, or one prediction of a run, marked. Append-only."""

    student = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="attempts", help_text="Null once erased."
    )
    revision = models.ForeignKey(
        Revision, models.PROTECT, null=True, related_name="attempts", help_text="Null for a prediction in the lab."
    )
    fact = models.ForeignKey(Fact, models.PROTECT, related_name="attempts", help_text="The memory that it moves.")
    seed = models.PositiveIntegerField()
    order = models.JSONField(help_text="Option ids in the order shown.")
    response = models.JSONField(help_text="Option ids chosen.")
    is_sure = models.BooleanField()
    fraction = models.FloatField(help_text="Share of the maximum, 0 to 1.")
    maximum = models.FloatField(default=1)
    parts = models.JSONField(
        default=dict,
        blank=True,
        help_text="Of an item that asks several facts: whether each was known, by slug. Empty for other items.",
    )
    hints = models.JSONField(default=list, blank=True, help_text="Which hints were taken before the answer, in order.")
    struck = models.JSONField(default=list, blank=True, help_text="Option ids that were struck out.")
    belief = models.CharField(
        max_length=80, blank=True, default="", help_text="Slug of the wrong idea behind the response, if it names one."
    )
    resisted = models.JSONField(
        default=list, blank=True, help_text="Of a right response: slugs of the wrong ideas that were there to choose."
    )
    mistaken = models.JSONField(
        default=list, blank=True, help_text="Pairs of fact slugs: what was asked, and whose answer was given for it."
    )
    characters = models.PositiveIntegerField(help_text="How much there was to read.")
    source = models.CharField(max_length=10, choices=Source)
    occasion = models.UUIDField(help_text="Made by the room that asked: one for each drill or sitting.")
    position = models.PositiveIntegerField()
    shown_id = models.CharField(max_length=32, unique=True)
    shown_at = models.DateTimeField()
    answered_at = models.DateTimeField()
    device_ms = models.PositiveIntegerField(
        null=True, help_text="How long the question was in view, by the browser's own clock; null where it did not say."
    )

    objects: ClassVar[AttemptQuerySet] = AttemptQuerySet.as_manager()  # type: ignore[assignment]  # a manager with the queryset's words

    class Meta:
        indexes = [
            models.Index(fields=["student", "-answered_at"]),
            models.Index(fields=["student", "fact", "-answered_at"], name="attempts_at_a_fact"),
            models.Index(fields=["student", "-answered_at"], name="attempts_with_a_belief", condition=~Q(belief="")),
        ]
        constraints = [
            models.UniqueConstraint(fields=["occasion", "position"], name="one_response_to_each_place"),
            models.CheckConstraint(name="fraction_is_a_share", condition=Q(fraction__range=(0, 1))),
            models.CheckConstraint(name="answered_after_shown", condition=Q(answered_at__gte=F("shown_at"))),
            models.CheckConstraint(
                name="predictions_alone_have_no_revision",
                condition=Q(source="lab", revision=None) | (~Q(source="lab") & Q(revision__isnull=False)),
            ),
        ]

    @property
    def asked(self) -> Revision:
        """The revision that was answered. Raises NotAQuestion for a prediction in the lab."""
        if self.revision is None:
            raise NotAQuestion(f"attempt {self.pk} is a prediction")
        return self.revision

    @property
    def is_right(self) -> bool:
        return self.fraction == 1

    @property
    def took(self) -> timedelta:
        return self.answered_at - self.shown_at


class Withdrawal(models.Model):
    """An attempt taken back by its student: kept, and left out of what is counted."""

    attempt = models.OneToOneField(Attempt, models.CASCADE, related_name="withdrawal")
    at: models.DateTimeField[datetime, datetime] = models.DateTimeField()


class Miss(models.Model):
    """Why a wrong answer went wrong, in its student's own judgement. May be changed."""

    attempt = models.OneToOneField(Attempt, models.CASCADE, related_name="miss")
    reason = models.CharField(max_length=10, choices=Reason)
    at: models.DateTimeField[datetime, datetime] = models.DateTimeField()


class Report(models.Model):
    """What a student says is wrong with a question, with exactly what they saw and what they gave."""

    student = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="reports", help_text="Null once erased."
    )
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="reports")
    seed = models.PositiveIntegerField()
    order = models.JSONField(help_text="Option ids in the order shown.")
    response = models.JSONField(null=True, help_text="What was given; null if it was reported before the answer.")
    flaw = models.CharField(max_length=10, choices=Flaw)
    words = models.TextField(blank=True, max_length=1000)
    at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["closed_at", "-at"])]
        constraints = [models.CheckConstraint(name="flaw_is_known", condition=Q(flaw__in=Flaw.values))]
