"""What each student remembers."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from studyapp.accounts.models import User
from studyapp.attempts.models import Attempt
from studyapp.content.models import Fact
from studyapp.scheduling.fsrs6 import Memory


class CardQuerySet(models.QuerySet["Card"]):
    def of(self, student: User) -> CardQuerySet:
        return self.filter(student=student)

    def due(self, now: datetime) -> CardQuerySet:
        return self.filter(due_at__lte=now, fact__retired_at=None)


class Card(models.Model):
    """One fact in one student's memory. A cache: its reviews can rebuild it."""

    student = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="cards")
    fact = models.ForeignKey(Fact, models.PROTECT, related_name="cards")
    stability = models.FloatField(null=True, help_text="Days. Null until a first review that is evidence.")
    difficulty = models.FloatField(null=True, help_text="1 to 10. Null likewise.")
    reviewed_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField()

    objects: ClassVar[CardQuerySet] = CardQuerySet.as_manager()  # type: ignore[assignment]  # a manager with the queryset's words

    class Meta:
        indexes = [models.Index(fields=["student", "due_at"])]
        constraints = [
            models.UniqueConstraint(fields=["student", "fact"], name="one_card_per_fact"),
            models.CheckConstraint(
                name="card_has_a_memory_once_reviewed",
                condition=Q(stability=None, difficulty=None, reviewed_at=None)
                | Q(stability__gt=0, difficulty__range=(1, 10), reviewed_at__isnull=False),
            ),
        ]

    @property
    def memory(self) -> Memory | None:
        if self.stability is None or self.difficulty is None or self.reviewed_at is None:
            return None
        return Memory(self.stability, self.difficulty, self.reviewed_at)

    def hold(self, memory: Memory | None, due_at: datetime) -> None:
        """Take `memory` and `due_at` on; saves nothing."""
        self.stability = memory.stability if memory else None
        self.difficulty = memory.difficulty if memory else None
        self.reviewed_at = memory.reviewed_at if memory else None
        self.due_at = due_at


class Kind(models.TextChoices):
    ANSWER = "answer", "answered"
    GUESS = "guess", "was guessing"
    UNDO = "undo", "taken back"


class Review(models.Model):
    """An event that moved a card. Append-only; the cards are their sum."""

    card = models.ForeignKey(Card, models.CASCADE, related_name="reviews")
    attempt = models.ForeignKey(Attempt, models.PROTECT, related_name="reviews")
    kind = models.CharField(max_length=10, choices=Kind)
    rating = models.PositiveSmallIntegerField(null=True, help_text="1 Again to 4 Easy. Null where nothing is rated.")
    predicted = models.FloatField(
        null=True, help_text="Chance of recall just before an answer; null for a fact never met."
    )
    policy = models.CharField(max_length=10, help_text="Version of the table from answer to rating.")
    parameters = models.CharField(max_length=40, help_text="Which FSRS parameters moved the card.")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["card", "at"])]
        constraints = [
            models.UniqueConstraint(fields=["attempt", "card", "kind"], name="an_attempt_moves_memory_once"),
            models.CheckConstraint(
                name="answers_alone_are_rated",
                condition=Q(kind="answer", rating__range=(1, 4)) | (~Q(kind="answer") & Q(rating=None)),
            ),
        ]
