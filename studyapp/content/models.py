"""The course as tables: rows, facts, clues, beliefs, scenarios, blueprints, and items with their revisions."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from django.db import models

from studyapp.content.blueprints import Blueprint
from studyapp.content.kept import ItemQuerySet, Kept, KeptQuerySet
from studyapp.questions.glossary import TERM_KINDS
from studyapp.questions.items import KINDS
from studyapp.questions.variants import Variant, variant

__all__ = [
    "Belief",
    "Blueprint",
    "Clue",
    "Fact",
    "Item",
    "ItemFact",
    "Move",
    "MoveKind",
    "Revision",
    "RevisionIsFinal",
    "RevisionQuerySet",
    "Row",
    "RowFact",
    "Scenario",
    "Term",
    "Verdict",
]


class Verdict(models.TextChoices):
    """How right a row of the reference tables is."""

    CORRECT = "correct", "Correct"
    IMPRECISE = "imprecise", "Imprecise"
    SIMPLIFIED = "simplified", "Simplified"
    OUTDATED = "outdated", "Outdated"
    WRONG = "wrong", "Wrong"


class Fact(Kept):
    """One thing that is so, with its source. `body` is its page: see `content.bodies.fact_body`."""

    slug = models.CharField(max_length=120, unique=True)
    topic = models.CharField(max_length=60, db_index=True)
    section = models.PositiveSmallIntegerField()
    position = models.PositiveIntegerField(help_text="Its place in the course.")
    name = models.CharField(max_length=200)
    says = models.TextField(help_text="Its sentence, with the value filled in.")
    body = models.JSONField()
    source_title = models.CharField(max_length=300)
    source_url = models.URLField(max_length=500)
    checked_on = models.DateField()

    objects: ClassVar[KeptQuerySet] = KeptQuerySet.as_manager()  # type: ignore[assignment]  # a manager with the queryset's words

    class Meta:
        ordering = ["section", "position"]

    def __str__(self) -> str:
        return self.slug


class Row(models.Model):
    """A line of the reference tables: what it claims, and what is so."""

    number = models.CharField(max_length=10, unique=True)
    section = models.PositiveSmallIntegerField()
    position = models.PositiveIntegerField()
    label = models.CharField(max_length=200)
    table_says = models.TextField()
    verdict = models.CharField(max_length=12, choices=Verdict)
    now = models.TextField()
    facts = models.ManyToManyField(Fact, through="RowFact", related_name="rows")
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return f"{self.number} {self.label}"


class RowFact(models.Model):
    """A fact in its place in a row."""

    row = models.ForeignKey(Row, models.CASCADE)
    fact = models.ForeignKey(Fact, models.PROTECT)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["row", "position"], name="one_fact_at_each_place_in_a_row")]


class Clue(models.Model):
    """A phrase of the exam and what it points to."""

    slug = models.CharField(max_length=80, unique=True)
    row = models.ForeignKey(Row, models.PROTECT, related_name="clues")
    fact = models.ForeignKey(Fact, models.PROTECT, related_name="clues")
    phrase = models.CharField(max_length=200)
    points_to = models.TextField()
    rests_on = models.JSONField(help_text="Fact slugs.")
    rivals = models.JSONField(help_text="Clue slugs.")
    objectives = models.JSONField()
    card = models.JSONField(null=True, blank=True, help_text="What there is to choose from: schema.demos.Card.")
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["row__position"]

    def __str__(self) -> str:
        return self.slug


class MoveKind(models.TextChoices):
    """What became of something between DVA-C02 and DVA-C03."""

    DATE = "date", "Date"
    WEIGHT = "weight", "Weight"
    MOVED = "moved", "Moved"
    ADDED = "added", "Added"
    REMOVED = "removed", "Removed"
    AWS = "aws", "Changed by AWS"


class Move(models.Model):
    """Something that is not where it was between DVA-C02 and DVA-C03, with its source."""

    slug = models.CharField(max_length=80, unique=True)
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=MoveKind)
    says = models.TextField()
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    sections = models.JSONField(help_text="Numbers of the sections that it bears on.")
    facts = models.JSONField(help_text="Fact slugs.")
    source_title = models.CharField(max_length=300)
    source_url = models.URLField(max_length=500)
    checked_on = models.DateField()
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.slug


class Term(models.Model):
    """A word of the trade: what it means, and the fact that says more. `kind` is as in `questions.glossary.Term`."""

    slug = models.CharField(max_length=80, unique=True)
    name = models.CharField(max_length=80)
    says = models.TextField()
    kind = models.CharField(max_length=10, choices=[(kind, kind) for kind in TERM_KINDS])
    also = models.JSONField(help_text="Plurals, short forms and other spellings.")
    fact = models.ForeignKey(Fact, models.PROTECT, null=True, blank=True, related_name="terms")
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.slug


class Belief(models.Model):
    """A wrong idea. `body` is what `questions.bodies.belief_body` gives."""

    slug = models.CharField(max_length=80, unique=True)
    says = models.TextField()
    tempts = models.TextField()
    body = models.JSONField()
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.slug


class Scenario(Kept):
    """What to simulate. `body` is what `simulator.scenario.read` reads."""

    slug = models.CharField(max_length=120, unique=True)
    title = models.CharField(max_length=200)
    body = models.JSONField()
    facts = models.JSONField(help_text="Fact slugs, the main one first.")
    claims = models.JSONField()
    rows = models.JSONField(default=list, blank=True, help_text="Numbers of the rows that it shows.")
    contrasts = models.JSONField(default=list, blank=True, help_text="Slugs of the beliefs that it is contrasted with.")
    demo = models.JSONField(null=True, blank=True, help_text="What the lab says beside it: schema.demos.Demo.")
    position = models.PositiveIntegerField(default=0, help_text="Its place in the lab.")

    objects: ClassVar[KeptQuerySet] = KeptQuerySet.as_manager()  # type: ignore[assignment]  # likewise

    class Meta:
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.slug


class Item(Kept):
    """A question. What is asked is its `revision`; `fact` is the memory that it moves."""

    slug = models.CharField(max_length=140, unique=True)
    kind = models.CharField(max_length=10, choices=[(kind, kind) for kind in KINDS])
    topic = models.CharField(max_length=60, db_index=True)
    section = models.PositiveSmallIntegerField()
    position = models.PositiveIntegerField()
    clue = models.ForeignKey(Clue, models.PROTECT, null=True, blank=True, related_name="items")
    fact = models.ForeignKey(Fact, models.PROTECT, related_name="moved_by")
    facts = models.ManyToManyField(Fact, through="ItemFact", related_name="items")
    scenario = models.ForeignKey(
        Scenario,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="items",
        help_text="What it asks the simulator about; how it was then stands in the revision.",
    )
    is_first = models.BooleanField(default=False)
    view = models.CharField(
        max_length=4,
        blank=True,
        choices=[("now", "as AWS says now"), ("exam", "as the exam expects")],
        help_text="Which key is asked for where the two differ; blank where they do not.",
    )
    choose = models.PositiveSmallIntegerField(default=1, help_text="How many options are right.")
    asked_until = models.CharField(
        max_length=7,
        blank=True,
        help_text="The last month in which it is asked, 2026-11: an exam's view ends with the exam.",
    )
    stem = models.TextField(help_text="As authored; for search.")
    revision = models.ForeignKey("Revision", models.PROTECT, null=True, related_name="current_for")

    objects: ClassVar[ItemQuerySet] = ItemQuerySet.as_manager()  # type: ignore[assignment]  # likewise

    class Meta:
        ordering = ["section", "position"]

    def __str__(self) -> str:
        return self.slug


class ItemFact(models.Model):
    """A fact that an item probes; position 0 is the one whose memory it moves."""

    item = models.ForeignKey(Item, models.CASCADE)
    fact = models.ForeignKey(Fact, models.PROTECT)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["item", "position"], name="one_fact_at_each_place_in_an_item")]


class RevisionIsFinal(TypeError):
    """Someone tried to change or delete a revision."""


class RevisionQuerySet(models.QuerySet["Revision"]):
    def update(self, **kwargs: Any) -> int:
        raise RevisionIsFinal("revisions never change; make new ones")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise RevisionIsFinal("revisions are never deleted")


class Revision(models.Model):
    """An item exactly as it was: itself, its scenario, beliefs, facts and proved seeds. Append-only."""

    item = models.ForeignKey(Item, models.PROTECT, related_name="revisions")
    digest = models.CharField(max_length=64, unique=True)
    body = models.JSONField(help_text="See `content.bodies.revision_body`.")
    made_at: models.DateTimeField[datetime, datetime] = models.DateTimeField()

    objects: ClassVar[RevisionQuerySet] = RevisionQuerySet.as_manager()  # type: ignore[assignment]  # likewise

    class Meta:
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.item_id} {self.digest[:8]}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk:
            raise RevisionIsFinal("a revision never changes; make a new one")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise RevisionIsFinal("a revision is never deleted")

    @property
    def seeds(self) -> tuple[int, ...]:
        """The proved seeds: the only ones a student draws from."""
        return tuple(seed["seed"] for seed in self.body["seeds"])

    def variant(self, seed: int) -> Variant:
        """The item as `seed` shows it. Raises questions.variants.UnprovedSeed."""
        return variant(self.body, seed)
