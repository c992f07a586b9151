"""One more question in a drill, right after an answer: another like it, a harder one, or what it is confused with."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import Any, Literal

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from studyapp.attempts.models import Attempt
from studyapp.content.kept import ItemQuerySet
from studyapp.content.models import Belief, Fact, Item, Revision
from studyapp.drills.clues import clue_of, grounds
from studyapp.drills.hardness import harder_than, step
from studyapp.drills.models import Drill, DrillItem
from studyapp.drills.planning import choose, rank, seen_by
from studyapp.drills.queries import MATCHING
from studyapp.drills.scopes import NothingToAsk

How = Literal["like", "harder", "confused"]
MOST_RIVALS = 12
LOOKED_BACK = 20
"""So many of the student's latest answers at the fact are asked for what they gave instead."""
ASIDE = 1000
"""Positions that no drill has: places wait there while they make room."""


@dataclass(frozen=True)
class Asked:
    """What was asked and by whom. `key` decides between equals, so that a request that comes twice finds the same."""

    drill: Drill
    attempt: Attempt
    revision: Revision
    key: str
    now: datetime

    @property
    def lot(self) -> Random:
        return Random(self.key)  # noqa: S311 - no secret hangs on it


@transaction.atomic
def another(*, drill: Drill, after: Attempt, how: How, now: datetime) -> DrillItem:
    """A place right after that of the attempt `after`, or at the end if what comes after it has been answered.

    `like`: the same fact by another item, else by another variant. `harder`: an item of the same fact or clue that fewer answer
    rightly. `confused`: what this student gave for it, else the clue's nearest rival, else a fact of the section that shares a
    wrong idea. Asked for twice, the first place stands as long as it is open. Raises NothingToAsk with a sentence. At most 20
    queries.
    """
    held = Drill.objects.select_for_update(of=("self",)).select_related("student").get(pk=drill.pk)
    asked = Asked(held, after, after.asked, f"{held.occasion}/{after.position}/{how}", now)
    find = {"like": _alike, "harder": _harder, "confused": _confused}[how]
    return _placed(asked, *find(asked))


def _alike(asked: Asked) -> tuple[Revision, int]:
    items = _askable(asked).filter(_about(asked)).distinct()
    found = _least_seen(asked, list(items), rank)
    if found is None:
        raise NothingToAsk("No other question asks this fact yet.")
    return found


def _harder(asked: Asked) -> tuple[Revision, int]:
    own = asked.revision.item
    about = _about(asked) | Q(clue=own.clue_id) if own.clue_id else _about(asked)
    others = _askable(asked).filter(about).exclude(pk=own.pk).distinct()
    found = _least_seen(asked, harder_than(own, asked.revision, list(others)), step)
    if found is None:
        raise NothingToAsk("No harder question asks this fact yet.")
    return found


def _confused(asked: Asked) -> tuple[Revision, int]:
    slugs = [slug for slug in dict.fromkeys(_confusable(asked)) if slug != asked.attempt.fact.slug]
    ids = dict(Fact.objects.current().filter(slug__in=slugs).values_list("slug", "pk"))
    facts = [ids[slug] for slug in slugs if slug in ids][:MOST_RIVALS]
    found = choose(asked.drill.student, facts, asked.key, now=asked.now, avoid=[asked.revision.pk])
    if not found:
        raise NothingToAsk("Nothing is known to be confused with this fact.")
    return found[0]


def _askable(asked: Asked) -> ItemQuerySet:
    items = Item.objects.current().visible_to(asked.drill.student).asked_on(timezone.localdate(asked.now))
    return items.exclude(revision=None).select_related("revision").order_by("pk")


def _about(asked: Asked) -> Q:
    fact = asked.attempt.fact_id
    return Q(fact=fact) | Q(kind=MATCHING, facts=fact)


def _least_seen(asked: Asked, items: Sequence[Item], measure: Callable[[Item], Any]) -> tuple[Revision, int] | None:
    """A variant other than the one answered: of the item seen longest ago, then the one of least `measure`."""
    lot, seen = asked.lot, seen_by(asked.drill.student, items)
    for item in sorted(items, key=lambda item: (seen.last(item), measure(item), lot.random())):
        seed = seen.seed(item, lot, avoid=[(asked.revision.item_id, asked.attempt.seed)])
        if item.revision and seed is not None:
            return item.revision, seed
    return None


def _confusable(asked: Asked) -> Iterator[str]:
    """Slugs of facts, the likeliest first; the fact itself may be among them."""
    refuted = dict(Belief.objects.filter(retired_at=None).values_list("slug", "body__refuted_by"))
    for belief, mistaken in _given(asked):
        yield from (given for question, given in mistaken if question == asked.attempt.fact.slug)
        yield from refuted.get(belief) or ()
    yield from _rivals(asked)
    shared = [facts for facts in refuted.values() if facts and asked.attempt.fact.slug in facts]
    near = {fact for facts in shared for fact in facts}
    section = Fact.objects.current().filter(section=asked.attempt.fact.section, slug__in=near)
    yield from section.values_list("slug", flat=True)


def _given(asked: Asked) -> list[tuple[str, list[list[str]]]]:
    """What this student held or gave at the fact, this answer first, then the latest of the others."""
    earlier = Attempt.objects.standing().filter(student=asked.drill.student, fact=asked.attempt.fact_id)
    rows = earlier.order_by("-answered_at").values_list("belief", "mistaken")[:LOOKED_BACK]
    return [(asked.attempt.belief, asked.attempt.mistaken), *rows]


def _rivals(asked: Asked) -> Iterator[str]:
    """The own facts of the rivals of the clue that was asked about, the nearest first."""
    clues = grounds()
    own = {clue.slug: clue for clue in clues}
    asked_of = clue_of(clues, asked.revision.item.clue_id, asked.attempt.fact.slug)
    rivals = own[asked_of].rivals if asked_of else ()
    yield from (own[rival].facts[0] for rival in rivals if rival in own)


def _placed(asked: Asked, revision: Revision, seed: int) -> DrillItem:
    drill, after = asked.drill, asked.attempt.position
    answered = set(Attempt.objects.filter(occasion=drill.occasion).values_list("position", flat=True))
    places = list(drill.items.all())
    for place in places:
        if place.position not in answered and (place.revision_id, place.seed) == (revision.pk, seed):
            return place
    last = max(place.position for place in places)
    if any(position > after for position in answered):
        after = last
    _make_room(drill, after)
    return DrillItem.objects.create(drill=drill, position=after + 1, revision=revision, seed=seed)


def _make_room(drill: Drill, after: int) -> None:
    """Everything after a position moves on by one. In two steps, so that no two places ever share a position."""
    drill.items.filter(position__gt=after).update(position=F("position") + ASIDE)
    drill.items.filter(position__gt=ASIDE).update(position=F("position") - ASIDE + 1)
