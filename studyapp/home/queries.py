"""Reads: the newcomer's question, and what is owed today."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from random import Random

from django.db.models import OuterRef, Subquery

from studyapp.accounts.models import User
from studyapp.attempts.models import Attempt
from studyapp.attempts.tokens import BadToken, Shown
from studyapp.content.models import Belief, Item, Revision
from studyapp.drills.models import Drill
from studyapp.drills.queries import open_drill
from studyapp.home import score as score_words
from studyapp.home.ruler import Ruler, ruler
from studyapp.home.score import Score
from studyapp.home.shares import whole_minutes
from studyapp.memory import outlook, queue
from studyapp.memory.counting import Counts
from studyapp.memory.desk import lay
from studyapp.memory.queue import TodaysPlan
from studyapp.scheduling.days import begins, study_day
from studyapp.scheduling.forecasting import NotYet

LOOKED_AT = 12
"""So many of the latest answers with a wrong idea behind them are looked at."""
MOST_HELD = 3


class NoCourse(LookupError):
    """The course has no first question: nothing has been loaded."""


@dataclass(frozen=True)
class Held:
    """A wrong idea behind a recent answer, and the place of a drill where that answer stands, if it was given in one."""

    slug: str
    says: str
    drill_id: int | None
    position: int


@dataclass(frozen=True)
class Today:
    """What a student owes themselves, how far they are, and what stands open.

    `score`, or `missing` in words before there is one; both empty where the course has no mock. `asks_how_it_went`: the exam
    is over, and the student has not said yet. `next_due_on`: the study day on which something becomes due that is not due now.
    """

    plan: TodaysPlan
    score: Score | None
    missing: str
    ruler: Ruler | None
    next_due_on: date | None
    open: Drill | None
    held: tuple[Held, ...]

    @property
    def exam_on(self) -> date | None:
        """Today or still to come."""
        return self.plan.goal.exam_on if self.plan.days_left is not None else None

    @property
    def asks_how_it_went(self) -> bool:
        goal = self.plan.goal
        return goal.exam_on is not None and goal.exam_on < self.plan.on and goal.went_at is None

    @property
    def minutes(self) -> int:
        return max(1, round(self.plan.time.total_seconds() / 60))

    @property
    def shares(self) -> dict[str, int]:
        """Minutes of the plan's parts, by name; they add up to `minutes`."""
        plan = self.plan
        parts = {"due": plan.due.time, "new": plan.new.time, "besides": plan.besides.time}
        return dict(zip(parts, whole_minutes(list(parts.values()), self.minutes), strict=True))

    @property
    def was_put_off(self) -> bool:
        """Today is free because the student said so of this very day."""
        return self.plan.on.isoformat() in self.plan.goal.dates_off


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
    """At most ten queries: six for what is known of the student, one for the facts, one for wrong ideas that they confuse
    with what is so, one for those behind their answers, one for a drill to go on with."""
    read = outlook.known(student, now)
    plan = queue.plan(read, lay(student, now, cards=read.cards))
    score, missing = _score(read, plan)
    next_due_on = study_day(plan.next_due_at, student.zone) if plan.next_due_at else None
    return Today(plan, score, missing, ruler(read.goal, read.today), next_due_on, open_drill(student), _held(read))


def _score(read: outlook.Known, plan: TodaysPlan) -> tuple[Score | None, str]:
    """For the day of the exam, else for today."""
    at = read.goal.exam_at(read.student.zone)
    is_to_come = at is not None and at > read.now
    expected = outlook.forecast(read, at if at and is_to_come else read.now)
    if isinstance(expected, NotYet):
        return None, score_words.missing(expected)
    if expected is None:
        return None, ""
    return score_words.told(
        expected, read.blueprint, read.goal.exam_on if is_to_come else None, plan.adds if plan.facts else None
    ), ""


def _held(read: outlook.Known) -> tuple[Held, ...]:
    """The wrong ideas behind the latest answers that name one, without those that have been resisted on a later day. Of the days
    that are `read`, since what came of an older one is not known here. One query, or none."""
    if not read.days:
        return ()
    since = begins(min(read.days), read.student.zone)
    drill = Drill.objects.filter(occasion=OuterRef("occasion")).values("pk")
    says = Belief.objects.filter(slug=OuterRef("belief"), retired_at=None).values("says")
    latest = (
        Attempt.objects.of(read.student)
        .standing()
        .exclude(belief="")
        .filter(answered_at__gte=since)
        .order_by("-answered_at")
    )
    rows = latest.annotate(drill=Subquery(drill[:1]), says=Subquery(says[:1]))
    given_up = _given_up(read.days)
    found: dict[str, Held] = {}
    for held in rows.values_list("belief", "says", "drill", "position")[:LOOKED_AT]:
        slug, words, *_ = held
        if words and slug not in given_up:
            found.setdefault(slug, Held(*held))
    return tuple(found.values())[:MOST_HELD]


def _given_up(days: Mapping[date, Counts]) -> set[str]:
    """Slugs of the wrong ideas that were resisted on a day after they were last held."""
    given_up: set[str] = set()
    for _, counts in sorted(days.items()):
        for slug, (times_held, times_resisted) in counts.beliefs.items():
            if times_held:
                given_up.discard(slug)
            elif times_resisted:
                given_up.add(slug)
    return given_up
