"""Recall items: what a fact says, asked both ways."""

from __future__ import annotations

from dataclasses import dataclass

from studyapp.facts.book import Fact
from studyapp.questions.items import Item, Option, option_id


@dataclass(frozen=True, slots=True)
class Wrong:
    """A wrong answer to a recall question, and why it is wrong."""

    text: str
    why: str
    belief: str | None = None


@dataclass(frozen=True, slots=True)
class Recall:
    """How a fact is asked for. `answer` is the fact's value when None; `back` asks the other way round."""

    ask: str
    why: str
    wrong: tuple[Wrong, ...]
    answer: str | None = None
    back: Recall | None = None


def recall_items(fact: Fact, spec: Recall) -> tuple[Item, ...]:
    """The items drawn from a fact, `<fact>.recall` and, if it is asked backwards too, `<fact>.recall-back`.

    An item holds the key and every wrong answer; a proved seed shows the key and three of them.
    """
    there = _item(f"{fact.id}.recall", fact, spec)
    return (there,) if spec.back is None else (there, _item(f"{fact.id}.recall-back", fact, spec.back))


def _item(item_id: str, fact: Fact, spec: Recall) -> Item:
    key = Option(option_id(item_id, 0), spec.answer or fact.value_text, spec.why, is_key=True)
    wrong = (
        Option(option_id(item_id, index), wrong.text, wrong.why, belief=wrong.belief)
        for index, wrong in enumerate(spec.wrong, start=1)
    )
    return Item(item_id, "recall", fact.topic, spec.ask, (key, *wrong), (fact.id,))
