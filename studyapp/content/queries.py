"""Reads for the pages that show the course."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, cast

from django.db.models import Prefetch, Q, QuerySet

from studyapp.content.models import Clue, Fact, Item, ItemFact, Revision, Row, RowFact, Scenario, Term
from studyapp.content.sections import SECTIONS, TITLES
from studyapp.questions import glossary
from studyapp.questions.filling import NoSuchParameter, resolved, value_at


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


def demos_of_rows(numbers: Iterable[str]) -> dict[str, tuple[Scenario, ...]]:
    """The scenarios that show each row, those with a demo first; only rows that have one. `body` is deferred. One query."""
    wanted = dict.fromkeys(numbers)
    shown = [scenario for scenario in _shelved() if scenario.rows]
    found = {number: tuple(each for each in shown if number in each.rows) for number in wanted}
    return {number: scenarios for number, scenarios in found.items() if scenarios}


def demos_of_fact(slug: str) -> tuple[Scenario, ...]:
    """The scenarios that are about a fact, those with a demo first. `body` is deferred. One query."""
    return tuple(scenario for scenario in _shelved() if slug in scenario.facts)


def demos_of_clue(slug: str) -> tuple[Scenario, ...]:
    """The scenarios whose demo is of a clue. `body` is deferred. One query."""
    return tuple(Scenario.objects.current().filter(demo__clue=slug).order_by("position", "slug").defer("body"))


def _shelved() -> QuerySet[Scenario]:
    """Without what is large; databases differ in whether they can look into a list, so whoever asks looks itself."""
    current: QuerySet[Scenario] = Scenario.objects.current()
    in_order = current.alias(is_plain=Q(demo__isnull=True)).order_by("is_plain", "position", "slug")
    return in_order.defer("body", "claims", "contrasts", "demo")


@dataclass(frozen=True, slots=True)
class Shelved:
    """A scenario in the list of all. `section` is that of its topic; `clue` that of its demo, "" without one."""

    slug: str
    title: str
    section: int
    clue: str
    has_demo: bool


def shelf() -> tuple[Shelved, ...]:
    """All current scenarios, section by section, in each first those with a demo. One query."""
    current = Scenario.objects.current().order_by("position", "slug").values_list("slug", "title", "demo")
    return tuple(
        Shelved(slug, title, section_of(slug), (demo or {}).get("clue") or "", demo is not None)
        for slug, title, demo in current
    )


def section_of(slug: str) -> int:
    """The number of the section that an id such as lambda.errors.last-run is of; 0 for one of no topic of the course."""
    _, _, rest = slug.partition(".")
    topics = list(TITLES)
    topic = rest.partition(".")[0]
    return topics.index(topic) + 1 if topic in topics else 0


@dataclass(frozen=True, slots=True)
class Tried:
    """An option of a question: what it changes in the scenario, its draw included, by full paths; or under which belief
    it is right."""

    text: str
    change: dict[str, object]
    belief: str
    is_key: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that the simulator answers, drawn as near to the scenario as its proof has it, with its options.

    Where `choose` is 2, the two options of the key are right together and neither is alone.
    """

    item: str
    kind: str
    stem: str
    choose: int
    options: tuple[Tried, ...]


def options_of(scenario: Scenario) -> tuple[Asked, ...]:
    """The current questions on a scenario. One query, besides the scenario's own body."""
    items = Item.objects.current().filter(scenario=scenario, kind__in=SIMULATED).select_related("revision")
    return tuple(_asked(item, scenario.body) for item in items if item.revision and item.revision.seeds)


SIMULATED = ("fix", "predict", "numeric")


def _asked(item: Item, body: Mapping[str, object]) -> Asked:
    revision = cast(Revision, item.revision)
    drawn = revision.variant(_nearest_seed(revision, body))
    options = tuple(
        Tried(
            text=option.text,
            change={resolved(path, body): value for path, value in {**drawn.draw, **(option.change or {})}.items()},
            belief=option.belief or "",
            is_key=option.id in drawn.key,
        )
        for option in drawn.options
    )
    return Asked(item.slug, item.kind, drawn.stem, drawn.choose, options)


def _nearest_seed(revision: Revision, body: Mapping[str, object]) -> int:
    """The seed whose draw differs from the scenario in the fewest values; the first of several."""

    def distance(seed: Mapping[str, Any]) -> int:
        return sum(value != _value_at(path, body) for path, value in seed["draw"].items())

    return cast(int, min(revision.body["seeds"], key=distance)["seed"])


def _value_at(path: str, body: Mapping[str, object]) -> object:
    try:
        return value_at(path, body)
    except NoSuchParameter:
        return None
