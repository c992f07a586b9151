"""A database as a school has it after a year: 1,000 students, 5 million answers and as many reviews.

One student's year is made by the product's own scheduler: each evening what is due, then what is new, with a memory that
forgets. The other 999 are copies of it under ids of their own, written by the database, so that filling it takes minutes.
SQLite alone: it is the default, and the one whose pages could grow.
"""

from datetime import UTC, datetime, timedelta
from random import Random
from uuid import UUID

from django.db import connection

from studyapp.accounts.models import User
from studyapp.attempts.models import Attempt, Source
from studyapp.content.models import Fact, Item
from studyapp.drills.models import Drill, DrillItem, DrillKind
from studyapp.memory import daily, services
from studyapp.memory.models import Card, Day, Kind, Review
from studyapp.scheduling import fsrs6, policy
from studyapp.scheduling.fsrs6 import Memory, Rating

DAYS, A_DAY, SIZE = 250, 20, 10
"""Evenings, answers an evening, answers a drill: 5,000 answers."""

_TABLES = ("attempts_attempt", "memory_card", "memory_review", "memory_day", "drills_drill", "drills_drillitem")
_OWN = {"student_id": "{student}"}
_UNIQUE = {"occasion": 8, "shown_id": 8}
"""Columns of text that are unique: as many letters of each are the copy's number."""
_POINTS = {
    "memory_review": {"attempt_id": "attempts_attempt", "card_id": "memory_card"},
    "drills_drillitem": {"drill_id": "drills_drill"},
}


def a_year(student: User, now: datetime, *, days: int = DAYS, a_day: int = A_DAY) -> None:
    """`days` evenings of `a_day` answers each, the last one yesterday, with all that they leave behind."""
    lot = Random("a year")
    items = _items()
    held: dict[int, tuple[Memory, datetime]] = {}
    attempts, reviews, drills, places = [], [], [], []
    for day in range(days, 0, -1):
        at = now - timedelta(days=day)
        due = sorted((fact for fact, (_, when) in held.items() if when <= at), key=lambda fact: held[fact][1])
        new = [fact for fact in items if fact not in held]
        for number, fact in enumerate([*due, *new, *held][:a_day]):
            if number % SIZE == 0:
                drill = Drill(
                    student=student,
                    kind=DrillKind.DUE,
                    title="Due today",
                    opened_at=at,
                    occasion=UUID(int=lot.getrandbits(128)),
                )
                drills.append(drill)
            at += timedelta(seconds=lot.randint(15, 90))
            item = lot.choice(items[fact])
            attempt = _attempt(student, item, drill, number % SIZE + 1, at, lot)
            before = held[fact][0] if fact in held else None
            review = _review(attempt, before, at, lot)
            scheduled = fsrs6.review(before, Rating(review.rating), at, place=review.place or 0.0)
            held[fact] = (scheduled.memory, scheduled.due_at)
            attempts.append(attempt)
            reviews.append((fact, review))
            places.append((drill, DrillItem(position=attempt.position, revision=item.revision, seed=attempt.seed)))
    _write(student, items, attempts, reviews, drills, places, now)


def copies(student: User, count: int) -> None:
    """`count` more students with the same year."""
    last = User.objects.order_by("-pk").values_list("pk", flat=True)[0]
    User.objects.bulk_create(
        (
            User(pk=last + n, name=f"Student {n}", name_key=f"student {n}", created_at=datetime(2026, 1, 1, tzinfo=UTC))
            for n in range(1, count + 1)
        ),
        batch_size=500,
    )
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous=OFF")
        cursor.execute("PRAGMA cache_size=-1000000")
        indexes = _drop_indexes(cursor)
        cursor.execute("CREATE TEMP TABLE copy (n INTEGER PRIMARY KEY)")
        cursor.executemany("INSERT INTO copy VALUES (%s)", [(n,) for n in range(1, count + 1)])
        for table in _TABLES:
            _copy(cursor, table, student.pk, last)
        for statement in indexes:
            cursor.execute(statement)
        cursor.execute("ANALYZE")
        cursor.execute("PRAGMA cache_size=-16000")
        cursor.execute("PRAGMA synchronous=FULL")


def forget(student: User, before: datetime) -> None:
    """Of the log what is older; memory stays as the whole year has left it."""
    attempts = Attempt.objects.filter(student=student, answered_at__lt=before)
    Review.objects.filter(attempt__in=attempts).delete()
    attempts.delete()
    Drill.objects.filter(student=student, opened_at__lt=before).delete()
    Day.objects.filter(student=student, on__lt=before.date()).delete()


def _items() -> dict[int, list[Item]]:
    """The items that ask each fact, of facts in the order of the course."""
    found: dict[int, list[Item]] = {fact: [] for fact in Fact.objects.current().values_list("pk", flat=True)}
    asked = Item.objects.current().filter(kind__in=("recall", "fix", "predict"), revision__isnull=False)
    for item in asked.select_related("revision"):
        found[item.fact_id].append(item)
    return {fact: items for fact, items in found.items() if items}


