"""What a proof rests on, as one fingerprint: when it changes, the proof is stale."""

from __future__ import annotations

import json
from collections.abc import Iterable
from hashlib import sha256
from typing import Any

from studyapp.questions.bodies import belief_body, item_body
from studyapp.questions.items import Item
from studyapp.questions.proof.result import World
from studyapp.questions.proof.views import exam_beliefs
from studyapp.simulator import ENGINE_VERSION


def digest(item: Item, world: World, rules: Iterable[str]) -> str:
    """A fingerprint of the item, the values of its facts and, if it is simulated, its scenario, its beliefs, the engine
    and those `rules` that its runs read. Names that `world` does not know count as missing."""
    rests_on: dict[str, Any] = {
        "item": item_body(item),
        "facts": {fact: world.facts[fact].value_text for fact in item.facts if fact in world.facts},
    }
    if item.scenario is not None:
        named = {option.belief for option in item.options} | set(exam_beliefs(item, world))
        beliefs = sorted({name for name in named if name in world.beliefs} - {None}, key=str)
        rests_on |= {
            "scenario": world.scenarios.get(item.scenario),
            "beliefs": [belief_body(world.beliefs[str(belief)]) for belief in beliefs],
            "engine": ENGINE_VERSION,
            "rules": {name: str(getattr(world.rulebook, name, None)) for name in sorted(rules)},
        }
    return sha256(json.dumps(rests_on, sort_keys=True, default=str).encode()).hexdigest()[:16]
