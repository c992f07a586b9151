"""What must hold of an item before anything is simulated."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from studyapp.questions.items import Item
from studyapp.questions.proof.result import World
from studyapp.simulator.claims import Claim
from studyapp.simulator.errors import ClaimError, RulebookError
from studyapp.simulator.misreadings import MISREADINGS

PREDICT_BELIEFS = 3


def structure_problems(item: Item, world: World) -> Iterator[str]:
    """Each problem in a sentence."""
    if not item.stem.strip():
        yield "has no stem"
    yield from (f"names the fact {fact}, which does not exist" for fact in item.facts if fact not in world.facts)
    if item.kind != "predict":
        yield from _text_problems(item)
    if item.kind in ("recall", "authored"):
        yield from _key_problems(item)
    else:
        yield from _simulated_problems(item, world)


def _text_problems(item: Item) -> Iterator[str]:
    counts = Counter(" ".join(option.text.casefold().split()) for option in item.options)
    yield from (f"two options say the same: “{text}”" for text, count in counts.items() if count > 1)
    if len(item.options) <= item.choose:
        yield f"has {len(item.options)} options, of which {item.choose} are to be chosen: there is nothing to choose from"


def _key_problems(item: Item) -> Iterator[str]:
    keys = sum(option.is_key for option in item.options)
    if keys != item.choose:
        yield f"asks for {item.choose} and has {keys} option{'' if keys == 1 else 's'} marked as key"


def _simulated_problems(item: Item, world: World) -> Iterator[str]:
    if item.scenario is None:
        yield f"is a {item.kind} item and needs a scenario"
    elif item.scenario not in world.scenarios:
        yield f"names the scenario {item.scenario}, which does not exist"
    yield from _belief_problems(item, world)
    if item.kind == "predict":
        yield from _predict_problems(item)
    elif item.goal is None:
        yield "is a fix item and needs a goal"
    else:
        yield from _goal_problems(item, item.goal)


def _predict_problems(item: Item) -> Iterator[str]:
    if not item.asks:
        yield "is a predict item and needs `asks`, the metric that it asks for"
    if item.choose != 1 or sum(option.is_key for option in item.options) != 1:
        yield "is a predict item and needs exactly one key among its options"
    if sum(option.belief is not None for option in item.options) < PREDICT_BELIEFS:
        yield f"is a predict item and needs at least {PREDICT_BELIEFS} beliefs among its options"


def _goal_problems(item: Item, goal: str) -> Iterator[str]:
    try:
        Claim.parse(goal)
    except ClaimError as error:
        yield f"goal: {error}"
    for option in item.options:
        if not option.change:
            yield f"“{option.text}” changes nothing in the scenario"


def _belief_problems(item: Item, world: World) -> Iterator[str]:
    for option in item.options:
        belief = world.beliefs.get(option.belief) if option.belief else None
        if option.belief and belief is None:
            yield f"names the belief {option.belief}, which does not exist"
        elif belief and item.kind == "predict" and not belief.is_executable:
            yield f"the belief {belief.id} has neither patch nor misreading, so it cannot be run"
        elif belief and belief.misreading and belief.misreading not in MISREADINGS:
            yield f"the belief {belief.id} names the misreading {belief.misreading}, which does not exist"
        elif belief:
            yield from _patch_problems(belief.id, belief.patch, world)


def _patch_problems(belief: str, patch: object, world: World) -> Iterator[str]:
    try:
        world.rulebook.believing(patch)  # type: ignore[arg-type]  # the patch of a belief
    except RulebookError as error:
        yield f"the belief {belief}: {error}"
