"""Reads: a scenario that the lab shows, what may be believed there, and what somebody has predicted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from studyapp.accounts.models import User
from studyapp.attempts.models import Attempt, Source
from studyapp.content.models import Belief, Fact, Revision, Scenario
from studyapp.lab.models import Run

LEARNT_AGAIN_AFTER = timedelta(hours=12)
"""Somebody who has just seen what comes of a run knows more about the next one than their memory did."""


def scenario(slug: str) -> Scenario | None:
    """One query."""
    return Scenario.objects.current().filter(slug=slug).first()


def facts(slugs: Iterable[str]) -> list[Fact]:
    """In the order of `slugs`. One query."""
    wanted = list(slugs)
    found = {fact.slug: fact for fact in Fact.objects.filter(slug__in=wanted)}
    return [found[slug] for slug in wanted if slug in found]


@dataclass(frozen=True)
class Believable:
    """A wrong idea that can be run."""

    slug: str
    says: str
    patch: Mapping[str, Any]


def believable(slugs: Iterable[str]) -> dict[str, Believable]:
    """Those that exist and have a patch, in the order of `slugs`. One query."""
    wanted = list(dict.fromkeys(slugs))
    rows = Belief.objects.filter(slug__in=wanted, retired_at=None).values_list("slug", "says", "body")
    found = {slug: Believable(slug, says, body["patch"]) for slug, says, body in rows if body.get("patch")}
    return {slug: found[slug] for slug in wanted if slug in found}


def predicted(student: User | None, scenario: Scenario) -> dict[str, Run]:
    """The runs of a scenario that somebody has predicted, by key. One query; none for somebody without a row."""
    if student is None:
        return {}
    return {run.key: run for run in Run.objects.of(student).filter(scenario=scenario).defer("body", "metrics")}


def has_seen(student: User | None, scenario: Scenario) -> bool:
    """Whether somebody may see what comes of a scenario: they have predicted a run of it, or answered a question about it,
    whose feedback shows one. At most two queries; none for somebody without a row."""
    if student is None:
        return False
    return Run.objects.of(student).filter(scenario=scenario).exists() or has_answered(student, scenario)


def has_answered(student: User | None, scenario: Scenario) -> bool:
    """Whether somebody has answered a question about a scenario. One query; none for somebody without a row."""
    return student is not None and Attempt.objects.of(student).filter(revision__item__scenario=scenario).exists()


def predicted_from(nonce: str) -> User | None:
    """Who answered the prompt of this nonce. One query."""
    found = Attempt.objects.filter(shown_id=nonce).select_related("student").first()
    return found.student if found else None


def recent(student: User | None, most: int = 6) -> list[Run]:
    """The latest runs that somebody predicted. One query; none for somebody without a row."""
    if student is None:
        return []
    runs = Run.objects.of(student).select_related("scenario").defer("body", "metrics", "scenario__body")
    return list(runs[:most])


def has_learnt(student: User, fact: Fact, now: datetime) -> bool:
    """Whether the lab has moved their memory of this fact a short time ago. One query."""
    since = now - LEARNT_AGAIN_AFTER
    lately = Attempt.objects.of(student).filter(fact=fact, source=Source.LAB, answered_at__gt=since)
    return lately.filter(reviews__isnull=False).exists()


def answered(student: User | None, revision: int) -> Revision | None:
    """A question that somebody has answered, or may see because they teach; None for any other. At most two queries."""
    if student is None:
        return None
    found = Revision.objects.filter(pk=revision).first()
    if found is None or student.is_instructor:
        return found
    return found if Attempt.objects.of(student).filter(revision=found).exists() else None
