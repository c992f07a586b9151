"""The outline of a mock exam, as a table."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models


class BlueprintQuerySet(models.QuerySet[Any]):
    def current(self) -> BlueprintQuerySet:
        return self.filter(retired_at=None)


class Blueprint(models.Model):
    """What a whole mock exam asks of each section, in how many minutes, and which shorter ones there are."""

    slug = models.CharField(max_length=80, unique=True)
    position = models.PositiveIntegerField(help_text="Its place in the course; the first is the course's own.")
    title = models.CharField(max_length=200)
    questions = models.PositiveSmallIntegerField()
    minutes = models.PositiveSmallIntegerField()
    weights = models.JSONField(help_text="[section, questions] for each section, by number; they sum to `questions`.")
    sizes = models.JSONField(help_text="How many questions a sitting can have, the whole exam first.")
    retired_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[BlueprintQuerySet] = BlueprintQuerySet.as_manager()  # type: ignore[assignment]  # a manager with the queryset's words

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.slug

    @property
    def by_section(self) -> dict[int, int]:
        """Questions of the whole exam by the section's number."""
        return {int(section): int(questions) for section, questions in self.weights}

    def minutes_for(self, size: int) -> int:
        """A sitting of `size` questions has its share of the whole exam's time."""
        return round(self.minutes * size / self.questions)
