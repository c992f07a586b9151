"""Whether facts and beliefs agree with the rulebook."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

from studyapp.content import build
from studyapp.content.problems import Problem
from studyapp.content.raw import Entry, Raw
from studyapp.content.schema.facts import Fact
from studyapp.content.schema.tables import Belief
from studyapp.facts.book import NO_BREAK_SPACE, Quantity, Range, Text, Value
from studyapp.simulator.errors import RulebookError
from studyapp.simulator.misreadings import MISREADINGS
from studyapp.simulator.rulebook import TRUTH, Rulebook, read_rule
from studyapp.simulator.units import show_time


def check(raw: Raw) -> Iterator[Problem]:
    for fact in raw.facts:
        yield from _fact(fact)
    for belief in raw.beliefs:
        yield from _belief(belief)


def _fact(entry: Entry[Fact]) -> Iterator[Problem]:
    fact = build.fact(entry.data, entry.topic)
    for field, part in fact.rule.items():
        says = difference(fact.value, field, part)
        if says:
            yield entry.problem(says, "rule")


def difference(value: Value, field: str, part: str, rulebook: Rulebook = TRUTH) -> str | None:
    """How part `part` of a fact's value differs from `field` of the rulebook, in a sentence; None if it does not."""
    if field not in {each.name for each in fields(Rulebook)}:
        return f"there is no rule {field}"
    given = stated(value, part)
    if given is None:
        return f"the value has no {part}"
    try:
        read = read_rule(field, given)
    except RulebookError as error:
        return str(error)
    in_force = getattr(rulebook, field)
    if _same(read, in_force):
        return None
    unit = next(each.metadata["unit"] for each in fields(Rulebook) if each.name == field)
    shown = show_time(in_force) if unit == "time" else in_force
    return f"{given} is not what the rulebook has in {field}, which is {shown}".replace(NO_BREAK_SPACE, " ")


def stated(value: Value, part: str) -> str | bool | None:
    """What the rulebook's reader is given for `part` of a value."""
    match value:
        case Range():
            found = value.parts.get(part)
            return None if found is None else str(found)
        case _ if part != "value":
            return None
        case Quantity():
            return str(value)
        case bool():
            return value
        case tuple():
            return " ".join(value).lower()
        case Text():
            return value.text
    return None


def _same(read: object, in_force: object) -> bool:
    if isinstance(read, float) and isinstance(in_force, float):
        return abs(read - in_force) <= 1e-9 * max(abs(read), abs(in_force))
    return read == in_force


def _belief(entry: Entry[Belief]) -> Iterator[Problem]:
    belief = entry.data
    for field, value in (belief.patch or {}).items():
        try:
            Rulebook().believing({field: value})
        except RulebookError as error:
            yield entry.problem(str(error).removeprefix(f"{field}: "), "patch", field)
    if belief.misreading and belief.misreading not in MISREADINGS:
        yield entry.problem(f"{belief.misreading} is none of {', '.join(sorted(MISREADINGS))}", "misreading")
