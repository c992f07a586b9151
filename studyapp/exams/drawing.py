"""The paper of a sitting: which questions, by which seeds, with their options in which order."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import NamedTuple

from django.db.models import Max
from django.utils import timezone

from studyapp.accounts.models import User
from studyapp.attempts.models import Attempt, Source
from studyapp.content.models import Item, Revision
from studyapp.exams.models import Sitting, SittingItem
from studyapp.exams.outline import apportion
from studyapp.exams.picking import Candidate, History, Picked, pick
from studyapp.questions.variants import shuffled

RECENT = 2000
"""So many places laid out last, anybody's, tell how often an item has been shown of late: a sum over all of them would grow
with every sitting there ever was."""
ANSWERS = 1000
"""So many of a student's latest answers tell what they have met in drills."""


class Paper(NamedTuple):
    """Places that are not saved, the fact that each of them asks, by its id, and how many of them ask a variant that an earlier
    sitting of this student asked."""

    places: list[SittingItem]
    facts: list[int]
    repeats: int


def draw(student: User, sitting: Sitting, now: datetime) -> Paper:
    """The questions of a new sitting. The same occasion and history give the same paper. Five queries."""
    key = str(sitting.occasion)
    wanted = apportion(sitting.blueprint.by_section, sitting.size, key)
    picked = pick(_candidates(student, now), wanted, _history(student), key)
    revisions = Revision.objects.in_bulk([each.candidate.revision for each in picked])
    places = [
        _place(sitting, position, each, revisions[each.candidate.revision]) for position, each in enumerate(picked, 1)
    ]
    return Paper(places, [each.candidate.fact for each in picked], sum(each.is_again for each in picked))


def _place(sitting: Sitting, position: int, picked: Picked, revision: Revision) -> SittingItem:
    order = shuffled(revision.variant(picked.seed), str(sitting.occasion))
    return SittingItem(
        sitting=sitting,
        position=position,
        revision=revision,
        seed=picked.seed,
        order=list(order),
        choose=picked.candidate.choose,
    )


def _candidates(student: User, now: datetime) -> Iterator[Candidate]:
    """One query, which reads the seeds out of the revisions' bodies."""
    items = Item.objects.for_mocks().visible_to(student).asked_on(timezone.localdate(now)).exclude(revision=None)
    fields = ("pk", "section", "fact", "clue", "revision", "choose", "revision__body__seeds")
    for pk, section, fact, clue, revision, choose, seeds in items.order_by("pk").values_list(*fields):
        proved = tuple(each["seed"] for each in seeds)
        yield Candidate(pk, section, fact, clue, revision, choose, proved)


def _history(student: User) -> History:
    """Three queries."""
    latest = SittingItem.objects.order_by("-pk").values_list("revision__item", flat=True)[:RECENT]
    return History(mocks=_mocks(student), drills=_drills(student), shown=Counter(latest))


def _mocks(student: User) -> Mapping[tuple[int, int], datetime]:
    """Of each variant, by item and seed. One row for each, however often it was met."""
    rows = SittingItem.objects.filter(sitting__student=student).order_by()
    met = rows.values_list("revision__item", "seed").annotate(last=Max("sitting__started_at"))
    return {(item, seed): at for item, seed, at in met}


def _drills(student: User) -> Mapping[int, datetime]:
    """Of each item, one row."""
    latest = Attempt.objects.of(student).exclude(revision=None).order_by("-answered_at").values("pk")[:ANSWERS]
    elsewhere = Attempt.objects.filter(pk__in=latest).exclude(source=Source.MOCK).order_by()
    return dict(elsewhere.values_list("revision__item").annotate(last=Max("answered_at")))
