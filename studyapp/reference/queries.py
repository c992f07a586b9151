"""Reads: the ten sections, one of them, a fact, a clue."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count
from django.urls import reverse

from studyapp.accounts.models import User
from studyapp.content import queries as content
from studyapp.content.models import Clue, Fact, Item, Row, Scenario, Verdict
from studyapp.content.sections import SECTIONS
from studyapp.content.texts import references
from studyapp.memory.models import Card
from studyapp.reference import demos
from studyapp.reference.figures import Figure, figure
from studyapp.reference.moved import is_moved
from studyapp.ui.meanings import Meanings
from studyapp.ui.words import month

MNEMONIC = "1.6"
MOST_SHOWN = 6
"""Scenarios beside a fact."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """A section in the list of all: how many rows and facts, and how many rows no longer hold or never did."""

    number: int
    title: str
    rows: int
    outdated: int
    wrong: int
    facts: int


@dataclass(frozen=True, slots=True)
class Contents:
    shelves: tuple[Shelf, ...]
    mnemonic: Row | None


def contents() -> Contents:
    """Two queries."""
    rows = list(Row.objects.filter(retired_at=None))
    facts = dict(Fact.objects.current().order_by().values_list("section").annotate(Count("pk")))
    verdicts = [(row.section, row.verdict) for row in rows]
    shelves = tuple(
        Shelf(
            number=number,
            title=title,
            rows=sum(section == number for section, _ in verdicts),
            outdated=verdicts.count((number, Verdict.OUTDATED)),
            wrong=verdicts.count((number, Verdict.WRONG)),
            facts=facts.get(number, 0),
        )
        for number, title in SECTIONS.items()
    )
    return Contents(shelves, next((row for row in rows if row.number == MNEMONIC), None))


@dataclass(frozen=True, slots=True)
class Line:
    """A fact as a line of a table."""

    fact: Fact
    figure: Figure

    @property
    def is_fixed(self) -> bool:
        return self.fact.body["adjustable"] is False


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of the reference tables, its facts, its clue if it is one, and the scenario that shows it best."""

    row: Row
    lines: tuple[Line, ...]
    clue: Clue | None
    shown: Scenario | None


@dataclass(frozen=True, slots=True)
class SectionPage:
    """`meanings`: what `{{ fact }}` stands for in the rows' texts, and the words that they may mark."""

    number: int
    title: str
    rows: tuple[TableRow, ...]
    more: tuple[Line, ...]
    meanings: Meanings

    @property
    def has_fixed(self) -> bool:
        """Whether a number here is underlined in red."""
        lines = [*self.more, *(line for row in self.rows for line in row.lines)]
        return any(line.is_fixed and line.figure.amount for line in lines)


def section_page(number: int) -> SectionPage | None:
    """None if there is no such section. Seven queries; six where no text refers to a fact."""
    section = content.section(number)
    if section is None:
        return None
    clues = {clue.row_id: clue for clue in section.clues}
    shown = {
        row: scenarios[0] for row, scenarios in content.demos_of_rows(each.row.number for each in section.rows).items()
    }
    return SectionPage(
        number=number,
        title=section.title,
        rows=tuple(
            TableRow(each.row, _lines(each.facts), clues.get(each.row.pk), shown.get(each.row.number))
            for each in section.rows
        ),
        more=_lines(section.more),
        meanings=_meanings(each.row.now for each in section.rows),
    )


def due_in(student: User | None, number: int, now: datetime) -> int | None:
    """How many facts of the section are due; None for somebody without a row, who owes nothing. One query."""
    if student is None:
        return None
    return Card.objects.of(student).due(now).filter(fact__section=number).count()


def _lines(facts: Iterable[Fact]) -> tuple[Line, ...]:
    return tuple(Line(fact, figure(fact.body)) for fact in facts)


