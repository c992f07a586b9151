"""Which item, by which proved seed, asks each fact."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from random import Random

from django.db.models import Max

from studyapp.accounts.models import User
from studyapp.attempts.models import Attempt
from studyapp.content.models import Item, Revision
from studyapp.questions.items import EXAM_KINDS, RUNNABLE

NEVER = datetime.min.replace(tzinfo=UTC)


def choose(
    student: User, fact_ids: Sequence[int], key: str, *, avoid: Iterable[int] = ()
) -> list[tuple[Revision, int]]:
    """A revision and a proved seed for each fact that has an item, in the order given. Two queries.

    The item not asked for longest comes first, one that can be run before one that cannot; `key` decides between equals,
    so that the same drill is planned the same way. Revisions in `avoid` are taken only where there is nothing else.
    """
    lot = Random(key)  # noqa: S311 - no secret hangs on it
    shelves = _shelves(student, fact_ids)
    asked = _last_asked(student, fact_ids)
    avoided = set(avoid)
    chosen: list[tuple[Revision, int]] = []
    for fact_id in fact_ids:
        shelf = shelves.get(fact_id)
        if not shelf:
            continue
        item = min(
            shelf,
            key=lambda item: (
                item.revision_id in avoided,
                asked.get(item.pk, NEVER),
                item.kind not in RUNNABLE,
                lot.random(),
            ),
        )
        if item.revision:
            chosen.append((item.revision, lot.choice(item.revision.body["seeds"])["seed"]))
    return chosen


def newcomer_facts(first: Revision, size: int, key: str) -> list[int]:
    """Facts that show what is special here: each has an item that can be run, and no two are of one section. One query."""
    items = Item.objects.current().visible_to(None).filter(kind__in=RUNNABLE).exclude(fact=first.item.fact_id)
    rows = list(items.order_by("pk").values_list("section", "fact"))
    Random(key).shuffle(rows)  # noqa: S311 - no secret hangs on it
    by_section = {section: fact for section, fact in rows if section != first.item.section}
    others = dict.fromkeys(fact for _, fact in rows)
    return list(dict.fromkeys([*by_section.values(), *others]))[:size]


def _shelves(student: User, fact_ids: Sequence[int]) -> dict[int, list[Item]]:
    shelves: dict[int, list[Item]] = {}
    items = (
        Item.objects.current()
        .visible_to(student)
        .filter(fact__in=fact_ids, kind__in=EXAM_KINDS)
        .select_related("revision")
        .order_by("pk")
    )
    for item in items:
        shelves.setdefault(item.fact_id, []).append(item)
    return shelves


def _last_asked(student: User, fact_ids: Sequence[int]) -> dict[int, datetime]:
    rows = Attempt.objects.filter(student=student, fact__in=fact_ids).values("revision__item")
    return {row["revision__item"]: row["last"] for row in rows.annotate(last=Max("answered_at"))}
