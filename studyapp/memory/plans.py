"""Tables of what a student plans, what is forecast of them, and what they did day by day."""

from __future__ import annotations

from datetime import date, datetime, timedelta, tzinfo
from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from studyapp.accounts.models import User
from studyapp.scheduling.days import begins
from studyapp.scheduling.fsrs6 import HIGHEST_RETENTION, LOWEST_RETENTION, RETENTION

MINUTES = 20
LEAST_MINUTES, MOST_MINUTES = 5, 480
EXAM_BEGINS = timedelta(hours=5)
ASKED_OF = 10
"""After the exam: of so many Lambda questions, how many were right."""


class Exam(models.TextChoices):
    DVA_C02 = "DVA-C02", "Developer Associate, DVA-C02"
    DVA_C03 = "DVA-C03", "Developer Associate, DVA-C03"
    SAA_C03 = "SAA-C03", "Solutions Architect Associate, SAA-C03"
    SOA_C03 = "SOA-C03", "CloudOps Engineer Associate, SOA-C03"


class Goal(models.Model):
    """What a student works towards: an exam and its day, and the time that they have. A student without a row has none."""

    student = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="goal")
    exam = models.CharField(max_length=10, choices=Exam, blank=True, default="")
    exam_on = models.DateField(null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(
        default=MINUTES,
        validators=[MinValueValidator(LEAST_MINUTES), MaxValueValidator(MOST_MINUTES)],
        help_text="On a day of study.",
    )
    days_off = models.JSONField(default=list, blank=True, help_text="Weekdays without study, 0 Monday to 6 Sunday.")
    dates_off = models.JSONField(default=list, blank=True, help_text="Days without study, as ISO text.")
    retention = models.FloatField(
        default=RETENTION,
        validators=[MinValueValidator(LOWEST_RETENTION), MaxValueValidator(HIGHEST_RETENTION)],
        help_text="The chance of recall at which a fact comes back.",
    )
    feed_key = models.CharField(
        max_length=40, null=True, blank=True, unique=True, help_text="The secret in the calendar feed's address."
    )
    went = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        help_text=f"After the exam: of {ASKED_OF} Lambda questions, how many they think were right.",
    )
    went_at = models.DateTimeField(null=True, blank=True, help_text="When they said so, or that they would rather not.")

    class Meta:
        constraints = [
            models.CheckConstraint(name="exam_is_known", condition=Q(exam="") | Q(exam__in=Exam.values)),
            models.CheckConstraint(
                name="minutes_are_a_days_work", condition=Q(minutes__range=(LEAST_MINUTES, MOST_MINUTES))
            ),
            models.CheckConstraint(
                name="retention_is_sensible", condition=Q(retention__range=(LOWEST_RETENTION, HIGHEST_RETENTION))
            ),
            models.CheckConstraint(name="went_is_of_ten", condition=Q(went=None) | Q(went__range=(0, ASKED_OF))),
        ]

    def exam_at(self, zone: tzinfo) -> datetime | None:
        """When the exam is taken to begin: five hours into its study day, at nine in the morning."""
        return begins(self.exam_on, zone) + EXAM_BEGINS if self.exam_on else None

    def is_off(self, day: date) -> bool:
        """Whether the student does not study on `day`."""
        return day.weekday() in self.days_off or day.isoformat() in self.dates_off


class Day(models.Model):
    """One study day of one student, counted. A cache: attempts and reviews can rebuild it. Today has no row: it is counted
    when it is asked for (see `memory.daily`)."""

    student = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="days")
    on = models.DateField()
    counts = models.JSONField(help_text="See `memory.counting.Counts`.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["student", "on"], name="one_row_for_each_day")]


class ForecastQuerySet(models.QuerySet["Forecast"]):
    def of(self, student: User) -> ForecastQuerySet:
        return self.filter(student=student)

    def open(self) -> ForecastQuerySet:
        """Those that no mock has scored yet."""
        return self.filter(scored_at=None)


class Forecast(models.Model):
    """What was forecast of a student, kept as it was, and scored on what came. `now_*` is for a mock on that day, the others
    for the day of the exam; shares are of the course's own blueprint, 0 to 1, with a 90 % interval."""

    student = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="forecasts")
    made_at = models.DateTimeField()
    on = models.DateField(help_text="The study day on which it was made.")
    version = models.CharField(max_length=20, help_text="Of the model.")
    answers = models.PositiveIntegerField(help_text="How many answers it rests on.")
    now_share = models.FloatField()
    now_low = models.FloatField()
    now_high = models.FloatField()
    exam_on = models.DateField(null=True)
    share = models.FloatField(null=True)
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    occasion = models.UUIDField(null=True, help_text="Of the mock that it was made for, at its start.")
    scored_at = models.DateTimeField(null=True)
    scored_share = models.FloatField(null=True, help_text="Share right of the first mock handed in after it.")
    scored_questions = models.PositiveSmallIntegerField(null=True)
    brier = models.FloatField(
        null=True, help_text="Of the chances of the mock's questions, if it was made for that mock."
    )
    exam_share = models.FloatField(null=True, help_text="What the student said of the exam, as a share.")

    objects: ClassVar[ForecastQuerySet] = ForecastQuerySet.as_manager()  # type: ignore[assignment]  # a manager with the queryset's words

    class Meta:
        indexes = [models.Index(fields=["student", "-made_at"])]
        constraints = [
            models.UniqueConstraint(
                fields=["student", "on"], condition=Q(occasion=None), name="one_forecast_a_day_but_for_mocks"
            ),
            models.UniqueConstraint(fields=["occasion"], name="one_forecast_for_a_mock"),
        ]
