"""Reads: facts by the day until which their check holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from studyapp.content.models import Fact
from studyapp.content.sections import SECTIONS
from studyapp.ui.words import is_stale

SOON = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Topic:
    """The facts of a section that are due for a check, or soon will be."""

    title: str
    facts: tuple[tuple[Fact, date, bool], ...]
    """Each with its day, and whether that is over."""


@dataclass(frozen=True, slots=True)
class FreshnessPage:
    topics: tuple[Topic, ...]
    stale: int
    soon: int
    total: int
    next_due: date | None


def freshness_page(today: date) -> FreshnessPage:
    """Current facts past their day or within 30 days of it, by section, the longest overdue first. One query."""
    dated = [(fact, date.fromisoformat(fact.body["source"]["due"])) for fact in Fact.objects.current()]
    due = [(fact, day, is_stale(day, today)) for fact, day in dated if day <= today + SOON]
    due.sort(key=lambda each: (each[1], each[0].position))
    stale = sum(is_over for _, _, is_over in due)
    return FreshnessPage(
        topics=tuple(
            Topic(title, facts)
            for number, title in SECTIONS.items()
            if (facts := tuple(each for each in due if each[0].section == number))
        ),
        stale=stale,
        soon=len(due) - stale,
        total=len(dated),
        next_due=min((day for _, day in dated), default=None),
    )
