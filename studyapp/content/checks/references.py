"""Whether every id that a file mentions exists, and every placeholder has a value."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Protocol

from studyapp.content import build, texts
from studyapp.content.checks.names import Names
from studyapp.content.problems import Problem
from studyapp.content.raw import Entry, Raw
from studyapp.content.schema.arranged import AnyItem, Contrast, Matching, Ordering
from studyapp.content.schema.common import Strict
from studyapp.content.schema.facts import Asked, AssociationValue, Fact, RangeValue
from studyapp.content.schema.items import AskedItem
from studyapp.content.schema.tables import Belief, Clue, Row
from studyapp.facts.book import value_text

Place = tuple[str | int, ...]
Said = Iterator[tuple[Place, str]]


def check(raw: Raw, known: Names, today: date) -> Iterator[Problem]:
    for fact in raw.facts:
        yield from _fact(fact, known, today)
    for row in raw.rows:
        yield from _row(row, known)
    for term in raw.terms:
        yield from known.missing(term, "facts", [(term.data.fact, ("fact",))])
    for move in raw.moves:
        yield from _listed(move, move.data.facts, "facts", known)
        yield from in_texts(move, iter([(("says",), move.data.says)]), known)
        yield from _days(move, move.data.source.checked, today)
    for clue in raw.clues:
        yield from _clue(clue, known)
    for belief in raw.beliefs:
        yield from _belief(belief, known)
    for scenario in raw.scenarios:
        yield from _listed(scenario, scenario.data.facts, "facts", known)
    for item in raw.items:
        yield from _item(item, known)


def _item(item: Entry[AnyItem], known: Names) -> Iterator[Problem]:
    if isinstance(item.data, Matching):
        named = ((pair.fact, ("pairs", index, "fact")) for index, pair in enumerate(item.data.pairs))
        yield from known.missing(item, "facts", named)
    else:
        yield from _listed(item, item.data.facts, "facts", known)
    yield from known.missing(item, "clues", [(item.data.clue, ("clue",))])
    if isinstance(item.data, Contrast):
        yield from known.missing(item, "clues", [(item.data.rival, ("rival",))])
    yield from _beliefs_of_options(item, known)
    yield from in_texts(item, _whys(item.data), known)


def _whys(item: AnyItem) -> Said:
    if isinstance(item, AskedItem):
        yield from ((("why", name), why) for name, why in item.why.items())
        return
    key, parts = _parts(item)
    yield from (((key, index, "why"), part.why) for index, part in enumerate(parts))


def _parts(item: AnyItem) -> tuple[str, Sequence[_Reasoned]]:
    """Where an item keeps its options, and what they are."""
    match item:
        case Matching():
            return "pairs", item.pairs
        case Contrast():
            return "cases", item.cases
        case Ordering():
            return "steps", item.steps
        case AskedItem():
            return "options", ()
    return "options", item.options


class _Reasoned(Protocol):
    @property
    def why(self) -> str: ...


def _listed(entry: Entry[Strict], ids: tuple[str, ...], key: str, known: Names) -> Iterator[Problem]:
    yield from known.missing(entry, "facts", ((name, (key, index)) for index, name in enumerate(ids)))
    for index, name in enumerate(ids):
        if name in ids[:index]:
            yield entry.problem(f"{name} is listed twice", key, index)


def in_texts(
    entry: Entry[Strict], said: Said, known: Names, *, placeholders: frozenset[str] = frozenset()
) -> Iterator[Problem]:
    """Facts and placeholders in texts that stand for nothing, and braces without their other half."""
    for place, text in said:
        yield from known.missing(entry, "facts", ((name, place) for name in texts.references(text)))
        for name in texts.placeholders(text):
            if name not in placeholders:
                yield entry.problem(f"{{{name}}} stands for nothing here", *place)
        if not texts.is_balanced(text):
            yield entry.problem("has a brace without its other half; a reference is {{ lambda.topic.fact }}", *place)


def _fact(entry: Entry[Fact], known: Names, today: date) -> Iterator[Problem]:
    fact = entry.data
    parts = fact.value.model_fields_set if isinstance(fact.value, RangeValue) else set()
    yield from in_texts(entry, iter([(("says",), fact.says)]), known, placeholders=frozenset({"value", *parts}))
    yield from in_texts(entry, _reasons(fact), known)
    yield from _exam(entry)
    if fact.recall.back and fact.recall.back.answer is None:
        yield entry.problem("needs an answer; the fact's value answers the other direction", "recall", "back")
    yield from known.missing(entry, "beliefs", _beliefs_of_fact(fact))
    yield from _days(entry, fact.source.checked, today)


def _exam(entry: Entry[Fact]) -> Iterator[Problem]:
    """An answer of the exam that is today's answer is no other answer."""
    fact = entry.data
    exam = fact.exam_expects
    if exam and exam.answer and exam.answer == (fact.recall.answer or value_text(build.value(fact.value))):
        yield entry.problem("is what the question is answered with now; leave it out", "exam_expects", "answer")


