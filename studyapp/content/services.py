"""Writes: loading the course. And running its scenarios, once for each question that is asked of the simulator."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.db.models import Q, QuerySet

from studyapp.content import loading
from studyapp.content.course import Course
from studyapp.content.kept import Origin
from studyapp.content.models import (
    Belief,
    Blueprint,
    Clue,
    Fact,
    Item,
    ItemFact,
    Move,
    Revision,
    Row,
    RowFact,
    Scenario,
    Term,
)
from studyapp.content.running import Runs, chosen, outcome, runs
from studyapp.content.syncing import Counts, rename, sync, sync_places

__all__ = ["AuthoredAlready", "Loaded", "Runs", "chosen", "load", "outcome", "runs"]


class AuthoredAlready(ValueError):
    """Ids in the files that someone has given to what they wrote in the browser."""

    def __init__(self, slugs: list[str]) -> None:
        self.slugs = slugs
        super().__init__(
            "\n".join(f"{slug}: written in the browser already; give one of the two another id" for slug in slugs)
        )


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load did. `str` says it."""

    rows: Counts
    revisions: int

    def __str__(self) -> str:
        if not self.rows and not self.revisions:
            return "nothing changed"
        counts = self.rows
        return (
            f"{counts.added} added, {counts.changed} changed, {counts.retired} retired, {self.revisions} new revisions"
        )


@transaction.atomic
def load(*, course: Course, now: datetime) -> Loaded:
    """Make the tables equal to `course`; what the files no longer hold is retired, what was authored is left alone.

    All or nothing; loading the same course again changes nothing. Raises AuthoredAlready.
    """
    _refuse_authored(course)
    for model in (Fact, Scenario, Item):
        rename(model, course.formerly)
    counts = sync(Fact, "slug", loading.facts(course), now, own=_OURS)
    fact_ids = _ids(Fact, "slug")
    counts += sync(Row, "number", loading.rows(course), now)
    row_ids = _ids(Row, "number")
    sync_places(RowFact, "row", ((row_ids[row.row], [fact_ids[slug] for slug in row.facts]) for row in course.rows))
    counts += sync(Move, "slug", loading.moves(course), now)
    counts += sync(Blueprint, "slug", loading.blueprints(course), now)
    counts += sync(Term, "slug", loading.terms(course, fact_ids), now)
    counts += sync(Clue, "slug", loading.clues(course, row_ids, fact_ids), now)
    counts += sync(Belief, "slug", loading.beliefs(course), now)
    counts += sync(Scenario, "slug", loading.scenarios(course), now, own=_OURS)
    items = loading.items(course, _ids(Clue, "slug"), fact_ids, _ids(Scenario, "slug"))
    counts += sync(Item, "slug", items, now, own=_OURS)
    item_ids = _ids(Item, "slug")
    sync_places(
        ItemFact, "item", ((item_ids[item.id], [fact_ids[slug] for slug in item.facts]) for item in course.items)
    )
    return Loaded(counts, _revise(course, item_ids, now))


_OURS = Q(origin=Origin.FILES)


def _refuse_authored(course: Course) -> None:
    named: list[tuple[type[models.Model], Any]] = [
        (Fact, course.facts),
        (Scenario, course.scenarios),
        (Item, [item.id for item in course.items]),
    ]
    taken = [
        slug
        for model, slugs in named
        for slug in QuerySet(model).filter(origin=Origin.AUTHORED).values_list("slug", flat=True)
        if slug in set(slugs)
    ]
    if taken:
        raise AuthoredAlready(sorted(taken))


def _ids(model: type[models.Model], key: str) -> dict[str, int]:
    return dict(QuerySet(model).values_list(key, "pk"))


def _revise(course: Course, item_ids: dict[str, int], now: datetime) -> int:
    """Keep a new revision of each item whose digest is new, and let each item point to its own. Says how many are new."""
    wanted = loading.revisions(course)
    known = set(Revision.objects.values_list("digest", flat=True))
    fresh = [
        Revision(item_id=item_ids[slug], digest=digest, body=body, made_at=now)
        for slug, (digest, body) in wanted.items()
        if digest not in known
    ]
    Revision.objects.bulk_create(fresh, batch_size=200)
    revision_ids = dict(Revision.objects.values_list("digest", "pk"))
    moved = [
        item
        for item in Item.objects.from_files().filter(slug__in=wanted)
        if item.revision_id != revision_ids[wanted[item.slug][0]]
    ]
    for item in moved:
        item.revision_id = revision_ids[wanted[item.slug][0]]
    Item.objects.bulk_update(moved, ["revision"], batch_size=200)
    return len(fresh)
