"""Drills on the real course, and answers given in them the way a page gives them."""

import copy
from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from typing import Any

from studyapp.accounts.models import User
from studyapp.attempts.models import Attempt
from studyapp.attempts.tokens import Shown, new_nonce
from studyapp.content.models import Fact, Revision
from studyapp.drills import queries, services
from studyapp.drills.models import Drill, DrillKind
from studyapp.drills.queries import Place
from studyapp.drills.services import Scope
from studyapp.memory.models import Review
from studyapp.questions.variants import shuffled
from tests.conftest import NOW


def a_fact(slug: str = "lambda.concurrency.scaling-rate") -> Fact:
    return Fact.objects.get(slug=slug)


def open_drill(student: User, *facts: Fact, size: int = 12, now: datetime = NOW) -> Drill:
    """On `facts`, or on what is due."""
    kind = DrillKind.FACT if facts else DrillKind.DUE
    scope = Scope(kind, "A drill", facts=tuple(fact.slug for fact in facts))
    return services.open_on(student=student, scope=scope, size=size, now=now)


def shown_at(student: User, drill: Drill, place: Place, now: datetime) -> Shown:
    revision = queries.revision_of(place)
    nonce = new_nonce()
    order = shuffled(revision.variant(place.seed), nonce)
    at = now - timedelta(seconds=20)
    return Shown(revision.pk, place.seed, order, str(student.pk), at, nonce, drill=drill.pk, position=place.position)


def response_to(place: Place, *, right: bool) -> Collection[str]:
    variant = queries.revision_of(place).variant(place.seed)
    return variant.key if right else [next(option.id for option in variant.options if option.id not in variant.key)]


def answer(
    student: User, drill: Drill, position: int = 1, *, right: bool = True, now: datetime = NOW, **more: Any
) -> tuple[Attempt, Review]:
    plan = queries.plan(student, drill.pk)
    assert plan is not None
    place = plan.places[position - 1]
    given = {
        "shown": shown_at(student, drill, place, now),
        "response": response_to(place, right=right),
        "is_sure": False,
    } | more
    return services.answer(
        student=student, drill=drill, place=place, revision=queries.revision_of(place), now=now, **given
    )


def learn(student: User, fact: Fact, *, right: bool = True, now: datetime = NOW, **more: Any) -> tuple[Attempt, Review]:
    """Answer one question about `fact` at `now`."""
    return answer(student, open_drill(student, fact, now=now), right=right, now=now, **more)


def ask_for_two(drill: Drill) -> Revision:
    """Make the first place of `drill` ask its question as one with two right options."""

    def two(body: dict[str, Any]) -> None:
        body["item"]["choose"] = 2
        for seed in body["seeds"]:
            seed["key"] = sorted(seed["values"])[:2]

    return _ask(drill, two)


def ask_of_old(drill: Drill) -> Revision:
    """Make the first place of `drill` ask its question with a scenario that no simulator reads any more."""
    return _ask(drill, lambda body: body["scenario"].update(gone="a field of an older engine"))


def _ask(drill: Drill, change: Callable[[dict[str, Any]], object]) -> Revision:
    place = drill.items.select_related("revision__item").get(position=1)
    body = copy.deepcopy(place.revision.body)
    change(body)
    place.revision = Revision.objects.create(item=place.revision.item, digest="changed", body=body, made_at=NOW)
    place.save()
    return place.revision
