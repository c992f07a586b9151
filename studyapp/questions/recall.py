"""What a fact says, asked for in every way that its answer allows: chosen, both ways, typed, and recalled unaided."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from studyapp.facts.book import Fact
from studyapp.questions.items import Item, Option, option_id
from studyapp.questions.numbers import unit_family
from studyapp.questions.typed import is_typable, unit_of

ENDS = ("recall", "recall-back", "numeric", "reveal")
"""How the ids of the items drawn from a fact end."""
KNEW, DID_NOT = "I knew it", "I did not"


@dataclass(frozen=True, slots=True)
class Wrong:
    """A wrong answer to a recall question, and why it is wrong."""

    text: str
    why: str
    belief: str | None = None


@dataclass(frozen=True, slots=True)
class Recall:
    """How a fact is asked for. `answer` is the fact's value when None; `back` asks the other way round. A number may be
    typed as well, unless `is_typed` says that the question makes no sense without its options."""

    ask: str
    why: str
    wrong: tuple[Wrong, ...]
    answer: str | None = None
    back: Recall | None = None
    is_typed: bool = True


def recall_items(fact: Fact, spec: Recall) -> tuple[Item, ...]:
    """The items drawn from a fact: `<fact>.recall`, and where it can be asked so `.recall-back`, `.numeric`, `.reveal`.

    A recall item holds the key and every wrong answer; a proved seed shows the key and three of them. A numeric item holds
    the wrong answers that are numbers, so that a slip that was typed gets its reason.
    """
    return tuple(_items(fact, spec))


def _items(fact: Fact, spec: Recall) -> Iterator[Item]:
    yield _chosen(f"{fact.id}.recall", fact, spec)
    if spec.back is not None:
        yield _chosen(f"{fact.id}.recall-back", fact, spec.back)
    answer = spec.answer or fact.value_text
    if spec.is_typed and is_typable(answer):
        yield _typed(f"{fact.id}.numeric", fact, spec)
    yield _revealed(f"{fact.id}.reveal", fact, spec)


def _chosen(item_id: str, fact: Fact, spec: Recall) -> Item:
    key = Option(option_id(item_id, 0), spec.answer or fact.value_text, spec.why, is_key=True)
    wrong = (
        Option(option_id(item_id, index), wrong.text, wrong.why, belief=wrong.belief)
        for index, wrong in enumerate(spec.wrong, start=1)
    )
    return Item(item_id, "recall", fact.topic, spec.ask, (key, *wrong), (fact.id,))


def _typed(item_id: str, fact: Fact, spec: Recall) -> Item:
    chosen = _chosen(item_id, fact, spec)
    family = unit_family(unit_of(chosen.options[0].text))
    numbers = (each for each in chosen.options if is_typable(each.text) and unit_family(unit_of(each.text)) == family)
    return replace(chosen, kind="numeric", options=tuple(numbers))


def _revealed(item_id: str, fact: Fact, spec: Recall) -> Item:
    """Nothing to choose from: the answer is uncovered, and the student says whether it was known."""
    answer = spec.answer or fact.value_text
    knew = Option(option_id(item_id, 0), KNEW, spec.why, is_key=True, answer=answer)
    did_not = Option(option_id(item_id, 1), DID_NOT, "It comes back soon.")
    return Item(item_id, "reveal", fact.topic, spec.ask, (knew, did_not), (fact.id,))
