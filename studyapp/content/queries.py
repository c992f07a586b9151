"""Reads for the pages that show the course."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from django.db.models import Prefetch, Q, QuerySet

from studyapp.content.models import Clue, Fact, Item, ItemFact, Row, RowFact
from studyapp.content.sections import SECTIONS


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of the reference tables with its facts, the main one first."""

    row: Row
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A section: its rows, its clues, and its facts that stand in no row."""

    number: int
    title: str
    rows: tuple[TableRow, ...]
    clues: tuple[Clue, ...]
    more: tuple[Fact, ...]


def contents() -> dict[int, int]:
    """How many rows each section has. One query."""
    numbers = Row.objects.filter(retired_at=None).values_list("section", flat=True)
    counts = dict.fromkeys(SECTIONS, 0)
    for number in numbers:
        counts[number] += 1
    return counts


def section(number: int) -> Section | None:
    """A section of the tables; None if there is no such number. Four queries."""
    if number not in SECTIONS:
        return None
    rows = tuple(_table_row(row) for row in _with_facts(Row.objects.filter(section=number, retired_at=None)))
    placed = {fact.pk for row in rows for fact in row.facts}
    facts = Fact.objects.current().filter(section=number)
    return Section(
        number=number,
        title=SECTIONS[number],
        rows=rows,
        clues=tuple(Clue.objects.filter(row__section=number, retired_at=None).select_related("fact", "row")),
        more=tuple(fact for fact in facts if fact.pk not in placed),
    )


def _with_facts(rows: QuerySet[Row]) -> QuerySet[Row]:
    return rows.prefetch_related(Prefetch("rowfact_set", RowFact.objects.select_related("fact")))


def _table_row(row: Row) -> TableRow:
    return TableRow(row, tuple(place.fact for place in row.rowfact_set.all()))


@dataclass(frozen=True, slots=True)
class FactPage:
    """A fact, the rows and clues that rest on it, and the items that ask for it, its own first."""

    fact: Fact
    rows: tuple[Row, ...]
    clues: tuple[Clue, ...]
    items: tuple[Item, ...]


def fact_page(slug: str) -> FactPage | None:
    """A fact by its id, retired or not: old answers point to it. None if there never was one. Four queries."""
    fact = Fact.objects.filter(slug=slug).first()
    if fact is None:
        return None
    return FactPage(
        fact=fact,
        rows=tuple(fact.rows.filter(retired_at=None)),
        clues=tuple(fact.clues.filter(retired_at=None).select_related("row")),
        items=tuple(items_for([fact.pk])),
    )


def items_for(fact_ids: Iterable[int]) -> QuerySet[Item]:
    """Current items that probe any of the facts, first those whose memory is one of them. One query when read."""
    wanted = list(fact_ids)
    probing = ItemFact.objects.filter(fact__in=wanted).values("item")
    items: QuerySet[Item] = Item.objects.current().filter(pk__in=probing).select_related("revision")
    return items.alias(is_own=Q(fact__in=wanted)).order_by("-is_own", "section", "position")


def value_texts(slugs: Iterable[str]) -> dict[str, str]:
    """What `{{ fact }}` stands for in a text, by fact id. One query."""
    bodies = Fact.objects.filter(slug__in=set(slugs)).values_list("slug", "body")
    return {slug: body["value_text"] for slug, body in bodies}


Kind = Literal["fact", "row", "clue", "item"]


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found: `slug` is a fact's, a clue's or an item's id, or a row's number; `fact` is the fact to show."""

    kind: Kind
    slug: str
    title: str
    says: str
    section: int
    fact: str


def search(text: str, *, most: int = 40) -> list[Hit]:
    """What holds every word of `text`, the best first: words in a title count most, then how much there is to read.

    Four queries, and none for a text without words.
    """
    words = text.lower().split()[:8]
    if not words:
        return []
    found = [*_facts(words), *_rows(words), *_clues(words), *_items(words)]
    ranked = sorted(found, key=lambda hit: (-_score(hit, words), _ORDER.index(hit.kind), len(hit.says), hit.slug))
    return ranked[:most]


_ORDER: Sequence[Kind] = ("fact", "clue", "row", "item")


def _facts(words: Sequence[str]) -> list[Hit]:
    facts = Fact.objects.current().filter(_each(words, "name", "says", "body__value_text", "source_title"))
    return [Hit("fact", fact.slug, fact.name, fact.says, fact.section, fact.slug) for fact in facts]


def _rows(words: Sequence[str]) -> list[Hit]:
    rows = Row.objects.filter(retired_at=None).filter(_each(words, "number", "label", "table_says", "now"))
    return [
        Hit("row", row.number, row.label, row.table_says, row.section, _main_fact(row)) for row in _with_facts(rows)
    ]


def _main_fact(row: Row) -> str:
    return next((place.fact.slug for place in row.rowfact_set.all()), "")


def _clues(words: Sequence[str]) -> list[Hit]:
    clues = Clue.objects.filter(retired_at=None).filter(_each(words, "phrase", "points_to")).select_related("fact")
    return [Hit("clue", clue.slug, clue.phrase, clue.points_to, clue.fact.section, clue.fact.slug) for clue in clues]


def _items(words: Sequence[str]) -> list[Hit]:
    items = Item.objects.current().filter(_each(words, "stem")).select_related("fact")
    return [Hit("item", item.slug, item.fact.name, item.stem, item.section, item.fact.slug) for item in items]


def _each(words: Sequence[str], *fields: str) -> Q:
    """Every word stands in one of the fields."""
    every = Q()
    for word in words:
        somewhere: Any = Q()
        for field in fields:
            somewhere |= Q(**{f"{field}__icontains": word})
        every &= somewhere
    return every


def _score(hit: Hit, words: Sequence[str]) -> int:
    title, says = hit.title.lower(), hit.says.lower()
    whole = 4 if " ".join(words) in title else 0
    return whole + sum(2 * (word in title) + (word in says) for word in words)
