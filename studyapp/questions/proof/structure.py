"""What must hold of an item before anything is simulated."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from studyapp.questions.items import Item
from studyapp.questions.proof.result import World
from studyapp.questions.typed import is_typable, is_within
from studyapp.questions.variants import PAIRED
from studyapp.simulator.claims import Claim
from studyapp.simulator.errors import ClaimError, RulebookError
from studyapp.simulator.misreadings import MISREADINGS

FEWEST_BELIEFS = {"predict": 3, "numeric": 1}


def structure_problems(item: Item, world: World) -> Iterator[str]:
    """Each problem in a sentence."""
    if not item.stem.strip():
        yield "has no stem"
    yield from (f"names the fact {fact}, which does not exist" for fact in item.facts if fact not in world.facts)
    if item.kind in ("recall", "authored", "fix"):
        yield from _text_problems(item)
    if item.kind in PAIRED:
        yield from _pair_problems(item)
    if item.kind in ("recall", "authored", "reveal"):
        yield from _key_problems(item)
    if item.kind in ("fix", "predict") or item.asks or item.scenario:
        yield from _simulated_problems(item, world)
    elif item.kind == "numeric":
        yield from _number_problems(item)


def _text_problems(item: Item) -> Iterator[str]:
    counts = Counter(" ".join(option.text.casefold().split()) for option in item.options)
    yield from (f"two options say the same: “{text}”" for text, count in counts.items() if count > 1)
    if len(item.options) <= item.choose:
        yield f"has {len(item.options)} options, of which {item.choose} are to be chosen: there is nothing to choose from"


def _pair_problems(item: Item) -> Iterator[str]:
    yield from (f"“{option.text}” has no answer" for option in item.options if not option.answer)
    if len(set(item.answers)) < 2:
        yield "needs at least two different answers to match"


def _number_problems(item: Item) -> Iterator[str]:
    """What is wrong with a number that a fact states: each slip must be told from the key."""
    keys = [option for option in item.options if option.is_key]
    if len(keys) != 1:
        yield f"asks for one number and has {len(keys)} options marked as key"
        return
    for option in item.options:
        if not is_typable(option.text):
            yield f"“{option.text}” is not one number, so nobody can type it"
        elif not option.is_key and is_within(option.text, keys[0].text, item.tolerance):
            yield f"“{option.text}” would be taken for the right answer, {keys[0].text}"


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
    if item.kind in ("predict", "numeric"):
        yield from _predict_problems(item)
    elif item.kind == "ordering":
        yield from (f"“{option.text}” has no metric that says when" for option in item.options if not option.when)
    elif item.goal is None:
        yield "is a fix item and needs a goal"
    else:
        yield from _goal_problems(item, item.goal)


def _predict_problems(item: Item) -> Iterator[str]:
    if not item.asks:
        yield f"is a {item.kind} item and needs `asks`, the metric that it asks for"
    if item.choose != 1 or sum(option.is_key for option in item.options) != 1:
        yield f"is a {item.kind} item and needs exactly one key among its options"
    fewest = FEWEST_BELIEFS[item.kind]
    if sum(option.belief is not None for option in item.options) < fewest:
        yield f"is a {item.kind} item and needs at least {fewest} belief{'s' if fewest > 1 else ''} among its options"


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
        elif belief and item.kind in FEWEST_BELIEFS and not belief.is_executable:
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
