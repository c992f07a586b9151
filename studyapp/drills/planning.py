"""Which item, by which proved seed, asks each fact."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from random import Random

from django.db.models import Max, Q
from django.utils import timezone

from studyapp.accounts.models import User
from studyapp.attempts.models import Attempt
from studyapp.content.models import Item, ItemFact, Revision
from studyapp.drills.queries import MATCHING
from studyapp.questions.items import RUNNABLE

NEVER = datetime.min.replace(tzinfo=UTC)
REVEAL = "reveal"


@dataclass
class Shelf:
    """The items that ask each fact, and the facts that each item asks: one, or those of all its pairs."""

    items: dict[int, list[Item]] = field(default_factory=dict)
    facts: dict[int, set[int]] = field(default_factory=dict)


def choose(
    student: User, fact_ids: Sequence[int], key: str, *, now: datetime, avoid: Iterable[int] = ()
) -> list[tuple[Revision, int]]:
    """A revision and a proved seed for each fact that has an item, in the order given. Two queries.

    The item not asked for longest comes first: of those never asked, one that can be run, then the others, and a self-marked
    one last. `key` decides between equals, so that the same drill is planned the same way. A matching item asks all facts of
    its pairs, so these are not asked again. Revisions in `avoid`, and items that ask what was asked in this drill already,
    are taken only where there is nothing else.
    """
    lot = Random(key)  # noqa: S311 - no secret hangs on it
    shelf = _shelf(student, fact_ids, timezone.localdate(now))
    last = _last_asked(student, shelf.facts)
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
                last.get(item.pk, NEVER),
                _rank(item),
                lot.random(),
            ),
        )
        done |= shelf.facts[item.pk]
        if item.revision:
            chosen.append((item.revision, lot.choice(item.revision.body["seeds"])["seed"]))
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


def _rank(item: Item) -> int:
    """What can be run, then what is marked, then what the student marks."""
    return 0 if item.kind in RUNNABLE else 2 if item.kind == REVEAL else 1


def _shelf(student: User, fact_ids: Sequence[int], today: date) -> Shelf:
    """What may ask `fact_ids`: a matching item any fact of its pairs, any other item the fact whose memory it moves. One query."""
    items = Item.objects.current().visible_to(student).asked_on(today)
    asking = items.filter(Q(fact__in=fact_ids) | Q(kind=MATCHING, facts__in=fact_ids))
    probes = ItemFact.objects.filter(Q(position=0) | Q(item__kind=MATCHING), item__in=asking.values("pk"))
    shelf = Shelf()
    for probe in probes.select_related("item__revision").order_by("item", "position"):
        shelf.items.setdefault(probe.fact_id, []).append(probe.item)
        shelf.facts.setdefault(probe.item_id, set()).add(probe.fact_id)
    return shelf


def _last_asked(student: User, item_ids: Collection[int]) -> Mapping[int, datetime]:
    rows = Attempt.objects.filter(student=student, revision__item__in=item_ids).values("revision__item")
    return {row["revision__item"]: row["last"] for row in rows.annotate(last=Max("answered_at"))}
