"""Rules about the facts that an item rests on."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from studyapp.facts.book import Fact
from studyapp.questions.lint.finding import HOUSE, Checked, Rule, hdr
from studyapp.questions.lint.subject import Subject, is_drawn


def _own_facts(subject: Subject) -> list[Fact]:
    """The facts for which this item has to answer: of the course that of a `.recall`, of an instructor's item all."""
    item, facts = subject.item, subject.world.facts
    if subject.world.origin == "files" and not is_drawn(item, [".recall"]):
        return []
    return [facts[fact] for fact in item.facts if fact in facts]


def _unsourced(subject: Subject) -> Iterator[str]:
    unknown = [fact for fact in subject.item.facts if fact not in subject.world.facts]
    if not subject.item.facts:
        yield "names no fact"
    elif unknown:
        yield f"rests on {unknown[0]}, which does not exist"
    for fact in _own_facts(subject):
        if not fact.source.title.strip() or not fact.source.url.strip():
            yield f"{fact.id} has no source"


def _stale(subject: Subject) -> Iterator[str]:
    world = subject.world
    for fact in _own_facts(subject):
        if world.today and world.is_stale(fact, world.today):
            yield f"{fact.id} was last checked on {fact.source.checked}"


def _unrelated(subject: Subject) -> Iterator[str]:
    """Pairs of a matching item are facts of their own, and a clue's case tells a story across topics."""
    item, world = subject.item, subject.world
    is_joined = item.kind == "matching" or item.clue is not None
    for one, other in combinations(item.facts, 2) if not is_joined else ():
        topics = {".".join(fact.split(".")[:2]) for fact in (one, other)}
        if len(topics) > 1 and not any({one, other} <= group for group in world.related):
            yield f"no row, clue or scenario has both {one} and {other}"
            return


RULES = (
    Checked(Rule("fact-source", "W", "An item rests on facts, and each has a source.", HOUSE), _unsourced),
    Checked(
        Rule("fact-stale", "W", "The source of a fact was looked at within the time for which a check holds.", HOUSE),
        _stale,
    ),
    Checked(
        Rule(
            "unrelated-facts",
            "I",
            "An item is about one thing: facts of two topics have a row, a clue or a scenario in common.",
            hdr("1"),
        ),
        _unrelated,
    ),
)