def _attempt(student: User, item: Item, drill: Drill, position: int, at: datetime, lot: Random) -> Attempt:
    body = item.revision.body
    is_right = lot.random() < 0.86
    options = [option["id"] for option in body["item"]["options"]]
    seed = lot.choice(body["seeds"])
    belief = next((option.get("belief") or "" for option in body["item"]["options"] if option.get("belief")), "")
    return Attempt(
        student=student,
        revision=item.revision,
        fact_id=item.fact_id,
        seed=seed["seed"],
        order=options,
        response=seed["key"] if is_right else [each for each in options if each not in seed["key"]][: item.choose],
        is_sure=lot.random() < 0.5,
        fraction=float(is_right),
        belief="" if is_right else belief,
        resisted=[belief] if is_right and belief else [],
        characters=400,
        source=Source.DRILL,
        occasion=drill.occasion,
        position=position,
        shown_id=f"{lot.getrandbits(88):022x}",
        shown_at=at - timedelta(seconds=lot.randint(8, 60)),
        answered_at=at,
    )


def _review(attempt: Attempt, before: Memory | None, at: datetime, lot: Random) -> Review:
    return Review(
        attempt=attempt,
        kind=Kind.ANSWER,
        rating=Rating.GOOD if attempt.is_right else Rating.AGAIN,
        predicted=fsrs6.retrievability(before, at) if before else None,
        policy=policy.VERSION,
        parameters=fsrs6.PARAMETERS,
        place=lot.random(),
        at=at,
    )


def _write(student, items, attempts, reviews, drills, places, now) -> None:  # type: ignore[no-untyped-def]  # a scratch's helper
    Attempt.objects.bulk_create(attempts, batch_size=40)
    Drill.objects.bulk_create(drills, batch_size=100)
    for drill, place in places:
        place.drill_id = drill.pk
    DrillItem.objects.bulk_create((place for _, place in places), batch_size=100)
    Card.objects.bulk_create(
        (Card(student=student, fact_id=fact, due_at=now) for fact in {fact for fact, _ in reviews}), batch_size=60
    )
    cards = {card.fact_id: card for card in Card.objects.of(student)}
    for fact, review in reviews:
        review.card, review.attempt_id = cards[fact], review.attempt.pk
    Review.objects.bulk_create((review for _, review in reviews), batch_size=60)
    services.rebuild(student=student)
    daily.rebuild(student, now)


def _drop_indexes(cursor) -> list[str]:  # type: ignore[no-untyped-def]  # Django's cursor has no public type
    """Their statements, to be made again when all rows are there."""
    marks = ", ".join(["%s"] * len(_TABLES))
    cursor.execute(
        f"SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN ({marks})",
        _TABLES,
    )
    found = cursor.fetchall()
    for name, _ in found:
        cursor.execute(f'DROP INDEX "{name}"')
    return [statement for _, statement in found]


def _copy(cursor, table: str, student: int, last: int) -> None:  # type: ignore[no-untyped-def]  # likewise
    """Ids of copy n are those of the original and n times a step, so that rows point to the copies of what they point to."""
    cursor.execute(f"SELECT name FROM pragma_table_info('{table}')")
    columns = [name for (name,) in cursor.fetchall()]
    values = [_value(cursor, table, column, last) for column in columns]
    named = ", ".join(f'"{column}"' for column in columns)
    cursor.execute(
        f"INSERT INTO {table} ({named}) SELECT {', '.join(values)} FROM copy, {table} t WHERE t.{_owner(table)} ORDER BY copy.n",
        [student],
    )


def _owner(table: str) -> str:
    """Which rows are the original student's: those with their id, or that point to such."""
    if table in _POINTS:
        column, pointed = next(iter(_POINTS[table].items()))
        return f"{column} IN (SELECT id FROM {pointed} WHERE student_id = %s)"
    return "student_id = %s"


def _value(cursor, table: str, column: str, last: int) -> str:  # type: ignore[no-untyped-def]  # likewise
    if column == "id":
        return f"t.id + copy.n * {_step(cursor, table)}"
    if column == "student_id":
        return f"{last} + copy.n"
    if column in _UNIQUE:
        return f"printf('%08x', copy.n) || substr(t.\"{column}\", 9)"
    if pointed := _POINTS.get(table, {}).get(column):
        return f't."{column}" + copy.n * {_step(cursor, pointed)}'
    return f't."{column}"'


def _step(cursor, table: str) -> int:  # type: ignore[no-untyped-def]  # likewise
    """Larger than every id that stood there before the copies."""
    return 10_000 if table != "memory_card" else 1_000
