"""What a fact says, asked for in every way that its answer allows: chosen, both ways, typed, and recalled unaided."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from studyapp.facts.book import ExamExpects, Fact
from studyapp.facts.months import spoken
from studyapp.questions.items import Item, Option, option_id
from studyapp.questions.numbers import unit_family
from studyapp.questions.typed import is_typable, unit_of

ENDS = ("recall", "recall-back", "recall-exam", "numeric", "reveal")
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
    typed as well, unless `is_typed` says that the question makes no sense without its options. `accepts` are rules of the
    linter, each with the reason why this question breaks it."""

    ask: str
    why: str
    wrong: tuple[Wrong, ...]
    answer: str | None = None
    back: Recall | None = None
    is_typed: bool = True
    accepts: Mapping[str, str] = field(default_factory=dict)


def recall_items(fact: Fact, spec: Recall) -> tuple[Item, ...]:
    """The items drawn from a fact: `<fact>.recall`, and where it can be asked so `.recall-back`, `.numeric`, `.reveal`.

    Where the exam answers otherwise, `.recall-exam` asks for the exam's answer, and the others say that they ask for today's.
    A recall item holds the key and every wrong answer; a proved seed shows the key and three of them. A numeric item holds
    the wrong answers that are numbers, so that a slip that was typed gets its reason.
    """
    return tuple(_items(fact, spec))


def _items(fact: Fact, spec: Recall) -> Iterator[Item]:
    yield _now(_chosen(f"{fact.id}.recall", fact, spec), fact)
    if spec.back is not None:
        yield _chosen(f"{fact.id}.recall-back", fact, spec.back)
    answer = spec.answer or fact.value_text
    if fact.exam is not None and fact.exam.answer is not None:
        yield _expected(f"{fact.id}.recall-exam", fact, fact.exam, spec)
    if spec.is_typed and is_typable(answer):
        yield _now(_typed(f"{fact.id}.numeric", fact, spec), fact)
    yield _now(_revealed(f"{fact.id}.reveal", fact, spec), fact)


def _now(item: Item, fact: Fact) -> Item:
    """The item, marked as one of two views if the exam answers otherwise."""
    if fact.exam is None or fact.exam.answer is None:
        return item
    return replace(item, view="now", other_key=fact.exam.answer)


def _expected(item_id: str, fact: Fact, exam: ExamExpects, spec: Recall) -> Item:
    """The fact as the exam still asks for it: today's answer is a wrong one, the exam's own is the key."""
    today = spec.answer or fact.value_text
    since = f"since {spoken(exam.changed)}" if exam.changed else "now"
    changed = f"AWS changed it in {spoken(exam.changed)}." if exam.changed else "AWS has changed it since."
    outdated = Wrong(today, f"AWS says so {since}. The exam's question is older than that.")
    others = (each for each in spec.wrong if each.text != exam.answer)
    asked = Recall(
        exam.ask or spec.ask, f"{exam.says} {changed}", (outdated, *others), exam.answer, accepts=spec.accepts
    )
    return replace(_chosen(item_id, fact, asked), view="exam", other_key=today)


def _chosen(item_id: str, fact: Fact, spec: Recall) -> Item:
    key = Option(option_id(item_id, 0), spec.answer or fact.value_text, spec.why, is_key=True)
    wrong = (
        Option(option_id(item_id, index), wrong.text, wrong.why, belief=wrong.belief)
        for index, wrong in enumerate(spec.wrong, start=1)
    )
    return Item(item_id, "recall", fact.topic, spec.ask, (key, *wrong), (fact.id,), accepts=spec.accepts)


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
    return Item(item_id, "reveal", fact.topic, spec.ask, (knew, did_not), (fact.id,), accepts=spec.accepts)
