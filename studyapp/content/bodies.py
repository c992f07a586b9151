"""What is kept of a fact and of an item, as plain data that can be shown again as it was.

A revision's body: `item` and each of `beliefs` as `questions.bodies` writes them, `scenario` (its body, or None),
`facts` by id (those that the item probes first, then those that its texts mention), `terms` by name (the words in its
texts that a page may explain), `engine` (None without a run) and `seeds`, the proved ones.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any

from studyapp.content.course import Course
from studyapp.content.texts import REFERENCE, references
from studyapp.facts.book import ExamExpects, Fact, Quantity
from studyapp.facts.freshness import due_on
from studyapp.questions.bodies import belief_body, item_body, term_body
from studyapp.questions.glossary import Term, glossary
from studyapp.questions.items import Item


def fact_body(fact: Fact) -> dict[str, Any]:
    """`amount` and `unit` are None for what is not a quantity; `says` has its value filled in."""
    quantity = fact.value if isinstance(fact.value, Quantity) else None
    source = fact.source
    return {
        "name": fact.name,
        "says": fact.sentence,
        "value_text": fact.value_text,
        "amount": quantity.amount_text if quantity else None,
        "unit": quantity.unit_text if quantity else None,
        "adjustable": fact.adjustable,
        "topic": fact.topic,
        "source": {
            "title": source.title,
            "url": source.url,
            "checked": source.checked.isoformat(),
            "due": due_on(fact).isoformat(),
        },
        "exam": _exam_body(fact.exam) if fact.exam else None,
        "was": [{"value": was.value, "until": was.until, "note": was.note} for was in fact.was],
    }


def _exam_body(exam: ExamExpects) -> dict[str, Any]:
    """`answer`, `changed` and `until` are None where there is none; `exams` may be empty."""
    return {
        "says": exam.says,
        "answer": exam.answer,
        "exams": list(exam.exams),
        "changed": exam.changed,
        "until": exam.until,
    }


def revision_body(item: Item, course: Course) -> dict[str, Any]:
    """Raises KeyError if the course lacks what the item rests on; a course that `files.read` gave lacks nothing."""
    proof = course.proofs[item.id]
    beliefs = {option.belief: course.beliefs[option.belief] for option in item.options if option.belief}
    return {
        "item": item_body(item),
        "scenario": course.scenarios[item.scenario].body() if item.scenario else None,
        "beliefs": {name: belief_body(belief) for name, belief in beliefs.items()},
        "facts": {name: fact_body(course.facts[name]) for name in dict.fromkeys(_facts_of(item, course))},
        "terms": {term.name: term_body(term) for term in _terms_of(item, course)},
        "engine": proof.engine if item.scenario else None,
        "seeds": [seed.as_json() for seed in proof.seeds],
    }


def _facts_of(item: Item, course: Course) -> Iterator[str]:
    yield from item.facts
    for option in item.options:
        yield from references(option.why)
        if option.belief:
            belief = course.beliefs[option.belief]
            yield from references(belief.says + belief.tempts)
    for name in item.facts:
        exam = course.facts[name].exam
        yield from references(exam.says if exam else "")


def _terms_of(item: Item, course: Course) -> set[Term]:
    words = glossary(course.terms)
    found = (found.term for text in _texts_of(item, course) for found in words.find(REFERENCE.sub(" ", text)))
    return {term for term in found if term.is_marked}


def _texts_of(item: Item, course: Course) -> Iterator[str]:
    """What a page may show of an item and of the facts that it probes."""
    yield item.stem
    yield from item.answers
    for option in item.options:
        yield from (option.text, option.why)
        if option.belief:
            belief = course.beliefs[option.belief]
            yield from (belief.says, belief.tempts)
    for fact in (course.facts[name] for name in item.facts):
        yield from (fact.sentence, fact.exam.says if fact.exam else "")


def digest(body: Mapping[str, Any]) -> str:
    """Names a body: equal bodies have equal digests."""
    return sha256(canonical(body).encode()).hexdigest()


def canonical(body: object) -> str:
    """The one JSON text of a body, whatever the order of its keys."""
    return json.dumps(body, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
