"""Drills and their places."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.conf import settings
from django.db import models

from studyapp.accounts.models import User
from studyapp.content.models import Revision


class DrillKind(models.TextChoices):
    NEWCOMER = "newcomer", "first five"
    DUE = "due", "what is due"
    NEW = "new", "what is new"
    WEAK = "weak", "what is weak"
    MISSED = "missed", "what was missed"
    CONFUSED = "confused", "a confused pair"
    FLAGGED = "flagged", "what is flagged"
    SECTION = "section", "one section"
    CLUE = "clue", "one clue"
    OBJECTIVE = "objective", "one objective of the exam guide"
    FACT = "fact", "one fact"
    PLAN = "plan", "the plan for today"


class Feedback(models.TextChoices):
    NOW = "now", "after each question"
    END = "end", "at the end"


class DrillQuerySet(models.QuerySet["Drill"]):
    def of(self, student: User) -> DrillQuerySet:
        return self.filter(student=student)


class Drill(models.Model):
    """A set of questions for one student, planned when it opened."""

    student = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="drills")
    kind = models.CharField(max_length=10, choices=DrillKind)
    title = models.CharField(max_length=80)
    occasion = models.UUIDField(default=uuid4, unique=True, help_text="What its attempts carry.")
    pace = models.FloatField(
        null=True, help_text="The student's median seconds a character when it opened; null before 20 answers."
    )
    feedback = models.CharField(max_length=4, choices=Feedback, default=Feedback.NOW)
    terms = models.JSONField(
        default=dict, blank=True, help_text="On what terms its facts come back: see memory.terms.Terms."
    )
    opened_at = models.DateTimeField()

    objects: ClassVar[DrillQuerySet] = DrillQuerySet.as_manager()  # type: ignore[assignment]  # a manager with the queryset's words


class DrillItem(models.Model):
    """One place of a drill: what is asked there."""

    drill = models.ForeignKey(Drill, models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField(help_text="From 1.")
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="+")
    seed = models.PositiveIntegerField()
    hints = models.JSONField(
        default=list, blank=True, help_text="Names of the hints taken before the answer, in order."
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["drill", "position"], name="one_item_to_each_place")]
        ordering = ["position"]
