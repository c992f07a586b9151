"""Runs that somebody predicted, and jobs, which run in the background."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from studyapp.accounts.models import User
from studyapp.attempts.models import Attempt
from studyapp.content.models import Scenario


class RunQuerySet(models.QuerySet["Run"]):
    def of(self, student: User) -> RunQuerySet:
        return self.filter(student=student)


class Run(models.Model):
    """A run that a student predicted: the address of all its inputs, what they said, and what came of it. Append-only.

    The trace is never kept: the same inputs give the same trace.
    """

    student = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="runs")
    scenario = models.ForeignKey(Scenario, models.PROTECT, related_name="runs")
    key = models.CharField(
        max_length=64, help_text="Digest of scenario, changes, beliefs, assumptions, seed and rulebook."
    )
    body = models.JSONField(help_text="The scenario as it was, before the changes.")
    query = models.TextField(blank=True, help_text="The state, as an address has it.")
    rulebook = models.CharField(max_length=16, help_text="Digest of the rules in force.")
    asks = models.CharField(max_length=80, help_text="The metric that was predicted.")
    predicted = models.CharField(max_length=80, blank=True, help_text="Blank for: I don't know.")
    actual = models.CharField(max_length=80)
    is_right = models.BooleanField()
    metrics = models.JSONField(help_text="What the run came to, by name.")
    attempt = models.OneToOneField(Attempt, models.PROTECT, related_name="run")
    at = models.DateTimeField()

    objects: ClassVar[RunQuerySet] = RunQuerySet.as_manager()  # type: ignore[assignment]  # a manager with the queryset's words

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["student", "key"], name="the_first_prediction_stands")]
        indexes = [models.Index(fields=["student", "scenario"])]


class JobKind(models.TextChoices):
    SWEEP = "sweep", "sweep"
    SEARCH = "search", "smallest change"


COULD_NOT = (
    "This could not be computed: something went wrong that is not about your values. Ask again to try once more."
)
GAVE_UP = "The worker ended three times while it computed this, so it was given up. Ask again to try once more."


class JobQuerySet(models.QuerySet["Job"]):
    def asked_by_person(self, person: User | None, device: str) -> JobQuerySet:
        """Those of a person; without one, those of a device by its digest."""
        return self.filter(asked_by=person) if person else self.filter(asked_by=None, device=device)

    def unfinished(self) -> JobQuerySet:
        return self.filter(finished_at=None)


class Job(models.Model):
    """Work that is done in the background, once for equal inputs: whoever asks the same gets the same row.

    `asked` and `result` are as the kind has them (`sweeping.Sweep` and rows; `searching.Search` and `Found`). The task that
    does it is in the queue's own table; a finished job has a result or a problem.
    """

    key = models.CharField(max_length=64, unique=True, help_text="Digest of kind, input, engine and rulebook.")
    kind = models.CharField(max_length=6, choices=JobKind)
    asked = models.JSONField()
    progress = models.PositiveSmallIntegerField(default=0, help_text="Percent.")
    result = models.JSONField(null=True)
    problem = models.TextField(blank=True, help_text="Why there is no result, for whoever asked.")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="jobs")
    device = models.CharField(max_length=64, blank=True, help_text="Digest of the device of somebody without a row.")
    asked_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, help_text="Of the last try.")
    finished_at = models.DateTimeField(null=True)

    objects: ClassVar[JobQuerySet] = JobQuerySet.as_manager()  # type: ignore[assignment]  # a manager with the queryset's words

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(name="job_kind_is_known", condition=Q(kind__in=JobKind.values)),
            models.CheckConstraint(name="job_progress_is_a_percentage", condition=Q(progress__range=(0, 100))),
            models.CheckConstraint(
                name="finished_job_has_a_result_or_a_problem",
                condition=Q(finished_at=None, result__isnull=True, problem="")
                | Q(finished_at__isnull=False, result__isnull=False, problem="")
                | (Q(finished_at__isnull=False, result__isnull=True) & ~Q(problem="")),
            ),
        ]
        indexes = [
            models.Index(fields=["asked_by", "asked_at"], name="jobs_by_person"),
            models.Index(fields=["device", "asked_at"], name="jobs_by_device"),
        ]

    @property
    def is_over(self) -> bool:
        return self.finished_at is not None

    @property
    def can_be_tried_again(self) -> bool:
        """It failed for a reason that is not in its input."""
        return self.problem in (COULD_NOT, GAVE_UP)
