"""Drafts: questions that are not in the course yet."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models

from studyapp.accounts.models import User


class DraftQuerySet(models.QuerySet["Draft"]):
    def of(self, author: User) -> DraftQuerySet:
        return self.filter(author=author)


class Draft(models.Model):
    """A question that an instructor is at work on, with what the proof and the linter said when it was last saved."""

    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="drafts", help_text="Null: left."
    )
    title = models.CharField(max_length=200)
    body = models.JSONField(
        help_text="`item`, `scenario` and `beliefs` as their files have them; `left_out`: rules of the run that are not AWS's."
    )
    proof = models.JSONField(
        help_text="`seeds`, `parameters` and `assumptions` as questions.proof.Proof has them; or `refused`: why it has "
        "none; or `stopped`: that it took too long."
    )
    findings = models.JSONField(help_text="Of the linter, each with `rule`, `level` and `says`.")
    from_address = models.TextField(blank=True, help_text="The path in the lab that it came from.")
    made_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    objects: ClassVar[DraftQuerySet] = DraftQuerySet.as_manager()  # type: ignore[assignment]  # a manager with the queryset's words

    class Meta:
        ordering = ["-updated_at", "-pk"]

    def __str__(self) -> str:
        return self.slug

    @property
    def slug(self) -> str:
        """The id that its item would have."""
        return str(self.body["item"]["id"])

    @property
    def state(self) -> str:
        """In a few words, for a list."""
        if "seeds" in self.proof:
            return f"proved, {len(self.proof['seeds'])} variants"
        return "no proof in time" if "stopped" in self.proof else "refused"

    def why_of(self, option: str) -> Any:
        """The reason of `key`, or of the option that a belief gives."""
        return self.body["item"]["why"][option]