def _days(entry: Entry[Strict], checked: str, today: date) -> Iterator[Problem]:
    """It may be tomorrow where the source was checked."""
    if date.fromisoformat(checked) > today + timedelta(days=1):
        yield entry.problem(f"{checked} is in the future; today is {today}", "source", "checked")


def _reasons(fact: Fact) -> Said:
    if fact.exam_expects:
        yield ("exam_expects", "says"), fact.exam_expects.says
    for place, asked in _asked(fact):
        yield (*place, "why"), asked.why
        for index, wrong in enumerate(asked.wrong):
            yield (*place, "wrong", index, "why"), wrong.why


def _asked(fact: Fact) -> Iterator[tuple[Place, Asked]]:
    yield ("recall",), fact.recall
    if fact.recall.back:
        yield ("recall", "back"), fact.recall.back


def _beliefs_of_fact(fact: Fact) -> Iterator[tuple[str | None, Place]]:
    if fact.exam_expects:
        yield fact.exam_expects.belief, ("exam_expects", "belief")
    for index, was in enumerate(fact.was):
        yield was.belief, ("was", index, "belief")
    for place, asked in _asked(fact):
        for index, wrong in enumerate(asked.wrong):
            yield wrong.belief, (*place, "wrong", index, "belief")


def _row(entry: Entry[Row], known: Names) -> Iterator[Problem]:
    row = entry.data
    if row.row.split(".")[0].rstrip("abcdefghijklmnopqrstuvwxyz") != str(row.section):
        yield entry.problem(f"is {row.section}, and row {row.row} stands in another section", "section")
    yield from _listed(entry, row.facts, "facts", known)
    yield from in_texts(entry, iter([(("table_says",), row.table_says), (("now",), row.now)]), known)


def _clue(entry: Entry[Clue], known: Names) -> Iterator[Problem]:
    clue = entry.data
    yield from known.missing(entry, "rows", [(clue.row, ("row",))])
    yield from known.missing(entry, "facts", [(clue.fact, ("fact",))])
    yield from _listed(entry, clue.rests_on, "rests_on", known)
    yield from known.missing(entry, "clues", ((name, ("rivals", index)) for index, name in enumerate(clue.rivals)))
    if clue.id in clue.rivals:
        yield entry.problem(f"{clue.id} is its own rival", "rivals")
    fact = known.facts.get(clue.fact)
    if fact and not isinstance(fact.data.value, AssociationValue):
        yield entry.problem(f"{clue.fact} is not an association: its value needs phrase and points_to", "fact")


def _belief(entry: Entry[Belief], known: Names) -> Iterator[Problem]:
    yield from _listed(entry, entry.data.refuted_by, "refuted_by", known)
    yield from in_texts(entry, iter([(("says",), entry.data.says), (("tempts",), entry.data.tempts)]), known)


def _beliefs_of_options(entry: Entry[Strict], known: Names) -> Iterator[Problem]:
    options = getattr(entry.data, "options", ())
    named = ((getattr(option, "belief", None), ("options", index, "belief")) for index, option in enumerate(options))
    yield from known.missing(entry, "beliefs", named)
