"""Two views of one question: what AWS says now, and what the exam still expects of the facts that it rests on."""

from __future__ import annotations

from dataclasses import dataclass

from studyapp.questions.items import Item
from studyapp.questions.proof.result import World
from studyapp.simulator.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class Views:
    """The rules by which an item's key is told, and those of the other view; None where there is no other."""

    own: Rulebook
    other: Rulebook | None = None


def views(item: Item, world: World) -> Views:
    """The exam's rulebook is AWS's with the beliefs of those facts of `item` of which the exam still expects something else."""
    patches = [world.beliefs[name].patch for name in exam_beliefs(item, world)]
    if not patches:
        return Views(world.rulebook)
    exam = world.rulebook
    for patch in patches:
        exam = exam.believing(patch)
    return Views(exam, world.rulebook) if item.view == "exam" else Views(world.rulebook, exam)


def exam_beliefs(item: Item, world: World) -> tuple[str, ...]:
    """The beliefs with a patch that say what the exam expects of the item's facts, in the order of the facts."""
    facts = (world.facts[name] for name in item.facts if name in world.facts)
    named = (fact.exam.belief for fact in facts if fact.exam and fact.exam.answer and fact.exam.belief)
    return tuple(dict.fromkeys(name for name in named if name in world.beliefs and world.beliefs[name].patch))
