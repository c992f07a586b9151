"""Drills on the real course, and answers given in them the way a page gives them."""

import copy
from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from typing import Any

from studyapp.accounts.models import User
from studyapp.attempts.models import Attempt
from studyapp.attempts.tokens import Shown, new_nonce
from studyapp.content.models import Fact, Item, ItemFact, Revision
from studyapp.drills import queries, services
from studyapp.drills.models import Drill, DrillKind
from studyapp.drills.queries import Place
from studyapp.drills.services import Scope
from studyapp.memory.models import Review
from studyapp.questions.variants import shuffled
from tests.conftest import NOW
from tests.drills import kinds
from tests.drills.responses import response_of


def a_fact(slug: str = "lambda.concurrency.scaling-rate") -> Fact:
    return Fact.objects.get(slug=slug)


def open_drill(student: User, *facts: Fact, size: int = 12, now: datetime = NOW) -> Drill:
    """On `facts`, or on what is due, then what is new."""
    kind = DrillKind.FACT if facts else DrillKind.PLAN
    scope = Scope(kind, "A drill", facts=tuple(fact.slug for fact in facts))
    return services.open_on(student=student, scope=scope, size=size, now=now)


def shown_at(student: User, drill: Drill, place: Place, now: datetime) -> Shown:
    revision = queries.revision_of(place)
    nonce = new_nonce()
    order = shuffled(revision.variant(place.seed), nonce)
    at = now - timedelta(seconds=20)
    return Shown(revision.pk, place.seed, order, str(student.pk), at, nonce, drill=drill.pk, position=place.position)


def response_to(place: Place, *, right: bool) -> Collection[str]:
    return response_of(queries.revision_of(place).variant(place.seed), right=right)


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


def make_item(body: dict[str, Any]) -> Item:
    """An item of this body, which may be asked like any of the course."""
    said = body["item"]
    facts = [a_fact(slug) for slug in said["facts"]]
    item = Item.objects.create(
        slug=said["id"], kind=said["kind"], topic=said["topic"], section=facts[0].section, position=0, fact=facts[0],
        stem=said["stem"],
    )  # fmt: skip
    item.revision = Revision.objects.create(item=item, digest=f"trial {said['id']}", body=body, made_at=NOW)
    item.save()
    ItemFact.objects.bulk_create(ItemFact(item=item, fact=fact, position=place) for place, fact in enumerate(facts))
    return item


def item_of(kind: str) -> Item:
    """A question of this kind: the course's own for what is drawn from a fact, else a small one made for the test."""
    if drawn := {"numeric": kinds.TYPED, "reveal": kinds.REVEALED}.get(kind):
        return Item.objects.get(slug=drawn)
    if simulated := {"simulated": kinds.typed_body, "ordered": kinds.ordered_body}.get(kind):
        return make_item(simulated(Item.objects.get(slug=kinds.PREDICTED).revision.body))
    facts = dict(Fact.objects.values_list("slug", "body"))
    return make_item(kinds.body_of(kinds.ITEMS[kind], facts))


def ask_item(drill: Drill, item: Item) -> Revision:
    """Make the first place of `drill` ask this item."""
    place = drill.items.get(position=1)
    place.revision, place.seed = item.revision, item.revision.seeds[0]
    place.save()
    return item.revision


def _ask(drill: Drill, change: Callable[[dict[str, Any]], object]) -> Revision:
    place = drill.items.select_related("revision__item").get(position=1)
    body = copy.deepcopy(place.revision.body)
    change(body)
    place.revision = Revision.objects.create(item=place.revision.item, digest="changed", body=body, made_at=NOW)
    place.save()
    return place.revision
