"""A rule about the stems of simulated items: each sentence is there for a reason.

A sentence is idle if it is not the one that asks, holds no number, no placeholder and no negative (what is left out is
stated so), and shares no word with what the scenario, the item's parameters, its options and its question name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from studyapp.questions.filling import PLACEHOLDER
from studyapp.questions.lint import words
from studyapp.questions.lint.finding import Checked, Rule, hdr
from studyapp.questions.lint.subject import Subject
from studyapp.questions.numbers import worths_in

_NEGATIVE = re.compile(r"\b(?:no|not|nothing|none|never|without)\b", re.IGNORECASE)
_ALWAYS = words.content(
    "synchronous asynchronous throttled cold warm initialise default retry fail error timeout queue bucket subnet internet private "
    "public policy permission role key secret version alias endpoint internal address stateful environment reserved provisioned"
)
"""Words that state a parameter, whatever its name."""


def _idle(subject: Subject) -> Iterator[str]:
    item = subject.item
    if item.scenario is None:
        return
    named = _named(subject) | words.content(subject.question) | _ALWAYS
    for sentence in words.sentences(item.stem):
        has_amount = PLACEHOLDER.search(sentence) or worths_in(sentence) or _NEGATIVE.search(sentence)
        is_idle = not has_amount and not words.content(sentence) & named
        if is_idle and sentence != words.question(item.stem):
            yield f"“{sentence}” changes nothing in the scenario"


def _named(subject: Subject) -> frozenset[str]:
    item = subject.item
    paths = [*item.states, *item.draw, *item.varies, item.goal or "", item.asks or ""]
    scenario = subject.world.scenarios.get(item.scenario or "", {})
    texts = [*paths, *(option.text for option in item.options), *_leaves(scenario)]
    return words.content(" ".join(texts).replace("_", " ").replace(".", " "))


def _leaves(body: object) -> Iterator[str]:
    """Every key and value of a scenario."""
    match body:
        case Mapping():
            for key, value in body.items():
                yield str(key)
                yield from _leaves(value)
        case list() | tuple():
            for value in body:
                yield from _leaves(value)
        case _:
            yield str(body)


RULES = (
    Checked(
        Rule("idle-sentence", "I", "Each sentence of a simulated stem states a parameter or asks.", hdr("13", "16")),
        _idle,
    ),
)
