"""What a fact with another value would change: questions drawn from it, texts that show it, scenarios, and keys.

Nothing is written. The scenarios that no longer hold and the items with another key are told by running them in a world
that has the new value: see `impact_runs`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches

from studyapp.content.checks.rules import stated
from studyapp.content.course import Course
from studyapp.content.texts import references
from studyapp.facts import quantity
from studyapp.facts.book import NO_BREAK_SPACE, Association, Fact, Quantity, Range, Text, Value
from studyapp.questions.items import Item
from studyapp.questions.numbers import worth, worths_in
from studyapp.questions.recall import ENDS
from studyapp.simulator.errors import RulebookError, shown
from studyapp.simulator.rulebook import TRUTH


class NotAChange(ValueError):
    """What was asked for is no other value of a fact; the text says why, on one line."""


@dataclass(frozen=True, slots=True)
class Change:
    """A fact as it is and as it would be. `rules` are the fields of the rulebook that it governs, with their new values."""

    old: Fact
    new: Fact
    rules: Mapping[str, str | bool]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A question drawn from the fact whose answer holds the old value. `follows`: the answer is the value, and moves with it."""

    item: str
    answer: str
    follows: bool


@dataclass(frozen=True, slots=True)
class Texts:
    """What shows the value: questions drawn from the fact, and where `{{ fact }}` stands, each as a kind and an id."""

    drawn: tuple[Drawn, ...]
    references: tuple[tuple[str, str], ...]


def change(course: Course, said: str) -> Change:
    """`FACT=VALUE`, or `FACT.max=VALUE` for a part of a range, as a change. Raises NotAChange."""
    name, equals, text = (part.strip() for part in said.partition("="))
    if not equals or not text:
        raise NotAChange(f"{shown(said)}: write FACT=VALUE, or FACT.max=VALUE for a part of a range")
    fact, part = _named(course, name)
    try:
        new = replace(fact, value=_value(fact, part, text))
        rules = _rules(new, [part] if part else None)
        TRUTH.believing(rules)
    except (quantity.BadQuantity, RulebookError) as error:
        raise NotAChange(f"{name}: {error}") from None
    if new.value == fact.value:
        raise NotAChange(f"{name} is {fact.value_text.replace(NO_BREAK_SPACE, ' ')} already")
    return Change(fact, new, rules)


def texts(course: Course, changed: Change) -> Texts:
    """Where the fact's value is shown to students."""
    fact = changed.old
    own = {f"{fact.id}.{end}" for end in ENDS}
    drawn = (_drawn(item, changed) for item in course.items if item.id in own and item.view != "exam")
    found = (place for place, text in _all_texts(course) if fact.id in references(text))
    return Texts(tuple(each for each in drawn if each), tuple(dict.fromkeys(found)))


def _named(course: Course, name: str) -> tuple[Fact, str]:
    """The fact, and the part of its range if one is named."""
    if name in course.facts:
        return course.facts[name], ""
    fact_id, _, part = name.rpartition(".")
    fact = course.facts.get(fact_id)
    if fact is None:
        close = get_close_matches(name, course.facts, n=3)
        raise NotAChange(f"there is no fact {shown(name)}" + (f"; did you mean {' or '.join(close)}?" if close else ""))
    if not isinstance(fact.value, Range) or part not in fact.value.parts:
        parts = ", ".join(fact.value.parts) if isinstance(fact.value, Range) else "none"
        raise NotAChange(f"{fact_id} has no part {shown(part)}; its parts are {parts}")
    return fact, part


def _value(fact: Fact, part: str, text: str) -> Value:
    """The new value, of the same shape as the old one. Raises BadQuantity or NotAChange."""
    match fact.value:
        case Range() as parts if part:
            old: Quantity = parts.parts[part]
            return Range(**{**parts.parts, part: _quantity(text, old)})
        case Range():
            raise NotAChange(f"{fact.id} is a range; name a part of it: {', '.join(fact.value.parts)}")
        case bool():
            if text not in ("yes", "no"):
                raise NotAChange(f"{fact.id}: {shown(text)} is neither yes nor no")
            return text == "yes"
        case Quantity():
            return _quantity(text, fact.value)
        case tuple():
            return tuple(each.strip() for each in text.split(",") if each.strip())
        case Text():
            return Text(text)
    return Association(fact.value.phrase, text)


def _quantity(text: str, old: Quantity) -> Quantity:
    """A number without a unit has the old one."""
    read = quantity.parse(text)
    return read if read.unit else Quantity(read.amount, old.unit)


def _rules(fact: Fact, parts: Iterable[str] | None) -> dict[str, str | bool]:
    """The fields that the fact governs (those of `parts` alone, if any), as the rulebook reads them."""
    wanted = None if parts is None else set(parts)
    read = {field: stated(fact.value, part) for field, part in fact.rule.items() if wanted is None or part in wanted}
    return {field: value for field, value in read.items() if value is not None}


def _drawn(item: Item, changed: Change) -> Drawn | None:
    key = next(option for option in item.options if option.is_key)
    answer = key.answer or key.text
    if answer == changed.old.value_text:
        return Drawn(item.id, answer, follows=True)
    return Drawn(item.id, answer, follows=False) if _holds(answer, changed) else None


def _holds(answer: str, changed: Change) -> bool:
    """Whether an answer in an author's words holds the value, or a number of it that would be another."""
    old, new = changed.old.value, changed.new.value
    numbers = {worth(each) for each in _numbers(old)} - {worth(each) for each in _numbers(new)}
    is_spelled = changed.old.value_text.casefold() in answer.casefold() and not isinstance(old, bool)
    return is_spelled or bool(numbers & worths_in(answer.replace(NO_BREAK_SPACE, " ")))


def _numbers(value: Value) -> list[Quantity]:
    if isinstance(value, Range):
        return list(value.parts.values())
    return [value] if isinstance(value, Quantity) else []


def _all_texts(course: Course) -> Iterator[tuple[tuple[str, str], str]]:
    """Every text of the course that may refer to a fact, with what it belongs to."""
    for item in course.items:
        yield from ((("question", item.id), option.why) for option in item.options)
    yield from ((("row", row.row), row.now) for row in course.rows)
    yield from ((("belief", each.id), each.says + each.tempts) for each in course.beliefs.values())
    yield from ((("move", move.id), move.says) for move in course.moves)
    yield from ((("fact", fact.id), fact.exam.says) for fact in course.facts.values() if fact.exam)
