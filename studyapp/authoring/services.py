"""Drafts are made from runs, and changed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.utils.text import slugify

from studyapp.accounts.models import User
from studyapp.authoring import checking, files
from studyapp.authoring.checking import LONGEST_S, TooSlow
from studyapp.authoring.course import CourseUnreadable, course
from studyapp.authoring.models import Draft
from studyapp.content.course import Course
from studyapp.questions import drafting
from studyapp.questions.drafting import NoDraft

__all__ = ["LONGEST_S", "CourseUnreadable", "NoDraft", "TooSlow", "draft_from", "rewrite"]

LONGEST_SLUG = 40


def draft_from(
    *,
    author: User,
    body: Mapping[str, object],
    facts: tuple[str, ...],
    seed: int,
    asks: str | None,
    title: str,
    address: str,
    now: datetime,
    left_out: tuple[str, ...] = (),
) -> Draft:
    """A draft that asks what comes of a scenario's `body` as it was run, proved and linted.

    `facts` are what the scenario shows, the main one first; `asks` is a metric, or None for the one that tells most;
    `left_out` are rules that the run had otherwise than AWS. Raises NoDraft where no three wrong values are to be had,
    TooSlow if even building takes too long, CourseUnreadable, and the simulator's errors for a body or a metric.
    """
    read = course()
    known = tuple(fact for fact in facts if fact in read.facts)
    name = _name(known, title, [body, asks, author.pk, now.isoformat()]) if known else ""
    made = drafting.draft(
        name=name, body=body, facts=known, world=read.world, seed=seed, asks=asks, before=checking.limit()
    )
    said = files.body(made, title)
    if seed:
        said["scenario"]["seed"] = seed
    draft = Draft(
        author=author, title=title, body=said | {"left_out": list(left_out)}, from_address=address, made_at=now
    )
    _check(draft, read, now)
    draft.save()
    return draft


def rewrite(*, draft: Draft, stem: str, whys: Mapping[str, str], now: datetime) -> Draft:
    """Give the draft other words, and prove and lint it again. `whys` go by `key` and the ids of beliefs.

    Raises CourseUnreadable.
    """
    item = draft.body["item"]
    draft.body = {**draft.body, "item": {**item, "stem": stem, "why": {**item["why"], **whys}}}
    _check(draft, course(), now)
    draft.save()
    return draft


def _check(draft: Draft, read: Course, now: datetime) -> None:
    made = files.draft_of(draft.body)
    draft.proof = checking.proof_of(made, read)
    draft.findings = checking.findings_of(made, draft.proof, read, now.date())
    draft.updated_at = now


def _name(facts: tuple[str, ...], title: str, rests_on: list[Any]) -> str:
    """An id for its scenario that no other has: the topic of the main fact, the title, and some digits of all it rests on."""
    digits = sha256(json.dumps(rests_on, sort_keys=True, default=str).encode()).hexdigest()[:6]
    slug = slugify(title)[:LONGEST_SLUG].replace("_", "-").strip("-") or "run"
    return f"{'.'.join(facts[0].split('.')[:2])}.{slug}-{digits}"
