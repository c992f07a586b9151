"""Reads for the pages that show the course."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import cast

from django.db.models import Prefetch, Q, QuerySet

from studyapp.content.models import Clue, Fact, Item, ItemFact, Row, RowFact, Term
from studyapp.content.sections import SECTIONS
from studyapp.questions import glossary


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


def terms() -> tuple[glossary.Term, ...]:
    """The words of the glossary. One query."""
    current = Term.objects.filter(retired_at=None).values_list("name", "says", "kind", "also", "fact__slug")
    return tuple(
        glossary.Term(name, says, cast(glossary.TermKind, kind), tuple(also), fact=fact)
        for name, says, kind, also, fact in current
    )


def value_texts(slugs: Iterable[str]) -> dict[str, str]:
    """What `{{ fact }}` stands for in a text, by fact id. One query."""
    bodies = Fact.objects.filter(slug__in=set(slugs)).values_list("slug", "body")
    return {slug: body["value_text"] for slug, body in bodies}
