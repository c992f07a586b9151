"""Which item, by which proved seed, asks each fact."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property
from random import Random

from django.db.models import Max, Q
from django.utils import timezone

from studyapp.accounts.models import User
from studyapp.attempts import withheld
from studyapp.attempts.models import Attempt
from studyapp.content.models import Item, ItemFact, Revision
from studyapp.drills.queries import MATCHING
from studyapp.questions.items import RUNNABLE

NEVER = datetime.min.replace(tzinfo=UTC)
REVEAL = "reveal"


Variant = tuple[int, int]
"""An item and a proved seed."""


@dataclass
class Shelf:
    """The items that ask each fact, and the facts that each item asks: one, or those of all its pairs."""

    items: dict[int, list[Item]] = field(default_factory=dict)
    facts: dict[int, set[int]] = field(default_factory=dict)


@dataclass(frozen=True)
class Seen:
    """When a student last answered each variant of the items that may be asked."""

    variants: Mapping[Variant, datetime]

    def last(self, item: Item) -> datetime:
        """When the item was last answered by any of its seeds; `NEVER` if it was not."""
        return self._items.get(item.pk, NEVER)

    @cached_property
    def _items(self) -> dict[int, datetime]:
        last: dict[int, datetime] = {}
        for (pk, _), at in self.variants.items():
            last[pk] = max(at, last.get(pk, NEVER))
        return last

    def seed(self, item: Item, lot: Random, avoid: Collection[Variant] = ()) -> int | None:
        """One not yet seen while there is one, then the one seen longest ago, by lot between equals; None if none may be taken."""
        seeds = item.revision.seeds if item.revision else ()
        found = [
            (self.variants.get((item.pk, seed), NEVER), lot.random(), seed)
            for seed in seeds
            if (item.pk, seed) not in avoid
        ]
        return min(found)[-1] if found else None


def choose(
    student: User, fact_ids: Sequence[int], key: str, *, now: datetime, avoid: Iterable[int] = ()
) -> list[tuple[Revision, int]]:
    """A revision and a proved seed for each fact that has an item, in the order given. Two queries.

    The item not answered for longest comes first: of those never answered, one that can be run, then the others, and a
    self-marked one last; of its seeds one not yet seen. `key` decides between equals, so that the same drill is planned the same
    way. A matching item asks all facts of its pairs, so these are not asked again. Revisions in `avoid`, and items that ask what
    was asked in this drill already, are taken only where there is nothing else.
    """
    lot = Random(key)  # noqa: S311 - no secret hangs on it
    shelf = shelf_of(student, fact_ids, timezone.localdate(now))
    seen = seen_by(student, [item for items in shelf.items.values() for item in items])
    avoided, done = set(avoid), set[int]()
    chosen: list[tuple[Revision, int]] = []
    for fact_id in fact_ids:
        if fact_id in done or fact_id not in shelf.items:
            continue
        item = min(
            shelf.items[fact_id],
            key=lambda item: (
                item.revision_id in avoided,
                not done.isdisjoint(shelf.facts[item.pk]),
                seen.last(item),
                rank(item),
                lot.random(),
            ),
        )
        done |= shelf.facts[item.pk]
        seed = seen.seed(item, lot)
        if item.revision and seed is not None:
            item.revision.item = item  # so that whoever looks at it asks no query for it
            chosen.append((item.revision, seed))
    return chosen


def newcomer_facts(first: Revision, size: int, key: str) -> list[int]:
    """Facts that show what is special here: each has an item that can be run and asks for one option, and no two are of one
    section. One query."""
    items = Item.objects.current().visible_to(None).filter(kind__in=RUNNABLE, choose=1).exclude(fact=first.item.fact_id)
    rows = list(items.order_by("pk").values_list("section", "fact"))
    Random(key).shuffle(rows)  # noqa: S311 - no secret hangs on it
    by_section = {section: fact for section, fact in rows if section != first.item.section}
    others = dict.fromkeys(fact for _, fact in rows)
    return list(dict.fromkeys([*by_section.values(), *others]))[:size]


def rank(item: Item) -> int:
    """What can be run, then what is marked, then what the student marks."""
    return 0 if item.kind in RUNNABLE else 2 if item.kind == REVEAL else 1


def shelf_of(student: User, fact_ids: Collection[int], today: date) -> Shelf:
    """What may ask `fact_ids`: a matching item any fact of its pairs, any other item the fact whose memory it moves.
    Nothing that is held back, such as the questions of a mock that is being sat. One query."""
    may_be_asked = Item.objects.current().visible_to(student).asked_on(today).exclude(revision=None)
    items = withheld.without(may_be_asked, student)
    asking = items.filter(Q(fact__in=fact_ids) | Q(kind=MATCHING, facts__in=fact_ids))
    probes = ItemFact.objects.filter(Q(position=0) | Q(item__kind=MATCHING), item__in=asking.values("pk"))
    shelf = Shelf()
    for probe in probes.select_related("item__revision").order_by("item", "position"):
        shelf.items.setdefault(probe.fact_id, []).append(probe.item)
        shelf.facts.setdefault(probe.item_id, set()).add(probe.fact_id)
    return shelf


def seen_by(student: User, items: Collection[Item]) -> Seen:
    """What the student answered of these. One query, of their answers at the facts of these items alone."""
    rows = Attempt.objects.of(student).filter(
        fact__in={item.fact_id for item in items}, revision__item__in={item.pk for item in items}
    )
    last = rows.values("revision__item", "seed").annotate(last=Max("answered_at"))
    return Seen({(row["revision__item"], row["seed"]): row["last"] for row in last.order_by()})
