"""Reads: a drill with its places and what became of each."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, Subquery

from studyapp.accounts.models import User
from studyapp.attempts.models import Attempt, Withdrawal
from studyapp.content.models import Fact, ItemFact, Revision
from studyapp.drills.models import Drill, DrillItem, Feedback
from studyapp.memory.models import Card
from studyapp.scheduling.days import morning

MATCHING = "matching"
"""The kind of item that asks every fact it holds; any other moves the memory of its first alone."""
LATEST = 30
"""So many drills back one that was begun is offered to be gone on with."""

State = Literal["todo", "right", "wrong", "withdrawn"]


@dataclass(frozen=True)
class Place:
    position: int
    revision_id: int
    seed: int
    state: State
    hints: tuple[str, ...] = ()


@dataclass(frozen=True)
class Plan:
    """A drill and its places, in order."""

    drill: Drill
    places: tuple[Place, ...]

    @property
    def states(self) -> list[State]:
        return [place.state for place in self.places]

    def at(self, position: int) -> Place | None:
        return self.places[position - 1] if 1 <= position <= len(self.places) else None

    def open_after(self, position: int) -> Place | None:
        """The first place to be answered after `position`, else the first of all, else None: the drill is done."""
        todo = [place for place in self.places if place.state == "todo"]
        return next((place for place in todo if place.position > position), todo[0] if todo else None)

    @property
    def is_veiled(self) -> bool:
        """Whether what came of its answers is still kept back: until the last of them is given."""
        return self.drill.feedback == Feedback.END and "todo" in self.states

    @property
    def right(self) -> int:
        return self.states.count("right")

    @property
    def answered(self) -> int:
        return self.right + self.states.count("wrong")


def plan(student: User, drill_id: int) -> Plan | None:
    """The student's own drill, or None. One query."""
    if drill_id > models.BigIntegerField.MAX_BIGINT:  # an address can hold what no column can
        return None
    given = Attempt.objects.filter(occasion=OuterRef("drill__occasion"), position=OuterRef("position"))
    rows = (
        DrillItem.objects.filter(drill=drill_id, drill__student=student)
        .select_related("drill")
        .annotate(
            fraction=Subquery(given.values("fraction")[:1]),
            given_revision=Subquery(given.values("revision")[:1]),
            given_seed=Subquery(given.values("seed")[:1]),
            is_withdrawn=Exists(
                Withdrawal.objects.filter(
                    attempt__occasion=OuterRef("drill__occasion"), attempt__position=OuterRef("position")
                )
            ),
        )
        .order_by("position")
    )
    found = list(rows)
    if not found:
        return None
    return Plan(found[0].drill, tuple(_place(row) for row in found))


def revision_of(place: Place) -> Revision:
    """What is asked there, with the fact whose memory it moves. One query."""
    return Revision.objects.select_related("item__fact").get(pk=place.revision_id)


def attempt_at(drill: Drill, place: Place) -> Attempt | None:
    """The response given there, if there is one, with why it was missed. One query."""
    return (
        Attempt.objects.select_related("miss", "withdrawal")
        .filter(occasion=drill.occasion, position=place.position)
        .first()
    )


def fact_names(plan: Plan) -> dict[int, str]:
    """The name of the fact that each revision of the drill asks; of several, the first and how many more. One query."""
    asked = Revision.objects.filter(pk__in=[place.revision_id for place in plan.places])
    counted = asked.annotate(facts=Count("item__facts")).values_list("pk", "item__fact__name", "item__kind", "facts")
    return {pk: f"{name}, and {facts - 1} more" if kind == MATCHING else name for pk, name, kind, facts in counted}


def due_tomorrow(student: User, plan: Plan, now: datetime) -> int:
    """How many facts of the drill come back tomorrow or before. One query."""
    asked = ItemFact.objects.filter(item__revisions__in=[place.revision_id for place in plan.places])
    moved = asked.filter(Q(position=0) | Q(item__kind=MATCHING)).values("fact")
    soon = morning(now, 1, student.zone)
    return Card.objects.of(student).filter(fact__in=moved, due_at__lte=soon).count()


def open_drill(student: User | None) -> Drill | None:
    """The latest drill that was begun and in which something is still to be answered: to be gone on with. One query.

    One without an answer is nothing to go on with: a double click on Start leaves such a drill behind. So is one that lies
    `LATEST` drills back: all of them would have to be looked through for who leaves none open.
    """
    if student is None:
        return None
    latest = Drill.objects.of(student).order_by("-pk").values("pk")[:LATEST]
    given = Attempt.objects.filter(occasion=OuterRef("occasion"))
    here = Attempt.objects.filter(occasion=OuterRef("drill__occasion"), position=OuterRef("position"))
    todo = DrillItem.objects.filter(drill=OuterRef("pk")).filter(~Exists(here))
    begun = Drill.objects.filter(Exists(given), Exists(todo), pk__in=latest)
    return begun.order_by("-opened_at", "-pk").first()


def drill_at(student: User, occasion: UUID) -> int | None:
    """The student's own drill of that occasion, by id. One query."""
    return Drill.objects.of(student).filter(occasion=occasion).values_list("pk", flat=True).first()


def fact_named(slug: str) -> Fact | None:
    """A fact that the course still has. One query."""
    if "\0" in slug:  # a form can hold what no column can
        return None
    return Fact.objects.current().filter(slug=slug).first()


def _place(row: Any) -> Place:
    """What was answered is what stands there: a question that was put before it in that very moment moved its place away."""
    state = _state(row.fraction, row.is_withdrawn)
    if state == "todo":
        return Place(row.position, row.revision_id, row.seed, state, tuple(row.hints))
    return Place(row.position, row.given_revision, row.given_seed, state, tuple(row.hints))


def _state(fraction: float | None, is_withdrawn: bool) -> State:
    if fraction is None:
        return "todo"
    if is_withdrawn:
        return "withdrawn"
    return "right" if fraction == 1 else "wrong"
