"""Reads: the newcomer's question, and what is owed today."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from studyapp.accounts.models import User
from studyapp.attempts.models import Attempt
from studyapp.attempts.tokens import BadToken, Shown
from studyapp.content import services as content
from studyapp.content.models import Item, Revision
from studyapp.drills.models import Drill
from studyapp.drills.queries import open_drill
from studyapp.drills.services import SIZE
from studyapp.memory import queries as memory


class NoCourse(LookupError):
    """The course has no first question: nothing has been loaded."""


@dataclass(frozen=True)
class Held:
    """A wrong idea behind a recent answer, and the place where that answer stands."""

    says: str
    drill_id: int
    position: int


@dataclass(frozen=True)
class Today:
    """What a student owes themselves: `due` and `new` are how many facts Start will ask."""

    due: int
    new: int
    later: int
    next_due_at: datetime | None
    open: Drill | None
    held: Held | None

    @property
    def due_time(self) -> timedelta:
        return self.due * memory.TIME_DUE

    @property
    def new_time(self) -> timedelta:
        return self.new * memory.TIME_NEW

    @property
    def time(self) -> timedelta:
        return self.due_time + self.new_time

    @property
    def minutes(self) -> int:
        return max(1, round(self.time.total_seconds() / 60))


def first_revision(lot: str) -> tuple[Revision, int]:
    """A newcomer's question and a proved seed, by lot. One query. Raises NoCourse."""
    items = (
        Item.objects.visible_to(None)
        .filter(is_first=True, revision__isnull=False)
        .select_related("revision__item__fact")
    )
    revisions = [item.revision for item in items.order_by("pk") if item.revision]
    if not revisions:
        raise NoCourse("no item of the course is marked as a first question; load the course")
    draw = Random(lot)  # noqa: S311 - no secret hangs on it
    revision = draw.choice(revisions)
    return revision, draw.choice(revision.seeds)


def revision_of(shown: Shown) -> Revision:
    """What a token names, with the fact whose memory it moves. One query.

    Raises BadToken if there is no such question here: the token is from before this database was made.
    """
    revision = Revision.objects.select_related("item__fact").filter(pk=shown.revision).first()
    if revision is None or shown.seed not in revision.seeds:
        raise BadToken("This question is not here any more. Here is another.")
    return revision


@dataclass(frozen=True)
class Given:
    """Whose answer to a page stands, and the drill that shows it."""

    student: User | None
    drill_id: int


def given_to(nonce: str) -> Given | None:
    """Who answered the page with this nonce. Two queries."""
    attempt = Attempt.objects.filter(shown_id=nonce).select_related("student").first()
    drill = Drill.objects.filter(occasion=attempt.occasion).first() if attempt else None
    return Given(attempt.student, drill.pk) if attempt and drill else None


def today(student: User, now: datetime) -> Today:
    """Six queries."""
    owed = memory.owed(student, now)
    due, new = len(owed.due[:SIZE]), len(owed.new[: SIZE - len(owed.due[:SIZE])])
    return Today(
        due=due,
        new=new,
        later=len(owed.due) - due,
        next_due_at=memory.next_due_at(student),
        open=open_drill(student),
        held=_held(student),
    )


def _held(student: User) -> Held | None:
    """The wrong idea behind the latest wrong answer that names one. Two queries."""
    missed = (
        Attempt.objects.of(student).standing().filter(fraction__lt=1, revision__isnull=False).select_related("revision")
    )
    told = ((attempt, belief_behind(attempt)) for attempt in missed.order_by("-answered_at")[:8])
    attempt, belief = next(((attempt, belief) for attempt, belief in told if belief), (None, None))
    if attempt is None or belief is None:
        return None
    drill = Drill.objects.filter(occasion=attempt.occasion).first()
    return Held(belief["says"], drill.pk, attempt.position) if drill else None


def belief_behind(attempt: Attempt) -> Mapping[str, Any] | None:
    """The belief that the option chosen, or the slip that was typed, names, if it names one."""
    chosen = content.chosen(attempt.asked.variant(attempt.seed), attempt.response)
    beliefs: Mapping[str, Any] = attempt.asked.body["beliefs"]
    return next((beliefs[option.belief] for option in chosen if option.belief and option.belief in beliefs), None)