def _meanings(texts: Iterable[str] = ()) -> Meanings:
    """For `phrase`: the value of each fact that the texts refer to, and its page; and the words of the glossary.

    One query, and one more if the texts refer to a fact.
    """
    slugs = {slug for text in texts for slug in references(text)}
    values = content.value_texts(slugs) if slugs else {}
    facts = {slug: {"text": value, "url": _url_of(slug)} for slug, value in values.items()}
    return Meanings(facts, content.terms(), _url_of)


def _url_of(fact: str) -> str:
    return reverse("reference:fact", args=[fact])


@dataclass(frozen=True, slots=True)
class Former:
    """What a fact used to be, until a month or a year."""

    value: str
    until: str
    note: str


@dataclass(frozen=True, slots=True)
class FactPage:
    """`clues`: those that are this fact, then those that rest on it. `stems`: its questions as one draw shows them.

    `shown`: scenarios about it. `is_moved`: AWS changed it since DVA-C02 began, or the exam answers it otherwise.
    """

    line: Line
    section: str
    former: tuple[Former, ...]
    rows: tuple[Row, ...]
    clues: tuple[Clue, ...]
    shown: tuple[Scenario, ...]
    stems: tuple[str, ...]
    is_moved: bool
    meanings: Meanings


def fact_page(slug: str) -> FactPage | None:
    """A fact, retired or not: old answers lead to it. None if there never was one. Seven queries."""
    page = content.fact_page(slug)
    if page is None:
        return None
    fact = page.fact
    resting = [
        clue for clue in Clue.objects.filter(retired_at=None) if slug in clue.rests_on and clue not in page.clues
    ]
    return FactPage(
        line=Line(fact, figure(fact.body)),
        section=SECTIONS[fact.section],
        former=tuple(Former(was["value"], month(was["until"]), was["note"] or "") for was in fact.body["was"]),
        rows=page.rows,
        clues=(*page.clues, *resting),
        shown=content.demos_of_fact(slug)[:MOST_SHOWN],
        stems=_stems(page.items),
        is_moved=is_moved(fact.body),
        meanings=_meanings(),
    )


def card_of(student: User | None, fact: Fact) -> Card | None:
    """The student's memory of a fact, if they have met it. One query; none for somebody without a row."""
    return Card.objects.of(student).filter(fact=fact).first() if student else None


def _stems(items: Iterable[Item]) -> tuple[str, ...]:
    revisions = [item.revision for item in items if item.revision]
    return tuple(dict.fromkeys(revision.variant(revision.seeds[0]).stem for revision in revisions))


@dataclass(frozen=True, slots=True)
class CluePage:
    """A clue beside its rivals, its card and its demos, and the facts that it rests on, its own association left out."""

    clue: Clue
    rivals: tuple[Clue, ...]
    facts: tuple[Fact, ...]
    card: demos.Card | None
    demos: tuple[demos.Shown, ...]
    stems: tuple[str, ...]
    meanings: Meanings


def clue_page(slug: str) -> CluePage | None:
    """None if there is no such clue. Six queries; five where the texts of its row and its card refer to no fact."""
    clues = {clue.slug: clue for clue in Clue.objects.filter(retired_at=None).select_related("row", "fact")}
    clue = clues.get(slug)
    if clue is None:
        return None
    facts = {fact.slug: fact for fact in Fact.objects.filter(slug__in=[*clue.rests_on, *demos.facts_of(clue)])}
    return CluePage(
        clue=clue,
        rivals=tuple(clues[rival] for rival in clue.rivals if rival in clues),
        facts=tuple(facts[each] for each in clue.rests_on if each in facts),
        card=demos.card(clue, facts),
        demos=demos.of_clue(slug),
        stems=_stems(_items_of(clue)),
        meanings=_meanings([clue.row.now, *demos.texts_of(clue)]),
    )


def _items_of(clue: Clue) -> list[Item]:
    """Those written for the clue first, then those that move its own fact. One query."""
    items = Item.objects.current().select_related("revision")
    both = items.filter(clue=clue) | items.filter(fact=clue.fact)
    return sorted(both, key=lambda item: (item.clue_id != clue.pk, item.section, item.position))
