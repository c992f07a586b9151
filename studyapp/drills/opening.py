"""A drill opens: what it asks, in which order. What it is on is in `scopes`; one more question in a drill, in `another`."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from studyapp.accounts.models import User
from studyapp.attempts import queries as attempt_queries
from studyapp.content.models import Revision
from studyapp.drills.another import another
from studyapp.drills.clues import Ground, clue_of, grounds
from studyapp.drills.interleaving import Marks, interleaved
from studyapp.drills.models import Drill, DrillItem, DrillKind, Feedback
from studyapp.drills.planning import choose, newcomer_facts
from studyapp.drills.scopes import SIZE, NothingToAsk, Scope, Wish, nothing, wanted
from studyapp.memory import daily, forecasts
from studyapp.memory import queries as memory_queries

NEWCOMER_SIZE = 5
LONGEST_TITLE = 80

__all__ = ["SIZE", "NothingToAsk", "Scope", "another", "open_newcomer", "open_on"]


@transaction.atomic
def open_on(
    *,
    student: User,
    scope: Scope,
    size: int | None = None,
    minutes: int | None = None,
    feedback: Feedback = Feedback.NOW,
    now: datetime,
) -> Drill:
    """Plan a drill of at most `size` questions (12 unless said), or of as many as fit into `minutes`. Raises NothingToAsk.

    Queries do not grow with what the student has done: at most 20, and ten more where the counts of the days before and the day's
    forecast have not been kept yet.
    """
    daily.roll_up(student, now)
    forecasts.keep(student, now)
    clues = grounds()
    fact_ids = wanted(student, scope, Wish(size, minutes), clues, now)
    title = _title(scope, clues)
    drill = Drill(student=student, kind=scope.kind, title=title, feedback=feedback, opened_at=now)
    chosen = choose(student, fact_ids, str(drill.occasion), now=now)
    if not chosen:
        raise NothingToAsk(nothing(scope.kind))
    drill.pace = attempt_queries.pace_of(student)
    drill.terms = memory_queries.terms(student, now).as_json()
    drill.save()
    _lay_out(drill, _apart(chosen, clues))
    return drill


@transaction.atomic
def open_newcomer(*, student: User, first: Revision, seed: int, now: datetime) -> Drill:
    """Plan a newcomer's five: `first`, which they have before them, and four facts of other sections. Nobody has days to count
    or terms of their own then."""
    drill = Drill.objects.create(student=student, kind=DrillKind.NEWCOMER, title="Your first five", opened_at=now)
    fact_ids = newcomer_facts(first, NEWCOMER_SIZE - 1, str(drill.occasion))
    _lay_out(drill, [(first, seed), *choose(student, fact_ids, str(drill.occasion), now=now)])
    return drill


def _title(scope: Scope, clues: Sequence[Ground]) -> str:
    """A clue is called by its phrase, as far as there is room for it."""
    phrase = next((clue.phrase for clue in clues if clue.slug == scope.clue), scope.title)
    return phrase[:LONGEST_TITLE]


def _apart(chosen: Sequence[tuple[Revision, int]], clues: Sequence[Ground]) -> list[tuple[Revision, int]]:
    """No clue twice in a row, nor a section, where that can be helped."""
    marks = [
        Marks(
            clue_of(clues, revision.item.clue_id, revision.body["item"]["facts"][0]) or None,
            revision.item.section,
        )
        for revision, _ in chosen
    ]
    return [chosen[at] for at in interleaved(marks)]


def _lay_out(drill: Drill, chosen: Sequence[tuple[Revision, int]]) -> None:
    DrillItem.objects.bulk_create(
        DrillItem(drill=drill, position=position, revision=revision, seed=seed)
        for position, (revision, seed) in enumerate(chosen, start=1)
    )
