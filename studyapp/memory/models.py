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
from studyapp.memory.plans import Day, Exam, Forecast, Goal
from studyapp.scheduling.fsrs6 import RETENTION, Memory

__all__ = ["Card", "Day", "Exam", "Forecast", "Goal", "Kind", "Review"]


class CardQuerySet(models.QuerySet["Card"]):
    def of(self, student: User) -> CardQuerySet:
        return self.filter(student=student)

    def due(self, now: datetime) -> CardQuerySet:
        return self.in_play(now).filter(due_at__lte=now)

    def in_play(self, now: datetime) -> CardQuerySet:
        """Those that may be asked: not suspended, not put off until tomorrow, and of facts that the course still has."""
        return self.filter(Q(buried_until=None) | Q(buried_until__lte=now), is_suspended=False, fact__retired_at=None)


class Card(models.Model):
    """One fact in one student's memory. A cache: its reviews can rebuild it."""

    student = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="cards")
    fact = models.ForeignKey(Fact, models.PROTECT, related_name="cards")
    stability = models.FloatField(null=True, help_text="Days. Null until a first review that is evidence.")
    difficulty = models.FloatField(null=True, help_text="1 to 10. Null likewise.")
    reviewed_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField()
    answers = models.PositiveIntegerField(default=0, help_text="Answers that are evidence.")
    lapses = models.PositiveIntegerField(default=0, help_text="How often it was forgotten once learnt.")
    was_right = models.BooleanField(null=True, help_text="Whether the last answer that stands was right.")
    is_suspended = models.BooleanField(default=False, help_text="Not asked until it is resumed.")
    is_flagged = models.BooleanField(default=False)
    buried_until = models.DateTimeField(null=True, help_text="Not asked before.")

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

    def may_be_asked(self, now: datetime) -> bool:
        return not self.is_suspended and (self.buried_until is None or self.buried_until <= now)


class Kind(models.TextChoices):
    """What moved a card. Only answers, guesses and undos have an attempt."""

    ANSWER = "answer", "answered"
    GUESS = "guess", "was guessing"
    UNDO = "undo", "taken back"
    RESET = "reset", "forgotten on purpose"
    SUSPEND = "suspend", "suspended"
    RESUME = "resume", "resumed"
    BURY = "bury", "put off"
    SET_DUE = "set_due", "given a day"
    FLAG = "flag", "flagged"
    UNFLAG = "unflag", "no longer flagged"


OF_ATTEMPTS = (Kind.ANSWER, Kind.GUESS, Kind.UNDO)


class Review(models.Model):
    """An event that moved a card. Append-only; the cards are their sum.

    With its attempt it is all that a scheduler needs to move the card again: what was asked (revision, seed, option order),
    what was given (option ids, sure or not, hints, options struck out), how long it took, where, and what was predicted.
    """

    card = models.ForeignKey(Card, models.CASCADE, related_name="reviews")
    attempt = models.ForeignKey(Attempt, models.PROTECT, null=True, related_name="reviews")
    kind = models.CharField(max_length=10, choices=Kind)
    rating = models.PositiveSmallIntegerField(null=True, help_text="1 Again to 4 Easy. Null where nothing is rated.")
    predicted = models.FloatField(
        null=True, help_text="Chance of recall just before an answer; null for a fact never met."
    )
    policy = models.CharField(max_length=10, help_text="Version of the table from answer to rating.")
    parameters = models.CharField(max_length=40, help_text="Which FSRS parameters moved the card.")
    retention = models.FloatField(default=RETENTION, help_text="The chance of recall at which it was to come back.")
    place = models.FloatField(
        null=True, help_text="Where in FSRS's range of days it comes back, 0 to 1; null: by lot from fact and moment."
    )
    zone = models.CharField(max_length=60, blank=True, default="", help_text="The student's; blank is the server's.")
    until = models.DateTimeField(null=True, help_text="Of a card put off or given a day: when it may come back.")
    at = models.DateTimeField(help_text="When the card moved; when the answer was given stands in its attempt.")

    class Meta:
        indexes = [models.Index(fields=["card", "at"])]
        constraints = [
            models.UniqueConstraint(fields=["attempt", "card", "kind"], name="an_attempt_moves_memory_once"),
            models.CheckConstraint(
                name="answers_and_guesses_alone_are_rated",
                condition=Q(kind=Kind.ANSWER, rating__range=(1, 4)) | Q(kind=Kind.GUESS, rating=1) | Q(rating=None),
            ),
            models.CheckConstraint(name="every_answer_is_rated", condition=~Q(kind=Kind.ANSWER, rating=None)),
            models.CheckConstraint(
                name="answers_alone_have_an_attempt",
                condition=Q(kind__in=OF_ATTEMPTS, attempt__isnull=False) | (~Q(kind__in=OF_ATTEMPTS) & Q(attempt=None)),
            ),
            models.CheckConstraint(name="retention_is_a_share", condition=Q(retention__gt=0, retention__lt=1)),
            models.CheckConstraint(name="place_is_a_share", condition=Q(place=None) | Q(place__range=(0, 1))),
        ]
