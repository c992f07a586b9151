"""Whether the course has the questions that its blueprints ask for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from studyapp.content.problems import Problem
from studyapp.content.raw import Raw
from studyapp.questions.items import EXAM_KINDS, Item


def check(raw: Raw, items: Sequence[Item]) -> Iterator[Problem]:
    """Each section has a question on as many facts as its weight: a sitting asks no fact twice.

    Not while other files have problems: what they hold is then not counted.
    """
    if raw.problems or raw.spoilt:
        return
    there = _facts(items)
    for entry in raw.blueprints:
        for topic, weight in entry.data.weights.model_dump().items():
            if there[topic] < weight:
                says = f"is {weight}, and a mock exam can ask {there[topic]} facts of that section"
                yield entry.problem(says, "weights", topic)


def _facts(items: Sequence[Item]) -> Counter[str]:
    """Of how many facts each section has a question that a mock exam may ask."""
    asked = {(item.topic, item.facts[0]) for item in items if item.kind in EXAM_KINDS and not item.view}
    return Counter(topic.removeprefix("lambda.") for topic, _ in asked)
